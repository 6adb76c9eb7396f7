// SPDX-License-Identifier: MIT
#include "inspect/json_object.hpp"

#include <limits>

namespace wslplugins::inspect {
namespace {

using nlohmann::json;

constexpr std::size_t size_limit = std::size_t{16} * 1024 * 1024;
constexpr std::size_t depth_limit = 128;

std::unexpected<Error> refused(const std::string& why) {
    return failure(HResult::invalid_data, "An inspect document cannot be read: " + why);
}

/// Counts brackets outside of texts: exact for JSON, and nothing else gets through the parser.
bool is_too_deep(std::string_view text) noexcept {
    std::size_t depth = 0;
    bool in_text = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char character = text[i];
        if (character == '"') {
            in_text = !in_text;
        } else if (in_text) {
            i += character == '\\' ? 1 : 0;
        } else if (character == '{' || character == '[') {
            if (++depth > depth_limit) {
                return true;
            }
        } else if ((character == '}' || character == ']') && depth > 0) {
            --depth;
        }
    }
    return false;
}

std::string dumped(const json& value) {
    return value.dump(-1, ' ', false, json::error_handler_t::replace);
}

}  // namespace

WinResult<json> parse_object(std::string_view text) {
    if (text.size() > size_limit) {
        return refused("it has " + std::to_string(text.size()) + " bytes, and the limit is " +
                       std::to_string(size_limit));
    }
    if (is_too_deep(text)) {
        return refused("it is nested deeper than " + std::to_string(depth_limit));
    }
    if (text.contains('\0')) {  // the parser would end there, and ignore what follows
        return refused("it contains a NUL character");
    }
    json value = json::parse(text.begin(), text.end(), nullptr, false);
    if (!value.is_object()) {
        return refused(value.is_discarded()
                           ? "it is not JSON in UTF-8, or a number in it is beyond all limits"
                           : "it is not a JSON object");
    }
    return value;
}

const json* JsonObject::find(std::string_view name) const {
    if (value_ == nullptr || !value_->is_object()) {
        return nullptr;
    }
    const auto found = value_->find(name);
    return found == value_->end() ? nullptr : &*found;
}

std::optional<std::string> JsonObject::text(std::string_view name) const {
    const json* const member = find(name);
    if (member == nullptr || !member->is_string()) {
        return std::nullopt;
    }
    return member->get_ref<const std::string&>();
}

std::optional<bool> JsonObject::boolean(std::string_view name) const {
    const json* const member = find(name);
    if (member == nullptr || !member->is_boolean()) {
        return std::nullopt;
    }
    return member->get<bool>();
}

std::optional<std::int64_t> JsonObject::integer(std::string_view name) const {
    const json* const member = find(name);
    if (member == nullptr || !member->is_number_integer()) {
        return std::nullopt;
    }
    constexpr std::uint64_t most = (std::numeric_limits<std::int64_t>::max)();
    if (member->is_number_unsigned() && member->get<std::uint64_t>() > most) {
        return std::nullopt;
    }
    return member->get<std::int64_t>();
}

std::optional<std::vector<std::string>> JsonObject::texts(std::string_view name) const {
    const json* const member = find(name);
    if (member == nullptr || !member->is_array()) {
        return std::nullopt;
    }
    std::vector<std::string> all;
    all.reserve(member->size());
    for (const json& element : *member) {
        if (!element.is_string()) {
            return std::nullopt;
        }
        all.push_back(element.get_ref<const std::string&>());
    }
    return all;
}

std::optional<std::map<std::string, std::string>>
JsonObject::text_map(std::string_view name) const {
    const json* const member = find(name);
    if (member == nullptr || !member->is_object()) {
        return std::nullopt;
    }
    std::map<std::string, std::string> all;
    for (const auto& [key, element] : member->items()) {
        if (!element.is_string()) {
            return std::nullopt;
        }
        all.emplace(key, element.get_ref<const std::string&>());
    }
    return all;
}

std::optional<std::string> JsonObject::json_text(std::string_view name) const {
    const json* const member = find(name);
    if (member == nullptr || member->is_null()) {
        return std::nullopt;
    }
    return dumped(*member);
}

std::optional<std::map<std::string, std::string>>
JsonObject::json_text_map(std::string_view name) const {
    const json* const member = find(name);
    if (member == nullptr || !member->is_object()) {
        return std::nullopt;
    }
    std::map<std::string, std::string> all;
    for (const auto& [key, element] : member->items()) {
        all.emplace(key, dumped(element));
    }
    return all;
}

std::optional<std::vector<JsonObject>> JsonObject::objects(std::string_view name) const {
    const json* const member = find(name);
    if (member == nullptr || !member->is_array()) {
        return std::nullopt;
    }
    std::vector<JsonObject> all;
    all.reserve(member->size());
    for (const json& element : *member) {
        if (!element.is_object()) {
            return std::nullopt;
        }
        all.emplace_back(&element);
    }
    return all;
}

}  // namespace wslplugins::inspect
