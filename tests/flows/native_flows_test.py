#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Plugins as shared objects on Linux, without registry and signatures."""

import os
import shutil
import tempfile
import unittest
from pathlib import Path

from stories import RunStories, main, option, start_tool, text_of, tool


class NativeRun(RunStories, unittest.TestCase):
    def setUp(self):
        self.folder = Path(tempfile.mkdtemp(prefix="wslplugins-flows-"))
        self.addCleanup(shutil.rmtree, self.folder)

    def play(self, plugins, **environment):
        """A plugin is named after its file."""
        files = []
        for name, source in plugins:
            file = self.folder / f"{name}.so"
            if source is not None:
                shutil.copy(source, file)
            files.append(file)
        return tool("run", *files, "--json", "--", "echo", "hello", **environment)

    def spelt(self, path):
        return path

    def start_commanding(self, command, *more):
        return start_tool("run", *more, option("commanding"), WSLPLUGINS_FIXTURE_COMMAND=command)

    def play_subject(self, content):
        """Runs a file of that content, or none, beside a healthy plugin."""
        subject = self.folder / "subject.so"
        if content is not None:
            subject.write_bytes(content)
        return self.play([("subject", None), ("unharmed", option("minimal"))])

    def test_missing_file_is_refused(self):
        self.assert_refused_at_load(self.play_subject(None), "ERROR_MOD_NOT_FOUND")

    def test_file_of_another_kind_is_refused(self):
        self.assert_refused_at_load(self.play_subject(b"no program at all"), "ERROR_BAD_EXE_FORMAT")

    def test_file_of_another_architecture_is_refused(self):
        content = bytearray(Path(option("minimal")).read_bytes())
        content[18:20] = (183).to_bytes(2, "little")  # e_machine: AArch64
        self.assert_refused_at_load(self.play_subject(bytes(content)), "ERROR_BAD_EXE_FORMAT")

    def test_library_without_the_entry_point_is_refused(self):
        no_export = Path(option("careless")).with_stem("no_export")
        self.assert_refused_at_load(self.play_subject(no_export.read_bytes()), "0x8007007f")

    def end(self, way):
        return self.play(
            [("subject", option("ending")), ("unharmed", option("minimal"))], WSLPLUGINS_FIXTURE_END=way
        )

    def test_plugin_that_ends_the_service_is_a_result_of_the_run(self):
        self.assertEqual(self.end("not").code, 0)
        for way in ("memory", "abort", "exit"):
            with self.subTest(way=way):
                outcome = self.end(way)
                self.assertEqual(outcome.code, 1, str(outcome))
                found = [entry for entry in outcome.journal if entry["kind"] == "finding"]
                self.assertEqual([entry["name"] for entry in found], ["plugin-ended-service"], str(outcome))
                self.assertEqual(text_of(found[0], "plugin"), "subject")
                self.assertEqual(found[0]["arguments"], {"hook": "OnVMStarted"})
                self.assertIn("error: plugin-ended-service: plugin 'subject', OnVMStarted, thread ", outcome.errors)
                # What had happened until then is told.
                self.assertEqual(outcome.results_of("load", "unharmed"), ["0x00000000"], str(outcome))
                self.assertEqual(outcome.results_of("OnVMStarted", "subject"), [None], str(outcome))
        self.assert_clean_run()

    def test_report_of_a_run_that_a_plugin_ended_is_written(self):
        report = self.folder / "ended.html"
        outcome = tool("run", option("ending"), "--report", report,
                       WSLPLUGINS_FIXTURE_END="memory")
        self.assertEqual(outcome.code, 1, str(outcome))
        self.assertIn("plugin-ended-service", report.read_text(encoding="utf-8"))
        self.assertIn("the process ended with ", outcome.output)

    def test_command_that_fails_is_a_failed_run(self):
        outcome = tool("run", option("minimal"), "--", "false")
        self.assertEqual(outcome.code, 1, str(outcome))
        self.assertIn('Failed:\nstep 1 (launch): "exit_code" was to be \'0\' and is \'1\'', outcome.output)

    def test_table_has_the_user_s_view_and_a_verdict(self):
        outcome = tool("run", option("minimal"), "--distribution", "Story", "--", "echo", "told")
        self.assertEqual(outcome.code, 0, str(outcome))
        self.assertIn("\nwsl.exe printed:\ntold\n\nGood: everything went as expected.\n", outcome.output)
        self.assertIn("name=Story", outcome.output)
        self.assertNotIn("\x1b", outcome.output + outcome.errors)

    def test_two_runs_have_one_canonical_journal(self):
        first, second = (tool("run", option("minimal"), "--canonical") for _ in range(2))
        self.assertEqual(first.code, 0, str(first))
        self.assertEqual(first.output, second.output)

    def test_strict_run_says_what_the_service_would_not_forgive_and_what_to_do(self):
        outcome = tool("run", option("careless"), "--strict")
        self.assertEqual(outcome.code, 1, str(outcome))
        self.assertIn(
            "error: null-crashes-service: plugin 'careless_plugin', OnVMStarted, thread ", outcome.output
        )
        self.assertIn("    seen: MountFolder: WindowsPath is NULL\n", outcome.output)
        self.assertIn("    what to do: Pass an empty text", outcome.output)
        self.assertEqual(tool("run", option("careless")).code, 0)

    def test_strict_run_of_a_healthy_plugin_is_good(self):
        outcome = tool("run", option("minimal"), "--strict")
        self.assertEqual(outcome.code, 0, str(outcome))
        self.assertIn("Good: everything went as expected.", outcome.output)

    def test_strict_run_for_programs_has_its_findings_as_lines_of_the_journal(self):
        outcome = tool("run", option("careless"), "--strict", "--json")
        self.assertEqual(outcome.code, 1, str(outcome))
        found = [entry for entry in outcome.journal if entry["kind"] == "finding"]
        self.assertEqual([entry["name"] for entry in found], ["null-crashes-service"])
        self.assertEqual(found[0]["arguments"], {"hook": "OnVMStarted"})
        self.assertIn("null-crashes-service", outcome.errors)

    def test_guest_that_does_not_answer_is_the_environment_s_fault(self):
        outcome = tool("run", option("minimal"), WSLPLUGINS_GUEST="/bin/true")
        self.assertEqual(outcome.code, 3, str(outcome))
        self.assertIn("The Linux side did not start", outcome.errors)

    def test_guest_that_is_named_and_missing_is_not_replaced_by_another(self):
        outcome = tool("run", option("minimal"), WSLPLUGINS_GUEST="/no/such/guest")
        self.assertEqual(outcome.code, 3, str(outcome))
        self.assertIn("WSLPLUGINS_GUEST names '/no/such/guest', which is no file", outcome.output)

    @unittest.skipIf(os.geteuid() != 0, "making a chroot needs root")
    def test_guest_in_a_chroot_says_why_it_cannot_start(self):
        root = self.folder / "root"
        guest = self.folder / "guest"
        guest.write_text(f"""#!/bin/sh
for entry in /*; do
    if [ -L "$entry" ]; then cp --no-dereference "$entry" {root}/
    elif [ -d "$entry" ]; then mkdir {root}/"${{entry#/}}" && mount --rbind "$entry" {root}/"${{entry#/}}"
    fi
done
exec chroot {root} {Path(option("tool")).with_name("wslplugins-guest")} "$@"
""")
        guest.chmod(0o755)
        outside = self.folder / "outside"
        outside.write_text(f'#!/bin/sh\nexec unshare --mount --propagation private {guest} "$@"\n')
        outside.chmod(0o755)
        root.mkdir()
        outcome = tool("run", option("minimal"), WSLPLUGINS_GUEST=str(outside))
        self.assertEqual(outcome.code, 3, str(outcome))
        self.assertIn("in a chroot, whose root is no mount", outcome.output)


if __name__ == "__main__":
    main(__doc__)
