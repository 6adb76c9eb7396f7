#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""`wslplugin inspect` beside llvm-readobj, over Wine's own DLLs and those that this build has made."""

import json
import re
import shutil
import subprocess
import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))
import junit_unittest  # noqa: E402

# Debian's, then others' places for the loader; the DLLs lie in a folder of lib beside it, or in Debian's own.
LOADERS = ("wine64", "/usr/lib/wine/wine64", "wine")
FILES_AT_ONCE = 100


def option(name):
    return junit_unittest.option(name)


def wine_dlls():
    loader = next(filter(None, map(shutil.which, LOADERS)), None)
    if loader is None:
        return []
    for folder in Path(loader).resolve().parents:
        found = sorted(folder.glob("lib*/wine/x86_64-windows/*.dll")) or sorted(folder.glob("lib/*/wine/x86_64-windows/*.dll"))
        if found:
            return found
    return []


def in_groups(files):
    return (files[start:start + FILES_AT_ONCE] for start in range(0, len(files), FILES_AT_ONCE))


def spelt(file):
    return "Z:" + str(file).replace("/", "\\") if option("runner") else str(file)


def inspected(files):
    """What the tool says of each file, in the form of `readobj`."""
    runner = [option("runner")] if option("runner") else []
    for group in in_groups(files):
        command = [*runner, option("tool"), "inspect", "--json", *map(spelt, group)]
        finished = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=False, timeout=250)
        lines = finished.stdout.decode("utf-8").splitlines()
        assert finished.returncode in (0, 1) and len(lines) == len(group), finished.stderr.decode("utf-8", "replace")
        for line in lines:
            yield of_image(json.loads(line)["image"])


def of_image(image):
    return {
        "machine": image["machine"],
        "characteristics": [image["characteristics"], image["dll_characteristics"]],
        "exports": sorted((each["ordinal"], each["name"] or "", each["forwarder"] or "") for each in image["exports"]),
        "imports": [
            (library["library"], [each.get("name") or each["ordinal"] for each in library["functions"]])
            for library in image["imports"]
        ],
    }


def readobj(program, files):
    """None for a file that llvm-readobj gives up on, and says so: it stops there."""
    for group in in_groups(files):
        given_up = set()
        while True:
            asked = [str(file) for file in group if str(file) not in given_up]
            command = [program, "--file-headers", "--coff-exports", "--coff-imports", *asked]
            finished = subprocess.run(command, capture_output=True, check=False)
            if finished.returncode == 0:
                break
            said = finished.stderr.decode("utf-8", "replace")
            print(f"llvm-readobj: {said.strip()}", flush=True)
            refused = re.search(r"error: '([^']+)'", said)[1]
            assert refused in asked, said
            given_up.add(refused)
        reports = iter(re.split(r"^File: .*\n", finished.stdout.decode("utf-8"), flags=re.MULTILINE)[1:])
        yield from (None if str(file) in given_up else of_report(next(reports)) for file in group)


def of_report(report):
    imports = []
    exports = []
    for kind, body in re.findall(r"^(Import|DelayImport|Export) \{\n(.*?)^\}", report, flags=re.MULTILINE | re.DOTALL):
        fields = dict(re.findall(r"^  (\w+): (.*)$", body, flags=re.MULTILINE))
        if kind != "Export":
            symbols = re.findall(r"Symbol: (.*) \((\d+)\)$", body, flags=re.MULTILINE)
            imports.append((fields["Name"], [name or int(ordinal) for name, ordinal in symbols]))
        elif "ForwardedTo" in fields or int(fields["RVA"], 16) != 0:
            exports.append((int(fields["Ordinal"]), fields.get("Name", ""), fields.get("ForwardedTo", "")))
    return {
        "machine": int(re.search(r"Machine: \w+ \((0x\w+)\)", report)[1], 16),
        "characteristics": [int(value, 16) for value in re.findall(r"^  Characteristics \[ \((0x\w+)\)", report, flags=re.MULTILINE)],
        "exports": sorted(exports),
        "imports": imports,
    }


class BesideReadobj(unittest.TestCase):
    maxDiff = 4000

    def compare(self, files):
        program = shutil.which("llvm-readobj-19") or shutil.which("llvm-readobj")
        if program is None:
            self.skipTest("there is no llvm-readobj here (Debian: apt-get install llvm-19)")
        compared = 0
        for file, ours, theirs in zip(files, inspected(files), readobj(program, files), strict=True):
            if theirs is not None:
                compared += 1
                with self.subTest(file.name):
                    self.assertEqual(theirs, ours)
        return compared

    def test_every_dll_of_wine_reads_the_same(self):
        files = wine_dlls()
        if option("runner"):
            self.skipTest("the native build reads Wine's DLLs; this one reads those that were built")
        if not files:
            self.skipTest("Wine's DLLs are not here (Debian: apt-get install libwine)")
        self.assertGreater(self.compare(files), 500)

    def test_every_dll_of_this_build_reads_the_same(self):
        files = sorted(Path(option("build")).glob("fixtures/**/*.dll")) + sorted(Path(option("build")).glob("tests/**/*.dll"))
        files = [file for file in files if file.read_bytes().startswith(b"MZ")]
        if not files:
            self.skipTest("this build makes no Windows DLLs")
        self.compare(files)


if __name__ == "__main__":
    junit_unittest.main(__doc__, ["runner", "tool", "build"])
