// SPDX-License-Identifier: MIT
// The HTML report in a real browser: headless Chromium opens it, and a script added behind it looks and reports.
#include "platform/child_process.hpp"
#include "platform/paths.hpp"
#include "testhost/journal/html_journal.hpp"

#include <wslplugins/testhost/journal_report.hpp>

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>

namespace wslplugins::testhost {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using testing::HasSubstr;
using testing::Not;

/// Does what a user does, and leaves what came of it in an attribute of the page.
constexpr char look_script[] = R"js(<script>
"use strict";
(() => {
    const report = {};
    const root = document.documentElement;
    const visible = (element) => { const box = element.getBoundingClientRect(); return box.width > 0 && box.height > 0; };
    const all = (selector) => [...document.querySelectorAll(selector)];
    const rows = () => all("#entries tbody tr").filter(visible).length;
    const bars = () => all(".bar").filter(visible).length;
    const set = (id, value) => {
        const control = document.getElementById(id);
        if (control.type === "checkbox") control.checked = value; else control.value = value;
        control.dispatchEvent(new Event("input", { bubbles: true }));
    };
    const press = (key) => document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
    report.width = innerWidth;
    report.rows = rows();
    report.bars = bars();
    report.scrolls = root.scrollWidth > innerWidth || document.body.scrollWidth > innerWidth;
    report.wide = all("body *").filter((e) => !e.closest(".scroller") && e.getBoundingClientRect().right > innerWidth + 1).map((e) => e.tagName);
    report.background = getComputedStyle(document.body).backgroundColor;
    report.images = document.images.length;
    report.lanes = {};
    for (const by of ["plugin", "thread", "session"]) { set("lane", by); report.lanes[by] = all(".lane-name").map((e) => e.textContent); report.lanes[by + "Bars"] = bars(); }
    set("scale", "time"); report.timeBars = bars();
    set("zoom", "20"); report.zoomScrolls = root.scrollWidth > innerWidth; set("zoom", "1");
    set("lane", "plugin"); set("scale", "order");
    set("filter", "onvm"); report.filtered = [rows(), bars(), document.getElementById("count").textContent];
    set("filter", ""); set("failed", true); report.failed = [rows(), bars()]; set("failed", false);
    const box = document.querySelector("#kinds input[value=log]"); box.checked = false; box.dispatchEvent(new Event("input", { bubbles: true }));
    report.withoutLogs = [rows(), bars()]; box.checked = true; box.dispatchEvent(new Event("input", { bubbles: true }));
    report.stops = all(".bar").filter((bar) => bar.tabIndex === 0).length;
    document.querySelector(".bar[tabindex='0']").focus();
    const first = document.activeElement; press("ArrowRight"); const second = document.activeElement; press("ArrowDown"); const third = document.activeElement;
    press("Home");
    report.keys = [first !== second, second !== third && second.parentNode !== third.parentNode, document.activeElement === first];
    second.click();
    report.chosen = [document.getElementById("detail").textContent.includes("debug-output"), all("tr.selected").length, second.getAttribute("aria-pressed")];
    press("Escape"); report.unchosen = all("tr.selected").length;
    report.scrollsAtEnd = root.scrollWidth > innerWidth;
    report.resources = performance.getEntriesByType("resource").map((entry) => entry.name);
    report.alerted = window.alerted === true;
    root.setAttribute("data-look", encodeURIComponent(JSON.stringify(report)));
})();
</script>)js";

std::string percent_decoded(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] == '%') {
            out += static_cast<char>(std::stoi(std::string(text.substr(at + 1, 2)), nullptr, 16));
            at += 2;
        } else {
            out += text[at];
        }
    }
    return out;
}

