// SPDX-License-Identifier: MIT
#include "testhost/error_collector.hpp"

#include <utility>

namespace wslplugins::testhost {
namespace {

thread_local ErrorCollector* current = nullptr;

}  // namespace

ErrorCollector::ErrorCollector() noexcept : outer_(std::exchange(current, this)) {}

ErrorCollector::~ErrorCollector() {
    current = outer_;
}

void ErrorCollector::report(HResult code, std::optional<std::string> message) {
    const bool is_known =
        record_ && record_->code == code && active_.is_subset_of(record_->contexts);
    if (!is_known) {
        record_ = RecordedError{code, active_, std::move(message)};
    } else if (!record_->message) {
        record_->message = std::move(message);
    }
}

ErrorContextScope::ErrorContextScope(ErrorContext context) noexcept : collector_(current) {
    if (collector_ != nullptr) {
        outer_ = collector_->active_;
        collector_->active_ = outer_ | context;
    }
}

ErrorContextScope::~ErrorContextScope() {
    if (collector_ != nullptr) {
        collector_->active_ = outer_;
    }
}

HResult report_error(HResult code, std::optional<std::string> message) {
    if (current != nullptr && code.is_failure()) {
        current->report(code, std::move(message));
    }
    return code;
}

HResult report_error(const Error& error) {
    return report_error(error.code(),
                        error.text().empty() ? std::nullopt : std::optional(error.text()));
}

}  // namespace wslplugins::testhost
