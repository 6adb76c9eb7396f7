// SPDX-License-Identifier: MIT
/// @file
/// `ExecutablePage`: what a plugin that makes code at run time makes.
#pragma once

namespace wslplugins::testhost {

class ExecutablePage {
public:
    ExecutablePage() = default;
    ExecutablePage(const ExecutablePage&) = delete;
    ExecutablePage& operator=(const ExecutablePage&) = delete;
    ~ExecutablePage();

    void make();

private:
    void* page_ = nullptr;
};

}  // namespace wslplugins::testhost
