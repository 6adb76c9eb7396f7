// SPDX-License-Identifier: MIT
#include "platform/threads_in_code.hpp"

#include <cerrno>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <link.h>
#include <optional>
#include <sstream>
#include <string>
#include <sys/syscall.h>
#include <thread>
#include <unistd.h>

namespace wslplugins::platform {
namespace {

constexpr char tasks[] = "/proc/self/task";

struct Search {
    std::uintptr_t function;
    CodeRange found;
};

int look_at_library(dl_phdr_info* library, std::size_t, void* passed) {
    auto& search = *static_cast<Search*>(passed);
    for (std::size_t i = 0; i < library->dlpi_phnum; ++i) {
        const auto& segment = library->dlpi_phdr[i];
        const std::uintptr_t begin = library->dlpi_addr + segment.p_vaddr;
        const std::uintptr_t end = begin + segment.p_memsz;
        if (segment.p_type == PT_LOAD && begin <= search.function && search.function < end) {
            search.found = {begin, end};
            return 1;
        }
    }
    return 0;
}

/// Where a thread stands: its stack's top and the next instruction.
struct Position {
    std::uintptr_t stack = 0;
    std::uintptr_t code = 0;
};

/// None for a thread that has ended, or that runs. The kernel tells the position of one that waits.
std::optional<Position> position_of(const std::string& thread) {
    constexpr int attempts = 20;
    for (int i = 0; i < attempts; ++i) {
        std::ifstream file(std::string(tasks) + '/' + thread + "/syscall");
        std::vector<std::string> words;
        for (std::string word; file >> word;) {
            words.push_back(word);
        }
        if (words.size() >= 3) {
            return Position{std::stoull(words[words.size() - 2], nullptr, 16),
                            std::stoull(words.back(), nullptr, 16)};
        }
        std::this_thread::yield();
    }
    return std::nullopt;
}

/// Where the mapping ends that has this address; 0 where there is none.
std::uintptr_t end_of_mapping(std::uintptr_t address) {
    std::ifstream maps("/proc/self/maps");
    for (std::string line; std::getline(maps, line);) {
        std::istringstream fields(line);
        std::uintptr_t begin = 0;
        std::uintptr_t end = 0;
        char dash = '\0';
        fields >> std::hex >> begin >> dash >> end;
        if (begin <= address && address < end) {
            return end;
        }
    }
    return 0;
}

/// What lies there, as far as it can be read: the thread may end meanwhile, and take its stack along.
std::vector<std::uintptr_t> words_at(std::uintptr_t begin, std::uintptr_t end) {
    std::vector<std::uintptr_t> words((end - begin) / sizeof(std::uintptr_t));
    const int memory = ::open("/proc/self/mem", O_RDONLY | O_CLOEXEC);
    const ssize_t count = memory < 0 ? -1
                                     : ::pread(memory,
                                               words.data(),
                                               words.size() * sizeof(std::uintptr_t),
                                               static_cast<off_t>(begin));
    if (memory >= 0) {
        (void)::close(memory);
    }
    words.resize(count < 0 ? 0 : static_cast<std::size_t>(count) / sizeof(std::uintptr_t));
    return words;
}

bool is_in(std::uintptr_t address, const CodeRange& code) {
    return code.begin <= address && address < code.end;
}

bool stands_in(const Position& position, const CodeRange& code) {
    if (is_in(position.code, code)) {
        return true;
    }
    const std::uintptr_t top = position.stack / sizeof(std::uintptr_t) * sizeof(std::uintptr_t);
    for (const std::uintptr_t word : words_at(top, end_of_mapping(position.stack))) {
        if (is_in(word, code)) {
            return true;
        }
    }
    return false;
}

}  // namespace

CodeRange code_around(const void* function) noexcept {
    Search search{reinterpret_cast<std::uintptr_t>(function), {}};
    (void)::dl_iterate_phdr(&look_at_library, &search);
    return search.found;
}

std::uint64_t this_thread_number() noexcept {
    return static_cast<std::uint64_t>(::syscall(SYS_gettid));
}

WinResult<std::vector<std::uint64_t>> threads_in_code(const CodeRange& code) {
    std::error_code error;
    std::vector<std::uint64_t> threads;
    for (const auto& entry : std::filesystem::directory_iterator(tasks, error)) {
        const std::string thread = entry.path().filename().string();
        const std::uint64_t number = std::stoull(thread);
        if (number == this_thread_number()) {
            continue;
        }
        const auto position = position_of(thread);
        if (position && end_of_mapping(position->stack) != 0 && stands_in(*position, code)) {
            threads.push_back(number);
        }
    }
    if (error) {
        return failure(HResult::from_errno(error.value()), "Listing this process's threads failed");
    }
    return threads;
}

}  // namespace wslplugins::platform
