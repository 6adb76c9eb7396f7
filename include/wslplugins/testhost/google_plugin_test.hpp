// SPDX-License-Identifier: MIT
/// @file
/// `GooglePluginTest`: `PluginTest` for GoogleTest, which the test brings along.
#pragma once

#include <wslplugins/testhost/plugin_test.hpp>

#include <gtest/gtest.h>

namespace wslplugins::testhost {

/// A variable of a test: `TEST(Guard, Refuses) { GooglePluginTest test; … }`. What does not hold fails the test, at the
/// place that expected it, and the test goes on.
class GooglePluginTest final : public PluginTest {
public:
    GooglePluginTest() = default;
    ~GooglePluginTest() override { stop(); }

private:
    void report(const std::string& text, const Where& where) override {
        ADD_FAILURE_AT(where.file_name(), static_cast<int>(where.line())) << text;
    }
};

}  // namespace wslplugins::testhost
