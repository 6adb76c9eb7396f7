#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The house rules, held against the repository, and each rule held against a tree that breaks it."""

import io
import os
import shutil
import subprocess
import sys
import unittest
from pathlib import Path

import arrows
import book
import cited_tests
import files
import natvis

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))
import junit_unittest
REPOSITORY = Path(__file__).resolve().parents[2]


def repository_tree():
    """Every text file that is, or would be, committed."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=REPOSITORY, check=True, capture_output=True).stdout.decode().split("\0")
    tree = {}
    for path in filter(None, listed):
        try:
            tree[path] = (REPOSITORY / path).read_text(encoding="utf-8")
        except (UnicodeDecodeError, FileNotFoundError, IsADirectoryError):
            continue  # binary, deleted, or a folder: nothing that these rules speak of
    return tree


TREE = repository_tree()


class TheRepository(unittest.TestCase):
    def assert_clean(self, violations):
        self.assertEqual([], violations, "\n" + "\n".join(violations))

    def test_every_arrow_points_the_right_way(self):
        self.assert_clean(arrows.violations(TREE))

    def test_no_source_file_is_longer_than_the_limit(self):
        self.assert_clean(files.too_long(TREE))

    def test_every_source_file_names_its_licence(self):
        self.assert_clean(files.unlicensed(TREE))

    def test_source_files_are_named_in_snake_case(self):
        self.assert_clean(files.misnamed(TREE))

    def test_wide_literals_stand_in_windows_files_only(self):
        self.assert_clean(files.wide_literals(TREE))

    def test_no_variable_of_a_thread_has_to_be_destroyed(self):
        self.assert_clean(files.thread_variables_to_destroy(TREE))

    def test_nothing_is_marked_unfinished(self):
        self.assert_clean(files.unfinished(TREE))

    def test_documents_name_tests_that_exist(self):
        self.assert_clean(cited_tests.missing_tests(TREE))

    def test_no_hook_and_no_call_is_left_out_of_the_coverage(self):
        self.assert_clean(cited_tests.slots_left_out(TREE))

    def test_every_source_is_compiled(self):
        self.assert_clean(files.unlisted_sources(TREE))

    def test_public_headers_define_documented_macros_only(self):
        self.assert_clean(files.undocumented_macros(TREE))

    def test_links_between_documents_lead_somewhere(self):
        self.assert_clean(files.broken_links(TREE))

    def test_every_script_that_is_named_is_there(self):
        self.assert_clean(files.missing_scripts(TREE))

    def test_cpp_in_documents_is_compiled(self):
        self.assert_clean(files.uncompiled_cpp_blocks(TREE))

    def test_the_books_code_is_the_code_that_is_compiled(self):
        self.assert_clean(book.code_violations(TREE))

    def test_anchors_in_the_book_lead_somewhere(self):
        self.assert_clean(book.broken_anchors(TREE))

    def test_the_quickstart_can_be_followed(self):
        steps, wrong = book.quickstart_steps(TREE["docs/quickstart.md"])
        self.assert_clean(wrong)
        kinds = [step[0] for step in steps]
        self.assertEqual(["shell"] + 4 * ["file"] + 3 * ["shell"], kinds)
        self.assertEqual({"my_plugin.hpp", "export.cpp", "my_plugin_test.cpp", "CMakeLists.txt"}, {step[1] for step in steps if step[0] == "file"})

    def test_the_recorded_terminal_types_what_the_quickstart_says(self):
        self.assert_clean(book.recording_violations(TREE))

    def test_every_page_stands_in_the_navigation(self):
        self.assert_clean(book.unlisted_pages(TREE))

    def test_debugger_views_name_what_exists(self):
        self.assertTrue(any(path.endswith(".natvis") for path in TREE), "the debugger's views are gone")
        self.assert_clean(natvis.violations(TREE))

    def test_sources_are_formatted(self):
        tool = shutil.which("clang-format-19")
        self.assertIsNotNone(tool, "clang-format-19 is not installed; run scripts/setup")
        sources = [path for path in TREE if path.endswith(files.CODE)]
        result = subprocess.run([tool, "--dry-run", "--Werror", *sources], cwd=REPOSITORY, capture_output=True, text=True)
        self.assertEqual(0, result.returncode, result.stderr[:4000])

    def test_every_script_can_be_run_and_parsed(self):
        for path, text in TREE.items():
            if not text.startswith("#!"):
                continue
            with self.subTest(path):
                self.assertTrue(os.access(REPOSITORY / path, os.X_OK), f"{path} has a '#!' line but is not executable")
                if "bash" in text.split("\n")[0]:
                    subprocess.run(["bash", "-n", REPOSITORY / path], check=True)


class ATreeThatBreaksTheRules(unittest.TestCase):
    def assert_one(self, violations, part):
        self.assertEqual(1, len(violations), violations)
        self.assertIn(part, violations[0])

    def test_an_upward_arrow_is_found(self):
        tree = {"include/wslplugins/core/a.hpp": "#include <wslplugins/api/b.hpp>\n"}
        self.assert_one(arrows.violations(tree), "core may not include api")

    def test_the_test_host_may_not_see_the_framework(self):
        for including in ("src/testhost/a.cpp", "include/wslplugins/testhost/a.hpp"):
            tree = {including: "#include <wslplugins/plugin/plugin.hpp>\n"}
            self.assert_one(arrows.violations(tree), "testhost may not include plugin")

    def test_a_public_header_may_not_see_the_platform_room(self):
        tree = {"include/wslplugins/api/a.hpp": '#include "platform/socket.hpp"\n'}
        self.assert_one(arrows.violations(tree), "api may not include platform")

    def test_a_source_of_the_api_may_see_the_platform_room(self):
        self.assertEqual([], arrows.violations({"src/api/a.cpp": '#include "platform/socket.hpp"\n'}))

    def test_a_platform_header_in_a_portable_file_is_found(self):
        for header in ("windows.h", "unistd.h", "sys/socket.h"):
            tree = {"src/testhost/a.cpp": f"#include <{header}>\n"}
            self.assert_one(arrows.violations(tree), "platform header")

    def test_an_include_that_climbs_is_found(self):
        self.assert_one(arrows.violations({"src/core/a.cpp": '#include "../api/b.hpp"\n'}), "climb")

    def test_a_command_that_includes_another_is_found(self):
        tree = {"tools/wslplugin/commands/run.cpp": '#include "commands/list.hpp"\n'}
        self.assert_one(arrows.violations(tree), "another command")

    def test_a_long_file_is_found(self):
        self.assert_one(files.too_long({"src/a.cpp": "\n" * 501}), "501 lines")

    def test_a_file_without_a_licence_is_found(self):
        self.assert_one(files.unlicensed({"src/a.cpp": "int a;\n"}), "SPDX")

    def test_a_misnamed_file_is_found(self):
        self.assert_one(files.misnamed({"src/MyFile.cpp": ""}), "snake_case")

    def test_a_wide_literal_is_found(self):
        self.assert_one(files.wide_literals({"src/a.cpp": 'auto a = L"text";\n'}), "wide literal")

    def test_a_variable_of_a_thread_that_has_to_be_destroyed_is_found(self):
        self.assert_one(files.thread_variables_to_destroy({"src/a.cpp": "    thread_local std::vector<int*> a;\n"}), "PerThread")
        self.assertEqual([], files.thread_variables_to_destroy({"src/a.cpp": "thread_local const Context* a = nullptr;\n"}))

    def test_an_unfinished_mark_is_found(self):
        self.assert_one(files.unfinished({"docs/a.md": "TO" "DO: write this\n"}), "unfinished")

    def test_an_unlisted_source_is_found(self):
        tree = {"src/a/CMakeLists.txt": "add(b.cpp c_${suffix}.cpp)", "src/a/b.cpp": "", "src/a/c_posix.cpp": "", "src/a/d.cpp": ""}
        self.assert_one(files.unlisted_sources(tree), "src/a/d.cpp")

    def test_an_undocumented_macro_is_found(self):
        tree = {"include/wslplugins/core/a.hpp": "#define WSLPLUGINS_EXPORT_V1 1\n#  define LOUD 1\n"}
        self.assert_one(files.undocumented_macros(tree), "LOUD")

    def test_a_test_that_does_not_exist_is_found(self):
        tree = {"docs/internals/a.md": "`Suite.Known`, `Suite.Unknown`", "tests/a/a_test.cpp": "TEST_F(Suite, Known) {\n"}
        self.assert_one(cited_tests.missing_tests(tree), "Suite.Unknown")

    def test_a_slot_without_a_row_is_found(self):
        slots = "    {Hook::A, \n    {ApiCall::B, \n"
        tree = {cited_tests.SLOTS: slots, cited_tests.COVERAGE: "| `A` | a | a |\n"}
        self.assert_one(cited_tests.slots_left_out(tree), "no row for B")

    def test_a_broken_link_is_found(self):
        tree = {"docs/a.md": "[b](b.md) [c](../src/c.cpp#L1) [d](https://example.org)", "docs/b.md": ""}
        self.assert_one(files.broken_links(tree), "../src/c.cpp")

    def test_a_debugger_view_of_what_does_not_exist_is_found(self):
        header = "namespace wslplugins {\nstruct A {\n    int b_ = 0;\n};\n}\n"
        view = '<AutoVisualizer xmlns="http://schemas.microsoft.com/vstudio/debugger/natvis/2010"><Type Name="wslplugins::%s"><DisplayString>{%s,x}</DisplayString></Type></AutoVisualizer>'
        tree = {"include/wslplugins/core/a.hpp": header}
        self.assertEqual([], natvis.violations(tree | {"a.natvis": view % ("A", "b_")}))
        self.assert_one(natvis.violations(tree | {"a.natvis": view % ("A", "c_")}), "has no c_")
        self.assert_one(natvis.violations(tree | {"a.natvis": view % ("C", "b_")}), "declared in 0")
        self.assert_one(natvis.violations(tree | {"a.natvis": "<AutoVisualizer>"}), "well-formed")

    def test_a_block_that_differs_from_its_region_is_found_and_renewed(self):
        source = "// [region: one]\n    int a;\n    // [region: two]\n    int b;\n    // [end: two]\n// [end: one]\n"
        page = "<!-- region: tests/a.cpp one -->\n```cpp\nint a;\nint b;\n```\n\n  <!-- region: tests/a.cpp two -->\n  ```cpp\n  int %s;\n  ```\n"
        tree = {"tests/a.cpp": source, "docs/a.md": page % "b"}
        self.assertEqual([], book.code_violations(tree))
        tree["docs/a.md"] = page % "c"
        self.assert_one(book.code_violations(tree), "docs/a.md:7: the block is not the region two")
        self.assertEqual(page % "b", book.renewed(tree, "docs/a.md"))

    def test_a_region_that_no_page_shows_is_found(self):
        tree = {"examples/a.hpp": "// [region: one]\nint a;\n// [end: one]\n", "docs/a.md": ""}
        self.assert_one(book.code_violations(tree), "no page shows the region one")

    def test_a_block_without_a_region_is_found(self):
        self.assert_one(book.code_violations({"docs/a.md": "```cpp\nint a;\n```\n"}), "without a marker")
        tree = {"docs/a.md": "<!-- region: tests/a.cpp gone -->\n```cpp\nint a;\n```\n"}
        self.assert_one(book.code_violations(tree), "no region gone")

    def test_a_step_of_the_quickstart_that_nobody_follows_is_found(self):
        page = "<!-- region: tests/q/a.hpp all -->\n```cpp\nint a;\n```\n<!-- run: 1 -->\n```sh\nfalse\n```\n    <!-- step -->\n    ```sh\n    true\n    ```\n%s"
        steps, wrong = book.quickstart_steps(page % "")
        self.assertEqual([("file", "a.hpp", "int a;\n"), ("shell", "false\n", 1), ("shell", "true\n", 0)], steps)
        self.assertEqual([], wrong)
        self.assert_one(book.quickstart_steps(page % "```sh\nmake\n```\n")[1], "`make`")

    def test_a_recording_of_something_else_is_found(self):
        page = "<!-- step -->\n```sh\nbuild\n```\n<!-- run: 1 -->\n```sh\nmake a\nmake b\n```\n"
        cast = '{"version": 2}\n[0, "o", "$ "]\n[1, "o", "make"]\n[1, "o", " a\\r\\n"]\n[2, "o", "made /%s/a\\r\\n"]\n[3, "o", "$ make b\\r\\n"]\n'
        tree = {"docs/quickstart.md": page, book.RECORDING: cast % "home/you"}
        self.assertEqual([], book.recording_violations(tree))
        self.assert_one(book.recording_violations(tree | {"docs/quickstart.md": page.replace("make b", "make c")}), "scripts/record")
        self.assert_one(book.recording_violations(tree | {book.RECORDING: cast % "srv/me"}), "names /srv/me/a")

    def test_marks_of_regions_that_do_not_fit_are_found(self):
        self.assert_one(book.code_violations({"tests/a.cpp": "// [region: a]\n"}), "does not end")
        self.assert_one(book.code_violations({"tests/a.cpp": "// [region: a]\n// [end: b]\n// [end: a]\n", "docs/a.md": "<!-- region: tests/a.cpp a -->\n```cpp\n\n```\n"}), "without a beginning")

    def test_a_broken_anchor_is_found(self):
        tree = {"docs/a.md": "# One `two`, three\n[here](#one-two-three) [there](b/c.md#four)", "docs/b/c.md": "## Five\n[up](../a.md#six)"}
        self.assertEqual(2, len(book.broken_anchors(tree)), book.broken_anchors(tree))

    def test_a_page_outside_of_the_navigation_is_found(self):
        tree = {"docs/site/mkdocs.yml": "nav:\n  - One: a.md\n", "docs/a.md": "", "docs/b.md": "", "docs/c.md": "<!-- generated page -->\n"}
        self.assert_one(book.unlisted_pages(tree), "docs/b.md")

    def test_a_script_that_is_gone_is_found(self):
        tree = {"scripts/test": "", "scripts/test.ps1": "", "a.md": "`scripts/test`, scripts/test.ps1 and my/scripts/own", "src/a.hpp": '"`scripts/build mingw`"'}
        self.assert_one(files.missing_scripts(tree), "src/a.hpp:1: names scripts/build")

    def test_cpp_that_nobody_compiles_is_found(self):
        tree = {"a.md": "```cpp\nint a;\n```\n```cpp\nint b;\n```\n", "examples/a.cpp": "// first\nint a;\n"}
        self.assert_one(files.uncompiled_cpp_blocks(tree), "int b;")


class TheReport(unittest.TestCase):
    def test_names_what_could_not_be_set_up(self):
        class Story(unittest.TestCase):
            @classmethod
            def setUpClass(cls):
                raise FileNotFoundError("no tool")

            def test_something(self):
                pass

        suite = unittest.defaultTestLoader.loadTestsFromTestCase(Story)
        result = unittest.TextTestRunner(stream=io.StringIO(), resultclass=junit_unittest.JUnitResult).run(suite)
        [case] = result.suite
        self.assertIn("Story", case.get("name"))
        self.assertIn("no tool", case.find("failure").text)


if __name__ == "__main__":
    junit_unittest.main(__doc__)
