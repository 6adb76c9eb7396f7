// SPDX-License-Identifier: MIT
#include <wslplugins/plugin/json_lines_log.hpp>

#include "platform/attempt.hpp"
#include "platform/module_thread.hpp"
#include "platform/protected_file.hpp"
#include "plugin/background_work.hpp"
#include "plugin/json_line.hpp"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <thread>

namespace wslplugins {
namespace {

constexpr std::chrono::seconds drain_time{1};

struct WaitingLine {
    std::string text;
    std::uint64_t
        stands_for;  ///< Lines that are lost with it: itself, and those that it says were dropped.
};

}  // namespace

/// Lives as long as the log or its thread.
class JsonLinesLog::State final : public LogSink,
                                  public detail::Drained,
                                  public std::enable_shared_from_this<State> {
public:
    State(platform::ProtectedFile file, const JsonLinesLogOptions& options)
        : file_(std::move(file)),
          max_file_size_((std::max)(options.max_file_size, detail::longest_json_line)),
          capacity_((std::max)(options.capacity, std::size_t{1})) {}

    void write(const LogRecord& record) noexcept override {
        const bool done = platform::attempt(
            [&] { queue(detail::begun_json_line(std::chrono::system_clock::now(), record)); });
        if (!done) {
            const std::lock_guard lock(mutex_);
            ++dropped_;
        }
    }

    void drain(Time began) noexcept override {
        std::unique_lock lock(mutex_);
        if (worker_ != std::this_thread::get_id()) {
            (void)idle_.wait_until(lock, began + drain_time, [this] { return !works_; });
        }
    }

    [[nodiscard]] bool is_idle() noexcept override {
        const std::lock_guard lock(mutex_);
        return !works_;
    }

    /// Drains, and closes the file if no line is being written: the thread may live a moment longer, and the
    /// file may be opened again at once.
    void finish() noexcept {
        drain(std::chrono::steady_clock::now());
        const std::lock_guard lock(mutex_);
        if (!works_) {
            file_.reset();
        }
    }

private:
    void queue(std::string begun) {
        const std::lock_guard lock(mutex_);
        if (lines_.size() >= capacity_ || !has_worker()) {
            ++dropped_;
            return;
        }
        lines_.push_back({detail::finished_json_line(std::move(begun), dropped_), dropped_ + 1});
        dropped_ = 0;
    }

    /// A thread that finds no line yet waits for the lock that is held here.
    [[nodiscard]] bool has_worker() {
        if (!works_) {
            auto self = std::make_unique<std::shared_ptr<State>>(shared_from_this());
            works_ = platform::start_module_thread(&State::enter, self.get()).has_value();
            if (works_) {
                (void)self.release();  // the thread's now
            }
        }
        return works_;
    }

    static void enter(void* self) noexcept {
        const std::unique_ptr<std::shared_ptr<State>> state(
            static_cast<std::shared_ptr<State>*>(self));
        (*state)->work();
    }

    void work() noexcept {
        std::unique_lock lock(mutex_);
        worker_ = std::this_thread::get_id();
        while (!lines_.empty()) {
            const WaitingLine line = std::move(lines_.front());
            lines_.pop_front();
            lock.unlock();
            const bool written = append(line.text);
            lock.lock();
            dropped_ += written ? 0 : line.stands_for;
        }
        works_ = false;
        worker_ = {};
        idle_.notify_all();
    }

    [[nodiscard]] bool append(const std::string& line) noexcept {
        bool written = false;
        (void)platform::attempt([&] {
            const bool fits = file_->size() + line.size() <= max_file_size_;
            written = (fits || file_->begin_anew()) && file_->append(line);
        });
        return written;
    }

    std::optional<platform::ProtectedFile> file_;  // the worker's, while there is one
    const std::uint64_t max_file_size_;
    const std::size_t capacity_;
    std::mutex mutex_;
    std::condition_variable idle_;
    std::deque<WaitingLine> lines_;
    std::uint64_t dropped_ = 0;
    bool works_ = false;  // a worker is there; without one, no line waits
    std::thread::id worker_;
};

WinResult<std::unique_ptr<JsonLinesLog>> JsonLinesLog::open(const Context& context,
                                                            const JsonLinesLogOptions& options) {
    auto file = platform::ProtectedFile::open(options.folder, options.file_name);
    if (!file) {
        return propagate(std::move(file.error()));
    }
    auto state = std::make_shared<State>(std::move(*file), options);
    return std::unique_ptr<JsonLinesLog>(new JsonLinesLog(context, std::move(state)));
}

JsonLinesLog::JsonLinesLog(const Context& context, std::shared_ptr<State> state)
    : context_(&context), state_(std::move(state)) {
    detail::BackgroundWork::of(context).add(state_);
    context.add_log_sink(*state_);
}

JsonLinesLog::~JsonLinesLog() {
    context_->remove_log_sink(*state_);
    detail::BackgroundWork::of(*context_).remove(state_);
    state_->finish();
}

}  // namespace wslplugins
