// SPDX-License-Identifier: MIT
/// @file
/// What a careful author writes on the raw tables, with the standard library and without the framework: one
/// guard, one lock, results, a socket that closes itself, a program that is run within limits. It is what the
/// benchmarks compare the framework with.
#pragma once

#include "bench/by_hand_system.hpp"

#include <wslplugins/abi/hooks_v1.hpp>

#include <chrono>
#include <exception>
#include <expected>
#include <mutex>
#include <new>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

namespace by_hand {

namespace abi = wslplugins::abi;

inline constexpr abi::HRESULT fail = static_cast<abi::HRESULT>(0x80004005u);
inline constexpr abi::HRESULT out_of_memory = static_cast<abi::HRESULT>(0x8007000Eu);
inline constexpr abi::HRESULT unexpected = static_cast<abi::HRESULT>(0x8000FFFFu);
inline constexpr abi::HRESULT timeout = static_cast<abi::HRESULT>(0x800705B4u);
inline constexpr abi::HRESULT overflow = static_cast<abi::HRESULT>(0x8007006Fu);
inline constexpr abi::HRESULT invalid_argument = static_cast<abi::HRESULT>(0x80070057u);

struct Error {
    abi::HRESULT code;
    std::string text;
};

template <class T = void>
using Result = std::expected<T, Error>;

class Socket {
public:
    explicit Socket(abi::SOCKET raw) noexcept : raw_(raw) {}
    Socket(Socket&& other) noexcept : raw_(std::exchange(other.raw_, system::no_socket)) {}
    Socket& operator=(Socket&&) = delete;
    ~Socket() {
        if (raw_ != system::no_socket) {
            system::close(raw_);
        }
    }

    [[nodiscard]] abi::SOCKET raw() const noexcept { return raw_; }

private:
    abi::SOCKET raw_;
};

struct Program {
    std::string path;
    std::vector<std::string> arguments;
};

inline Result<Socket>
spawn(const abi::WSLPluginAPIV1* api, abi::WSLSessionId session, const Program& program) {
    std::vector<const char*> list{program.path.c_str()};
    for (const std::string& argument : program.arguments) {
        if (argument.empty() || argument.find('\0') != std::string::npos) {
            return std::unexpected(Error{invalid_argument, "an argument cannot be passed on"});
        }
        list.push_back(argument.c_str());
    }
    list.push_back(nullptr);
    abi::SOCKET socket = system::no_socket;
    const abi::HRESULT code =
        api->ExecuteBinary(session, program.path.c_str(), list.data(), &socket);
    if (code < 0) {
        return std::unexpected(Error{code, "Starting " + program.path + " failed"});
    }
    return Socket(socket);
}

/// Its output, within 30 s and 16 MiB.
inline Result<std::string>
run(const abi::WSLPluginAPIV1* api, abi::WSLSessionId session, const Program& program) {
    const Result<Socket> socket = spawn(api, session, program);
    if (!socket) {
        return std::unexpected(socket.error());
    }
    using Clock = std::chrono::steady_clock;
    const Clock::time_point deadline = Clock::now() + std::chrono::seconds(30);
    system::end_sending(socket->raw());
    std::string output;
    char chunk[16 * 1024];
    for (;;) {
        const auto left =
            std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now());
        if (left.count() < 0 || !system::wait_readable(socket->raw(), left)) {
            return std::unexpected(Error{timeout, program.path + " did not end in time"});
        }
        const long count = system::receive(socket->raw(), chunk, sizeof chunk);
        if (count < 0) {
            return std::unexpected(Error{fail, "Reading from " + program.path + " failed"});
        }
        if (count == 0) {
            return output;
        }
        if (output.size() + static_cast<std::size_t>(count) > 16 * 1024 * 1024) {
            return std::unexpected(Error{overflow, program.path + " wrote too much"});
        }
        output.append(chunk, static_cast<std::size_t>(count));
    }
}

inline void log(std::string_view level, std::string_view event, std::string_view text) {
    std::string line = "by_hand " + std::string(level) + " " + std::string(event);
    if (!text.empty()) {
        line += ": " + std::string(text);
    }
    system::write_log(line);
}

inline std::recursive_mutex one_at_a_time;

/// Runs one hook at a time, and lets nothing out but a code.
template <class Body>
abi::HRESULT guarded(const char* hook, Body body) noexcept {
    const auto report = [hook](abi::HRESULT code, std::string_view text) {
        log("error", hook, text);
        return code;
    };
#if defined(__cpp_exceptions)
    try {
#endif
        const std::lock_guard lock(one_at_a_time);
        const Result<> result = body();
        return result ? 0 : report(result.error().code, result.error().text);
#if defined(__cpp_exceptions)
    } catch (const std::bad_alloc&) {
        return out_of_memory;
    } catch (const std::system_error& error) {
        return report(fail, error.what());
    } catch (const std::exception& error) {
        return report(fail, error.what());
    } catch (...) {
        return unexpected;
    }
#endif
}

}  // namespace by_hand
