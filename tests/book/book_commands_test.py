#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What the book says to type: the commands, options, keys of scenarios, findings and codes that it names exist, and its blocks
marked `run` do run.

`<!-- run -->` before a block of shell means that the block runs, in a folder where build/my_plugin.so is the Quickstart's
plugin, and ends with 0; `<!-- run: 1 -->` that it ends with 1. `<!-- output -->` before the text block behind it means that
this is printed; a line `…` stands for any number of lines."""

import json
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
OTHER_OPTIONS = {"--vhd", "--rm", "--session", "--force", "--import", "--import-in-place", "--unregister", "--user"}
# Pages about other files of JSON.
OTHER_JSON = {"docs/journal.md"}
FENCE = re.compile(r"^ *```(?P<language>\w*)[^\n]*\n(?P<text>.*?)^ *```$", re.MULTILINE | re.DOTALL)
COMMAND = re.compile(r"^\s*(?:\$ )?(?:\w+=\S* )*(?:\S*/)?wslplugin(?:\.exe)? ([a-z][\w-]*)(.*)$")
CODE = re.compile(r"\b(?:[A-Z]+_)?E_[A-Z0-9_]+\b|\bERROR_[A-Z0-9_]+\b")


def pages():
    """The book, and the pages of the examples."""
    paths = [*(REPOSITORY / "docs").rglob("*.md"), *(REPOSITORY / "examples").rglob("*.md"), REPOSITORY / "README.md"]
    return {str(path.relative_to(REPOSITORY)): path.read_text(encoding="utf-8") for path in sorted(paths)}


def run_tool(*arguments):
    return subprocess.run([junit_unittest.option("tool"), *arguments], capture_output=True, text=True, timeout=120)


def mentions(text):
    """Every `wslplugin …` of a page, in spans and blocks, as its words up to `--` or the line's end."""
    code = [match["text"] for match in FENCE.finditer(text) if match["language"] in ("", "sh", "powershell", "text", "console")]
    for piece in "\n".join(code + spans_of(text)).split("\n"):
        match = COMMAND.match(piece)
        if match:
            yield match[1], match[2].split(" -- ")[0].split("#")[0]


def spans_of(text):
    return re.findall(r"`([^`\n]+)`", FENCE.sub("", text))


def unknown_in_mentions(text, options):
    """Sentences about commands that do not exist, and about options that a command does not have."""
    found = []
    for command, rest in mentions(text):
        if command not in options:
            found.append(f"there is no command {command}")
            continue
        named = set(re.findall(r"(?<!\S)--[\w-]+", rest))
        found += [f"{command} has no option {option}" for option in sorted(named - options[command])]
    return found


def names_in(schema):
    """Every key of a scenario file, and every word that a key may have for a value."""
    if isinstance(schema, list):
        return set().union(*map(names_in, schema))
    if not isinstance(schema, dict):
        return set()
    words = {word for word in [schema.get("const"), *schema.get("enum", [])] if isinstance(word, str)}
    return words.union(schema.get("properties", {}), *map(names_in, schema.values()))


def unknown_in_scenarios(text, names):
    """Sentences about keys, steps and words of scenario files that do not exist: in blocks of JSON, and in spans as `"key": …`."""
    blocks = [match["text"] for match in FENCE.finditer(text) if match["language"] == "json"]
    blocks = [block for block in blocks if re.search(r'"(?:step|steps|faults|backend|service)":', block)]
    pieces = "\n".join(blocks + [span for span in spans_of(text) if span.startswith('"')])
    pieces = re.sub(r'"environment": *\{[^}]*\}', "", pieces)  # whatever names a plugin likes
    words = re.findall(r'"(\w+)":', pieces) + re.findall(r'"(?:step|kind|call|hook|backend|model|signatures|timeout)": *"([^"]*)"', pieces)
    return [f"scenario files have no {word}" for word in sorted(set(words) - names)]


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
            found.update(command for command, _ in mentions(text))
            with self.subTest(page=path):
                self.assertEqual([], unknown_in_mentions(text, self.options))
        self.assertLessEqual({"run", "sign", "explain"}, found)

    def test_names_options_alone_that_exist(self):
        known = set().union(*self.options.values()) | OTHER_OPTIONS
        for path, text in pages().items():
            for option in re.findall(r"`(--[\w-]+)[^`]*`", FENCE.sub("", text)):
                with self.subTest(page=path, option=option):
                    self.assertIn(option, known)

    def test_names_keys_of_scenarios_that_exist(self):
        names = names_in(json.loads((REPOSITORY / "docs/scenario.schema.json").read_text(encoding="utf-8")))
        for path, text in pages().items():
            with self.subTest(page=path):
                self.assertEqual([], [] if path in OTHER_JSON else unknown_in_scenarios(text, names))

    def test_lists_every_fault_with_its_keys(self):
        schema = json.loads((REPOSITORY / "docs/scenario.schema.json").read_text(encoding="utf-8"))
        keys = schema["properties"]["faults"]["items"]["properties"]
        rows = re.findall(r"^\| `([\w-]+)` \| [^|]* \| ([^|]*) \|$", pages()["docs/faults.md"], re.MULTILINE)
        self.assertEqual(set(keys["kind"]["enum"]), {kind for kind, _ in rows})
        self.assertLessEqual({key for _, cell in rows for key in re.findall(r"`(\w+)`", cell)}, set(keys))

    def test_names_findings_that_exist(self):
        listed = set(re.findall(r"^\| \[([\w-]+)\]\(\1\.md\)", pages()["docs/troubleshooting/index.md"], re.MULTILINE))
        named = {span for span in spans_of(pages()["docs/strict.md"]) if re.match(r"^[a-z]+(-[a-z]+)+$", span)}
        self.assertGreater(len(named), 10)
        self.assertEqual(set(), named - listed)

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
                run = book.RUN_MARKER.match(marker)
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


class ABookThatNamesWhatIsGone(unittest.TestCase):
    def test_is_found_with_a_command_and_an_option(self):
        options = {"run": {"--strict"}}
        text = "`wslplugin run a.so --strict`\n```\nA=b build/bin/wslplugin run a.so --gone -- ls --all\nwslplugin jump\n```\n"
        self.assertEqual(["run has no option --gone", "there is no command jump"], unknown_in_mentions(text, options))

    def test_is_found_with_a_key_a_step_and_a_word_of_a_scenario(self):
        names = names_in({"properties": {"steps": {"items": {"oneOf": [{"properties": {"step": {"const": "launch"}}}]}},
                                         "backend": {"enum": ["guest"]}, "environment": {}}})
        self.assertEqual({"steps", "step", "launch", "backend", "guest", "environment"}, names)
        good = '```json\n{"environment": {"ANY": "x"}, "steps": [{"step": "launch"}]}\n```\n`"backend": "guest"`\n'
        self.assertEqual([], unknown_in_scenarios(good, names))
        bad = good.replace('"launch"', '"lunch"').replace('"guest"', '"host"') + '`"seed": 1`'
        self.assertEqual(["host", "lunch", "seed"], [sentence.split()[-1] for sentence in unknown_in_scenarios(bad, names)])


if __name__ == "__main__":
    junit_unittest.main(__doc__, ["tool", "plugin"])
