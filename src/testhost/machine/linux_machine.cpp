// SPDX-License-Identifier: MIT
#include "testhost/machine/linux_machine.hpp"

#include "guest/protocol/messages.hpp"
#include "platform/child_process.hpp"
#include "platform/random.hpp"

#include <chrono>
#include <mutex>
#include <utility>

namespace wslplugins::testhost {
namespace {

namespace protocol = guest::protocol;

/// A guest that does not end within this time is left to itself: it ends with the host at the latest.
constexpr std::chrono::seconds longest_stop{30};

/// Linux' own numbers, which Windows' are not bound to.
constexpr std::uint32_t linux_esrch = 3;
constexpr std::uint32_t linux_einval = 22;

std::unexpected<Error> connection_lost(const std::string& what) {
    return failure(HResult::aborted,
                   what +
                       " failed: the virtual machine's guest has ended; see the machine's log for "
                       "what ended it, and start it again");
}

/// The code for what the guest could not do.
HResult code_of(const protocol::Failure& failed) {
    if (failed.kind == protocol::FailureKind::DistributionNotRunning) {
        return HResult::distribution_not_running;
    }
    return HResult::from_errno(static_cast<int>(failed.error));
}

bool send_message(platform::Socket& connection, const protocol::Bytes& message) {
    return connection.send_all(protocol::framed(message)).has_value();
}

std::optional<protocol::Bytes> receive_message(platform::Socket& connection) {
    std::array<std::byte, protocol::length_size> prefix{};
    if (!connection.receive_exactly(prefix)) {
        return std::nullopt;
    }
    const std::size_t length = protocol::framed_length(prefix);
    if (length > protocol::max_message_size) {
        return std::nullopt;
    }
    protocol::Bytes message(length);
    if (!connection.receive_exactly(message)) {
        return std::nullopt;
    }
    return message;
}

/// Sends one request and waits for its reply. None when the connection is lost.
template <class T>
std::optional<protocol::Reply<T>> ask(platform::Socket& connection,
                                      const protocol::Bytes& request) {
    if (!send_message(connection, request)) {
        return std::nullopt;
    }
    const auto message = receive_message(connection);
    return message ? protocol::decode_reply<T>(*message) : std::nullopt;
}

}  // namespace

class LinuxMachine::Connection {
public:
    explicit Connection(platform::Socket control) noexcept : control_(std::move(control)) {}

    [[nodiscard]] WinResult<> open(std::string_view guest_program) {
        if (const auto filled = platform::fill_random(secret_); !filled) {
            return propagate(filled.error());
        }
        const protocol::Hello hello{.secret = secret_};
        const auto welcome = ask<protocol::Welcome>(control_, protocol::encode(hello));
        const std::string what =
            "Starting the virtual machine's guest '" + std::string(guest_program) + "'";
        if (!welcome) {
            return connection_lost(what);
        }
        if (!*welcome) {
            return failure(code_of(welcome->error()), what + " failed. " + welcome->error().text);
        }
        port_ = (*welcome)->port;
        return {};
    }

    /// A request over the control connection, one at a time.
    template <class T>
    [[nodiscard]] std::optional<protocol::Reply<T>> control(protocol::ControlRequest request) {
        const std::scoped_lock lock(mutex_);
        return ask<T>(control_, protocol::encode(request));
    }

    [[nodiscard]] WinResult<> mount(const protocol::MountFolder& request) {
        const std::string what = "Mounting '" + request.source + "' in the virtual machine";
        const auto reply = control<protocol::Done>(request);
        if (!reply) {
            return connection_lost(what);
        }
        if (!*reply) {
            const HResult code = code_of(reply->error());
            return failure(code == HResult::distribution_not_running ? code : HResult::fail,
                           what + " failed. " + reply->error().text);
        }
        return {};
    }

    /// A connection of its own to the guest.
    [[nodiscard]] WinResult<platform::Socket> visit(protocol::VisitRequest request) const {
        const auto message =
            protocol::encode(protocol::Visit{.secret = secret_, .request = std::move(request)});
        if (message.size() > protocol::max_message_size) {
            return failure(HResult::fail,
                           "A command of " + std::to_string(message.size()) +
                               " bytes is too long: Linux takes " +
                               std::to_string(protocol::max_message_size) + " at most");
        }
        auto connection = platform::Socket::connect_loopback(port_);
        if (!connection || !send_message(*connection, message)) {
            return connection_lost("Reaching the virtual machine");
        }
        return connection;
    }

