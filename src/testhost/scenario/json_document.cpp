// SPDX-License-Identifier: MIT
#include "testhost/scenario/json_document.hpp"

#include "testhost/journal/journal_text.hpp"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <limits>
#include <optional>
#include <utility>

#include <nlohmann/json.hpp>

namespace wslplugins::testhost {
namespace {

constexpr std::size_t deepest_level = 32;
constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

/// Gives the parser the text's characters, and says how far it has come.
class CountedCharacter {
public:
    using iterator_category = std::input_iterator_tag;
    using value_type = char;
    using difference_type = std::ptrdiff_t;
    using pointer = const char*;
    using reference = const char&;

    CountedCharacter(std::string_view text, std::size_t at, std::size_t& read) noexcept
        : text_(text), at_(at), read_(&read) {}

    reference operator*() const noexcept { return text_[at_]; }
    CountedCharacter& operator++() noexcept {
        *read_ = ++at_;
        return *this;
    }
    CountedCharacter operator++(int) noexcept {
        CountedCharacter before = *this;
        ++*this;
        return before;
    }
    friend bool operator==(const CountedCharacter& left, const CountedCharacter& right) noexcept {
        return left.at_ == right.at_;
    }

private:
    std::string_view text_;
    std::size_t at_;
    std::size_t* read_;
};

/// Lines and columns of growing offsets.
class Places {
public:
    explicit Places(std::string_view text) noexcept : text_(text) {
        if (text.starts_with(byte_order_mark)) {
            at_ = byte_order_mark.size();  // it takes no column
        }
    }

    JsonPlace place_of(std::size_t offset) noexcept {
        for (; at_ < (std::min)(offset, text_.size()); ++at_) {
            const char character = text_[at_];
            if (character == '\n') {
                ++place_.line;
                place_.column = 1;
            } else if ((static_cast<unsigned char>(character) & 0xC0u) != 0x80u) {
                ++place_.column;
            }
        }
        return place_;
    }

private:
    std::string_view text_;
    std::size_t at_ = 0;
    JsonPlace place_;
};

/// What the parser says, without the library's name for it and the place.
std::string sentence_of(std::string_view what) {
    for (const std::string_view mark : {"] ", "column "}) {
        if (const auto at = what.find(mark); at != std::string_view::npos) {
            what.remove_prefix(at + mark.size());
        }
    }
    if (const auto colon = what.find(": ");
        colon != std::string_view::npos && what.find_first_not_of("0123456789") == colon) {
        what.remove_prefix(colon + 2);
    }
    return is_utf8(what) ? std::string(what) : escape_bytes(what);
}

/// Builds the document from the parser's events.
class Builder {
public:
    Builder(std::string_view text, const std::size_t& read) noexcept
        : text_(text), read_(read), places_(text) {}

    std::expected<JsonValue, JsonFault> take(bool is_whole) {
        if (!is_whole) {
            return std::unexpected(std::move(*fault_));
        }
        return std::move(root_);
    }

    bool null() { return add({}); }
    bool boolean(bool value) {
        JsonValue json;
        json.kind = JsonKind::Flag;
        json.flag = value;
        return add(std::move(json));
    }
    bool number_integer(std::int64_t value) {
        JsonValue json;
        json.kind = JsonKind::Number;
        json.number = value;
        return add(std::move(json));
    }
    bool number_unsigned(std::uint64_t value) {
        if (value > static_cast<std::uint64_t>((std::numeric_limits<std::int64_t>::max)())) {
            return refuse_number();
        }
        return number_integer(static_cast<std::int64_t>(value));
    }
    bool number_float(double, const std::string&) { return refuse_number(); }
    bool string(std::string& value) {
        JsonValue json;
        json.kind = JsonKind::Text;
        json.text = std::move(value);
        const bool has_nul = json.text.find('\0') != std::string::npos;
        return has_nul ? refuse("a text must not hold the character NUL") : add(std::move(json));
    }
    // Part of the interface; JSON text has no such value.
    bool binary(std::vector<std::uint8_t>&) { return refuse("there are no binary values"); }

    bool start_object(std::size_t) { return open(JsonKind::Object); }
    bool start_array(std::size_t) { return open(JsonKind::List); }
    bool end_object() { return close(); }
    bool end_array() { return close(); }

    bool key(std::string& name) {
        const JsonPlace place = next_place();
        if (name.find('\0') != std::string::npos) {
            return refuse_at(place, "a key must not hold the character NUL");
        }
        std::vector<JsonKey>& keys = open_.back()->keys;
        if (std::ranges::find(keys, name, &JsonKey::name) != keys.end()) {
            return refuse_at(place, "the key \"" + name + "\" is given twice");
        }
        keys.push_back({std::move(name), place});
        return true;
    }

    bool parse_error(std::size_t position,
                     const std::string&,
                     const nlohmann::detail::exception& error) {
        // The parser counts the character that it read last, from 1.
        return refuse_at(places_.place_of(position == 0 ? 0 : position - 1),
                         sentence_of(error.what()));
    }

private:
    /// Where the token begins whose event this is. It follows the token before, which the parser has read whole, for
    /// a number with the character behind it; between the two stands nothing but these.
    JsonPlace next_place() {
        const std::size_t start = text_.find_first_not_of(" \t\r\n,:\xEF\xBB\xBF", behind_);
        behind_ = read_;
        return places_.place_of(start);
    }

    bool refuse_at(JsonPlace place, std::string sentence) {
        fault_ = JsonFault{place, std::move(sentence)};
        return false;
    }
    bool refuse(std::string sentence) { return refuse_at(next_place(), std::move(sentence)); }
    bool refuse_number() {
        return refuse("a number must be a whole one between -2^63 and 2^63 - 1");
    }

    JsonValue& insert(JsonValue json) {
        if (open_.empty()) {
            root_ = std::move(json);
            return root_;
        }
        return open_.back()->items.emplace_back(std::move(json));
    }

    bool add(JsonValue json) {
        json.place = next_place();
        insert(std::move(json));
        return true;
    }

    bool open(JsonKind kind) {
        JsonValue json;
        json.kind = kind;
        json.place = next_place();
        if (open_.size() == deepest_level) {
            return refuse_at(json.place, "nothing is nested so deep");
        }
        // An item that is open is the last of its list: no later one moves it.
        open_.push_back(&insert(std::move(json)));
        return true;
    }

    bool close() {
        behind_ = read_;
        open_.pop_back();
        return true;
    }

    std::string_view text_;
    const std::size_t& read_;
    Places places_;
    std::size_t behind_ = 0;
    JsonValue root_;
    std::vector<JsonValue*> open_;
    std::optional<JsonFault> fault_;
};

}  // namespace

const JsonValue* JsonValue::find(std::string_view key) const noexcept {
    const auto found = std::ranges::find(keys, key, &JsonKey::name);
    return found == keys.end() ? nullptr : &items[static_cast<std::size_t>(found - keys.begin())];
}

std::expected<JsonValue, JsonFault> read_json(std::string_view text) {
    std::size_t read = 0;
    Builder builder(text, read);
    const CountedCharacter begin(text, 0, read);
    const CountedCharacter end(text, text.size(), read);
    const bool is_whole = nlohmann::json::sax_parse(begin, end, &builder);
    return builder.take(is_whole);
}

}  // namespace wslplugins::testhost
