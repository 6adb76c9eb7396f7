// SPDX-License-Identifier: MIT
/// @file
/// `ErrorCollector`: which of the failures that a request ran into its user sees.
#pragma once

#include "testhost/plugins/error_context.hpp"

#include <wslplugins/core/error.hpp>

#include <optional>
#include <string>

namespace wslplugins::testhost {

struct RecordedError {
    HResult code;
    ErrorContexts contexts;
    std::optional<std::string> message;  ///< UTF-8.
};

/// Collects what is reported on its thread while it lives; the innermost one counts.
///
/// Every failure on the thread is reported, also one that is dealt with, and also one inside an API call
/// of a plugin. One of the code already recorded, in contexts that the record has too, is the same failure
/// on its way out: it keeps the record, and adds its message where there is none. Any other one takes the
/// record's place.
class ErrorCollector {
public:
    ErrorCollector() noexcept;
    ErrorCollector(const ErrorCollector&) = delete;
    ErrorCollector& operator=(const ErrorCollector&) = delete;
    ~ErrorCollector();

    [[nodiscard]] const std::optional<RecordedError>& recorded() const noexcept { return record_; }

private:
    friend class ErrorContextScope;
    friend HResult report_error(HResult code, std::optional<std::string> message);

    void report(HResult code, std::optional<std::string> message);

    ErrorCollector* const outer_;
    ErrorContexts active_;
    std::optional<RecordedError> record_;
};

/// What happens on this thread while it lives happens in this context.
class ErrorContextScope {
public:
    explicit ErrorContextScope(ErrorContext context) noexcept;
    ErrorContextScope(const ErrorContextScope&) = delete;
    ErrorContextScope& operator=(const ErrorContextScope&) = delete;
    ~ErrorContextScope();

private:
    ErrorCollector* const collector_;
    ErrorContexts outer_;
};

/// Reports a failure to the thread's collector, if there is one. @return `code`; a success is not reported.
HResult report_error(HResult code, std::optional<std::string> message = {});

/// So too, with the error's sentence as the message, if it has one. @return its code.
HResult report_error(const Error& error);

}  // namespace wslplugins::testhost
