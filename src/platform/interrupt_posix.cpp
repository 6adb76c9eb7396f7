// SPDX-License-Identifier: MIT
#include "platform/interrupt.hpp"

#include <atomic>
#include <csignal>

namespace wslplugins::platform {
namespace {

std::atomic<bool> is_pressed{false};
static_assert(std::atomic<bool>::is_always_lock_free, "a signal handler takes no lock");

struct sigaction before{};

extern "C" void on_interrupt(int) {
    is_pressed = true;
}

}  // namespace

InterruptWatch::InterruptWatch() {
    is_pressed = false;
    struct sigaction watching{};
    watching.sa_handler = on_interrupt;
    watching.sa_flags = SA_RESTART;
    ::sigaction(SIGINT, &watching, &before);
}

InterruptWatch::~InterruptWatch() {
    ::sigaction(SIGINT, &before, nullptr);
}

bool InterruptWatch::was_interrupted() const noexcept {
    return is_pressed;
}

}  // namespace wslplugins::platform