    /// What came back on a connection of its own, and the connection.
    template <class T>
    struct Visited {
        T reply;
        platform::Socket connection;
    };

    /// Asks on a connection of its own. A program that could not be executed is E_FAIL, with Linux' own number.
    template <class T>
    [[nodiscard]] WinResult<Visited<T>> ask_visiting(protocol::VisitRequest request) const {
        auto connection = visit(std::move(request));
        if (!connection) {
            return propagate(std::move(connection.error()));
        }
        const auto message = receive_message(*connection);
        auto reply = message ? protocol::decode_reply<T>(*message) : std::nullopt;
        if (!reply) {
            return connection_lost("Working with the virtual machine");
        }
        if (!*reply) {
            const bool is_exec = reply->error().kind == protocol::FailureKind::Other;
            return propagate(Error(is_exec ? HResult::fail : code_of(reply->error()),
                                   reply->error().text,
                                   static_cast<int>(reply->error().error)));
        }
        return Visited<T>{std::move(**reply), std::move(*connection)};
    }

    /// While nobody asks the guest anything, it says nothing but its end.
    [[nodiscard]] bool has_ended() {
        const std::unique_lock lock(mutex_, std::try_to_lock);
        if (!lock.owns_lock() || !control_.is_open()) {
            return lock.owns_lock();
        }
        std::array<std::byte, 1> nothing{};
        const auto received = control_.receive(nothing, std::chrono::steady_clock::now());
        return received ? *received == 0 : received.error().code() != HResult::timeout;
    }

