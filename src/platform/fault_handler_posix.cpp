// SPDX-License-Identifier: MIT
#include "platform/fault_handler.hpp"

#include <cerrno>
#include <csignal>
#include <unistd.h>

namespace wslplugins::platform::fault_handler {
namespace {

struct sigaction of_segv_before;
struct sigaction of_bus_before;

void on_fault(int signal, siginfo_t* information, void*) {
    const int error = errno;
    const std::string_view sentence =
        sentence_at(reinterpret_cast<std::uintptr_t>(information->si_addr));
    if (!sentence.empty()) {
        // There is nobody left to tell of a failure.
        [[maybe_unused]] const auto written =
            ::write(STDERR_FILENO, sentence.data(), sentence.size());
    }
    errno = error;
    // The same access faults once more, and meets who was there before.
    (void)::sigaction(signal, signal == SIGSEGV ? &of_segv_before : &of_bus_before, nullptr);
}

}  // namespace

void install() noexcept {
    struct sigaction handler{};
    handler.sa_sigaction = &on_fault;
    handler.sa_flags = SA_SIGINFO | SA_ONSTACK;
    (void)::sigemptyset(&handler.sa_mask);
    (void)::sigaction(SIGSEGV, &handler, &of_segv_before);
    (void)::sigaction(SIGBUS, &handler, &of_bus_before);
}

}  // namespace wslplugins::platform::fault_handler
