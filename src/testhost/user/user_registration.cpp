// SPDX-License-Identifier: MIT
// The commands about a user's registered distributions.
#include <wslplugins/testhost/user.hpp>

#include "platform/paths.hpp"
#include "testhost/machine/host_path.hpp"
#include "testhost/user/user_messages.hpp"
#include "testhost/user/wsl_command.hpp"

namespace wslplugins::testhost {
namespace {

using Kind = DistributionSource::Kind;

std::string linux_path(std::string_view path) {
    const auto found = platform::linux_path_of(path);
    return found ? *found : std::string();
}

std::vector<JournalArgument> import_arguments(const ImportOptions& options) {
    return {{"distribution", options.name},
            {"wsl_version", std::to_string(options.wsl_version)},
            {"source", options.source, true},
            {"location", options.location, true}};
}

/// What `wsl.exe` sees by itself: it opens the file before it asks the service.
HResult check_tar(const ImportOptions& options) {
    if (options.wsl_version != 1 && options.wsl_version != 2) {
        return HResult::invalid_argument;
    }
    const std::string source = linux_path(options.source);
    return is_linux_file(source) || is_linux_folder(source) ? HResult::ok : HResult::file_not_found;
}

RegisteredDistribution
new_distribution(Computer& computer, UserProfile& user, std::string_view name, int wsl_version) {
    RegisteredDistribution distribution;
    distribution.id = computer.make_id(user);
    distribution.name = name;
    distribution.wsl_version = wsl_version;
    return distribution;
}

HResult import(Computer& computer, UserSession& session, Kind kind, const ImportOptions& options) {
    const std::string source = linux_path(options.source);
    const auto fail = [](HResult code, std::string text) {
        const ErrorContextScope context(ErrorContext::RegisterDistro);
        return report_error(Error(code, std::move(text)));
    };
    if (options.name.empty()) {
        return fail(HResult::invalid_argument, "A distribution needs a name");
    }
    if (kind != Kind::Tar && !is_linux_folder(source)) {
        return fail(HResult::file_not_found, {});
    }
    std::string location;
    if (kind != Kind::InPlace) {
        auto made = make_host_folder(options.location);
        if (!made) {
            return fail(HResult::path_not_found, made.error().text());
        }
        location = std::move(*made);
        if (is_linux_folder(location + "/rootfs") || is_linux_folder(location + "/ext4.vhdx")) {
            return fail(HResult::from_win32(80), {});  // ERROR_FILE_EXISTS
        }
    }
    return session.register_distribution(
        new_distribution(computer, session.user(), options.name, options.wsl_version),
        {kind, source, location});
}

/// Runs a command about a distribution that there is.
UserOutput
on_distribution(const CommandLine& line,
                std::string_view name,
                const std::function<Outcome(UserSession&, const RegisteredDistribution&)>& work) {
    return run_as_user(line, [&](UserSession& session) -> Outcome {
        const auto found = find_distribution(session, name);
        return found ? work(session, *found) : std::unexpected(found.error());
    });
}

std::vector<JournalArgument> named(std::string_view distribution) {
    return {{"distribution", std::string(distribution)}};
}

}  // namespace

UserOutput User::import_tar(const ImportOptions& options) const {
    return run_as_user({computer_,
                        name_,
                        "import",
                        import_arguments(options),
                        CommandProgram::Wsl,
                        [&] { return check_tar(options); }},
                       [&](UserSession& session) {
                           return outcome_of(import(*computer_, session, Kind::Tar, options),
                                             success_text);
                       });
}

UserOutput User::import_disk(const ImportOptions& options) const {
    return run_as_user(
        {computer_, name_, "import-disk", import_arguments(options)}, [&](UserSession& session) {
            ImportOptions of_wsl2 = options;
            of_wsl2.wsl_version = 2;
            return outcome_of(import(*computer_, session, Kind::Disk, of_wsl2), success_text);
        });
}

UserOutput User::import_in_place(std::string_view name, std::string_view disk) const {
    const ImportOptions options{std::string(name), std::string(disk), {}};
    return run_as_user({computer_, name_, "import-in-place", import_arguments(options)},
                       [&](UserSession& session) {
                           return outcome_of(import(*computer_, session, Kind::InPlace, options),
                                             success_text);
                       });
}

UserOutput User::install(const ImportOptions& options) const {
    UserOutput installed;
    {
        installed = run_as_user(
            {computer_,
             name_,
             "install",
             import_arguments(options),
             CommandProgram::Wsl,
             [&] { return check_tar(options); }},
            [&](UserSession& session) {
                const ErrorContextScope context(ErrorContext::InstallDistro);
                return outcome_of(import(*computer_, session, Kind::Tar, options),
                                  "Distribution successfully installed. It can be launched via "
                                  "'wsl.exe -d " +
                                      options.name + "'\nLaunching " + options.name + "...\n");
            });
    }
    if (installed.exit_code != 0) {
        return installed;
    }
    const UserOutput launched = launch(options.name, {});
    return {launched.exit_code, installed.text + launched.text};
}

UserOutput User::unregister(std::string_view distribution) const {
    return on_distribution({computer_, name_, "unregister", named(distribution)},
                           distribution,
                           [](UserSession& session, const RegisteredDistribution& found) {
                               return outcome_of(session.unregister(found),
                                                 std::string("Unregistering.\n") + success_text);
                           });
}

UserOutput User::export_tar(std::string_view distribution, std::string_view file) const {
    auto arguments = named(distribution);
    arguments.push_back({"file", std::string(file), true});
    return on_distribution(
        {computer_, name_, "export", std::move(arguments)},
        distribution,
        [&](UserSession& session, const RegisteredDistribution& found) {
            return outcome_of(session.export_to(found, Kind::Tar, linux_path(file)), success_text);
        });
}

UserOutput User::export_disk(std::string_view distribution, std::string_view disk) const {
    auto arguments = named(distribution);
    arguments.push_back({"file", std::string(disk), true});
    return on_distribution(
        {computer_, name_, "export-disk", std::move(arguments)},
        distribution,
        [&](UserSession& session, const RegisteredDistribution& found) {
            return outcome_of(session.export_to(found, Kind::Disk, linux_path(disk)), success_text);
        });
}

UserOutput User::set_version(std::string_view distribution, int wsl_version) const {
    auto arguments = named(distribution);
    arguments.push_back({"wsl_version", std::to_string(wsl_version)});
    const auto check = [&] {
        return wsl_version == 1 || wsl_version == 2 ? HResult::ok : HResult::invalid_argument;
    };
    return on_distribution(
        {computer_, name_, "set-version", std::move(arguments), CommandProgram::Wsl, check},
        distribution,
        [&](UserSession& session, const RegisteredDistribution& found) {
            return outcome_of(session.set_version(found, wsl_version), success_text);
        });
}

UserOutput User::set_default(std::string_view distribution) const {
    return on_distribution({computer_, name_, "set-default", named(distribution)},
                           distribution,
                           [](UserSession& session, const RegisteredDistribution& found) {
                               session.user().registry.set_default(found.id);
                               return outcome_of(HResult::ok, success_text);
                           });
}

UserOutput User::resize(std::string_view distribution, std::string_view size) const {
    auto arguments = named(distribution);
    arguments.push_back({"size", std::string(size)});
    return on_distribution({computer_, name_, "resize", std::move(arguments)},
                           distribution,
                           [](UserSession& session, const RegisteredDistribution& found) {
                               return outcome_of(session.resize(found), success_text);
                           });
}

UserOutput User::move(std::string_view distribution, std::string_view location) const {
    auto arguments = named(distribution);
    arguments.push_back({"location", std::string(location), true});
    return on_distribution(
        {computer_, name_, "move", std::move(arguments)},
        distribution,
        [&](UserSession& session, const RegisteredDistribution& found) -> Outcome {
            const auto made = found.owns_files ? make_host_folder(location)
                                               : WinResult<std::string>(std::string());
            return made ? outcome_of(session.move(found, *made), success_text)
                        : failed(made.error());
        });
}

UserOutput User::set_default_user(std::string_view distribution, std::uint32_t user_id) const {
    auto arguments = named(distribution);
    arguments.push_back({"user_id", std::to_string(user_id)});
    return on_distribution({computer_, name_, "set-default-user", std::move(arguments)},
                           distribution,
                           [&](UserSession& session, const RegisteredDistribution& found) {
                               return outcome_of(session.set_default_user(found.id, user_id));
                           });
}

}  // namespace wslplugins::testhost
