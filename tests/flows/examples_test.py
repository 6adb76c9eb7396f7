#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Every example, played with its scenario, gives the journal that lies beside it: natively, and as a signed DLL under
Wine. With --update it writes the journals anew; look at what has changed before you commit them."""

import json
import re
import shutil
import sys
import tempfile
import unittest
from pathlib import Path

import stories
from stories import option, sign, text_of, tool
from windows_flows_test import windows_path

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
UPDATE = "--update" in sys.argv


def os_release():
    lines = Path("/etc/os-release").read_text(encoding="utf-8").splitlines()
    return {name: value.strip('"') for name, _, value in (line.partition("=") for line in lines)}


def machines_own_words():
    """What differs from machine to machine, and what stands in the journals in its place."""
    kernel = Path("/proc/version").read_text(encoding="utf-8").strip()
    flavor, version = (os_release().get(name, "(unknown)") for name in ("ID", "VERSION_ID"))
    return [
        (re.escape(json.dumps(kernel)[1:-1]), "<kernel>"),
        (re.escape(f"flavor={flavor} version={version}"), "flavor=<ID> version=<VERSION_ID>"),
        (re.escape(f'"flavor":"{flavor}","version":"{version}"'), '"flavor":"<ID>","version":"<VERSION_ID>"'),
        (r"\b(init_pid|pid_namespace)=[0-9]+", r"\1=<number>"),
    ]


def in_the_background(entry):
    """Done by a thread of the plugin's own: when it comes differs from run to run."""
    return entry["kind"] in ("call", "log") and "parent" not in entry


def without_helper(entry):
    """`run` and `spawn` start the framework's helper, a long shell script, which is no part of an example."""
    arguments = entry.get("arguments", {})
    if '"-c"' in arguments.get("arguments", "") and "wslp_" in arguments["arguments"]:
        words = ["<helper>" if "wslp_" in word else word for word in json.loads(arguments["arguments"])]
        arguments["arguments"] = json.dumps(words, separators=(",", ":"))


def comparable(journal):
    """The canonical journal without what is the machine's or the platform's, what runs in the background last."""
    entries = [entry for entry in journal if text_of(entry, "name") != "check-signature"]
    entries.sort(key=in_the_background)
    numbers = {entry["id"]: number for number, entry in enumerate(entries, 1)}
    for entry in entries:
        without_helper(entry)
        entry["id"] = numbers[entry["id"]]
        if "parent" in entry:
            entry["parent"] = numbers[entry["parent"]]
    text = "".join(json.dumps(entry, ensure_ascii=False, separators=(",", ":")) + "\n" for entry in entries)
    for words, name in machines_own_words():
        text = re.sub(words, name, text)
    return text


class Example(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.folder = Path(tempfile.mkdtemp(prefix="wslplugins-examples-"))
        cls.addClassCleanup(shutil.rmtree, cls.folder)
        if option("runner"):
            cls.certificates = windows_path(cls.folder / "trusted")
            # The first signature makes the certificate.
            sign(shutil.copy(cls.binary("minimal"), cls.folder), cls.folder / "trusted")
            cls.use_store("trust")
            cls.addClassCleanup(cls.use_store, "untrust")

    @classmethod
    def use_store(cls, command):
        outcome = tool(command, "--certificate-folder", cls.certificates)
        assert outcome.code == 0, str(outcome)

    @staticmethod
    def binary(name):
        file_name = name.replace("-", "_") + (".dll" if option("runner") else ".so")
        return Path(option("binaries")) / name / file_name

    def setUp(self):
        self.data = self.folder / self.id()
        (self.data / "tools").mkdir(parents=True)

    def spelt(self, path):
        return windows_path(path) if option("runner") else str(path)

    def plugin(self, name):
        if not option("runner"):
            return self.binary(name)
        signed = Path(shutil.copy(self.binary(name), self.data))
        sign(signed, self.folder / "trusted")
        return windows_path(signed)

    def scenario(self, name):
        """The example's, with this test's own folders: Wine gives every program its own ProgramData."""
        scenario = json.loads((EXAMPLES / name / "scenario.json").read_text(encoding="utf-8"))
        scenario["environment"] = {
            "ProgramData": self.spelt(self.data), "COMPANY_TOOLS": self.spelt(self.data / "tools")}
        file = self.data / "scenario.json"
        file.write_text(json.dumps(scenario, indent=4), encoding="utf-8")
        return self.spelt(file)

    def play(self, name):
        outcome = tool("run", self.plugin(name), "--scenario", self.scenario(name), "--canonical")
        self.assertEqual(outcome.code, 0, str(outcome))
        if option("runner"):
            checks = [entry["result_name"] for entry in outcome.journal if text_of(entry, "name") == "check-signature"]
            self.assertEqual(set(checks), {"S_OK"}, str(outcome))
        self.assert_as_expected(name, comparable(outcome.journal))

    def assert_as_expected(self, name, journal):
        """Windows' own journal goes before the common one."""
        of_windows = EXAMPLES / name / "expected_windows.jsonl"
        file = of_windows if option("runner") and of_windows.exists() else EXAMPLES / name / "expected.jsonl"
        if UPDATE:
            file.write_text(journal, encoding="utf-8")
        self.assertEqual(file.read_text(encoding="utf-8").splitlines(), journal.splitlines())

    def test_every_example_has_its_page_and_its_story(self):
        for folder in sorted(path.parent for path in EXAMPLES.glob("*/export.cpp")):
            for file in ("README.md", "scenario.json", "expected.jsonl"):
                self.assertTrue((folder / file).is_file(), f"{folder.name} has no {file}")
            page = (folder / "README.md").read_text(encoding="utf-8")
            self.assertIn(f"--target wslplugin wslplugins-guest {folder.name}\n", page)
            self.assertIn(f"--scenario examples/{folder.name}/scenario.json\n", page)

    def test_the_inventory_has_a_file_for_each_distribution_that_is_left(self):
        self.play("distro-inventory")
        files = list((self.data / "WSL inventory").glob("*.json"))
        self.assertEqual(len(files), 1, files)
        facts = json.loads(files[0].read_text(encoding="utf-8"))
        self.assertEqual(facts["name"], "Debian")
        self.assertEqual(facts["package_family_name"], "Publisher.Debian_1234567890abc")
        self.assertEqual(facts["os_id"], os_release().get("ID"))
        self.assertEqual(facts["os_version"], os_release().get("VERSION_ID"))
        self.assertEqual(files[0].stem, facts["id"])
        self.assertRegex(facts["user"], "^S-1-5-21-")

    def test_the_audit_stands_in_its_file(self):
        self.play("session-user-audit")
        lines = (self.data / "WSL session audit" / "audit.jsonl").read_text(encoding="utf-8").splitlines()
        events = [json.loads(line)["event"] for line in lines]
        self.assertEqual(events.count("vm-started"), 2, lines)
        self.assertEqual(events.count("vm-stopping"), 2, lines)


def add_story(name):
    setattr(Example, "test_" + name.replace("-", "_"), lambda self: self.play(name))


for story in sorted(EXAMPLES.glob("*/scenario.json")):
    add_story(story.parent.name)

if __name__ == "__main__":
    if UPDATE:
        sys.argv.remove("--update")
    stories.junit_unittest.main(__doc__, ["runner", "tool", "binaries"])
