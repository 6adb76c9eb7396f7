// SPDX-License-Identifier: MIT
// Its job is in a call of WSL's while the DLL is released; what it does then must still be there.
#include <wslplugins/wslplugins.hpp>

#include <future>

using namespace wslplugins;

namespace {

class Outliving final : public Plugin {
public:
    explicit Outliving(const Context& context)
        : Plugin(context), queue_(context, {.drain_time = std::chrono::milliseconds(1)}) {}

    /// An old WSL cannot be served; by then a job runs already.
    static WinResult<std::unique_ptr<Outliving>> create(const Context& context) {
        auto made = std::make_unique<Outliving>(context);
        if (context.api().version() < Version{2, 9, 0}) {
            if (auto posted = made->call_wsl(context); !posted) {
                return propagate(posted.error());
            }
            return failure(HResult::not_supported, "WSL is too old");
        }
        return made;
    }

    PluginResult<> on_vm_started(const Session&, const VmSettings&) override {
        if (auto posted = call_wsl(context()); !posted) {
            return propagate(posted.error());
        }
        return {};
    }

    WinResult<> on_vm_stopping(const Session&) override { return {}; }

private:
    /// Returns when the job runs: one that waits would be discarded.
    WinResult<> call_wsl(const Context& context) {
        auto runs = std::make_shared<std::promise<void>>();
        auto posted = queue_.post("job", [&context, runs](const StopSignal&) -> WinResult<> {
            runs->set_value();
            const auto mounted = context.api().mount_folder(
                SessionId(1), {.windows_path = "C:\\a", .linux_path = "/a", .name = "a"});
            context.log().info("job", mounted ? "went on" : mounted.error().to_string());
            return failure(HResult::aborted, "It ends");  // through the guard, which logs
        });
        if (posted) {
            runs->get_future().wait();
        }
        return posted;
    }

    BackgroundQueue queue_;
};

}  // namespace

WSLPLUGINS_EXPORT_V1(Outliving);
