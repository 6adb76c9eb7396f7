// SPDX-License-Identifier: MIT
#include "commands/trust.hpp"

#include "certificate_folder.hpp"
#include "machine/registration.hpp"
#include "machine_access.hpp"

#include "platform/certificate_store.hpp"
#include "platform/paths.hpp"

#include <CLI/CLI.hpp>

#include <memory>

namespace wslplugins::tool {
namespace {

/// Written down first, so that it can be taken back whenever this ends. What somebody else has put among the trusted
/// ones stays theirs.
WinResult<> trust(const DevelopmentCertificate& certificate, const Context& context) {
    WinResult<std::vector<std::byte>> der = read_der(certificate);
    if (!der) {
        return propagate(der.error());
    }
    WinResult<RecordKeeper> keeper = open_record(context);
    if (!keeper) {
        return propagate(keeper.error());
    }
    const WinResult<bool> is_there = platform::has_root_certificate(*der);
    if (!is_there || *is_there) {
        return is_there ? WinResult<>() : propagate(is_there.error());
    }
    if (WinResult<> recorded = keeper->add_certificate(
            {.thumbprint = certificate.thumbprint, .subject = certificate.subject, .der = *der});
        !recorded) {
        return recorded;
    }
    return platform::trust_root_certificate(*der);
}

}  // namespace

void add_trust(CLI::App& app, Action& action) {
    const auto options = std::make_shared<TrustOptions>();
    CLI::App* const command = app.add_subcommand(
        "trust", "Add the development certificate to the machine's trusted root certificates");
    add_certificate_folder(*command, options->certificate_folder);
    command->add_flag("--dry-run", options->dry_run, "Say what would be done, and do nothing");
    command->callback([options, &action] {
        action = [options](const Context& context) { return run_trust(*options, context); };
    });
}

ExitCode run_trust(const TrustOptions& options, const Context& context) {
    const WinResult<RecordedCertificates> recorded =
        recorded_certificates(options.certificate_folder);
    if (!recorded) {
        return fail(context, ExitCode::Environment, recorded.error());
    }
    const std::optional<DevelopmentCertificate> certificate =
        usable_certificate(recorded->certificates);
    if (!certificate) {
        return fail(context,
                    ExitCode::Usage,
                    "There is no valid certificate in '" +
                        platform::utf8_from_path(recorded->folder) +
                        "'. Sign a DLL first with 'wslplugin sign', which makes one, or name its "
                        "folder with --certificate-folder.");
    }
    if (options.dry_run) {
        context.output << "Would trust '" << certificate->subject << "' ("
                       << certificate->thumbprint << ") on this machine.\n";
        return ExitCode::Good;
    }
    if (const WinResult<> trusted = trust(*certificate, context); !trusted) {
        return fail_on_machine(context, trusted.error());
    }
    context.output << "This machine trusts '" << certificate->subject << "' ("
                   << certificate->thumbprint << ") until " << certificate->not_after
                   << ". 'wslplugin untrust' takes that back.\n";
    return ExitCode::Good;
}

}  // namespace wslplugins::tool
