// SPDX-License-Identifier: MIT
#include "guest/supervisor.hpp"

#include <algorithm>
#include <array>
#include <csignal>
#include <fcntl.h>
#include <sys/signalfd.h>
#include <sys/socket.h>

namespace wslplugins::guest {
namespace {

int descriptor_of(const platform::Socket& socket) noexcept {
    return static_cast<int>(socket.raw());
}

bool has_event(const std::vector<pollfd>& events, int descriptor) {
    return std::ranges::any_of(events, [descriptor](const pollfd& event) {
        return event.fd == descriptor && event.revents != 0;
    });
}

Step<Descriptor> open_child_signal() {
    sigset_t ended;
    sigemptyset(&ended);
    sigaddset(&ended, SIGCHLD);
    ::sigprocmask(SIG_BLOCK, &ended, nullptr);
    Descriptor signal(::signalfd(-1, &ended, SFD_CLOEXEC | SFD_NONBLOCK));
    if (!signal.is_open()) {
        return failed("Watching for ended children");
    }
    return signal;
}

}  // namespace

int Supervisor::run(const std::string& program) {
    const auto welcome = start(program);
    const bool is_told = reply(welcome);
    if (welcome && is_told) {
        serve();
    }
    if (machine_) {
        machine_->stop();
    }
    return welcome ? 0 : 1;
}

Step<protocol::Welcome> Supervisor::start(const std::string& program) {
    auto signal = open_child_signal();
    if (!signal) {
        return std::unexpected(signal.error());
    }
    child_signal_ = std::move(*signal);
    auto listener = platform::Listener::open();
    if (!listener) {
        return std::unexpected(
            protocol::Failure{.error = EADDRNOTAVAIL, .text = listener.error().to_string()});
    }
    // A visitor that has gone again before it is accepted must not hold the loop up.
    ::fcntl(static_cast<int>(listener->raw()), F_SETFL, O_NONBLOCK);
    listener_ = std::move(*listener);
    auto machine = Machine::start(program);
    if (!machine) {
        return std::unexpected(machine.error());
    }
    machine_ = std::move(*machine);
    return protocol::Welcome{.port = listener_->port()};
}

template <class T>
bool Supervisor::reply(const Step<T>& outcome) {
    return control_.send_all(protocol::framed(protocol::encode(outcome))).has_value();
}

bool Supervisor::can_accept() const {
    return visitors_.size() < protocol::max_pending_connections ||
           std::ranges::any_of(visitors_, [](const Visitor& v) { return !v.is_trusted(); });
}

std::vector<pollfd> Supervisor::watched() const {
    std::vector<pollfd> watched;
    const auto add = [&watched](int descriptor) {
        watched.push_back({.fd = descriptor, .events = POLLIN, .revents = 0});
    };
    add(descriptor_of(control_));
    add(child_signal_.get());
    add(machine_->kernel_log().read_end());
    if (can_accept()) {
        add(static_cast<int>(listener_->raw()));
    }
    for (const Visitor& visitor : visitors_) {
        add(visitor.descriptor());
    }
    for (const int waiter : machine_->programs().waiting_descriptors()) {
        add(waiter);
    }
    for (const int stream : machine_->offered_streams().descriptors()) {
        add(stream);
    }
    return watched;
}

int Supervisor::poll_timeout() const {
    if (visitors_.empty()) {
        return -1;
    }
    const auto first = std::ranges::min_element(visitors_, {}, &Visitor::deadline)->deadline();
    const auto left =
        std::chrono::ceil<std::chrono::milliseconds>(first - std::chrono::steady_clock::now());
    return static_cast<int>((std::max)(left.count(), std::chrono::milliseconds::rep{0}));
}

void Supervisor::serve() {
    while (true) {
        std::vector<pollfd> events = watched();
        const int ready = ::poll(events.data(), events.size(), poll_timeout());
        if (ready < 0 && errno != EINTR) {
            return;
        }
        if (has_event(events, machine_->kernel_log().read_end())) {
            machine_->kernel_log().drain();
        }
        if (has_event(events, child_signal_.get())) {
            signalfd_siginfo told{};
            (void)!::read(child_signal_.get(), &told, sizeof told);
        }
        if (!machine_->collect_ended()) {
            return;
        }
        drop_closed_connections(events);
        advance_visitors(events);
        if (has_event(events, static_cast<int>(listener_->raw()))) {
            accept_visitor();
        }
        if (has_event(events, descriptor_of(control_)) && !read_control()) {
            return;
        }
    }
}

bool Supervisor::read_control() {
    std::array<std::byte, 16384> chunk;
    const ssize_t count = ::recv(descriptor_of(control_), chunk.data(), chunk.size(), MSG_DONTWAIT);
    if (count <= 0) {
        return count < 0 && (errno == EAGAIN || errno == EINTR);
    }
    control_received_.insert(control_received_.end(), chunk.begin(), chunk.begin() + count);
    while (control_received_.size() >= protocol::length_size) {
        const std::span<const std::byte> received(control_received_);
        const std::size_t length = protocol::framed_length(received.first<protocol::length_size>());
        if (length > protocol::max_message_size) {
            return false;
        }
        if (received.size() < protocol::length_size + length) {
            break;
        }
        const auto request =
            protocol::decode_control(received.subspan(protocol::length_size, length));
        if (!request || !answer_control(*request)) {
            return false;
        }
        const auto end =
            control_received_.begin() + static_cast<std::ptrdiff_t>(protocol::length_size + length);
        control_received_.erase(control_received_.begin(), end);
    }
    return true;
}

bool Supervisor::answer_control(const protocol::ControlRequest& request) {
    if (const auto* const mount = std::get_if<protocol::MountFolder>(&request)) {
        return reply(machine_->mount(*mount));
    }
    if (const auto* const unmount = std::get_if<protocol::UnmountFolder>(&request)) {
        return reply(machine_->unmount(*unmount));
    }
    if (const auto* const signal = std::get_if<protocol::SignalProgram>(&request)) {
        return reply(machine_->signal(*signal));
    }
    if (const auto* const start = std::get_if<protocol::StartDistribution>(&request)) {
        return reply(machine_->start_distribution(*start));
    }
    if (const auto* const stop = std::get_if<protocol::StopDistribution>(&request)) {
        return reply(machine_->stop_distribution(*stop));
    }
    return reply(
        Step<protocol::KernelLog>(protocol::KernelLog{.text = machine_->kernel_log().take()}));
}

void Supervisor::accept_visitor() {
    auto connection = listener_->accept();
    if (!connection) {
        return;
    }
    if (visitors_.size() >= protocol::max_pending_connections) {
        // The oldest stranger makes room: strangers must not keep the host out.
        const auto stranger =
            std::ranges::find_if(visitors_, [](const Visitor& v) { return !v.is_trusted(); });
        if (stranger == visitors_.end()) {
            return;
        }
        visitors_.erase(stranger);
    }
    visitors_.emplace_back(std::move(*connection));
}

void Supervisor::advance_visitors(const std::vector<pollfd>& events) {
    const auto now = std::chrono::steady_clock::now();
    std::erase_if(visitors_, [&](Visitor& visitor) {
        if (!has_event(events, visitor.descriptor())) {
            return visitor.deadline() <= now;
        }
        switch (visitor.advance(secret_)) {
            case Visitor::Progress::Incomplete: return visitor.deadline() <= now;
            case Visitor::Progress::Complete: serve_visitor(visitor); return true;
            case Visitor::Progress::Refused: return true;
        }
        return true;
    });
}

void Supervisor::serve_visitor(Visitor& visitor) {
    const protocol::VisitRequest request = visitor.take_request();
    platform::Socket connection = visitor.take_connection();
    if (const auto* const execute = std::get_if<protocol::Execute>(&request)) {
        machine_->execute(*execute, std::move(connection));
    } else if (const auto* const wait = std::get_if<protocol::Wait>(&request)) {
        machine_->programs().answer_when_ended(wait->program, std::move(connection));
    } else if (const auto* const start = std::get_if<protocol::StartProcess>(&request)) {
        machine_->start_process(*start, std::move(connection));
    } else {
        machine_->offer_stream(std::move(connection));
    }
}

void Supervisor::drop_closed_connections(const std::vector<pollfd>& events) {
    for (const int waiter : machine_->programs().waiting_descriptors()) {
        if (has_event(events, waiter)) {
            machine_->programs().forget_waiter(waiter);
        }
    }
    for (const int stream : machine_->offered_streams().descriptors()) {
        if (has_event(events, stream)) {
            machine_->offered_streams().forget(stream);
        }
    }
}

}  // namespace wslplugins::guest
