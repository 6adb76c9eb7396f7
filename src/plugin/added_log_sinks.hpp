// SPDX-License-Identifier: MIT
/// @file
/// `AddedLogSinks`: the sinks that a plugin adds to its context's log.
#pragma once

#include <wslplugins/plugin/context.hpp>

#include <shared_mutex>
#include <vector>

namespace wslplugins::detail {

class AddedLogSinks final : public MoreLogSinks {
public:
    void write(const LogRecord& record) noexcept override;
    void add(LogSink& sink);
    void remove(LogSink& sink) noexcept;

private:
    std::shared_mutex mutex_;  // a sink that is being removed is not written to any more
    std::vector<LogSink*> sinks_;
};

}  // namespace wslplugins::detail
