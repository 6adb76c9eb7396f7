// SPDX-License-Identifier: MIT
// The guest: what a test host starts as its virtual machine. It is never started by hand.
#include "guest/init.hpp"
#include "guest/supervisor.hpp"
#include "platform/paths.hpp"

#include <csignal>
#include <cstdio>
#include <fcntl.h>
#include <linux/close_range.h>
#include <string_view>
#include <sys/socket.h>

namespace {

using namespace wslplugins;
using namespace wslplugins::guest;

/// The control connection, moved away from where children would inherit it.
platform::Socket take_control() {
    const int control = ::fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3);
    const Descriptor nothing(::open("/dev/null", O_RDWR | O_CLOEXEC));
    if (control < 0 || !nothing.is_open() || ::dup2(nothing.get(), STDIN_FILENO) < 0 ||
        ::dup2(nothing.get(), STDOUT_FILENO) < 0) {
        return {};
    }
    // Wine's sockets do not block; the connection is this process's alone from now on.
    ::fcntl(control, F_SETFL, 0);
    return platform::Socket(static_cast<abi::SOCKET>(control));
}

std::optional<protocol::Hello> receive_hello(platform::Socket& control) {
    const auto deadline = std::chrono::steady_clock::now() + protocol::request_deadline;
    std::array<std::byte, protocol::length_size> prefix{};
    if (!control.receive_exactly(prefix, deadline)) {
        return std::nullopt;
    }
    protocol::Bytes message(
        (std::min)(std::size_t{protocol::framed_length(prefix)}, protocol::kernel_log_size));
    if (!control.receive_exactly(message, deadline)) {
        return std::nullopt;
    }
    return protocol::decode_hello(message);
}

int supervise() {
    int type = 0;
    socklen_t size = sizeof type;
    if (::getsockopt(STDIN_FILENO, SOL_SOCKET, SO_TYPE, &type, &size) < 0) {
        std::fputs(
            "wslplugins-guest is started by the test host of wslplugins, with a connection as "
            "its standard input; run a plugin with `wslplugin run` instead.\n",
            stderr);
        return 2;
    }
    ::close_range(3, ~0u, 0);
    // Ctrl+C is for the host, which ends the machine in order.
    (void)::setsid();
    (void)::signal(SIGPIPE, SIG_IGN);
    platform::Socket control = take_control();
    const auto hello = receive_hello(control);
    if (!hello) {
        return 1;
    }
    const auto program = platform::executable_path();
    if (hello->version != protocol::version || !program || ::chdir("/") < 0) {
        const Step<protocol::Welcome> refusal = failed_with(
            EPROTO,
            "Agreeing on a protocol: the guest speaks version " +
                std::to_string(protocol::version) + " and the test host " +
                std::to_string(hello->version) + "; use tool and guest of one build; it");
        (void)control.send_all(protocol::framed(protocol::encode(refusal)));
        return 1;
    }
    return Supervisor(std::move(control), hello->secret).run(program->string());
}

}  // namespace

int main(int count, char** arguments) {
    const bool is_init = count == 2 && std::string_view(arguments[1]) == "--init";
    return is_init ? run_init() : supervise();
}
