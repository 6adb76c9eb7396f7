// SPDX-License-Identifier: MIT
// A stop for good of a session in which something goes on for too long.
#include "platform/socket.hpp"
#include "testhost/raw_plugins.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <future>

namespace wslplugins::testhost {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;

constexpr std::uint32_t disconnected = 0x80010108u;

class ServiceStop : public testing::Test {
protected:
    ServiceStop() {
        plugin_.watch_everything();
        plugin_.on(Hook::OnVMStarted, [this](const HookArguments& arguments) {
            platform::Socket stream;
            read_ = start_waiting(arguments, stream);
            is_inside_.set_value();
            if (read_.is_success()) {
                read_ = end_of(stream);
            }
            return 0;
        });
    }

    void start(std::chrono::milliseconds limit) {
        ServiceOptions options;
        options.plugins = {plugin_.registration()};
        options.backend = Backend::Scripted;
        options.scripted_linux = std::make_shared<ScriptedLinux>();
        // It answers when its input has ended, which nobody ends.
        options.scripted_linux->compute(
            "/bin/waits", [](const ScriptedProgram&) { return ScriptedAnswer{.output = "x"}; });
        options.stop_limit = limit;
        service_ = start_service(std::move(options));
    }

    /// Starts a program that does not end by itself.
    static HResult start_waiting(const HookArguments& arguments, platform::Socket& stream) {
        const char* words[] = {"waits", nullptr};
        abi::SOCKET raw = 0;
        const HResult started(
            arguments.api.ExecuteBinary(arguments.session().SessionId, "/bin/waits", words, &raw));
        if (started.is_success()) {
            stream = platform::Socket(raw);
        }
        return started;
    }

    static HResult end_of(platform::Socket& stream) {
        std::byte one{};
        const auto received =
            stream.receive({&one, 1}, std::chrono::steady_clock::now() + std::chrono::seconds(60));
        return received ? HResult::ok : received.error().code();
    }

    RelayedPlugin plugin_{'a'};
    std::promise<void> is_inside_;
    HResult read_ = HResult::timeout;
    std::unique_ptr<Service> service_;
};

TEST_F(ServiceStop, KillsAMachineWhoseHookDoesNotEndWithinTheLimit) {
    start(100ms);
    auto command =
        std::async(std::launch::async, [&] { return service_->user().launch("", {"true"}); });
    is_inside_.get_future().wait();
    service_->stop();
    EXPECT_NE(read_, HResult::timeout) << "the program has ended with the machine";
    (void)command.get();
    const auto& entries = service_->journal().entries();
    EXPECT_EQ(std::ranges::count(entries, "kill-vm", &JournalEntry::name), 1);
    EXPECT_EQ(std::ranges::count(hooks_called(*service_), "a OnVMStopping"), 1);
}

TEST_F(ServiceStop, KillsNothingThatEndsInTime) {
    plugin_.on(Hook::OnVMStarted, [](const HookArguments&) { return 0; });
    std::vector<abi::HRESULT> results;
    plugin_.on(Hook::OnVMStopping, [&](const HookArguments& arguments) {
        platform::Socket stream;
        results.push_back(start_waiting(arguments, stream).value());
        return 0;
    });
    start(100ms);
    EXPECT_EQ(service_->user().launch("", {"true"}).exit_code, 0);
    service_->stop();
    EXPECT_EQ(std::ranges::count(service_->journal().entries(), "kill-vm", &JournalEntry::name), 0);
    EXPECT_THAT(results, ElementsAre(code(disconnected)));
}

TEST_F(ServiceStop, LimitIsThatOfALogOffToo) {
    start(100ms);
    auto command =
        std::async(std::launch::async, [&] { return service_->user().launch("", {"true"}); });
    is_inside_.get_future().wait();
    service_->user().log_off();
    (void)command.get();
    EXPECT_EQ(std::ranges::count(service_->journal().entries(), "kill-vm", &JournalEntry::name), 1);
    EXPECT_EQ(service_->user("alice").launch("", {"true"}).exit_code, -1)
        << "another user has no distribution, and is answered";
}

TEST(ServiceStopLimit, IsHalfAMinuteAsWithTheRealService) {
    EXPECT_EQ(ServiceOptions().stop_limit, 30s);
}

}  // namespace
}  // namespace wslplugins::testhost
