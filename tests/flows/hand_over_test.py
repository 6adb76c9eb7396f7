#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""On Linux, what needs Windows is handed to wslplugin.exe under Wine. Here Wine is a script that notes what it is told."""

import json
import os
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

from stories import changed_environment, main, tool, tool_command

WINE = """#!/bin/sh
printf '%s\\0' "$@" >>"$FAKE_LOG"
printf '\\n' >>"$FAKE_LOG"
env -0 | sort -z >"$FAKE_LOG.environment"
cat /proc/self/personality >"$FAKE_LOG.personality"
case $1 in
    wineboot.exe) exit "${FAKE_BOOT:-0}" ;;
    cmd.exe) exit 0 ;;
esac
echo "said by the tool"
echo "complained" >&2
cat
exit "${FAKE_CODE:-0}"
"""


class HandOver(unittest.TestCase):
    def setUp(self):
        self.folder = Path(tempfile.mkdtemp(prefix="wslplugins-hand-over-"))
        self.addCleanup(shutil.rmtree, self.folder)
        self.wine = self.folder / "wine64"
        self.wine.write_text(WINE, encoding="utf-8")
        self.wine.chmod(0o755)
        self.windows_tool = self.folder / "wslplugin.exe"
        self.windows_tool.write_bytes(b"MZ")
        self.log = self.folder / "log"
        self.prefix = self.folder / "data" / "wslplugins" / "wine"
        self.environment = {
            "PATH": f"{self.folder}:{os.environ['PATH']}",
            "WSLPLUGINS_WINDOWS_TOOL": str(self.windows_tool),
            "XDG_DATA_HOME": str(self.folder / "data"),
            "WSLPLUGINS_WINEPREFIX": None,
            "WSLPLUGINS_WINE": None,
            "FAKE_LOG": str(self.log),
            "DISPLAY": ":7",
        }

    def play(self, *words, **environment):
        return tool(*words, **{**self.environment, **environment})

    @property
    def told(self):
        """What Wine was told, a list of words for each time."""
        if not self.log.exists():
            return []
        return [line.split("\0")[:-1] for line in self.log.read_text(encoding="utf-8").split("\n")[:-1]]

    def test_command_is_handed_over_in_a_prefix_of_its_own(self):
        outcome = self.play("list", "--json")
        self.assertEqual(outcome.code, 0, str(outcome))
        self.assertEqual(
            self.told,
            [
                ["wineboot.exe", "--init"],
                ["cmd.exe", "/c", "exit"],
                [str(self.windows_tool), "list", "--json"],
            ],
        )
        environment = Path(f"{self.log}.environment").read_text(encoding="utf-8").split("\0")
        self.assertIn(f"WINEPREFIX={self.prefix}", environment)
        self.assertIn("WINEDEBUG=-all", environment)
        self.assertTrue(any(each.startswith("WINEDLLOVERRIDES=winedbg.exe=d") for each in environment))
        self.assertFalse(any(each.startswith("DISPLAY=") for each in environment))

    def test_nothing_is_left_to_chance_where_wine_maps_its_page(self):
        if subprocess.run(["setarch", "--addr-no-randomize", "true"], capture_output=True, check=False).returncode:
            self.skipTest("this machine lets no program ask for fixed places")
        self.play("list")
        personality = int(Path(f"{self.log}.personality").read_text(encoding="ascii"), 16)
        self.assertTrue(personality & 0x0040000, "ADDR_NO_RANDOMIZE of <linux/personality.h>")

    def test_prefix_is_made_once(self):
        self.play("list")
        self.play("status")
        self.assertEqual([words[0] for words in self.told].count("wineboot.exe"), 1)
        self.assertEqual(self.told[-1], [str(self.windows_tool), "status"])

    def test_prefix_can_be_named(self):
        named = self.folder / "own prefix"
        self.play("list", WSLPLUGINS_WINEPREFIX=str(named))
        self.assertTrue((named / "wslplugins-ready").is_file())
        self.assertFalse(self.prefix.exists())

    def test_prefix_that_was_not_finished_is_finished_by_the_next_call(self):
        outcome = self.play("list", FAKE_BOOT="5")
        self.assertEqual(outcome.code, 3, str(outcome))
        self.assertIn("wineboot.exe ended with 5", outcome.errors)
        self.assertEqual(self.play("list").code, 0)
        self.assertEqual([words[0] for words in self.told].count("wineboot.exe"), 2)

    def test_prefix_that_cannot_be_made_is_named(self):
        (self.folder / "data").write_text("a file", encoding="utf-8")
        outcome = self.play("list")
        self.assertEqual(outcome.code, 3, str(outcome))
        self.assertIn(str(self.prefix), outcome.errors)
        self.assertEqual(self.told, [])

    def test_streams_and_exit_code_pass_through(self):
        finished = subprocess.run(
            tool_command("reload"),
            input=b"y\n",
            capture_output=True,
            env=changed_environment({**self.environment, "FAKE_CODE": "3"}),
            timeout=120,
            check=False,
        )
        self.assertEqual(finished.returncode, 3)
        self.assertEqual(finished.stdout, b"said by the tool\ny\n")
        self.assertEqual(finished.stderr, b"complained\n")

    def test_files_get_the_names_that_they_have_under_wine(self):
        file = "Z:" + str(self.folder / "pl\u00fcgin.dll").replace("/", "\\")
        self.play("install", "my plugin", self.folder / "pl\u00fcgin.dll", "--with", "/etc/hostname")
        self.assertEqual(self.told[-1][1:], ["install", "--with=Z:\\etc\\hostname", "my plugin", file])
        self.play("verify", os.path.relpath(self.folder / "pl\u00fcgin.dll"))
        self.assertEqual(self.told[-1][1:], ["verify", file])
        self.play("register", "name", "C:\\plugin.dll")
        self.assertEqual(self.told[-1][1:], ["register", "name", "C:\\plugin.dll"])

    def test_words_of_any_kind_arrive_as_they_are(self):
        words = ["printf", "%s\\n", "a b", "", "'\"$HOME\"'", "*", "--json"]
        self.play("run", "registered name", "--", *words)
        self.assertEqual(self.told[-1][1:], ["run", "registered name", "--", *words])

    def test_file_that_windows_cannot_name_is_refused(self):
        outcome = self.play("verify", self.folder / "a:b.dll")
        self.assertEqual(outcome.code, 2, str(outcome))
        self.assertIn("Windows has no spelling for", outcome.errors)
        self.assertEqual(self.told, [])

    def test_wrong_usage_is_found_before_wine_is_asked(self):
        for words in (["list", "--no-such-option"], ["register", "name"], ["list", "--", "x"]):
            self.assertEqual(self.play(*words).code, 2)
        self.assertEqual(self.told, [])

    def test_commands_for_linux_stay_here(self):
        self.assertEqual(self.play("run", "--list-scenarios").code, 0)
        self.assertEqual(self.play("explain", "0x8007007f").code, 0)
        self.assertEqual(self.told, [])

    def test_trust_is_told_where_sign_keeps_the_certificate(self):
        self.play("trust")
        folder = "Z:" + str(self.folder / "data" / "wslplugins" / "certificates").replace("/", "\\")
        self.assertEqual(self.told[-1][1:], ["trust", f"--certificate-folder={folder}"])

    def test_missing_wine_is_named_with_what_to_install(self):
        outcome = self.play("list", WSLPLUGINS_WINE="/no/such/wine")
        self.assertEqual(outcome.code, 3, str(outcome))
        self.assertIn("Wine is not installed.", outcome.errors)
        self.assertIn("WSLPLUGINS_WINE names '/no/such/wine'", outcome.errors)
        self.assertIn("apt-get install wine64", outcome.errors)

    def test_missing_windows_build_is_named_with_how_to_build_it(self):
        outcome = self.play("list", WSLPLUGINS_WINDOWS_TOOL="/no/such.exe")
        self.assertEqual(outcome.code, 3, str(outcome))
        self.assertIn("wslplugin.exe, was not found", outcome.errors)
        self.assertNotIn("Wine is not installed", outcome.errors)

    def doctor(self, *words, **environment):
        outcome = self.play("doctor", "--json", *words, **environment)
        return outcome, [finding["id"] for finding in json.loads(outcome.output)["findings"]]

    def test_doctor_says_what_is_missing(self):
        (self.folder / "nothing").mkdir()
        outcome, ids = self.doctor(
            WSLPLUGINS_WINE="/no/wine", WSLPLUGINS_WINDOWS_TOOL="/no.exe", PATH=str(self.folder / "nothing")
        )
        self.assertEqual(outcome.code, 1, str(outcome))
        self.assertEqual(ids, ["wine-missing", "windows-build-missing", "osslsigncode-missing"])

    def test_doctor_without_wine_writes_a_support_archive_too(self):
        archive = self.folder / "support.zip"
        outcome, _ = self.doctor("--bundle", archive, WSLPLUGINS_WINE="/no/wine")
        self.assertEqual(outcome.code, 1, str(outcome))
        self.assertIn(b"wine-missing", archive.read_bytes())

    def test_doctor_is_handed_over_where_nothing_lacks_for_that(self):
        (self.folder / "nothing").mkdir()
        for name in ("sh", "env", "sort", "cat"):
            (self.folder / "nothing" / name).symlink_to(shutil.which(name))
        outcome = self.play("doctor", WSLPLUGINS_WINE=str(self.wine), PATH=str(self.folder / "nothing"))
        self.assertEqual(outcome.code, 0, str(outcome))
        self.assertEqual(self.told[-1], [str(self.windows_tool), "doctor"])
        self.assertIn("osslsigncode is not installed.", outcome.errors)


if __name__ == "__main__":
    main(__doc__)