    /// The guest closes its end when nothing runs in the machine any more.
    void close() {
        const std::scoped_lock lock(mutex_);
        const auto deadline = std::chrono::steady_clock::now() + longest_stop;
        std::array<std::byte, 256> rest{};
        if (!control_.is_open() || !control_.shutdown_send()) {
            return;
        }
        for (auto count = control_.receive(rest, deadline); count && *count > 0;) {
            count = control_.receive(rest, deadline);
        }
    }

private:
    std::mutex mutex_;
    platform::Socket control_;
    protocol::Secret secret_{};
    std::uint16_t port_ = 0;
};

LinuxMachine::LinuxMachine(std::unique_ptr<Connection> connection) noexcept
    : connection_(std::move(connection)) {}

LinuxMachine::~LinuxMachine() {
    connection_->close();
}

bool LinuxMachine::has_ended() {
    return connection_->has_ended();
}

void LinuxMachine::stop() {
    connection_->close();
}

WinResult<std::unique_ptr<LinuxMachine>> LinuxMachine::start(std::string_view guest_program) {
    if (const auto started = platform::start_sockets(); !started) {
        return propagate(started.error());
    }
    auto control = platform::start_native_program(guest_program);
    if (!control) {
        return propagate(std::move(control.error()));
    }
    auto connection = std::make_unique<Connection>(std::move(*control));
    if (auto opened = connection->open(guest_program); !opened) {
        return propagate(std::move(opened.error()));
    }
    return std::unique_ptr<LinuxMachine>(new LinuxMachine(std::move(connection)));
}

WinResult<>
LinuxMachine::mount_folder(std::string_view host_folder, std::string_view target, bool read_only) {
    return connection_->mount({.source = std::string(host_folder),
                               .target = std::string(target),
                               .read_only = read_only,
                               .distribution = std::nullopt});
}

WinResult<> LinuxMachine::mount_in(const Guid& distribution,
                                   std::string_view host_folder,
                                   std::string_view target,
                                   bool read_only) {
    return connection_->mount({.source = std::string(host_folder),
                               .target = std::string(target),
                               .read_only = read_only,
                               .distribution = distribution});
}

WinResult<> LinuxMachine::unmount_folder(std::string_view target) {
    const std::string what = "Unmounting '" + std::string(target) + "' in the virtual machine";
    const auto reply = connection_->control<protocol::Done>(
        protocol::UnmountFolder{.target = std::string(target)});
    if (!reply) {
        return connection_lost(what);
    }
    if (!*reply && reply->error().error != linux_einval) {
        return failure(HResult::fail, what + " failed. " + reply->error().text);
    }
    return {};
}

WinResult<StartedDistribution> LinuxMachine::start_distribution(const DistributionPlace& place) {
    auto reply = connection_->control<protocol::DistributionStarted>(protocol::StartDistribution{
        .id = place.id, .root = place.root, .keeps_changes = place.keeps_changes});
    if (!reply) {
        return connection_lost("Starting the distribution " + to_string(place.id));
    }
    if (!*reply) {
        return failure(code_of(reply->error()), reply->error().text);
    }
    return StartedDistribution{.pid_namespace = (*reply)->pid_namespace,
                               .init_pid = (*reply)->init_pid,
                               .flavor = std::move((*reply)->flavor),
                               .version = std::move((*reply)->version)};
}

WinResult<> LinuxMachine::stop_distribution(const Guid& id) {
    const auto reply = connection_->control<protocol::Done>(protocol::StopDistribution{.id = id});
    if (!reply) {
        return connection_lost("Stopping the distribution " + to_string(id));
    }
    if (!*reply) {
        return failure(code_of(reply->error()), reply->error().text);
    }
    return {};
}

WinResult<StartedProgram> LinuxMachine::execute(const std::optional<Guid>& distribution,
                                                std::string_view path,
                                                const std::vector<std::string>& arguments) {
    auto connection = connection_->visit(protocol::Execute{
        .distribution = distribution, .path = std::string(path), .arguments = arguments});
    if (!connection) {
        return propagate(std::move(connection.error()));
    }
    const auto message = receive_message(*connection);
    const auto reply =
        message ? protocol::decode_reply<protocol::ProgramStarted>(*message) : std::nullopt;
    if (!reply) {
        return connection_lost("Executing '" + std::string(path) + "'");
    }
    if (!*reply) {
        const HResult code = code_of(reply->error());
        return failure(code == HResult::distribution_not_running ? code : HResult::fail,
                       reply->error().text);
    }
    return StartedProgram{.number = (*reply)->program, .stream = std::move(*connection)};
}

WinResult<StartedProcess> LinuxMachine::start_process(const ProcessRequest& request) {
    StartedProcess process;
    protocol::StartProcess message{.distribution = request.distribution,
                                   .path = request.path,
                                   .arguments = request.arguments,
                                   .environment = request.environment,
                                   .folder = request.folder};
    platform::Socket* const streams[] = {&process.input, &process.output, &process.error};
    for (std::size_t i = 0; i < message.streams.size(); ++i) {
        auto offered = connection_->ask_visiting<protocol::StreamOffered>(protocol::OfferStream{});
        if (!offered) {
            return propagate(std::move(offered.error()));
        }
        message.streams[i] = offered->reply.stream;
        *streams[i] = std::move(offered->connection);
    }
    auto started = connection_->ask_visiting<protocol::ProgramStarted>(std::move(message));
    if (!started) {
        return propagate(std::move(started.error()));
    }
    process.number = started->reply.program;
    return process;
}

WinResult<> LinuxMachine::signal(std::uint64_t program, int number) {
    const auto reply = connection_->control<protocol::Done>(
        protocol::SignalProgram{.program = program, .signal = static_cast<std::uint32_t>(number)});
    if (!reply) {
        return connection_lost("Sending a signal to program " + std::to_string(program));
    }
    if (!*reply) {
        const bool has_ended = reply->error().error == linux_esrch;
        return failure(has_ended ? HResult::not_found : code_of(reply->error()),
                       reply->error().text);
    }
    return {};
}

WinResult<ProgramExit> LinuxMachine::wait(std::uint64_t program) {
    auto connection = connection_->visit(protocol::Wait{.program = program});
    if (!connection) {
        return propagate(std::move(connection.error()));
    }
    const auto message = receive_message(*connection);
    const auto reply =
        message ? protocol::decode_reply<protocol::ProgramEnded>(*message) : std::nullopt;
    if (!reply) {
        return connection_lost("Waiting for program " + std::to_string(program));
    }
    if (!*reply) {
        return failure(code_of(reply->error()), reply->error().text);
    }
    return ProgramExit{.exit_code = static_cast<int>((*reply)->exit_code)};
}

WinResult<std::string> LinuxMachine::take_kernel_log() {
    auto reply = connection_->control<protocol::KernelLog>(protocol::TakeKernelLog{});
    if (!reply) {
        return connection_lost("Reading the virtual machine's log");
    }
    if (!*reply) {
        return failure(code_of(reply->error()), reply->error().text);
    }
    return std::move((*reply)->text);
}

}  // namespace wslplugins::testhost
