#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Signed DLLs, registered in the private Wine prefix and run from there."""

import struct
import subprocess
import unittest
from pathlib import Path

from stories import RunStories, main, option, sign, start_tool, text_of, tool
from windows_machine import PLUGINS_KEY, SignedDlls, for_arm64, pe_offset, set_value, windows_path

ENTRY_POINT = b"WSLPluginAPIV1_EntryPoint"


def start_of_code(content):
    """Where the first section's bytes begin in the file."""
    pe = pe_offset(content)
    first_section = pe + 24 + struct.unpack_from("<H", content, pe + 20)[0]
    return struct.unpack_from("<I", content, first_section + 20)[0]


class Registered(SignedDlls, RunStories, unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.trust_certificate("flows")
        cls.signed = {
            option(name): cls.signed_file(f"{name}.dll", Path(option(name)).read_bytes())
            for name in ("minimal", "veto_vm", "throwing")
        }

    def setUp(self):
        self.addCleanup(self.unregister_all)

    def unregister_all(self):
        for name in ("subject", "unharmed", "very-same", "odd"):
            tool("unregister", name, "--force")

    def register(self, name, file):
        # The folder is everybody's, and some of the DLLs are not signed.
        outcome = tool("register", name, windows_path(file), "--dev")
        self.assertEqual(outcome.code, 0, str(outcome))

    def play_registered(self, **environment):
        return tool("run", "--json", "--", "echo", "hello", **environment)

    def play(self, plugins, **environment):
        self.unregister_all()
        for name, source in plugins:
            self.register(name, self.signed.get(source, source))
        return self.play_registered(**environment)

    def spelt(self, path):
        return windows_path(path)

    def start_commanding(self, command, *more):
        dll = windows_path(option("commanding"))
        return start_tool("run", *more, "--unofficial", dll, WSLPLUGINS_FIXTURE_COMMAND=command)

    def play_subject(self, content, certificates=None):
        """Runs a DLL of that content, signed where certificates are named, beside a healthy plugin."""
        subject = self.folder / "subject.dll"
        subject.write_bytes(content)
        if certificates:
            sign(subject, certificates)
        return self.play([("subject", subject), ("unharmed", option("minimal"))])

    def assert_subject_refused(self, content, printed_code, certificates=None):
        self.assert_refused_at_load(self.play_subject(content, certificates), printed_code)

    @property
    def signed_content(self):
        return bytearray(self.signed[option("minimal")].read_bytes())

    @property
    def unsigned_content(self):
        return bytearray(Path(option("minimal")).read_bytes())

    def test_unsigned_is_refused(self):
        self.assert_subject_refused(self.unsigned_content, "TRUST_E_NOSIGNATURE")

    def test_appended_byte_is_refused(self):
        self.assert_subject_refused(self.signed_content + b"\0", "TRUST_E_NOSIGNATURE")

    def test_changed_byte_of_code_is_refused(self):
        content = self.signed_content
        content[start_of_code(content) + 64] ^= 0xFF
        self.assert_subject_refused(content, "TRUST_E_BAD_DIGEST")

    def test_untrusted_root_is_refused(self):
        self.assert_subject_refused(self.unsigned_content, "CERT_E_UNTRUSTEDROOT", self.folder / "untrusted")

    def test_other_architecture_is_refused(self):
        subject = self.signed_file("subject.dll", for_arm64(self.unsigned_content))
        self.unregister_all()
        outcome = tool("register", "subject", windows_path(subject), "--dev")
        self.assertEqual(outcome.code, 1, str(outcome))
        self.assertIn("is built for arm64", str(outcome))
        # The service asks no tool.
        set_value(PLUGINS_KEY, "subject", "REG_SZ", windows_path(subject))
        self.register("unharmed", self.signed[option("minimal")])
        self.assert_refused_at_load(self.play_registered(), "ERROR_BAD_EXE_FORMAT")

    def test_missing_export_is_refused(self):
        content = self.unsigned_content.replace(ENTRY_POINT, ENTRY_POINT.replace(b"V1", b"V9"))
        self.assertNotEqual(content, self.unsigned_content)
        self.assert_subject_refused(content, "0x8007007f", self.certificates)

    def play_missing(self, path):
        self.unregister_all()
        set_value(PLUGINS_KEY, "subject", "REG_SZ", path)
        self.register("unharmed", self.signed[option("minimal")])
        return self.play_registered()

    def test_missing_file_is_refused(self):
        outcome = self.play_missing(windows_path(self.folder / "none.dll"))
        self.assert_refused_at_load(outcome, "ERROR_FILE_NOT_FOUND")

    def test_missing_folder_is_refused(self):
        outcome = self.play_missing(windows_path(self.folder / "none" / "none.dll"))
        self.assert_refused_at_load(outcome, "ERROR_PATH_NOT_FOUND")

    def skipped(self, outcome):
        return [text_of(e, "plugin") for e in outcome.journal if text_of(e, "name") == "skip-registration"]

    def test_second_registration_of_a_path_is_skipped(self):
        healthy = self.signed[option("minimal")]
        self.unregister_all()
        self.register("unharmed", healthy)
        set_value(PLUGINS_KEY, "very-same", "REG_SZ", windows_path(healthy).upper().replace("Z:", "z:"))
        outcome = self.play_registered()
        self.assertEqual(outcome.code, 0, str(outcome))
        self.assertEqual(self.skipped(outcome), ["very-same"])
        self.assertEqual(len(outcome.results_of("OnVMStarted", "unharmed")), 1)
        self.assertEqual(outcome.results_of("load", "very-same"), [])

    def test_names_cannot_speak_to_the_terminal(self):
        self.unregister_all()
        set_value(PLUGINS_KEY, "odd", "REG_SZ", "C:\\\x1b[2J\\none.dll")
        for command in ("list", "status", "doctor"):
            outcome = tool(command)
            self.assertIn("\\x1b[2J", outcome.output, str(outcome))
            self.assertNotIn("\x1b", str(outcome))

    def test_expandable_value_is_skipped(self):
        self.unregister_all()
        set_value(PLUGINS_KEY, "odd", "REG_EXPAND_SZ", windows_path(self.folder / "none.dll"))
        self.register("unharmed", self.signed[option("minimal")])
        outcome = self.play_registered()
        self.assertEqual(outcome.code, 0, str(outcome))
        self.assertEqual(self.skipped(outcome), ["odd"])
        self.assertEqual(outcome.results_of("load", "odd"), [])

    def test_file_named_on_the_command_line_needs_no_registration(self):
        outcome = tool("run", windows_path(self.signed[option("minimal")]))
        self.assertEqual(outcome.code, 0, str(outcome))
        self.assertIn("Good: everything went as expected.", outcome.output)
        unsigned = windows_path(option("minimal"))
        self.assertEqual(tool("run", unsigned).code, 1)
        self.assertEqual(tool("run", unsigned, "--unofficial").code, 0)

    def test_guest_that_is_nowhere_is_looked_for_in_both_places(self):
        outcome = tool("run", windows_path(self.signed[option("minimal")]), WSLPLUGINS_GUEST=None)
        self.assertEqual(outcome.code, 3, str(outcome))
        self.assertIn("The guest program was not found; looked for '", outcome.output)
        self.assertIn("libexec", outcome.output)


class Runner(unittest.TestCase):
    """What starts programs under Wine: `scripts/wine`."""

    # From the kernel's <linux/personality.h>.
    ADDR_NO_RANDOMIZE = 0x0040000

    def test_nothing_is_left_to_chance_where_wine_maps_its_page(self):
        if subprocess.run(["setarch", "--addr-no-randomize", "true"], capture_output=True, check=False).returncode:
            self.skipTest("this machine lets no program ask for fixed places")
        with subprocess.Popen(
            [option("runner"), "cmd.exe", "/q"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as shell:
            shell.stdin.write("echo it is up\n")
            shell.stdin.flush()
            while "it is up" not in shell.stdout.readline():
                self.assertIsNone(shell.poll())
            personality = int(Path(f"/proc/{shell.pid}/personality").read_text(encoding="ascii"), 16)
            shell.communicate("exit\n", timeout=60)
        self.assertTrue(personality & self.ADDR_NO_RANDOMIZE, hex(personality))


if __name__ == "__main__":
    main(__doc__)
