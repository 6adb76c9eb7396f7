// SPDX-License-Identifier: MIT
#include "testhost/wslc/wslc_probe.hpp"

#include <gtest/gtest.h>

#include <thread>

namespace wslplugins::testhost {
namespace {

std::vector<abi::LPCSTR> pointers_to(const std::vector<std::string>& texts) {
    std::vector<abi::LPCSTR> pointers;
    for (const std::string& text : texts) {
        pointers.push_back(text.c_str());
    }
    pointers.push_back(nullptr);
    return pointers;
}

}  // namespace

ProgramAttempt attempt_program(const abi::WSLPluginAPIV1& api,
                               std::uint32_t session,
                               const std::string& path,
                               const std::vector<std::string>& arguments,
                               const std::optional<std::vector<std::string>>& environment) {
    ProgramAttempt attempt;
    auto argv = pointers_to(arguments);
    const std::vector<std::string> nothing;
    auto variables = pointers_to(environment ? *environment : nothing);
    attempt.result = api.WSLCCreateProcess(session,
                                           path.c_str(),
                                           argv.data(),
                                           environment ? variables.data() : nullptr,
                                           &attempt.process,
                                           &attempt.error_number);
    return attempt;
}

platform::Socket take_stream(const abi::WSLPluginAPIV1& api,
                             abi::WSLCProcessHandle process,
                             abi::WSLCProcessFd which) {
    abi::HANDLE handle = nullptr;
    const abi::HRESULT result = api.WSLCProcessGetFd(process, which, &handle);
    EXPECT_EQ(result, 0);
    return result == 0 ? platform::Socket(platform::socket_of(handle)) : platform::Socket();
}

std::string read_to_end(platform::Socket& stream) {
    std::string text;
    std::array<char, 65536> chunk{};
    while (true) {
        const auto count = stream.receive(std::as_writable_bytes(std::span(chunk)));
        if (!count || *count == 0) {
            return text;
        }
        text.append(chunk.data(), *count);
    }
}

int wait_for_exit(const abi::WSLPluginAPIV1& api, abi::WSLCProcessHandle process) {
    abi::HANDLE handle = nullptr;
    EXPECT_EQ(api.WSLCProcessGetExitEvent(process, &handle), 0);
    const platform::ExitEvent event(handle);
    EXPECT_TRUE(event.wait(std::chrono::steady_clock::now() + std::chrono::seconds(60)));
    int exit_code = -2;
    EXPECT_EQ(api.WSLCProcessGetExitCode(process, &exit_code), 0);
    return exit_code;
}

ProgramOutcome run_program(const abi::WSLPluginAPIV1& api,
                           std::uint32_t session,
                           const std::vector<std::string>& command,
                           const std::optional<std::vector<std::string>>& environment,
                           const std::string& input) {
    const ProgramAttempt attempt =
        attempt_program(api, session, command.front(), command, environment);
    if (attempt.result != 0) {
        ADD_FAILURE() << command.front() << ": " << to_string(HResult(attempt.result));
        return {};
    }
    EXPECT_EQ(attempt.error_number, 0);
    platform::Socket in = take_stream(api, attempt.process, abi::WSLCProcessFdStdin);
    platform::Socket out = take_stream(api, attempt.process, abi::WSLCProcessFdStdout);
    platform::Socket err = take_stream(api, attempt.process, abi::WSLCProcessFdStderr);
    ProgramOutcome outcome;
    std::thread writer([&] {
        (void)in.send_all(std::as_bytes(std::span(input)));
        in.close();
    });
    std::thread reader([&] { outcome.errors = read_to_end(err); });
    outcome.output = read_to_end(out);
    reader.join();
    writer.join();
    outcome.exit_code = wait_for_exit(api, attempt.process);
    api.WSLCReleaseProcess(attempt.process);
    return outcome;
}

std::uint32_t make_session(Service& service, const std::string& name) {
    const auto session = service.wslc().create_session({.display_name = name,
                                                        .storage_path = "test",
                                                        .is_kept_by_service = false,
                                                        .application_pid = 4711});
    EXPECT_TRUE(session) << session.error().to_string();
    return session.value_or(0);
}

std::uint32_t make_running_session(Service& service, const std::string& name) {
    const std::uint32_t session = make_session(service, name);
    const UserOutput listed = service.wslc().in_session(name).list_images();
    EXPECT_EQ(listed.exit_code, 0) << listed.text;
    return session;
}

std::vector<std::string> hook_names(Service& service) {
    std::vector<std::string> names;
    for (const JournalEntry& entry : service.journal().entries()) {
        if (entry.kind == JournalKind::Hook) {
            names.push_back(entry.name);
        }
    }
    return names;
}

}  // namespace wslplugins::testhost
