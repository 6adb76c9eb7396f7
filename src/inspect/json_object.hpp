// SPDX-License-Identifier: MIT
/// @file
/// `JsonObject`: reads the members of a JSON object; what is missing or of another type is none.
#pragma once

#include <wslplugins/core/result.hpp>

#include <cstdint>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace wslplugins::inspect {

/// Parses text that must be one object. The limits keep what recurses over the value within any stack, and
/// what it needs in memory within reason.
[[nodiscard]] WinResult<nlohmann::json> parse_object(std::string_view text);

/// A view; the value outlives it.
class JsonObject {
public:
    explicit JsonObject(const nlohmann::json* value) noexcept : value_(value) {}

    /// A member that is no object is one without members.
    [[nodiscard]] JsonObject object(std::string_view name) const { return JsonObject(find(name)); }

    [[nodiscard]] std::optional<std::string> text(std::string_view name) const;
    [[nodiscard]] std::optional<bool> boolean(std::string_view name) const;
    [[nodiscard]] std::optional<std::int64_t> integer(std::string_view name) const;
    [[nodiscard]] std::optional<std::vector<std::string>> texts(std::string_view name) const;
    [[nodiscard]] std::optional<std::map<std::string, std::string>>
    text_map(std::string_view name) const;

    /// Whatever the member is, as JSON text; none for null.
    [[nodiscard]] std::optional<std::string> json_text(std::string_view name) const;

    /// The members of an object, as JSON text each.
    [[nodiscard]] std::optional<std::map<std::string, std::string>>
    json_text_map(std::string_view name) const;

    /// The objects of a list; none where an element is no object.
    [[nodiscard]] std::optional<std::vector<JsonObject>> objects(std::string_view name) const;

private:
    [[nodiscard]] const nlohmann::json* find(std::string_view name) const;

    const nlohmann::json* value_;
};

}  // namespace wslplugins::inspect
