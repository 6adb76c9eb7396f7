// SPDX-License-Identifier: MIT
#include "platform/debug_output.hpp"
#include "platform/dynamic_library.hpp"
#include "plugin/unloading/module_state.hpp"

#include <wslplugins/abi/hooks_v1.hpp>
#include <wslplugins/core/hresult.hpp>

#include <gtest/gtest.h>

#include <chrono>
#include <condition_variable>
#include <future>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

namespace wslplugins {
namespace {

/// The lines that the plugin says, and a way to wait for one.
class AwaitedLog final : private platform::DebugOutputListener {
public:
    AwaitedLog() : capture_(*this) {}

    [[nodiscard]] bool wait_for(std::string_view text) {
        std::unique_lock lock(mutex_);
        return said_.wait_for(
            lock, std::chrono::seconds(60), [&] { return lines_.find(text) != std::string::npos; });
    }

private:
    void on_debug_output(std::string_view text) noexcept override {
        const std::lock_guard lock(mutex_);
        lines_ += std::string(text) + "\n";
        said_.notify_all();
    }

    std::mutex mutex_;
    std::condition_variable said_;
    std::string lines_;
    platform::DebugOutputCapture capture_;
};

/// A WSL that answers the one call when the test lets it.
struct SlowWsl {
    explicit SlowWsl(const abi::WSLVersion& version) {
        current = this;
        api.Version = version;
        api.MountFolder =
            [](abi::WSLSessionId, abi::LPCWSTR, abi::LPCWSTR, abi::BOOL, abi::LPCWSTR) {
                current->called.set_value();
                current->may_answer.get_future().wait();
                return abi::HRESULT{0};
            };
    }

    static inline SlowWsl* current = nullptr;

    abi::WSLPluginAPIV1 api{};
    abi::WSLPluginHooksV1 hooks{};
    std::promise<void> called;
    std::promise<void> may_answer;
};

using EntryPoint = abi::HRESULT (*)(const abi::WSLPluginAPIV1*, abi::WSLPluginHooksV1*);

EntryPoint entry_point(const platform::DynamicLibrary& library) {
    return reinterpret_cast<EntryPoint>(library.find("WSLPluginAPIV1_EntryPoint"));
}

/// Releases the DLL while its job is in a call, and lets the call return.
void release_during_the_call(const char* path,
                             std::optional<platform::DynamicLibrary>& library,
                             SlowWsl& wsl,
                             AwaitedLog& log) {
    wsl.called.get_future().wait();
    library.reset();
    EXPECT_TRUE(tests::is_loaded(path));
    wsl.may_answer.set_value();
    EXPECT_TRUE(log.wait_for("info job: went on"));
    EXPECT_TRUE(log.wait_for("error job: It ends: 0x80004004"));
#if defined(_WIN32)
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(60);
    while (tests::is_loaded(path) && std::chrono::steady_clock::now() < deadline) {
        std::this_thread::yield();
    }
    EXPECT_FALSE(tests::is_loaded(path));
#else
    EXPECT_TRUE(tests::is_loaded(path));  // for good, as documented
#endif
}

TEST(Unloading, WaitsForTheBackgroundThread) {
    AwaitedLog log;
    SlowWsl wsl({2, 9, 5});
    auto library = std::optional(platform::DynamicLibrary::open(UNLOADING_FIXTURE).value());
    ASSERT_EQ(0, entry_point(*library)(&wsl.api, &wsl.hooks));
    const abi::WSLSessionInformation session{1, nullptr, nullptr};
    const abi::WSLVmCreationSettings settings{};
    ASSERT_EQ(0, wsl.hooks.OnVMStarted(&session, &settings));
    release_during_the_call(UNLOADING_FIXTURE, library, wsl, log);
}

TEST(Unloading, WaitsForTheBackgroundThreadOfAPluginThatCouldNotBeMade) {
    AwaitedLog log;
    SlowWsl wsl({2, 0, 0});
    auto library = std::optional(platform::DynamicLibrary::open(UNMADE_FIXTURE).value());
    ASSERT_EQ(HResult::not_supported, HResult(entry_point(*library)(&wsl.api, &wsl.hooks)));
    release_during_the_call(UNMADE_FIXTURE, library, wsl, log);
}

}  // namespace
}  // namespace wslplugins
