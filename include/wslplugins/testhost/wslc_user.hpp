// SPDX-License-Identifier: MIT
/// @file
/// `WslcUser`: one Windows user who works with container sessions, by `wslc.exe` and by programs of the user's.
///
/// `Service::wslc` gives one. Since WSL 2.8.7; in an older service every function fails with ERROR_NOT_SUPPORTED.
#pragma once

#include <wslplugins/core/result.hpp>
#include <wslplugins/testhost/user.hpp>
#include <wslplugins/testhost/wslc_image.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace wslplugins::testhost {

/// A container session to be made.
struct WslcSessionOptions {
    std::string display_name{};  ///< No two sessions that live have one name.

    /// The folder that keeps images and containers over the session's end, only a name here. Empty: they are kept
    /// in memory (tmpfs), and the session's machine is never stopped for being idle.
    std::string storage_path{};
    /// The service holds a reference itself, as it does for the sessions of `wslc.exe`: such a session ends only
    /// by `terminate_session` or with the service.
    bool is_kept_by_service = false;
    std::optional<std::uint32_t> application_pid{};  ///< None: this process's.
};

/// Copyable; valid as long as the service. Every function may be called from any thread, and blocks until what
/// the real command waits for is over.
///
/// The first part is what a program of the user's does through COM: a failure has WSL's code and, as its text,
/// the description that the program would get. The second is what happens to a session from outside. The third is
/// `wslc.exe`: what it prints (texts of success are inferred), and the exit code.
class WslcUser {
public:
    /// Makes a session and holds a reference to it. @return its id; ERROR_ALREADY_EXISTS for a name in use;
    /// the code and text of a plugin that refuses it.
    [[nodiscard]] WinResult<std::uint32_t> create_session(const WslcSessionOptions& options) const;

    /// Takes one more reference to the session of that name. No hook is called for it.
    /// @return its id; WSLC_E_SESSION_NOT_FOUND.
    [[nodiscard]] WinResult<std::uint32_t> open_session(std::string_view display_name) const;

    /// The id of the session of that name to which a program holds a reference; the newest of several.
    /// @return WSLC_E_SESSION_NOT_FOUND.
    [[nodiscard]] WinResult<std::uint32_t> held_session(std::string_view display_name) const;

    /// Gives one reference back. The last one ends the session; its OnSessionStopping comes with a later walk over
    /// the sessions.
    [[nodiscard]] WinResult<> release_session(std::uint32_t session) const;

    /// Ends the session whoever holds it.
    [[nodiscard]] WinResult<> terminate_session(std::uint32_t session) const;

    /// As if `session.idleTimeout` had passed without activity. @return whether the machine was stopped: not while
    /// something runs in it, not of a session in memory, and not before WSL 2.9.5.
    [[nodiscard]] WinResult<bool> let_idle_time_pass(std::uint32_t session) const;

    /// The session's virtual machine dies. @return WSLC_E_VM_NOT_RUNNING when it has none.
    [[nodiscard]] WinResult<> crash_vm(std::uint32_t session) const;

    /// The session's process is killed.
    [[nodiscard]] WinResult<> kill_session_process(std::uint32_t session) const;

    /// Puts an image into the registry that `pull` reads and `push` writes; all users of the computer have the same.
    void publish(const WslcImage& image) const;

    /// `wslc.exe --session <name>`. Without it the commands work in the session `wslc-cli-<user>`, which the first
    /// of them makes; another one must exist.
    [[nodiscard]] WslcUser in_session(std::string display_name) const;

    /// `run`: pulls the image where it is missing, starts a container, and shows what it writes until it ends.
    /// The exit code is the container's.
    [[nodiscard]] UserOutput run(const WslcContainerOptions& options) const;

    /// `run -d`: prints the container's id.
    [[nodiscard]] UserOutput run_detached(const WslcContainerOptions& options) const;

    /// `create`: as `run -d`, without the start.
    [[nodiscard]] UserOutput create(const WslcContainerOptions& options) const;

    /// `start`, of a container by its name or id.
    [[nodiscard]] UserOutput start(std::string_view container) const;

    /// `exec`: runs a program in a container that runs, with the container's environment and working folder, and shows
    /// what it writes until it ends; the exit code is the program's. No hook is called for it.
    [[nodiscard]] UserOutput exec(std::string_view container,
                                  const std::vector<std::string>& command) const;

    /// `stop`: SIGTERM, and SIGKILL after the container's stop timeout.
    [[nodiscard]] UserOutput stop(std::string_view container) const;

    /// `kill -s <signal>`.
    [[nodiscard]] UserOutput kill(std::string_view container, int signal = 9) const;

    /// `rm`, and `rm -f`: of a container that runs only with force.
    [[nodiscard]] UserOutput remove(std::string_view container, bool force = false) const;

    /// Waits until the container has ended, and prints its exit code.
    [[nodiscard]] UserOutput wait(std::string_view container) const;

    /// `logs`: what the container has written since it was last started.
    [[nodiscard]] UserOutput logs(std::string_view container) const;

    /// `inspect`, of a container: the document that ContainerStarted gets.
    [[nodiscard]] UserOutput inspect(std::string_view container) const;

    /// `list -a`: a line a container: id, name, image, state.
    [[nodiscard]] UserOutput list_containers() const;

    /// `pull`: gets an image from the registry, and tells of it.
    [[nodiscard]] UserOutput pull(std::string_view reference) const;

    /// `load` of an archive that holds these images, one line each.
    [[nodiscard]] UserOutput load(const std::vector<WslcImage>& images) const;

    /// `import` of an archive with a root's files.
    [[nodiscard]] UserOutput import_image(const WslcImage& image) const;

    /// `tag`: gives an image one more name.
    [[nodiscard]] UserOutput tag(std::string_view image, std::string_view reference) const;

    /// `push`: puts an image into the registry.
    [[nodiscard]] UserOutput push(std::string_view reference) const;

    /// `rmi`: takes a name away; an image without a name left is deleted. An id deletes it with all its names.
    [[nodiscard]] UserOutput remove_image(std::string_view image) const;

    /// `image prune -a`: deletes every image that no container uses.
    [[nodiscard]] UserOutput prune_images() const;

    /// `image inspect`: the document that ImageCreated gets.
    [[nodiscard]] UserOutput inspect_image(std::string_view image) const;

    /// `images`: a line an image: its names, or `<none>`, and its id. Needs the virtual machine.
    [[nodiscard]] UserOutput list_images() const;

private:
    friend class Service;
    WslcUser(std::shared_ptr<Computer> computer, std::string name) noexcept
        : computer_(std::move(computer)), name_(std::move(name)) {}

    std::shared_ptr<Computer> computer_;
    std::string name_;
    std::optional<std::string> session_;
};

}  // namespace wslplugins::testhost
