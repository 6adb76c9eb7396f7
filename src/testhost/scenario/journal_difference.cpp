// SPDX-License-Identifier: MIT
#include "testhost/scenario/journal_difference.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

namespace wslplugins::testhost {
namespace {

using Json = nlohmann::ordered_json;
using Lines = std::vector<std::string>;

/// More pairs of lines are not compared with each other: then all of them count as different.
constexpr std::size_t most_pairs = 4'000'000;
constexpr std::size_t lines_around = 3;
constexpr std::size_t most_lines_shown = 60;

/// An entry as it is compared: what it says, without what differs from run to run, and where it belongs.
struct Node {
    std::string text;
    std::vector<std::size_t> children;
};

std::string plain_or_dumped(const Json& json) {
    return json.is_string() ? json.get<std::string>()
                            : json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

/// A line's members that do not differ from run to run: the kind and the name, then the others by name.
std::string readable(const Json& line) {
    const Json volatile_names = line.value("volatile", Json::array());
    const auto is_volatile = [&volatile_names](const std::string& name) {
        return std::ranges::find(volatile_names, Json(name)) != volatile_names.end();
    };
    static constexpr std::array<std::string_view, 9> left_out{
        "schema", "id", "parent", "time_ns", "duration_ns", "thread", "volatile", "kind", "name"};
    std::string text = plain_or_dumped(line.value("kind", Json(""))) + ' ' +
                       plain_or_dumped(line.value("name", Json("")));
    const auto add = [&text](const std::string& name, const Json& value) {
        text += "  " + name + '=' + value.dump(-1, ' ', false, Json::error_handler_t::replace);
    };
    for (const auto& [name, value] : line.items()) {
        if (name == "arguments" && value.is_object()) {
            for (const auto& [argument, given] : value.items()) {
                if (!is_volatile(argument)) {
                    add(argument, given);
                }
            }
        } else if (std::ranges::find(left_out, name) == left_out.end()) {
            add(name, value);
        }
    }
    return text;
}

/// The number of a member; 0 where it has none.
std::uint64_t number_of(const Json& line, const char* member) {
    const auto found = line.find(member);
    return found != line.end() && found->is_number_unsigned() ? found->get<std::uint64_t>() : 0;
}

class Tree {
public:
    explicit Tree(std::string_view journal) {
        for (std::size_t begin = 0; begin < journal.size();) {
            const std::size_t end = (std::min)(journal.find('\n', begin), journal.size());
            add(journal.substr(begin, end - begin));
            begin = end + 1;
        }
    }

    /// Every entry behind that during which it began, and further to the right.
    [[nodiscard]] Lines lines(JournalOrder order) const {
        std::vector<Lines> blocks;
        for (const std::size_t root : roots_) {
            blocks.push_back(block(root));
        }
        if (order == JournalOrder::AnyOnTop) {
            std::ranges::sort(blocks);
        }
        Lines all;
        for (Lines& lines : blocks) {
            std::ranges::move(lines, std::back_inserter(all));
        }
        return all;
    }

private:
    void add(std::string_view text) {
        const Json line = Json::parse(text, nullptr, false);
        const std::size_t place = nodes_.size();
        if (!line.is_object()) {
            nodes_.push_back({std::string(text), {}});
            roots_.push_back(place);
            return;
        }
        nodes_.push_back({readable(line), {}});
        const auto parent = places_.find(number_of(line, "parent"));
        (parent == places_.end() ? roots_ : nodes_[parent->second].children).push_back(place);
        places_[number_of(line, "id")] = place;
    }

    [[nodiscard]] Lines block(std::size_t root) const {
        Lines lines;
        std::vector<std::pair<std::size_t, std::size_t>> open{
            {root, 0}};  // entries and their depths
        while (!open.empty()) {
            const auto [place, depth] = open.back();
            open.pop_back();
            const Node& node = nodes_[place];
            lines.push_back(std::string(2 * depth, ' ') + node.text);
            for (auto child = node.children.rbegin(); child != node.children.rend(); ++child) {
                open.emplace_back(*child, depth + 1);
            }
        }
        return lines;
    }

    std::vector<Node> nodes_;
    std::vector<std::size_t> roots_;
    std::map<std::uint64_t, std::size_t> places_;  // by id
};

/// A part of both, the same at the beginning and at the end.
struct Middle {
    std::size_t begin = 0;
    std::size_t expected_end = 0;
    std::size_t came_end = 0;
};

Middle differing_part(const Lines& expected, const Lines& came) {
    Middle middle{0, expected.size(), came.size()};
    while (middle.begin < (std::min)(expected.size(), came.size()) &&
           expected[middle.begin] == came[middle.begin]) {
        ++middle.begin;
    }
    while (middle.expected_end > middle.begin && middle.came_end > middle.begin &&
           expected[middle.expected_end - 1] == came[middle.came_end - 1]) {
        --middle.expected_end;
        --middle.came_end;
    }
    return middle;
}

/// What two sequences have in common at most, from each pair of places to their ends.
class CommonLengths {
public:
    CommonLengths(const Lines& expected, const Lines& came, const Middle& middle)
        : columns_(middle.came_end - middle.begin + 1),
          lengths_((middle.expected_end - middle.begin + 1) * columns_) {
        for (std::size_t i = middle.expected_end; i-- > middle.begin;) {
            for (std::size_t j = middle.came_end; j-- > middle.begin;) {
                const std::size_t row = i - middle.begin;
                const std::size_t column = j - middle.begin;
                lengths_[row * columns_ + column] =
                    expected[i] == came[j] ? at(row + 1, column + 1) + 1
                                           : (std::max)(at(row + 1, column), at(row, column + 1));
            }
        }
    }

    [[nodiscard]] std::uint32_t at(std::size_t row, std::size_t column) const {
        return lengths_[row * columns_ + column];
    }

private:
    std::size_t columns_;
    std::vector<std::uint32_t> lengths_;
};

Lines marked_middle(const Lines& expected, const Lines& came, const Middle& middle) {
    const std::size_t rows = middle.expected_end - middle.begin;
    const std::size_t columns = middle.came_end - middle.begin;
    const bool is_small = (rows + 1) * (columns + 1) <= most_pairs;
    const CommonLengths common(expected, came, is_small ? middle : Middle{});
    Lines marked;
    std::size_t i = 0;
    std::size_t j = 0;
    while (i < rows || j < columns) {
        const std::string* const left = i < rows ? &expected[middle.begin + i] : nullptr;
        const std::string* const right = j < columns ? &came[middle.begin + j] : nullptr;
        if (is_small && left != nullptr && right != nullptr && *left == *right) {
            marked.push_back("  " + *left);
            ++i;
            ++j;
        } else if (right == nullptr ||
                   (left != nullptr && (!is_small || common.at(i + 1, j) >= common.at(i, j + 1)))) {
            marked.push_back("- " + *left);
            ++i;
        } else {
            marked.push_back("+ " + *right);
            ++j;
        }
    }
    return marked;
}

}  // namespace

std::optional<std::string>
journal_difference(std::string_view expected, std::string_view came, JournalOrder order) {
    const Lines before = Tree(expected).lines(order);
    const Lines after = Tree(came).lines(order);
    const Middle middle = differing_part(before, after);
    Lines shown;
    for (std::size_t i = middle.begin - (std::min)(middle.begin, lines_around); i < middle.begin;
         ++i) {
        shown.push_back("  " + before[i]);
    }
    Lines marked = marked_middle(before, after, middle);
    if (marked.empty()) {
        return std::nullopt;
    }
    std::ranges::move(marked, std::back_inserter(shown));
    for (std::size_t i = middle.expected_end;
         i < (std::min)(middle.expected_end + lines_around, before.size());
         ++i) {
        shown.push_back("  " + before[i]);
    }
    std::string text;
    for (std::size_t i = 0; i < (std::min)(shown.size(), most_lines_shown); ++i) {
        text += shown[i] + '\n';
    }
    if (shown.size() > most_lines_shown) {
        text += "… and " + std::to_string(shown.size() - most_lines_shown) + " more lines\n";
    }
    return text;
}

}  // namespace wslplugins::testhost
