// SPDX-License-Identifier: MIT
/// @file
/// `RawWslc`: a hand-made WSL with container calls. It keeps to the rules that WSL has for a program's handle,
/// and fails the test where the framework breaks one.
#pragma once

#include "platform/exit_event.hpp"
#include "support/raw_wsl.hpp"

#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <functional>
#include <memory>

namespace wslplugins::tests {

struct RawWslcMount {
    abi::WSLCSessionId session;
    std::string windows_path, linux_path;
    bool read_only;
};

struct RawWslcUnmount {
    abi::WSLCSessionId session;
    std::string linux_path;
};

struct RawWslcCreation {
    abi::WSLCSessionId session;
    std::string path;
    std::vector<std::string> arguments;
    std::optional<std::vector<std::string>> environment;  ///< None for NULL.
};

/// A program as WSL sees it: both ends of its streams, its event, its exit code.
class RawWslcProgram {
public:
    RawWslcProgram() {
        for (std::size_t i = 0; i < plugin_ends.size(); ++i) {
            SocketPair pair = SocketPair::open();
            plugin_ends[i] = std::move(pair.plugin_end);
            program_ends[i] = std::move(pair.program_end);
        }
    }

    [[nodiscard]] platform::Socket& standard_input() { return program_ends[0]; }
    [[nodiscard]] platform::Socket& standard_output() { return program_ends[1]; }
    [[nodiscard]] platform::Socket& standard_error() { return program_ends[2]; }

    /// As when the program ends: its streams are closed, and then its end is told.
    void end(int code) {
        for (platform::Socket& stream : program_ends) {
            stream.close();
        }
        end_with_open_streams(code);
    }

    void end_with_open_streams(int code) {
        exit_code = code;
        ASSERT_TRUE(ended.signal().has_value());
    }

    std::array<platform::Socket, 3> plugin_ends;  ///< By WSLCProcessFd, until they are handed out.
    std::array<platform::Socket, 3> program_ends;
    platform::ExitEvent ended = platform::ExitEvent::create().value();
    std::atomic<int> exit_code = -1;  ///< -1 while it runs.
    std::thread::id thread = std::this_thread::get_id();
    bool is_released = false;
};

class RawWslc : public RawWsl {
public:
    explicit RawWslc(const Version& version) : RawWsl(version, &add_calls) { here = this; }
    ~RawWslc() { here = nullptr; }

    /// The program that was started last.
    [[nodiscard]] RawWslcProgram& program() { return *programs.back(); }

    int linux_error = 0;  ///< Handed out with the next failed start.
    std::vector<RawWslcMount> wslc_mounts;
    std::vector<RawWslcUnmount> wslc_unmounts;
    std::vector<RawWslcCreation> creations;
    std::vector<std::unique_ptr<RawWslcProgram>> programs;
    std::function<void(RawWslcProgram&, const RawWslcCreation&)>
        on_start;  ///< Nothing, if not set.

private:
    static void add_calls(abi::WSLPluginAPIV1& table) {
        table.WSLCMountFolder = &mount_wslc_folder;
        table.WSLCUnmountFolder = &unmount_wslc_folder;
        table.WSLCCreateProcess = &create_process;
        table.WSLCProcessGetFd = &get_fd;
        table.WSLCProcessGetExitEvent = &get_exit_event;
        table.WSLCProcessGetExitCode = &get_exit_code;
        table.WSLCReleaseProcess = &release_process;
    }

    /// The pre-release line has these places, and the framework leaves them alone.
    static void expect_announced() {
        EXPECT_GE(here->version(), (Version{2, 9, 0})) << "a call of the pre-release line was made";
    }

    static std::vector<std::string> list(abi::LPCSTR* texts) {
        std::vector<std::string> all;
        for (; *texts != nullptr; ++texts) {
            all.emplace_back(*texts);
        }
        return all;
    }

    static abi::HRESULT mount_wslc_folder(abi::WSLCSessionId session,
                                          abi::LPCWSTR windows_path,
                                          abi::LPCSTR mountpoint,
                                          abi::BOOL read_only) {
        expect_announced();
        here->wslc_mounts.push_back(
            {session, to_utf8(windows_path).value(), mountpoint, read_only != 0});
        return here->answer.value();
    }

    static abi::HRESULT unmount_wslc_folder(abi::WSLCSessionId session, abi::LPCSTR mountpoint) {
        expect_announced();
        here->wslc_unmounts.push_back({session, mountpoint});
        return here->answer.value();
    }

    static abi::HRESULT create_process(abi::WSLCSessionId session,
                                       abi::LPCSTR executable,
                                       abi::LPCSTR* arguments,
                                       abi::LPCSTR* environment,
                                       abi::WSLCProcessHandle* process,
                                       int* linux_error) {
        expect_announced();
        *process = nullptr;
        RawWslcCreation creation{session, executable, list(arguments), std::nullopt};
        if (environment != nullptr) {
            creation.environment = list(environment);
        }
        here->creations.push_back(creation);
        *linux_error = here->linux_error;
        if (here->answer.is_success()) {
            here->programs.push_back(std::make_unique<RawWslcProgram>());
            *process = here->programs.back().get();
            if (here->on_start) {
                here->on_start(here->program(), creation);
            }
        }
        return here->answer.value();
    }

    /// The program behind a handle, which must be used as WSL demands.
    static RawWslcProgram& used(abi::WSLCProcessHandle handle) {
        auto& program = *static_cast<RawWslcProgram*>(handle);
        EXPECT_EQ(program.thread, std::this_thread::get_id()) << "RPC_E_WRONG_THREAD";
        EXPECT_FALSE(program.is_released) << "used after release";
        return program;
    }

    static abi::HRESULT
    get_fd(abi::WSLCProcessHandle process, abi::WSLCProcessFd which, abi::HANDLE* handle) {
        platform::Socket& end = used(process).plugin_ends.at(static_cast<std::size_t>(which));
        if (here->answer.is_failure() || !end.is_open()) {
            return here->answer.is_failure() ? here->answer.value()
                                             : HResult::invalid_state.value();
        }
        *handle = platform::handle_of(end.release());
        return 0;
    }

    static abi::HRESULT get_exit_event(abi::WSLCProcessHandle process, abi::HANDLE* event) {
        if (here->answer.is_failure()) {
            return here->answer.value();
        }
        *event = used(process).ended.duplicate_to_wait().value().release();
        return 0;
    }

    static abi::HRESULT get_exit_code(abi::WSLCProcessHandle process, int* exit_code) {
        *exit_code = used(process).exit_code;
        if (here->answer.is_failure()) {
            return here->answer.value();
        }
        return *exit_code == -1 ? HResult::invalid_state.value() : 0;
    }

    /// What was handed out must be closed by then: the program's ends of its outputs see it.
    static void release_process(abi::WSLCProcessHandle process) {
        RawWslcProgram& program = used(process);
        for (std::size_t i = 1; i < program.plugin_ends.size(); ++i) {
            const bool was_handed_out = !program.plugin_ends[i].is_open();
            if (was_handed_out && program.program_ends[i].is_open()) {
                std::array<std::byte, 1> byte;
                const auto seen = program.program_ends[i].receive(
                    byte, std::chrono::steady_clock::now() + std::chrono::seconds(5));
                EXPECT_TRUE(seen || seen.error().code() != HResult::timeout)
                    << "released before stream " << i << " was closed";
            }
        }
        program.is_released = true;
    }

    static inline RawWslc* here = nullptr;
};

}  // namespace wslplugins::tests
