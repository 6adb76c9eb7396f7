#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The native tool, the one that WSLPLUGINS_NATIVE_TOOL names, hands its commands to the Windows build under the real Wine,
in a prefix that it makes itself."""

import json
import os
import re
import shutil
import socket
import subprocess
import tempfile
import unittest
import zipfile
from pathlib import Path

from stories import main, option, run


class RealWine(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = Path(tempfile.mkdtemp(prefix="wslplugins-wine-"))
        cls.addClassCleanup(shutil.rmtree, cls.folder)
        cls.addClassCleanup(cls.end_wine)
        cls.prefix = cls.folder / "prefix"
        cls.native = os.environ["WSLPLUGINS_NATIVE_TOOL"]
        cls.plugin = cls.folder / "my plugin.dll"
        shutil.copy(option("minimal"), cls.plugin)

    @classmethod
    def environment(cls):
        return {
            "WSLPLUGINS_WINDOWS_TOOL": option("tool"),
            "WSLPLUGINS_WINEPREFIX": str(cls.prefix),
            "XDG_DATA_HOME": str(cls.folder / "data"),
            "HOME": str(cls.folder),
        }

    @classmethod
    def end_wine(cls):
        """Wine's server ends a while after the last program; the prefix cannot be removed before."""
        for name in ("wineserver64", "/usr/lib/wine/wineserver64", "wineserver", "/usr/lib/wine/wineserver"):
            server = shutil.which(name)
            if server:
                environment = {**os.environ, "WINEPREFIX": str(cls.prefix)}
                for word in ("--kill", "--wait"):
                    subprocess.run([server, word], env=environment, check=False, timeout=120)
                return

    def tool(self, *words):
        return run([self.native, *words], **self.environment())

    def good(self, *words):
        outcome = self.tool(*words)
        self.assertEqual(outcome.code, 0, str(outcome))
        return outcome.output

    def test_plugin_is_signed_trusted_verified_registered_and_examined(self):
        self.assertEqual(json.loads(self.good("list", "--json"))["plugins"], [])
        self.good("sign", self.plugin)
        self.assertEqual(self.tool("verify", self.plugin).code, 1)
        self.good("trust")
        self.assertIn("the service would accept it", self.good("verify", self.plugin))
        self.good("register", "my plugin", self.plugin, "--dev")
        path = "Z:" + str(self.plugin).replace("/", "\\")
        listed = json.loads(self.good("list", "--json"))["plugins"]
        self.assertEqual([(each["name"], each["path"]) for each in listed], [("my plugin", path)])
        archive = self.folder / "support.zip"
        outcome = self.tool("doctor", "--json", "--bundle", archive)
        ids = [each["id"] for each in json.loads(outcome.output)["findings"] if each["plugin"]]
        self.assertIn("plugin-for-development", ids)
        self.assertNotIn("plugin-not-trusted", ids)
        with zipfile.ZipFile(archive) as bundle:
            self.assertIsNone(bundle.testzip())
            inspected = json.loads(bundle.read("plugins/1.json"))
            self.assertTrue(inspected["image"]["has_entry_point"])
            texts = b"".join(bundle.read(name) for name in bundle.namelist()).decode("utf-8")
        computer = re.escape(socket.gethostname()[:15])
        self.assertIsNone(re.search(rf"(?i)\b{computer}\b", texts), texts)
        self.assertNotIn("begin private key", texts.lower())
        self.assertIn("Good: everything went as expected.", self.good("run", "my plugin"))
        self.good("unregister", "my plugin")
        self.good("untrust")
        self.assertEqual(json.loads(self.good("status", "--json"))["plugins"], [])

    def test_bad_input_ends_as_it_does_on_windows(self):
        outcome = self.tool("verify", self.folder / "none.dll")
        self.assertEqual(outcome.code, 2, str(outcome))
        self.assertIn("ERROR_FILE_NOT_FOUND", outcome.errors)
        outcome = self.tool("unregister", "no such plugin")
        self.assertEqual(outcome.code, 1, str(outcome))
        self.assertIn("No plugin is registered as", outcome.errors)


if __name__ == "__main__":
    main(__doc__)
