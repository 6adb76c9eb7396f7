#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What the book says to type: the commands, options and codes that it names exist, and its blocks marked `run` do run.

`<!-- run -->` before a block of shell means that the block runs, in a folder where build/my_plugin.so is the Quickstart's
plugin, and ends with 0; `<!-- run: 1 -->` that it ends with 1. `<!-- output -->` before the text block behind it means that
this is printed; a line `…` stands for any number of lines."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(REPOSITORY / "tests" / "support"), str(REPOSITORY / "tests" / "house")]
import book
import junit_unittest

# Options of other programs that pages name without the program.
OTHER_OPTIONS = {"--vhd", "--rm", "--session", "--force", "--import", "--import-in-place", "--unregister"}
CODE = re.compile(r"\b(?:[A-Z]+_)?E_[A-Z0-9_]+\b|\bERROR_[A-Z0-9_]+\b")


def pages():
    return {str(path.relative_to(REPOSITORY)): path.read_text(encoding="utf-8")
            for path in sorted((REPOSITORY / "docs").rglob("*.md"))}


def run_tool(*arguments):
    return subprocess.run([junit_unittest.option("tool"), *arguments], capture_output=True, text=True, timeout=120)


def mentions(text):
    """Every `wslplugin …` of a page, in spans and blocks, as its words up to `--` or the line's end."""
    code = [match["text"] for match in book.BLOCK.finditer(text) if match["language"] in ("sh", "powershell", "text", "console")]
    spans = re.findall(r"`([^`\n]+)`", book.BLOCK.sub("", text))
    for piece in "\n".join(code + spans).split("\n"):
        match = re.match(r"^\s*(?:\$ )?wslplugin ([a-z][\w-]*)(.*)$", piece)
        if match:
            yield match[1], match[2].split(" -- ")[0].split("#")[0]


class TheBook(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        listed = run_tool("--help").stdout
        commands = re.findall(r"^  ([a-z][\w-]*) ", listed[listed.index("Subcommands:"):], re.MULTILINE)
        cls.options = {name: set(re.findall(r"--[\w-]+", run_tool(name, "--help").stdout)) for name in commands}

    def test_names_commands_and_options_that_exist(self):
        self.assertIn("explain", self.options)
        found = set()
        for path, text in pages().items():
            for command, rest in mentions(text):
                found.add(command)
                with self.subTest(page=path, command=command):
                    self.assertIn(command, self.options, "there is no such command")
                    for option in re.findall(r"(?<!\S)--[\w-]+", rest):
                        self.assertIn(option, self.options[command], "there is no such option")
        self.assertLessEqual({"run", "sign", "explain"}, found)

    def test_names_options_alone_that_exist(self):
        known = set().union(*self.options.values()) | OTHER_OPTIONS
        for path, text in pages().items():
            for option in re.findall(r"`(--[\w-]+)[^`]*`", book.BLOCK.sub("", text)):
                with self.subTest(page=path, option=option):
                    self.assertIn(option, known)

    def test_names_codes_that_exist(self):
        # Names without an established value stand in a comment there.
        names = set(re.findall(r"\w+", (REPOSITORY / "src/core/hresult_names.cpp").read_text()))
        for path, text in pages().items():
            text = re.sub(CODE.pattern + r" \(0x[0-9A-Fa-f]{8}\)", "", text)  # given with its number
            for code in sorted(set(CODE.findall(text))):
                with self.subTest(page=path, code=code):
                    self.assertTrue(code in names, f"{code} is in no table")

    def test_has_blocks_that_run(self):
        count = 0
        for path, text in pages().items():
            blocks = list(book.blocks(text))
            for index, (match, marker, code) in enumerate(blocks):
                run = re.match(r"^run(?:: (\d+))?$", marker)
                if not run:
                    continue
                count += 1
                follows = blocks[index + 1] if index + 1 < len(blocks) else None
                expected = follows[2] if follows and follows[1] == "output" else None
                with self.subTest(page=path, block=code):
                    self.run_block(code, int(run[1] or 0), expected)
        self.assertGreater(count, 2)

    def run_block(self, code, exit_code, expected):
        with tempfile.TemporaryDirectory(prefix="wslplugins-book-") as folder:
            (Path(folder) / "build").mkdir()
            shutil.copy(junit_unittest.option("plugin"), Path(folder) / "build" / "my_plugin.so")
            path = f"{Path(junit_unittest.option('tool')).parent}:{os.environ['PATH']}"
            done = subprocess.run(["bash", "-e", "-c", code], cwd=folder, env={**os.environ, "PATH": path},
                                  capture_output=True, text=True, timeout=300)
        self.assertEqual(exit_code, done.returncode, done.stdout + done.stderr)
        if expected is not None:
            parts = [re.escape(part) for part in re.split(r"^ *…\n", expected, flags=re.MULTILINE)]
            self.assertRegex(done.stdout, re.compile("^" + r"(?:.*\n)*?".join(parts) + r"$"))


if __name__ == "__main__":
    junit_unittest.main(__doc__, ["tool", "plugin"])
