// SPDX-License-Identifier: MIT
#include "platform/fault_handler.hpp"

#include <windows.h>

namespace wslplugins::platform::fault_handler {
namespace {

LONG CALLBACK on_exception(EXCEPTION_POINTERS* exception) {
    const EXCEPTION_RECORD& record = *exception->ExceptionRecord;
    if (record.ExceptionCode == EXCEPTION_ACCESS_VIOLATION && record.NumberParameters >= 2) {
        const std::string_view sentence = sentence_at(record.ExceptionInformation[1]);
        DWORD written = 0;
        if (!sentence.empty()) {
            (void)::WriteFile(::GetStdHandle(STD_ERROR_HANDLE),
                              sentence.data(),
                              static_cast<DWORD>(sentence.size()),
                              &written,
                              nullptr);
        }
    }
    return EXCEPTION_CONTINUE_SEARCH;
}

}  // namespace

void install() noexcept {
    constexpr ULONG before_all_others = 1;
    (void)::AddVectoredExceptionHandler(before_all_others, &on_exception);
}

}  // namespace wslplugins::platform::fault_handler
