// SPDX-License-Identifier: MIT
#include "platform/module_thread.hpp"

#include <dlfcn.h>
#include <pthread.h>

#include <memory>

namespace wslplugins::platform {
namespace {

struct Start {
    void (*run)(void*) noexcept;
    void* argument;
};

void* enter(void* passed) {
    const std::unique_ptr<Start> start(static_cast<Start*>(passed));
    start->run(start->argument);
    return nullptr;
}

/// A thread cannot release the code that it returns through, so that the module is never released.
void keep_this_module() noexcept {
    static constexpr char anywhere = 0;
    Dl_info info{};
    if (dladdr(&anywhere, &info) != 0 && info.dli_fname != nullptr) {
        // Of no effect on a program, which is never unloaded.
        (void)dlopen(info.dli_fname, RTLD_LAZY | RTLD_NOLOAD | RTLD_NODELETE);
    }
}

}  // namespace

WinResult<> start_module_thread(void (*run)(void*) noexcept, void* argument) {
    keep_this_module();
    auto start = std::make_unique<Start>(Start{run, argument});
    pthread_attr_t detached;
    (void)pthread_attr_init(&detached);
    (void)pthread_attr_setdetachstate(&detached, PTHREAD_CREATE_DETACHED);
    pthread_t thread{};
    const int error = pthread_create(&thread, &detached, &enter, start.get());
    (void)pthread_attr_destroy(&detached);
    if (error != 0) {
        return failure(HResult::from_errno(error), "Starting a background thread failed");
    }
    (void)start.release();  // the thread's now
    return {};
}

}  // namespace wslplugins::platform
