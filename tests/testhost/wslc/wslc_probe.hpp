// SPDX-License-Identifier: MIT
/// @file
/// What the tests of container sessions share: a session with a machine, and programs run in it as a plugin runs
/// them.
#pragma once

#include "platform/exit_event.hpp"
#include "testhost/raw_plugins.hpp"

#include <wslplugins/testhost/wslc_user.hpp>

#include <optional>
#include <string>
#include <vector>

namespace wslplugins::testhost {

/// What a plugin's attempt to start a program came to.
struct ProgramAttempt {
    abi::HRESULT result = 0;
    int error_number = 77;  ///< What it was before the call.
    abi::WSLCProcessHandle process = nullptr;
};

/// Calls WSLCCreateProcess. `arguments` is the whole argv; no `environment` is NULL.
[[nodiscard]] ProgramAttempt
attempt_program(const abi::WSLPluginAPIV1& api,
                std::uint32_t session,
                const std::string& path,
                const std::vector<std::string>& arguments,
                const std::optional<std::vector<std::string>>& environment = std::nullopt);

/// A stream of a program, closed at the end. A test fails where it cannot be had.
[[nodiscard]] platform::Socket take_stream(const abi::WSLPluginAPIV1& api,
                                           abi::WSLCProcessHandle process,
                                           abi::WSLCProcessFd which);

[[nodiscard]] std::string read_to_end(platform::Socket& stream);

/// Waits for the program's end. @return its exit code.
[[nodiscard]] int wait_for_exit(const abi::WSLPluginAPIV1& api, abi::WSLCProcessHandle process);

/// What a program that ran to its end wrote.
struct ProgramOutcome {
    std::string output;
    std::string errors;
    int exit_code = -1;
};

/// Runs a program to its end, and releases it.
[[nodiscard]] ProgramOutcome
run_program(const abi::WSLPluginAPIV1& api,
            std::uint32_t session,
            const std::vector<std::string>& command,
            const std::optional<std::vector<std::string>>& environment = std::nullopt,
            const std::string& input = {});

/// A session in the folder `test` of that name, which the test holds. A test fails where it cannot be made.
[[nodiscard]] std::uint32_t make_session(Service& service, const std::string& name = "test");

/// As `make_session`, with a machine.
[[nodiscard]] std::uint32_t make_running_session(Service& service,
                                                 const std::string& name = "test");

/// The service's hooks so far, of one plugin.
[[nodiscard]] std::vector<std::string> hook_names(Service& service);

inline constexpr abi::HRESULT pointer_error = code(0x80004003u);
inline constexpr abi::HRESULT argument_error = code(0x80070057u);
inline constexpr abi::HRESULT general_error = code(0x80004005u);
inline constexpr abi::HRESULT abort_error = code(0x80004004u);
inline constexpr abi::HRESULT disconnected_error = code(0x80010108u);
inline constexpr abi::HRESULT state_error = code(0x8007139Fu);
inline constexpr abi::HRESULT session_not_found = code(0x8004060Fu);
inline constexpr abi::HRESULT vm_not_running = code(0x80040610u);

}  // namespace wslplugins::testhost