std::string content_of(const fs::path& file) {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

class JournalHtmlBrowser : public testing::Test {
protected:
    void SetUp() override {
        browser_ = find_browser();
        if (browser_.empty()) {
            const char reason[] = "there is no Chromium in PATH; scripts/setup installs one";
            std::cout << reason << '\n';
            GTEST_SKIP() << reason;
        }
        const auto program = platform::executable_path();
        ASSERT_TRUE(program);
        folder_ = program->parent_path() / "browser" /
                  testing::UnitTest::GetInstance()->current_test_info()->name();
        fs::remove_all(folder_);
        fs::create_directories(folder_);
    }
    void TearDown() override {
        if (!folder_.empty()) {
            fs::remove_all(folder_);
        }
    }

    /// Opens the page in a window of that width, and returns what the script found.
    json look(const std::string& page, int width, const std::vector<std::string>& more = {}) {
        const fs::path file = folder_ / "page.html";
        std::ofstream(file, std::ios::binary) << page << look_script;
        std::vector<std::string> command{browser_,
                                         "--no-sandbox",
                                         "--disable-gpu",
                                         "--enable-logging=stderr",
                                         "--user-data-dir=" + (folder_ / "profile").string(),
                                         "--log-net-log=" + net_log().string(),
                                         "--window-size=" + std::to_string(width) + ",900",
                                         "--dump-dom"};
        command.insert(command.end(), more.begin(), more.end());
        command.push_back("file://" + file.string());
        const auto outcome = platform::run_program(command);
        if (!outcome) {
            ADD_FAILURE() << outcome.error().to_string();
            return {};
        }
        printed_ = outcome->output;
        EXPECT_EQ(outcome->exit_code, 0) << printed_;
        const std::string mark = "data-look=\"";
        const auto begin = printed_.find(mark);
        if (begin == std::string::npos) {
            ADD_FAILURE() << "The script did not finish:\n" << printed_;
            return {};
        }
        const auto from = begin + mark.size();
        return json::parse(percent_decoded(
            std::string_view(printed_).substr(from, printed_.find('"', from) - from)));
    }

    /// What pages wrote to the console, errors of the browser's about the page included.
    [[nodiscard]] bool has_console_lines() const {
        return printed_.find("CONSOLE") != std::string::npos;
    }
    [[nodiscard]] fs::path net_log() const { return folder_ / "net.json"; }
    [[nodiscard]] const std::string& printed() const { return printed_; }

private:
    static std::string find_browser() {
        for (const char* const name :
             {"chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"}) {
            const auto outcome = platform::run_program({name, "--version"});
            if (outcome && outcome->exit_code == 0) {
                return name;
            }
        }
        return {};
    }

    std::string browser_;
    fs::path folder_;
    std::string printed_;
};

TEST_F(JournalHtmlBrowser, ShowsEveryEntryOnANarrowScreenWithoutScrollingSideways) {
    const auto entries = hostile_journal();
    const json seen = look(to_html(entries, hostile_text), 360);
    ASSERT_TRUE(seen.is_object());
    EXPECT_EQ(seen["width"], 360);
    EXPECT_EQ(seen["rows"], entries.size());
    EXPECT_EQ(seen["bars"], entries.size());
    EXPECT_EQ(seen["scrolls"], false);
    EXPECT_EQ(seen["wide"], json::array());
    EXPECT_EQ(seen["zoomScrolls"], false);
    EXPECT_EQ(seen["scrollsAtEnd"], false);
    EXPECT_FALSE(has_console_lines()) << printed();
}

TEST_F(JournalHtmlBrowser, RunsNothingOfTheJournalAndAsksForNothing) {
    const json seen = look(to_html(hostile_journal(), hostile_text), 1200);
    ASSERT_TRUE(seen.is_object());
    EXPECT_EQ(seen["images"], 0);
    EXPECT_EQ(seen["resources"], json::array());
    EXPECT_FALSE(has_console_lines()) << printed();
    // The browser's own record: no name was looked up for the page, and no address of it was asked for.
    const std::string record = content_of(net_log());
    EXPECT_THAT(record, HasSubstr("\"constants\""));
    EXPECT_THAT(record, Not(HasSubstr("example.org")));
}

TEST_F(JournalHtmlBrowser, HasLanesByPluginThreadAndSession) {
    const auto entries = hostile_journal();
    const json lanes = look(to_html(entries, "run"), 1200)["lanes"];
    EXPECT_EQ(lanes["plugin"].size(), 4u) << lanes;
    EXPECT_THAT(lanes["plugin"].get<std::vector<std::string>>(),
                testing::IsSupersetOf({std::string("WSL service"), std::string(hostile_text)}));
    EXPECT_EQ(lanes["thread"], json({"Thread 1", "Thread 2"}));
    EXPECT_EQ(lanes["session"], json({"No session", "Session 0", "Session 7"}));
    for (const char* const by : {"pluginBars", "threadBars", "sessionBars"}) {
        EXPECT_EQ(lanes[by], entries.size()) << by;
    }
}

TEST_F(JournalHtmlBrowser, FiltersTheTableAndTheTimelineAlike) {
    const auto entries = hostile_journal();
    const json seen = look(to_html(entries, "run"), 1200);
    EXPECT_EQ(seen["filtered"], json({1, 1, "1 of 7 entries"}));
    EXPECT_EQ(seen["failed"], json({1, 1}));
    EXPECT_EQ(seen["withoutLogs"], json({entries.size() - 1, entries.size() - 1}));
    EXPECT_EQ(seen["timeBars"], entries.size());
}

TEST_F(JournalHtmlBrowser, IsUsedWithTheKeyboardAlone) {
    const json seen = look(to_html(hostile_journal(), "run"), 1200);
    EXPECT_EQ(seen["stops"], 1) << "the timeline is one stop of the tabulator key";
    EXPECT_EQ(seen["keys"], json({true, true, true}));
    EXPECT_EQ(seen["chosen"], json({true, 1, "true"}));
    EXPECT_EQ(seen["unchosen"], 0);
}

TEST_F(JournalHtmlBrowser, IsDarkWhereTheUserWantsItDark) {
    const std::string page = to_html(hostile_journal(), "run");
    EXPECT_EQ(look(page, 1200)["background"], "rgb(255, 255, 255)");
    EXPECT_EQ(look(page, 1200, {"--blink-settings=preferredColorScheme=0"})["background"],
              "rgb(20, 23, 26)");
}

TEST_F(JournalHtmlBrowser, ShowsAJournalOfHundredsOfEntries) {
    std::vector<JournalEntry> entries;
    while (entries.size() < 300) {
        JournalEntry entry;
        entry.id = entries.size() + 1;
        entry.name = "OnVMStarted";
        entry.kind = entries.size() % 2 == 0 ? JournalKind::Hook : JournalKind::Log;
        entry.plugin = "onvm load launch";
        entry.time = std::chrono::microseconds(entry.id);
        entry.duration = std::chrono::microseconds(1);
        entries.push_back(std::move(entry));
    }
    const json seen = look(to_html(entries, "run"), 360);
    EXPECT_EQ(seen["rows"], entries.size());
    EXPECT_EQ(seen["bars"], entries.size());
    EXPECT_EQ(seen["scrolls"], false);
}

}  // namespace
}  // namespace wslplugins::testhost
