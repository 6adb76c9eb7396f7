// SPDX-License-Identifier: MIT
/// @file
/// A folder of a test's own, and the lines of logs in it.
#pragma once

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <filesystem>
#include <fstream>
#include <random>
#include <string>
#include <vector>

namespace wslplugins::tests {

[[nodiscard]] inline std::string text_of(const nlohmann::json& line, const char* member) {
    return line.at(member).get<std::string>();
}

class LogFolder {
public:
    LogFolder() : above_(std::filesystem::temp_directory_path() / name()) {
        std::filesystem::create_directory(above_);
    }
    LogFolder(const LogFolder&) = delete;
    LogFolder& operator=(const LogFolder&) = delete;
    ~LogFolder() { std::filesystem::remove_all(above_); }

    /// Where the log's folder will be; it is not there yet.
    [[nodiscard]] std::filesystem::path path() const { return above_ / "log"; }
    [[nodiscard]] std::string text() const { return path().string(); }
    [[nodiscard]] std::filesystem::path above() const { return above_; }

    [[nodiscard]] std::vector<nlohmann::json>
    lines(const std::string& file = "plugin.jsonl") const {
        std::vector<nlohmann::json> read;
        std::ifstream stream(path() / file, std::ios::binary);
        for (std::string line; std::getline(stream, line);) {
            read.push_back(nlohmann::json::parse(line));
        }
        return read;
    }

private:
    static std::string name() {
        return "wslplugins-log-test-" + std::to_string(std::random_device()()) + "-" +
               std::to_string(std::random_device()());
    }

    std::filesystem::path above_;
};

}  // namespace wslplugins::tests
