// SPDX-License-Identifier: MIT
// What stands on the helper's command line. That the scripts work is tested by commands that really run.
#include "api/helper_script.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace wslplugins::detail {
namespace {

/// The fixed part of the list: the shell, `-c`, three scripts, folder, user, path and tools.
constexpr std::size_t first_positional = 9;

CommandDescription described(std::vector<std::string> arguments) {
    return {.api = nullptr,
            .session = SessionId(0),
            .path = "/bin/x",
            .arguments = std::move(arguments)};
}

/// The words after `exec ` in the script that executes the program, as a shell expands them.
class Expanded {
public:
    explicit Expanded(const std::vector<std::string>& list)
        : positional_(list.begin() + first_positional, list.end()), script_(list[4]) {
        const std::size_t start = script_.rfind("    exec ") + 9;
        words_ = std::string_view(script_).substr(start, script_.find('\n', start) - start);
    }

    [[nodiscard]] std::vector<std::string> words() {
        while (!words_.empty()) {
            expand_word();
        }
        return expanded_;
    }

private:
    [[nodiscard]] bool starts_with_taken(std::string_view prefix) {
        const bool is_there = words_.starts_with(prefix);
        words_.remove_prefix(is_there ? prefix.size() : 0);
        return is_there;
    }

    void expand_word() {
        if (starts_with_taken("\"$@\"")) {
            expanded_.insert(expanded_.end(), positional_.begin(), positional_.end());
        } else if (starts_with_taken("''")) {
            expanded_.emplace_back();
        } else if (starts_with_taken("\"${")) {
            const std::size_t end = words_.find("}\"");
            expanded_.push_back(positional_.at(std::stoul(std::string(words_.substr(0, end))) - 1));
            words_.remove_prefix(end + 2);
        } else {
            const std::size_t end = (std::min)(words_.find(' '), words_.size());
            expanded_.emplace_back(words_.substr(0, end));
            words_.remove_prefix(end);
        }
        (void)starts_with_taken(" ");
    }

    std::vector<std::string> positional_;
    std::string script_;
    std::string_view words_;
    std::vector<std::string> expanded_;
};

std::vector<std::string> executed(const CommandDescription& command) {
    return Expanded(main_arguments(command).value()).words();
}

TEST(HelperScript, ExecutesThePathAndTheArgumentsAsTheyAre) {
    EXPECT_EQ((std::vector<std::string>{"/bin/x", "a b", "$(id)", "'"}),
              executed(described({"a b", "$(id)", "'"})));
    EXPECT_EQ((std::vector<std::string>{"/bin/x", "", "a", "", ""}),
              executed(described({"", "a", "", ""})));
}

TEST(HelperScript, PutsTheEnvironmentTheNameAndTheUserBeforeThem) {
    CommandDescription command = described({""});
    command.variables = {"A=b"};
    EXPECT_EQ((std::vector<std::string>{"env", "--", "A=b", "/bin/x", ""}), executed(command));
    command.clears_environment = true;
    command.arg0 = "";
    command.user = "nobody";
    EXPECT_EQ((std::vector<std::string>{"setpriv",
                                        "--reuid=\"$wslp_user\"",
                                        "--regid=\"$wslp_group\"",
                                        "--init-groups",
                                        "--",
                                        "env",
                                        "-i",
                                        "--",
                                        "A=b",
                                        "bash",
                                        "-p",
                                        "-c",
                                        "exec -a \"$0\" -- \"$@\"",
                                        "",
                                        "/bin/x",
                                        ""}),
              executed(command));
}

TEST(HelperScript, NeverPutsAnEmptyTextOrATextOfTheCommandIntoAScript) {
    CommandDescription command = described({"", "argument", ""});
    command.variables = {"V=variable"};
    command.folder = "/folder";
    command.user = "user";
    const auto list = main_arguments(command).value();
    EXPECT_EQ(0, std::ranges::count(list, ""));
    for (std::size_t i = 2; i < 5; ++i) {
        for (const std::string_view text : {"argument", "V=variable", "/folder", "/bin/x"}) {
            EXPECT_FALSE(list[i].contains(text)) << i << ' ' << text;
        }
    }
}

TEST(HelperScript, CarriesRandomListsOfArguments) {
    const unsigned seed = std::random_device{}();
    std::printf("random seed: %u\n", seed);
    std::mt19937 random(seed);
    for (int round = 0; round < 500; ++round) {
        std::vector<std::string> arguments(random() % 40);
        for (std::string& argument : arguments) {
            argument.resize(random() % 4);
            std::ranges::generate(argument, [&] { return static_cast<char>(1 + random() % 255); });
        }
        auto expected = arguments;
        expected.insert(expected.begin(), "/bin/x");
        ASSERT_EQ(expected, executed(described(std::move(arguments)))) << "round " << round;
    }
}

TEST(HelperScript, RefusesMoreArgumentsThanItCanNumber) {
    EXPECT_TRUE(main_arguments(described(std::vector<std::string>(12'000, "x"))).has_value());
    std::vector<std::string> many(12'000, "x");
    many.back().clear();
    EXPECT_TRUE(main_arguments(described(many)).has_value());
    many.insert(many.end(), 8'000, "x");
    EXPECT_EQ(HResult::invalid_argument, main_arguments(described(many)).error().code());
}

}  // namespace
}  // namespace wslplugins::detail
