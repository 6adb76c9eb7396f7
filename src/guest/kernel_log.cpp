// SPDX-License-Identifier: MIT
#include "guest/kernel_log.hpp"

#include <array>
#include <fcntl.h>

namespace wslplugins::guest {

Step<KernelLog> KernelLog::open() {
    int ends[2] = {-1, -1};
    if (::pipe2(ends, O_CLOEXEC) < 0) {
        return failed("Making a pipe");
    }
    KernelLog log;
    log.read_end_ = Descriptor(ends[0]);
    log.write_end_ = Descriptor(ends[1]);
    // The programs' end blocks: a program must not lose what it writes.
    if (::fcntl(ends[0], F_SETFL, O_NONBLOCK) < 0) {
        return failed("Preparing a pipe");
    }
    return log;
}

void KernelLog::drain() {
    // Bounded, so that a program that writes without end does not keep the guest from its other work.
    constexpr int reads_at_once = 8;
    std::array<char, 16384> chunk;
    for (int i = 0; i < reads_at_once; ++i) {
        const ssize_t count = ::read(read_end_.get(), chunk.data(), chunk.size());
        if (count <= 0) {
            break;
        }
        text_.append(chunk.data(), static_cast<std::size_t>(count));
    }
    if (text_.size() > protocol::kernel_log_size) {
        text_.erase(0, text_.size() - protocol::kernel_log_size);
    }
}

std::string KernelLog::take() {
    drain();
    return std::exchange(text_, {});
}

}  // namespace wslplugins::guest
