// SPDX-License-Identifier: MIT
#include "commands/untrust.hpp"

#include "certificate_folder.hpp"
#include "machine_access.hpp"

#include "platform/certificate_store.hpp"
#include "platform/paths.hpp"

#include <CLI/CLI.hpp>

#include <memory>

namespace wslplugins::tool {
namespace {

/// @return whether the machine trusted it.
WinResult<bool> untrust_one(const DevelopmentCertificate& certificate) {
    const WinResult<std::vector<std::byte>> der = read_der(certificate);
    if (!der) {
        return propagate(der.error());
    }
    const WinResult<> removed = platform::untrust_root_certificate(*der);
    if (!removed && removed.error().code() != HResult::not_found) {
        return propagate(removed.error());
    }
    return removed.has_value();
}

}  // namespace

void add_untrust(CLI::App& app, Action& action) {
    const auto options = std::make_shared<UntrustOptions>();
    CLI::App* const command = app.add_subcommand(
        "untrust", "Take all recorded certificates out of the machine's trusted root certificates");
    add_certificate_folder(*command, options->certificate_folder);
    command->add_flag("--dry-run", options->dry_run, "Say what would be done, and do nothing");
    command->callback([options, &action] {
        action = [options](const Context& context) { return run_untrust(*options, context); };
    });
}

ExitCode run_untrust(const UntrustOptions& options, const Context& context) {
    const WinResult<RecordedCertificates> recorded =
        recorded_certificates(options.certificate_folder);
    if (!recorded) {
        return fail(context, ExitCode::Environment, recorded.error());
    }
    if (recorded->certificates.empty()) {
        return fail(context,
                    ExitCode::Usage,
                    "There is no certificate in '" + platform::utf8_from_path(recorded->folder) +
                        "'. Name the folder that 'wslplugin sign' used with --certificate-folder.");
    }
    for (const DevelopmentCertificate& certificate : recorded->certificates) {
        if (options.dry_run) {
            context.output << "Would no longer trust " << certificate.thumbprint << ".\n";
            continue;
        }
        const WinResult<bool> was_trusted = untrust_one(certificate);
        if (!was_trusted) {
            return fail_on_machine(context, was_trusted.error());
        }
        context.output << (*was_trusted ? "No longer trusted: " : "Was not trusted: ")
                       << certificate.thumbprint << ".\n";
    }
    return ExitCode::Good;
}

}  // namespace wslplugins::tool
