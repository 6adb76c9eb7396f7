// SPDX-License-Identifier: MIT
// The generated parts of the book are what the code says now. `scripts/docs renew` writes them anew: it sets
// WSLPLUGINS_RENEW_BOOK, with which these tests write in place of comparing.
#include "book/pages.hpp"

#include <gmock/gmock.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>

namespace wslplugins::tests {
namespace {

namespace fs = std::filesystem;

const fs::path documents = WSLPLUGINS_DOCUMENTS;

bool renews() {
    return std::getenv("WSLPLUGINS_RENEW_BOOK") != nullptr;
}

/// Line ends are those of a checkout, which Windows may have changed.
std::string read(const fs::path& file) {
    std::ifstream stream(file, std::ios::binary);
    std::string text{std::istreambuf_iterator<char>(stream), {}};
    std::erase(text, '\r');
    return text;
}

void write(const fs::path& file, const std::string& text) {
    std::ofstream(file, std::ios::binary) << text;
}

std::string line_of(std::string_view text) {
    return std::string(text.substr(0, text.find('\n')));
}

TEST(BookPages, OfFindingsAndCodesAreWhatTheToolExplains) {
    for (const auto& [name, text] : generated_pages()) {
        ASSERT_THAT(text, testing::Not(testing::HasSubstr("```text\n```"))) << name << " is empty";
        if (renews()) {
            write(documents / name, text);
        }
        EXPECT_EQ(read(documents / name), text) << name << ": `scripts/docs renew` writes it anew";
    }
}

TEST(BookPages, OfFindingsAndCodesThatAreGoneAreGoneToo) {
    const auto pages = generated_pages();
    for (const auto& entry : fs::directory_iterator(documents / "troubleshooting")) {
        const std::string name = entry.path().filename().string();
        if (line_of(read(entry.path())) != "<!-- generated page -->" ||
            pages.contains("troubleshooting/" + name)) {
            continue;
        }
        if (renews()) {
            fs::remove(entry.path());
        } else {
            ADD_FAILURE() << name
                          << " explains what does not exist; `scripts/docs renew` removes it";
        }
    }
}

/// Checks, or writes, the tables of one page, and takes their names out of `missing`.
void check_tables(const fs::path& file, std::set<std::string>& missing) {
    constexpr std::string_view begin_mark = "<!-- generated: ";
    constexpr std::string_view end_mark = "<!-- end generated -->";
    const auto tables = generated_tables();
    std::string text = read(file);
    std::string as_made = text;
    std::size_t at = 0;
    while ((at = as_made.find(begin_mark, at)) != std::string::npos) {
        const std::size_t name_at = at + begin_mark.size();
        const std::string name = as_made.substr(name_at, as_made.find(" -->", name_at) - name_at);
        const std::size_t begin = as_made.find('\n', at) + 1;
        const std::size_t end = as_made.find(end_mark, at);
        ASSERT_NE(end, std::string::npos) << file << ": no " << end_mark << " behind " << name;
        ASSERT_TRUE(tables.contains(name)) << file << ": there is no table " << name;
        as_made.replace(begin, end - begin, "\n" + tables.at(name) + "\n");
        missing.erase(name);
        at = begin;
    }
    if (renews() && as_made != text) {
        write(file, as_made);
        text = as_made;
    }
    EXPECT_EQ(text, as_made) << file << ": `scripts/docs renew` writes its tables anew";
}

TEST(BookPages, HoldEveryTableAsTheCodeHasIt) {
    std::set<std::string> missing;
    for (const auto& [name, table] : generated_tables()) {
        missing.insert(name);
    }
    for (const auto& entry : fs::recursive_directory_iterator(documents)) {
        if (entry.path().extension() == ".md") {
            check_tables(entry.path(), missing);
        }
    }
    EXPECT_THAT(missing, testing::IsEmpty()) << "tables that no page has";
}

}  // namespace
}  // namespace wslplugins::tests
