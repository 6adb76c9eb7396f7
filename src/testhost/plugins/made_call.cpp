// SPDX-License-Identifier: MIT
#include "testhost/plugins/made_call.hpp"

#include "platform/exit_event.hpp"
#include "testhost/plugins/api_functions.hpp"

#include <array>

namespace wslplugins::testhost {
namespace {

namespace protocol = pluginhost::protocol;
namespace api = api_functions;

abi::LPCSTR pointer(const protocol::Text& text) noexcept {
    return text ? text->c_str() : nullptr;
}

abi::LPCWSTR pointer(const protocol::WideText& text) noexcept {
    return text ? text->c_str() : nullptr;
}

/// A NULL-terminated array of what the list holds; no array where there was none.
class PointerList {
public:
    explicit PointerList(const protocol::TextList& list) : is_null_(!list) {
        for (const std::string& text : list.value_or(std::vector<std::string>())) {
            texts_.push_back(text);
        }
        for (const std::string& text : texts_) {
            pointers_.push_back(text.c_str());
        }
        pointers_.push_back(nullptr);
    }

    [[nodiscard]] abi::LPCSTR* get() noexcept { return is_null_ ? nullptr : pointers_.data(); }

private:
    const bool is_null_;
    std::vector<std::string> texts_;
    std::vector<abi::LPCSTR> pointers_;
};

abi::WSLCProcessHandle process_of(std::uint64_t value) noexcept {
    return reinterpret_cast<abi::WSLCProcessHandle>(static_cast<std::uintptr_t>(value));
}

/// The buffer that a plugin of 2.8.7 to 2.8.11 gives has no length in the ABI; a mountpoint is a path.
constexpr std::size_t mountpoint_size = 4096;

/// Makes the call of one kind; the answer's values are what the caller's pointers lead to afterwards.
struct Maker {
    abi::HRESULT operator()(const protocol::MountFolder& call) const {
        return api::mount_folder(call.session,
                                 pointer(call.windows_path),
                                 pointer(call.linux_path),
                                 static_cast<abi::BOOL>(call.read_only),
                                 pointer(call.name));
    }
    abi::HRESULT operator()(const protocol::ExecuteBinary& call) const {
        PointerList arguments(call.arguments);
        abi::SOCKET socket = platform::invalid_socket;
        const abi::HRESULT result = api::execute_binary(
            call.session, pointer(call.path), arguments.get(), call.has_socket ? &socket : nullptr);
        return with_socket(result, platform::handle_of(socket));
    }
    abi::HRESULT operator()(const protocol::PluginError& call) const {
        return api::plugin_error(pointer(call.message));
    }
    abi::HRESULT operator()(const protocol::ExecuteInDistribution& call) const {
        PointerList arguments(call.execution.arguments);
        const abi::GUID id = call.distribution ? call.distribution->raw() : abi::GUID{};
        abi::SOCKET socket = platform::invalid_socket;
        const abi::HRESULT result =
            api::execute_binary_in_distribution(call.execution.session,
                                                call.distribution ? &id : nullptr,
                                                pointer(call.execution.path),
                                                arguments.get(),
                                                call.execution.has_socket ? &socket : nullptr);
        return with_socket(result, platform::handle_of(socket));
    }
    abi::HRESULT operator()(const protocol::WslcMountFolder& call) const {
        return api::wslc_mount_folder(call.session,
                                      pointer(call.windows_path),
                                      pointer(call.mountpoint),
                                      static_cast<abi::BOOL>(call.read_only));
    }
    abi::HRESULT operator()(const protocol::EarlyWslcMountFolder& call) const {
        std::array<char, mountpoint_size> mountpoint{};
        const abi::HRESULT result =
            api::early_wslc_mount_folder(call.session,
                                         pointer(call.windows_path),
                                         static_cast<abi::BOOL>(call.read_only),
                                         pointer(call.name),
                                         call.has_mountpoint ? mountpoint.data() : nullptr);
        if (call.has_mountpoint && HResult(result).is_success()) {
            made.answer.text = mountpoint.data();
        }
        return result;
    }
    abi::HRESULT operator()(const protocol::WslcUnmountFolder& call) const {
        return api::wslc_unmount_folder(call.session, pointer(call.mountpoint));
    }
    abi::HRESULT operator()(const protocol::WslcCreateProcess& call) const {
        PointerList arguments(call.arguments);
        PointerList environment(call.environment);
        abi::WSLCProcessHandle process = process_of(call.process.value_or(0));
        int error_number = static_cast<int>(call.error_number.value_or(0));
        const abi::HRESULT result =
            api::wslc_create_process(call.session,
                                     pointer(call.executable),
                                     arguments.get(),
                                     environment.get(),
                                     call.process ? &process : nullptr,
                                     call.error_number ? &error_number : nullptr);
        if (call.process) {
            made.answer.process = reinterpret_cast<std::uintptr_t>(process);
        }
        if (call.error_number) {
            made.answer.number = static_cast<std::uint32_t>(error_number);
        }
        return result;
    }
    abi::HRESULT operator()(const protocol::WslcGetFd& call) const {
        abi::HANDLE handle = nullptr;
        const auto fd = static_cast<abi::WSLCProcessFd>(call.fd);
        const abi::HRESULT result = api::wslc_process_get_fd(
            process_of(call.process), fd, call.has_handle ? &handle : nullptr);
        return with_socket(result, handle);
    }
    abi::HRESULT operator()(const protocol::WslcGetExitEvent& call) const {
        abi::HANDLE event = nullptr;
        const abi::HRESULT result = api::wslc_process_get_exit_event(
            process_of(call.process), call.has_handle ? &event : nullptr);
        if (HResult(result).is_success()) {
            made.handle.emplace(platform::HandleKind::Other, event);
        }
        return result;
    }
    abi::HRESULT operator()(const protocol::WslcGetExitCode& call) const {
        int exit_code = static_cast<int>(call.exit_code.value_or(0));
        const abi::HRESULT result = api::wslc_process_get_exit_code(
            process_of(call.process), call.exit_code ? &exit_code : nullptr);
        if (call.exit_code) {
            made.answer.number = static_cast<std::uint32_t>(exit_code);
        }
        return result;
    }
    abi::HRESULT operator()(const protocol::WslcRelease& call) const {
        api::wslc_release_process(process_of(call.process));
        return 0;
    }

    abi::HRESULT with_socket(abi::HRESULT result, abi::HANDLE socket) const {
        if (HResult(result).is_success()) {
            made.handle.emplace(platform::HandleKind::Socket, socket);
        }
        return result;
    }

    MadeCall& made;
};

}  // namespace

MadeCall make_call(const protocol::Call& call) {
    MadeCall made;
    made.answer.call = call.call;
    const abi::HRESULT result = std::visit(Maker{made}, call.request);
    made.answer.result = HResult(result).bits();
    return made;
}

}  // namespace wslplugins::testhost
