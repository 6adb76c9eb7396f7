// SPDX-License-Identifier: MIT
/// @file
/// `RawWsl`: a hand-made WSL of any version. Its tables and structs are as long as that version's, and a
/// page that nothing may touch lies behind each.
#pragma once

#include "platform/guarded_memory.hpp"
#include "platform/socket.hpp"

#include <wslplugins/core/guid.hpp>
#include <wslplugins/core/slot_table.hpp>
#include <wslplugins/core/text.hpp>

#include <cstring>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace wslplugins::tests {

/// A call that the plugin made, its text in UTF-8.
struct RawMount {
    abi::WSLSessionId session;
    std::string windows_path, linux_path, name;
    bool read_only;
};

struct RawExecution {
    abi::WSLSessionId session;
    std::optional<Guid> distribution;
    std::string path;
    std::vector<std::string> arguments;
};

/// Two ends of a connection.
struct SocketPair {
    platform::Socket plugin_end, program_end;

    static SocketPair open() {
        (void)platform::start_sockets();
        auto listener = platform::Listener::open().value();
        SocketPair pair;
        pair.plugin_end = platform::Socket::connect_loopback(listener.port()).value();
        pair.program_end = listener.accept().value();
        return pair;
    }
};

/// One at a time: WSL's functions carry nothing that could tell several apart.
class RawWsl {
public:
    /// `add_calls` puts more calls than those of the WSL 2 lifecycle into the table, before it is cut.
    explicit RawWsl(const Version& version, void (*add_calls)(abi::WSLPluginAPIV1&) = nullptr)
        : version_(version),
          api_(platform::GuardedMemory::allocate(api_table_size(version)).value()),
          hooks_(platform::GuardedMemory::allocate(hooks_table_size(version)).value()) {
        current = this;
        abi::WSLPluginAPIV1 table{};
        table.Version = {version.major, version.minor, version.revision};
        table.MountFolder = &mount_folder;
        table.ExecuteBinary = &execute;
        table.PluginError = &plugin_error;
        table.ExecuteBinaryInDistribution = &execute_in_distribution;
        if (add_calls != nullptr) {
            add_calls(table);
        }
        std::memcpy(api_.data(), &table, api_.size());
    }
    RawWsl(const RawWsl&) = delete;
    RawWsl& operator=(const RawWsl&) = delete;
    ~RawWsl() { current = nullptr; }

    /// Makes this the one whose functions are called, where another was made since.
    void make_current() { current = this; }

    [[nodiscard]] const Version& version() const { return version_; }
    [[nodiscard]] const abi::WSLPluginAPIV1* api() const {
        return static_cast<const abi::WSLPluginAPIV1*>(api_.data());
    }
    [[nodiscard]] abi::WSLPluginHooksV1* hooks() const {
        return static_cast<abi::WSLPluginHooksV1*>(hooks_.data());
    }

    /// The bits of a hook's slot; null past the table's end.
    [[nodiscard]] void* slot(Hook hook) const {
        void* bits = nullptr;
        if (slot_of(hook).offset + sizeof bits <= hooks_.size()) {
            std::memcpy(&bits,
                        static_cast<const std::byte*>(hooks_.data()) + slot_of(hook).offset,
                        sizeof bits);
        }
        return bits;
    }

    [[nodiscard]] bool has_hooks() const {
        for (const HookSlot& row : hook_slots) {
            if (slot(row.hook) != nullptr) {
                return true;
            }
        }
        return false;
    }

    HResult answer;  ///< Of the next calls; a success hands out `stream`.
    platform::Socket stream;
    std::vector<RawMount> mounts;
    std::vector<RawExecution> executions;
    std::vector<std::string> user_messages;
    std::vector<std::thread::id> user_message_threads;

private:
    static std::string utf8(abi::LPCWSTR text) { return to_utf8(text).value(); }

    static abi::HRESULT mount_folder(abi::WSLSessionId session,
                                     abi::LPCWSTR windows_path,
                                     abi::LPCWSTR linux_path,
                                     abi::BOOL read_only,
                                     abi::LPCWSTR name) {
        current->mounts.push_back(
            {session, utf8(windows_path), utf8(linux_path), utf8(name), read_only != 0});
        return current->answer.value();
    }

    static abi::HRESULT execute(abi::WSLSessionId session,
                                abi::LPCSTR path,
                                abi::LPCSTR* arguments,
                                abi::SOCKET* socket) {
        RawExecution execution{session, std::nullopt, path, {}};
        for (; *arguments != nullptr; ++arguments) {
            execution.arguments.emplace_back(*arguments);
        }
        current->executions.push_back(std::move(execution));
        if (current->answer.is_success()) {
            *socket = current->stream.release();
        }
        return current->answer.value();
    }

    static abi::HRESULT execute_in_distribution(abi::WSLSessionId session,
                                                const abi::GUID* distribution,
                                                abi::LPCSTR path,
                                                abi::LPCSTR* arguments,
                                                abi::SOCKET* socket) {
        const abi::HRESULT code = execute(session, path, arguments, socket);
        current->executions.back().distribution = Guid(*distribution);
        return code;
    }

    static abi::HRESULT plugin_error(abi::LPCWSTR message) {
        current->user_messages.push_back(utf8(message));
        current->user_message_threads.push_back(std::this_thread::get_id());
        return 0;
    }

    static inline RawWsl* current = nullptr;

    Version version_;
    platform::GuardedMemory api_;
    platform::GuardedMemory hooks_;
};

/// A struct of WSL's, cut to `size` bytes, with the guard behind it.
template <class Struct>
class CutStruct {
public:
    CutStruct(const Struct& whole, std::size_t size)
        : memory_(platform::GuardedMemory::allocate(size).value()) {
        std::memcpy(memory_.data(), &whole, size);
    }

    [[nodiscard]] const Struct* get() const { return static_cast<const Struct*>(memory_.data()); }

private:
    platform::GuardedMemory memory_;
};

}  // namespace wslplugins::tests
