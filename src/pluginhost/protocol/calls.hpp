// SPDX-License-Identifier: MIT
/// @file
/// The API's calls, and what else a plugin's own process says to the service.
///
/// A value that a call writes back through a pointer travels with what lies there now, so that a call that leaves it
/// alone leaves it alone here too; a place for a handle travels as whether there is one.
#pragma once

#include "pluginhost/protocol/messages.hpp"

namespace wslplugins::pluginhost::protocol {

struct MountFolder {
    std::uint32_t session = 0;
    WideText windows_path;
    WideText linux_path;
    std::uint32_t read_only = 0;
    WideText name;

    template <class Self>
    static auto members(Self& self) {
        return std::tie(
            self.session, self.windows_path, self.linux_path, self.read_only, self.name);
    }
};

struct ExecuteBinary {
    std::uint32_t session = 0;
    Text path;
    TextList arguments;
    bool has_socket = false;

    template <class Self>
    static auto members(Self& self) {
        return std::tie(self.session, self.path, self.arguments, self.has_socket);
    }
};

struct PluginError {
    WideText message;

    template <class Self>
    static auto members(Self& self) {
        return std::tie(self.message);
    }
};

struct ExecuteInDistribution {
    std::optional<Guid> distribution;
    ExecuteBinary execution;

    template <class Self>
    static auto members(Self& self) {
        return std::tie(self.distribution, self.execution);
    }
};

struct WslcMountFolder {
    std::uint32_t session = 0;
    WideText windows_path;
    Text mountpoint;
    std::uint32_t read_only = 0;

    template <class Self>
    static auto members(Self& self) {
        return std::tie(self.session, self.windows_path, self.mountpoint, self.read_only);
    }
};

/// The call of the versions 2.8.7 to 2.8.11. `CallAnswer::text` is the mountpoint.
struct EarlyWslcMountFolder {
    std::uint32_t session = 0;
    WideText windows_path;
    std::uint32_t read_only = 0;
    WideText name;
    bool has_mountpoint = false;

    template <class Self>
    static auto members(Self& self) {
        return std::tie(
            self.session, self.windows_path, self.read_only, self.name, self.has_mountpoint);
    }
};

struct WslcUnmountFolder {
    std::uint32_t session = 0;
    Text mountpoint;

    template <class Self>
    static auto members(Self& self) {
        return std::tie(self.session, self.mountpoint);
    }
};

struct WslcCreateProcess {
    std::uint32_t session = 0;
    Text executable;
    TextList arguments;
    TextList environment;
    std::optional<std::uint64_t> process;
    std::optional<std::uint32_t> error_number;

    template <class Self>
    static auto members(Self& self) {
        return std::tie(self.session,
                        self.executable,
                        self.arguments,
                        self.environment,
                        self.process,
                        self.error_number);
    }
};

struct WslcGetFd {
    std::uint64_t process = 0;
    std::uint32_t fd = 0;
    bool has_handle = false;

    template <class Self>
    static auto members(Self& self) {
        return std::tie(self.process, self.fd, self.has_handle);
    }
};

struct WslcGetExitEvent {
    std::uint64_t process = 0;
    bool has_handle = false;

    template <class Self>
    static auto members(Self& self) {
        return std::tie(self.process, self.has_handle);
    }
};

struct WslcGetExitCode {
    std::uint64_t process = 0;
    std::optional<std::uint32_t> exit_code;

    template <class Self>
    static auto members(Self& self) {
        return std::tie(self.process, self.exit_code);
    }
};

struct WslcRelease {
    std::uint64_t process = 0;

    template <class Self>
    static auto members(Self& self) {
        return std::tie(self.process);
    }
};

using Request = std::variant<MountFolder,
                             ExecuteBinary,
                             PluginError,
                             ExecuteInDistribution,
                             WslcMountFolder,
                             EarlyWslcMountFolder,
                             WslcUnmountFolder,
                             WslcCreateProcess,
                             WslcGetFd,
                             WslcGetExitEvent,
                             WslcGetExitCode,
                             WslcRelease>;

/// A thread of the plugin calls the API, and waits for `CallAnswer`.
struct Call {
    std::uint64_t call = 0;
    std::uint64_t thread = hook_thread;
    Request request;

    template <class Self>
    static auto members(Self& self) {
        return std::tie(self.call, self.thread, self.request);
    }
};

/// The handle of that call's answer has been taken: the service may close its own.
struct HandleTaken {
    std::uint64_t call = 0;

    template <class Self>
    static auto members(Self& self) {
        return std::tie(self.call);
    }
};

/// A thread that has called has ended.
struct ThreadEnded {
    std::uint64_t thread = 0;

    template <class Self>
    static auto members(Self& self) {
        return std::tie(self.thread);
    }
};

struct DebugOutput {
    std::uint64_t thread = hook_thread;
    std::string text;

    template <class Self>
    static auto members(Self& self) {
        return std::tie(self.thread, self.text);
    }
};

/// The answer of the innermost request.
struct Done {
    std::uint32_t result = 0;  ///< The bits of the code.
    std::string text;          ///< What went wrong; what an exception said that left the plugin.
    bool escaped = false;      ///< An exception left the plugin.
    std::uint32_t hooks = 0;   ///< Bit n: the hook of that place is installed.

    template <class Self>
    static auto members(Self& self) {
        return std::tie(self.result, self.text, self.escaped, self.hooks);
    }
};

/// What the plugin's process says.
using ToService = std::variant<Done, Call, HandleTaken, ThreadEnded, DebugOutput>;

[[nodiscard]] Bytes encode(const ToProcess& message);
[[nodiscard]] Bytes encode(const ToService& message);

/// None for bytes that are no such message, or have more than the message behind it.
[[nodiscard]] std::optional<ToProcess> decode_to_process(std::span<const std::byte> bytes);
[[nodiscard]] std::optional<ToService> decode_to_service(std::span<const std::byte> bytes);

}  // namespace wslplugins::pluginhost::protocol
