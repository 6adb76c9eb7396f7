// SPDX-License-Identifier: MIT
/// @file
/// What the service and a plugin's own process say to each other.
///
/// The service sends `Hello` first, then requests for the plugin (load, call a hook, unload). Each is answered by one
/// `Done`; while one is under way the plugin may call the API, and a call may lead to another request, which is
/// answered before the one around it. Calls are answered by `CallAnswer`, in any order.
///
/// A pointer that was NULL stays one: it travels as an empty optional.
#pragma once

#include "guest/protocol/wire.hpp"

#include <wslplugins/core/guid.hpp>
#include <wslplugins/core/slot_table.hpp>
#include <wslplugins/core/text.hpp>

#include <optional>
#include <string>
#include <tuple>
#include <variant>
#include <vector>

namespace wslplugins::pluginhost::protocol {

using guest::protocol::Bytes;

/// Both sides come from one build; another number means that a stale program lies beside the host.
inline constexpr std::uint32_t version = 1;

/// The `Call::thread` of the thread that runs the plugin's hooks; the others count from 1.
inline constexpr std::uint64_t hook_thread = 0;

using Text = std::optional<std::string>;
using WideText = std::optional<WideString>;
using TextList = std::optional<std::vector<std::string>>;

// Every message names its members once, in `members`: that is how it is written, read and compared.

/// The service's first message. It is not answered.
struct Hello {
    std::uint32_t protocol = version;
    std::uint32_t major = 0;
    std::uint32_t minor = 0;
    std::uint32_t revision = 0;

    template <class Self>
    static auto members(Self& self) {
        return std::tie(self.protocol, self.major, self.minor, self.revision);
    }
};

struct LoadLibrary {
    std::string path;

    template <class Self>
    static auto members(Self& self) {
        return std::tie(self.path);
    }
};

struct FindEntryPoint {
    template <class Self>
    static auto members(Self&) {
        return std::tuple<>();
    }
};

/// `Done::hooks` says which hooks the plugin installed.
struct CallEntryPoint {
    template <class Self>
    static auto members(Self&) {
        return std::tuple<>();
    }
};

/// Releases the library; the process ends after its answer.
struct Unload {
    template <class Self>
    static auto members(Self&) {
        return std::tuple<>();
    }
};

/// A session of either space; the token, if it has one, is the message's handle.
struct SessionOfUser {
    std::uint32_t id = 0;
    bool has_token = false;
    std::optional<Bytes> sid;

    template <class Self>
    static auto members(Self& self) {
        return std::tie(self.id, self.has_token, self.sid);
    }
};

struct SessionOfContainers {
    std::uint32_t id = 0;
    WideText display_name;
    std::uint32_t application_pid = 0;
    bool has_token = false;
    std::optional<Bytes> sid;

    template <class Self>
    static auto members(Self& self) {
        return std::tie(self.id, self.display_name, self.application_pid, self.has_token, self.sid);
    }
};

struct NoPayload {
    template <class Self>
    static auto members(Self&) {
        return std::tuple<>();
    }
};

struct VmSettings {
    std::uint32_t flags = 0;

    template <class Self>
    static auto members(Self& self) {
        return std::tie(self.flags);
    }
};

/// A running distribution; what the version's struct lacks is empty.
struct Distribution {
    Guid id;
    WideText name;
    std::uint64_t pid_namespace = 0;
    WideText package_family_name;
    std::uint32_t init_pid = 0;
    WideText flavor;
    WideText version;

    template <class Self>
    static auto members(Self& self) {
        return std::tie(self.id,
                        self.name,
                        self.pid_namespace,
                        self.package_family_name,
                        self.init_pid,
                        self.flavor,
                        self.version);
    }
};

struct OfflineDistribution {
    Guid id;
    WideText name;
    WideText package_family_name;
    WideText flavor;
    WideText version;

    template <class Self>
    static auto members(Self& self) {
        return std::tie(self.id, self.name, self.package_family_name, self.flavor, self.version);
    }
};

/// A document or an id.
struct Document {
    Text text;

    template <class Self>
    static auto members(Self& self) {
        return std::tie(self.text);
    }
};

struct CallHook {
    Hook hook = Hook::OnVMStarted;
    std::variant<SessionOfUser, SessionOfContainers> session;
    std::variant<NoPayload, VmSettings, Distribution, OfflineDistribution, Document> payload;

    template <class Self>
    static auto members(Self& self) {
        return std::tie(self.hook, self.session, self.payload);
    }
};

/// What came of an API call. Where the caller gave a place for a value it gets what lies there now; a socket, stream
/// or event that came of it is the message's handle.
struct CallAnswer {
    std::uint64_t call = 0;
    std::uint32_t result = 0;  ///< The bits of the code.
    std::optional<std::uint64_t> process;
    std::optional<std::uint32_t> number;  ///< Errno or the exit code.
    Text text;

    template <class Self>
    static auto members(Self& self) {
        return std::tie(self.call, self.result, self.process, self.number, self.text);
    }
};

/// What the service says.
using ToProcess =
    std::variant<Hello, LoadLibrary, FindEntryPoint, CallEntryPoint, CallHook, Unload, CallAnswer>;

}  // namespace wslplugins::pluginhost::protocol
