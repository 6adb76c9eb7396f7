// SPDX-License-Identifier: MIT
#include "commands/sign.hpp"

#include "certificate_folder.hpp"
#include "dll_file.hpp"
#include "signer.hpp"

#include "platform/paths.hpp"

#include <CLI/CLI.hpp>

#include <memory>

namespace wslplugins::tool {
namespace {

/// The certificate to sign with: one that is valid already, else a new one.
WinResult<DevelopmentCertificate> find_or_make_certificate(const std::filesystem::path& folder,
                                                           const Context& context) {
    const WinResult<std::vector<DevelopmentCertificate>> certificates = read_certificates(folder);
    if (!certificates) {
        return propagate(certificates.error());
    }
    if (std::optional<DevelopmentCertificate> usable = usable_certificate(*certificates)) {
        return std::move(*usable);
    }
    WinResult<DevelopmentCertificate> made = make_certificate(folder);
    if (made) {
        context.output << "Made the certificate '" << made->subject << "' (" << made->thumbprint
                       << "), valid until " << made->not_after << ".\n";
    }
    return made;
}

}  // namespace

void add_sign(CLI::App& app, Action& action) {
    const auto options = std::make_shared<SignOptions>();
    CLI::App* const command = app.add_subcommand(
        "sign", "Sign a DLL with a development certificate, which is made when there is none");
    command->add_option("dll", options->dll, "The DLL; a signature that it has is replaced")
        ->required();
    add_certificate_folder(*command, options->certificate_folder);
    command->add_flag("--dry-run", options->dry_run, "Say what would be done, and do nothing");
    command->callback([options, &action] {
        action = [options](const Context& context) { return run_sign(*options, context); };
    });
}

ExitCode run_sign(const SignOptions& options, const Context& context) {
    const std::filesystem::path dll = platform::path_from_utf8(options.dll);
    if (const WinResult<> found = require_dll(dll); !found) {
        return fail(context,
                    ExitCode::Usage,
                    found.error(),
                    "Nothing was signed; name a DLL that was built for Windows.");
    }
    if (const std::optional<std::string> reason = why_unable_to_sign()) {
        return fail(context, ExitCode::Environment, *reason);
    }
    const WinResult<std::filesystem::path> folder = certificate_folder(options.certificate_folder);
    if (!folder) {
        return fail(context, ExitCode::Environment, folder.error());
    }
    if (options.dry_run) {
        context.output << "Would sign '" << options.dll << "' with a development certificate of '"
                       << platform::utf8_from_path(*folder) << "'.\n";
        return ExitCode::Good;
    }
    const WinResult<DevelopmentCertificate> certificate =
        find_or_make_certificate(*folder, context);
    if (!certificate) {
        return fail(context,
                    ExitCode::Environment,
                    certificate.error(),
                    "There is no certificate to sign with; nothing was signed.");
    }
    if (const WinResult<> is_signed = sign_file(dll, *certificate); !is_signed) {
        return fail(context,
                    ExitCode::Environment,
                    is_signed.error(),
                    "'" + options.dll + "' is as it was.");
    }
    context.output << "Signed '" << options.dll << "' with " << certificate->thumbprint
                   << ". WSL loads it where that certificate is trusted: 'wslplugin trust', on the "
                      "Windows machine.\n";
    return ExitCode::Good;
}

}  // namespace wslplugins::tool
