// SPDX-License-Identifier: MIT
#include "commands/untrust.hpp"

#include "certificate_folder.hpp"
#include "machine/registration.hpp"
#include "machine_access.hpp"

#include "platform/certificate_store.hpp"
#include "platform/paths.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <memory>

namespace wslplugins::tool {
namespace {

/// Those of the folder; and, where none was named, all that are recorded.
WinResult<std::vector<RecordedCertificate>>
certificates_to_untrust(const UntrustOptions& options,
                        const RecordedCertificates& in_folder,
                        const MachineRecord& record) {
    std::vector<RecordedCertificate> found;
    for (const DevelopmentCertificate& certificate : in_folder.certificates) {
        WinResult<std::vector<std::byte>> der = read_der(certificate);
        if (!der) {
            return propagate(der.error());
        }
        found.push_back({certificate.thumbprint, certificate.subject, std::move(*der)});
    }
    for (const RecordedCertificate& recorded : record.certificates) {
        if (options.certificate_folder.empty() &&
            std::ranges::find(found, recorded.thumbprint, &RecordedCertificate::thumbprint) ==
                found.end()) {
            found.push_back(recorded);
        }
    }
    return found;
}

/// What is recorded is forgotten last, so that the next call can do it again.
/// @return whether the machine trusted it.
WinResult<bool> untrust_one(RecordKeeper& keeper, const RecordedCertificate& certificate) {
    const WinResult<> removed = platform::untrust_root_certificate(certificate.der);
    if (!removed && removed.error().code() != HResult::not_found) {
        return propagate(removed.error());
    }
    if (WinResult<> forgotten = keeper.forget_certificate(certificate.thumbprint); !forgotten) {
        return propagate(forgotten.error());
    }
    return removed.has_value();
}

bool is_recorded(const MachineRecord& record, const RecordedCertificate& certificate) {
    return std::ranges::find(record.certificates,
                             certificate.thumbprint,
                             &RecordedCertificate::thumbprint) != record.certificates.end();
}

/// One that somebody else has put among the trusted ones stays, but by force.
ExitCode untrust_all(const UntrustOptions& options,
                     const std::vector<RecordedCertificate>& certificates,
                     RecordKeeper& keeper,
                     const Context& context) {
    for (const RecordedCertificate& certificate : certificates) {
        const WinResult<bool> is_there = platform::has_root_certificate(certificate.der);
        if (!is_there) {
            return fail_on_machine(context, is_there.error());
        }
        if (*is_there && !options.force && !is_recorded(keeper.record(), certificate)) {
            return fail(context,
                        ExitCode::Findings,
                        certificate.thumbprint +
                            " is trusted, but not by this tool's doing. Take it away with "
                            "--force.");
        }
        if (options.dry_run) {
            context.output << "Would no longer trust " << certificate.thumbprint << ".\n";
            continue;
        }
        const WinResult<bool> was_trusted = untrust_one(keeper, certificate);
        if (!was_trusted) {
            return fail_on_machine(context, was_trusted.error());
        }
        context.output << (*was_trusted ? "No longer trusted: " : "Was not trusted: ")
                       << certificate.thumbprint << ".\n";
    }
    return ExitCode::Good;
}

}  // namespace

void add_untrust(CLI::App& app, Action& action) {
    const auto options = std::make_shared<UntrustOptions>();
    CLI::App* const command = app.add_subcommand(
        "untrust", "Take all recorded certificates out of the machine's trusted root certificates");
    add_certificate_folder(*command, options->certificate_folder);
    command->add_flag("--force", options->force, "Even one that this tool did not have trusted");
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
    const auto no_certificate = [&] {
        return fail(context,
                    ExitCode::Usage,
                    "There is no certificate in '" + platform::utf8_from_path(recorded->folder) +
                        "'. Name the folder that 'wslplugin sign' used with --certificate-folder.");
    };
    if (recorded->certificates.empty() && !options.certificate_folder.empty()) {
        return no_certificate();
    }
    WinResult<RecordKeeper> keeper = open_record(context);
    if (!keeper) {
        return fail_on_machine(context, keeper.error());
    }
    const auto certificates = certificates_to_untrust(options, *recorded, keeper->record());
    if (!certificates) {
        return fail(context, ExitCode::Environment, certificates.error());
    }
    return certificates->empty() ? no_certificate()
                                 : untrust_all(options, *certificates, *keeper, context);
}

}  // namespace wslplugins::tool
