// SPDX-License-Identifier: MIT
/// @file
/// `Supervisor`: the guest's one loop, between the host and the machine.
#pragma once

#include "guest/machine.hpp"
#include "guest/visitor.hpp"

#include <poll.h>

namespace wslplugins::guest {

/// Serves the control connection, the loopback port and the machine's children, on one thread that waits for
/// nobody in particular. It ends when the control connection ends, and the machine with it.
class Supervisor {
public:
    Supervisor(platform::Socket control, const protocol::Secret& secret) noexcept
        : control_(std::move(control)), secret_(secret) {}

    /// Starts the machine, tells the host, and serves until the host is gone.
    /// @return the program's exit code.
    [[nodiscard]] int run(const std::string& program);

private:
    [[nodiscard]] Step<protocol::Welcome> start(const std::string& program);
    void serve();
    [[nodiscard]] std::vector<pollfd> watched() const;
    [[nodiscard]] int poll_timeout() const;
    [[nodiscard]] bool can_accept() const;

    [[nodiscard]] bool read_control();
    [[nodiscard]] bool answer_control(const protocol::ControlRequest& request);
    template <class T>
    [[nodiscard]] bool reply(const Step<T>& outcome);

    void accept_visitor();
    void advance_visitors(const std::vector<pollfd>& events);
    void serve_visitor(Visitor& visitor);
    void drop_closed_connections(const std::vector<pollfd>& events);

    platform::Socket control_;
    protocol::Secret secret_;
    protocol::Bytes control_received_;
    std::optional<platform::Listener> listener_;
    Descriptor child_signal_;
    std::optional<Machine> machine_;
    std::vector<Visitor> visitors_;
};

}  // namespace wslplugins::guest
