// SPDX-License-Identifier: MIT
#pragma once

#include <wslplugins/plugin/json_lines_log.hpp>
#include <wslplugins/wslplugins.hpp>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <optional>
#include <string>
#include <utility>

using namespace wslplugins;

/// Keeps one JSON file for each distribution of every user: what it is called, and what its os-release says.
class DistroInventory final : public Plugin {
public:
    DistroInventory(const Context& context,
                    std::filesystem::path folder,
                    std::unique_ptr<JsonLinesLog> protocol)
        : Plugin(context), folder_(std::move(folder)), protocol_(std::move(protocol)) {}

    static WinResult<std::unique_ptr<DistroInventory>> create(const Context& context) {
        const char* const data = std::getenv("ProgramData");
        if (data == nullptr) {
            return failure(HResult::path_not_found, "The variable ProgramData is not set");
        }
        const std::string folder = std::string(data) + "/WSL inventory";
        // Makes the folder, and makes sure that only administrators can put anything into it.
        auto protocol = JsonLinesLog::open(context, {.folder = folder});
        if (!protocol) {
            return propagate(protocol.error());
        }
        return std::make_unique<DistroInventory>(context, folder, std::move(*protocol));
    }

    // Taking stock keeps nobody from working; what goes wrong stands in the log.
    static constexpr PluginPolicy policy = PluginPolicy().fail_open();

    PluginResult<> on_distribution_started(const Session& session,
                                           const Distribution& distribution) override {
        // A disk that was imported as it is shows its os-release at its first start only.
        return keep(session, distribution.to_owned());
    }

    WinResult<> on_distribution_registered(const Session& session,
                                           const OfflineDistribution& distribution) override {
        return keep(session, distribution.to_owned());
    }

    WinResult<> on_distribution_unregistered(const Session&,
                                             const OfflineDistribution& distribution) override {
        std::filesystem::remove(file_of(distribution.id()));  // throws with the system's code
        log().info("removed", to_string(distribution));
        return {};
    }

    // There to be called: after the last stopping hook the log finishes what it still has to write.
    WinResult<> on_vm_stopping(const Session&) override { return {}; }

private:
    template <class Facts>
    WinResult<> keep(const Session& session, const WinResult<Facts>& facts) {
        if (!facts) {
            return propagate(facts.error());
        }
        const auto user = session.user_sid();
        const auto sid = user ? user->to_string() : failure(HResult::not_found, "No user");
        if (!sid) {
            return propagate(sid.error());
        }
        // Whoever collects the files sees the old one or the new one, and never a half.
        const std::filesystem::path file = file_of(facts->id);
        const std::filesystem::path draft = std::filesystem::path(file).replace_extension(".draft");
        std::ofstream stream(draft, std::ios::binary);
        stream << json_of(*facts, *sid);
        stream.close();
        if (!stream) {
            return failure(HResult::fail, "Could not write '" + draft.string() + "'");
        }
        std::filesystem::rename(draft, file);
        log().info("kept", to_string(*facts));
        return {};
    }

    template <class Facts>
    static std::string json_of(const Facts& facts, const std::string& sid) {
        return "{\"id\": " + quoted(to_string(facts.id)) + ", \"user\": " + quoted(sid) +
               ", \"name\": " + quoted(facts.name) +
               ", \"package_family_name\": " + quoted(facts.package_family_name) +
               ", \"os_id\": " + quoted(facts.flavor) +
               ", \"os_version\": " + quoted(facts.version) + "}\n";
    }

    static std::string quoted(const std::optional<std::string>& text) {
        if (!text) {
            return "null";
        }
        std::string json = "\"";
        for (const char character : *text) {
            if (character == '"' || character == '\\') {
                json += '\\';
            }
            // A control character in a name is no name that anybody looks for.
            json += static_cast<unsigned char>(character) < 0x20 ? ' ' : character;
        }
        return json + '"';
    }

    [[nodiscard]] std::filesystem::path file_of(const Guid& id) const {
        return folder_ / (to_string(id) + ".json");
    }

    std::filesystem::path folder_;
    std::unique_ptr<JsonLinesLog> protocol_;
};
