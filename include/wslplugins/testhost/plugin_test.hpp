// SPDX-License-Identifier: MIT
/// @file
/// `PluginTest`: one test of a plugin: a service with it, what users do, and what is expected of it.
///
/// For a plain `main`; `google_plugin_test.hpp` is the same for GoogleTest. docs/testing.md shows both.
#pragma once

#include <wslplugins/testhost/scripted_linux.hpp>
#include <wslplugins/testhost/service.hpp>

#include <initializer_list>
#include <memory>
#include <optional>
#include <source_location>
#include <string>
#include <string_view>
#include <vector>

namespace wslplugins::testhost {

/// One service, from the first thing that needs it until `stop` or the destructor. A process has one at a time.
///
/// By default nothing runs on the Linux side, which `linux_side` answers for, and signatures are not checked. What
/// is expected is said by the functions that begin with `expect`: each answers whether it holds; where it does not, it
/// says so, with the journal's table. Not for use from several threads; users of the service may be.
class PluginTest {
public:
    PluginTest();
    PluginTest(const PluginTest&) = delete;
    PluginTest& operator=(const PluginTest&) = delete;
    virtual ~PluginTest();

    /// What the service is to be: version, distributions, plugins, and so on. A change after the start has no effect.
    [[nodiscard]] ServiceOptions& options() noexcept { return options_; }

    /// A plugin class of this program: `add_plugin("guard", linked_plugin<Guard>())`. Plugins are loaded, and
    /// their hooks called, in the order of adding.
    void add_plugin(std::string name, const LinkedPlugin& plugin);

    /// A plugin's DLL, or shared object on Linux, by its whole path.
    void add_plugin(std::string name, std::string path);

    /// Answers for the Linux programs, before the start and after it.
    [[nodiscard]] ScriptedLinux& linux_side() noexcept { return *options_.scripted_linux; }

    /// The service; starts it first where it does not run. Throws std::runtime_error, with the reason, where it
    /// cannot start, or was stopped.
    Service& service();

    /// The user of that name, who gives commands to the service; the default one without.
    [[nodiscard]] User user(std::string_view name = {}) { return service().user(name); }

    /// Stops the service, with all stopping hooks that come of it. A plugin class whose background work does not end is
    /// an expectation that failed. Does nothing where it was stopped.
    void stop();

    /// What happened so far; also after `stop`.
    [[nodiscard]] std::vector<JournalEntry> journal() const;

    /// The journal without what differs from run to run, as JSON lines; see docs/journal.md.
    [[nodiscard]] std::string canonical_journal() const;

    /// The names of the hooks that were called, in order; of one plugin, or of all without a name.
    [[nodiscard]] std::vector<std::string> hooks(std::string_view plugin = {}) const;

    /// The names of the calls of WSL's API, in order.
    [[nodiscard]] std::vector<std::string> calls(std::string_view plugin = {}) const;

    /// The lines of the log: `<module> <level> <event>: <text>`, the module being the program or the DLL.
    [[nodiscard]] std::vector<std::string> log_lines(std::string_view plugin = {}) const;

    /// The line of the test, told with what does not hold.
    using Where = std::source_location;

    /// Anything else that is to hold; `what` says it in words. @return whether it does, as every function here.
    bool expect(bool holds, std::string_view what, const Where& where = Where::current());

    /// The hooks so far are these, no others and in this order.
    bool expect_hooks(std::initializer_list<std::string_view> names,
                      std::string_view plugin = {},
                      const Where& where = Where::current());

    /// So are the calls.
    bool expect_calls(std::initializer_list<std::string_view> names,
                      std::string_view plugin = {},
                      const Where& where = Where::current());

    /// A line of the log has this part.
    bool expect_log(std::string_view part, const Where& where = Where::current());
    /// No line of the log has this part.
    bool expect_no_log(std::string_view part, const Where& where = Where::current());

    /// The command ended with exit code 0.
    bool expect_success(const UserOutput& output, const Where& where = Where::current());

    /// WSL refused the command (exit code -1, or 1 of `bash.exe`), and what it printed has this part: the plugin's
    /// message, or a code's name such as `E_ACCESSDENIED`.
    bool expect_refusal(const UserOutput& output,
                        std::string_view part,
                        const Where& where = Where::current());

    /// From the beginning to the end of the service, strict mode finds nothing (docs/strict.md): what leaks is seen once
    /// it has stopped, so `stop` says what was found, for this place. To be called before the service starts.
    bool expect_no_findings(const Where& where = Where::current());

    /// Stops the service. @return what `main` returns: 0 when everything held that was expected, else 1.
    [[nodiscard]] int result();

protected:
    /// Says that something does not hold. Here: on the standard error stream.
    virtual void report(const std::string& text, const Where& where);

private:
    void fail(std::string text, const Where& where);

    ServiceOptions options_;
    std::unique_ptr<Service> service_;
    std::vector<JournalEntry> ended_;   // the journal of the service that was stopped
    std::optional<Where> no_findings_;  // who expects none
    bool was_stopped_ = false;
    bool has_failed_ = false;
};

}  // namespace wslplugins::testhost
