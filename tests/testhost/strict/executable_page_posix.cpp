// SPDX-License-Identifier: MIT
#include "testhost/strict/executable_page.hpp"

#include <sys/mman.h>
#include <system_error>

namespace wslplugins::testhost {
namespace {

constexpr std::size_t size = 4096;

}  // namespace

ExecutablePage::~ExecutablePage() {
    if (page_ != nullptr) {
        (void)::munmap(page_, size);
    }
}

void ExecutablePage::make() {
    void* const page = ::mmap(
        nullptr, size, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (page == MAP_FAILED) {
        throw std::system_error(errno, std::generic_category(), "mmap");
    }
    page_ = page;
}

}  // namespace wslplugins::testhost
