// SPDX-License-Identifier: MIT
#include "testhost/scripted/scripted_stream.hpp"

#include <array>
#include <utility>

namespace wslplugins::testhost {

ScriptedStream::ScriptedStream(platform::Socket socket) : socket_(std::move(socket)) {
    // A socket that cannot be told so may wait in a call; the peer's reading ends that.
    (void)socket_.set_blocking(false);
}

void ScriptedStream::send(std::string_view bytes) {
    queued_.append(bytes);
    write();
}

void ScriptedStream::end_output() {
    output_ends_ = true;
    write();
}

void ScriptedStream::read() {
    std::array<char, 16 * 1024> chunk;
    const auto count = socket_.receive(std::as_writable_bytes(std::span(chunk)));
    if (!count || *count == 0) {
        input_has_ended_ = true;
    } else if (!ignores_input_) {
        received_.append(chunk.data(), *count);
    }
}

void ScriptedStream::write() {
    if (!has_sent()) {
        const auto rest = std::string_view(queued_).substr(sent_);
        const auto count = socket_.send_some(std::as_bytes(std::span(rest)));
        // Nobody reads what cannot be sent.
        sent_ += count ? *count : rest.size();
    }
    if (has_sent()) {
        queued_.clear();
        sent_ = 0;
        if (std::exchange(output_ends_, false)) {
            (void)socket_.shutdown_send();
        }
    }
}

bool move_until(std::span<ScriptedStream* const> streams,
                const platform::Socket& ended,
                const std::function<bool()>& done) {
    using enum platform::Awaited::For;
    while (!done()) {
        std::array<platform::Awaited, 8> awaited{};
        std::array<ScriptedStream*, 8> of{};
        std::size_t count = 1;
        awaited[0] = {&ended, Reading, false};
        for (ScriptedStream* const stream : streams) {
            if (!stream->input_has_ended()) {
                of[count] = stream;
                awaited[count++] = {&stream->socket_, Reading, false};
            }
            if (!stream->has_sent()) {
                of[count] = stream;
                awaited[count++] = {&stream->socket_, Writing, false};
            }
        }
        const auto waited = platform::wait_for_any(std::span(awaited).first(count), {});
        if (!waited || awaited[0].is_ready) {
            return false;
        }
        for (std::size_t i = 1; i < count; ++i) {
            if (awaited[i].is_ready) {
                awaited[i].what == Reading ? of[i]->read() : of[i]->write();
            }
        }
    }
    return true;
}

}  // namespace wslplugins::testhost
