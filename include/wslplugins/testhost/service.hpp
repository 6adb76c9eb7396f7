// SPDX-License-Identifier: MIT
/// @file
/// `Service`: the stand-in for wslservice. It loads plugins and plays what users do with `wsl.exe`.
///
/// It speaks to a plugin through the raw tables only, so it hosts plugins in any language. Linux programs
/// really run, in a throwaway virtual machine made of namespaces (see the guest).
#pragma once

#include <wslplugins/core/guid.hpp>
#include <wslplugins/core/slot_table.hpp>
#include <wslplugins/core/version.hpp>
#include <wslplugins/testhost/fault.hpp>
#include <wslplugins/testhost/journal.hpp>
#include <wslplugins/testhost/plugin_registration.hpp>
#include <wslplugins/testhost/scripted_linux.hpp>
#include <wslplugins/testhost/user.hpp>
#include <wslplugins/testhost/wslc_user.hpp>

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace wslplugins::testhost {

/// A registered distribution.
struct DistributionOptions {
    std::string name;                 ///< UTF-8.
    Guid id;                          ///< All zeros: one is made up.
    std::string package_family_name;  ///< Empty: the distribution has no package.
    int wsl_version = 2;              ///< 1 or 2.
    std::string user{};               ///< Who has it; empty for the default user.

    /// The folder that is its root, which is never changed: what programs write is gone when the distribution stops.
    /// Empty: a throwaway made of this computer's own programs.
    std::string root{};
    /// ID in its os-release. On a scripted Linux side only; else what is there is read.
    std::string flavor{};
    std::string os_version{};  ///< VERSION_ID there; so too.
};

/// What stands in for the Linux side.
enum class Backend : std::uint8_t {
    Guest,     ///< A guest program, in which Linux programs really run.
    Scripted,  ///< Nothing: a `ScriptedLinux` answers. Needs no guest, no rights, and no Linux.
};

/// Whether a plugin needs a signature.
enum class SignatureCheck : std::uint8_t {
    Official,    ///< As official builds of WSL do: no plugin loads without a trusted signature.
    Unofficial,  ///< As builds of WSL from source do: no check.
};

/// `Official` where the platform can check signatures (Windows, Wine), else `Unofficial`.
[[nodiscard]] SignatureCheck default_signature_check() noexcept;

/// Where a plugin's code runs.
enum class HostModel : std::uint8_t {
    InService,  ///< In the service's own process, as in every release of WSL so far.
    OwnProcess,  ///< Each plugin in a process of its own, as a coming WSL may do it; only publicly described so far.
};

/// From when on strict mode reports what takes long.
struct StrictLimits {
    /// A hook's whole call.
    std::chrono::milliseconds slow_hook{10'000};
    /// A call of a plugin's own thread that waits for a hook, while that hook goes on.
    std::chrono::milliseconds blocked_call{5'000};
    std::chrono::milliseconds hung_hook{30'000};  ///< A hook that has not returned.
};

/// What service it is to be.
struct ServiceOptions {
    Version version = newest_known_version;   ///< The WSL version to be.
    std::vector<PluginRegistration> plugins;  ///< In the order in which the registry has them.

    /// Empty: one, named `Debian`, of the default user.
    std::vector<DistributionOptions> distributions;
    /// Whether plugins need a signature.
    SignatureCheck signature_check = default_signature_check();
    Backend backend = Backend::Guest;               ///< What stands in for the Linux side.
    std::shared_ptr<ScriptedLinux> scripted_linux;  ///< The answers; null: none.
    std::string guest_program;  ///< Linux path; empty: found by `find_guest_program`.
    WslConfig config{};         ///< Every user's, until the user changes it.
    WslPolicy policy{};         ///< Until `Service::set_policy` changes it.
    HostModel host_model = HostModel::InService;  ///< Where plugins' code runs.

    /// How long the stop of a session for good (service stop, log-off, policy) waits for what goes on in it; then the
    /// session's virtual machine is killed, and it waits on without a limit.
    std::chrono::milliseconds stop_limit{30'000};

    /// Reports what the real service would not forgive, or not notice, as `JournalKind::Finding`. Off, nothing differs.
    bool strict = false;
    StrictLimits strict_limits{};  ///< Of strict mode alone.

    /// What goes wrong on demand; E_INVALIDARG for what cannot be.
    std::vector<Fault> faults{};
    JournalListener journal_listener{};  ///< Empty: nobody but the journal is told.
};

/// The guest program: the file that the environment variable WSLPLUGINS_GUEST names; where it is not set,
/// `wslplugins-guest` beside the running program, else in `../libexec/wslplugins` from there.
/// @return a Linux path; ERROR_FILE_NOT_FOUND with a text that says where it was looked for.
[[nodiscard]] WinResult<std::string> find_guest_program();

/// The program that has one plugin to itself: the file that the environment variable WSLPLUGINS_PLUGIN_HOST names;
/// where it is not set, `wslplugins-plugin-host` beside the running program, else in `../libexec/wslplugins` from there.
/// @return ERROR_FILE_NOT_FOUND with a text that says where it was looked for.
[[nodiscard]] WinResult<std::string> find_plugin_host_program();

/// One running service. As the real one it is alone in its process: a second one at a time is an error.
///
/// Every function may be called from any thread, as commands of several users arrive at a real service.
class Service {
public:
    /// Starts the service: loads every plugin, in order. A plugin that cannot be loaded is no error here; as
    /// with WSL, it stops every virtual machine from starting, which the user then sees.
    [[nodiscard]] static WinResult<std::unique_ptr<Service>> start(ServiceOptions options);

    Service(const Service&) = delete;
    Service& operator=(const Service&) = delete;

    /// Stops the service where it runs.
    ~Service();

    /// As the service manager does: the stopping hooks of all that runs, then the unloading.
    void stop();

    /// Starts it anew, after a stop where it runs: plugins are loaded again, and ids of sessions begin at 0. What a
    /// plugin keeps in variables of its library is reset where the system has really unloaded it.
    [[nodiscard]] WinResult<> restart();

    /// Sets the computer's policies. Without `allows_wsl` every user's session is stopped for good, on a thread of
    /// the service's own; plugins stay loaded.
    void set_policy(const WslPolicy& policy);

    /// The user of that name, in any case; the default user without one.
    [[nodiscard]] User user(std::string_view name = {}) const;

    /// The same user at work with container sessions.
    [[nodiscard]] WslcUser wslc(std::string_view name = {}) const;

    /// All that happened since the service was started.
    [[nodiscard]] Journal& journal() noexcept;

private:
    class Implementation;
    explicit Service(std::unique_ptr<Implementation> implementation) noexcept;

    std::unique_ptr<Implementation> implementation_;
};

}  // namespace wslplugins::testhost
