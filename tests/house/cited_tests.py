# SPDX-License-Identifier: MIT
"""Tests that documents name must exist, and docs/internals/coverage.md must leave out no hook and no call."""

import re

COVERAGE = "docs/internals/coverage.md"
SLOTS = "include/wslplugins/core/slot_table.hpp"
DEFINED = re.compile(r"^TEST(?:_F|_P)?\((\w+), (\w+)\)", re.MULTILINE)
CITED = re.compile(r"`([A-Z]\w*)\.([A-Z]\w*)`")
CHECKED_AT_COMPILE_TIME = re.compile(r"`(must_not_compile/\w+)`")


def defined(tree):
    tests = set()
    for path, text in tree.items():
        if path.startswith("tests/") and path.endswith(".cpp"):
            tests.update(".".join(names) for names in DEFINED.findall(text))
            if "/must_not_compile/" in path:
                tests.add("must_not_compile/" + path.rsplit("/", 1)[1].removesuffix(".cpp"))
    return tests


def missing_tests(tree):
    known = defined(tree)
    violations = []
    for path, text in sorted(tree.items()):
        if path.startswith("docs/internals/") and path.endswith(".md"):
            cited = {".".join(names) for names in CITED.findall(text)} | set(CHECKED_AT_COMPILE_TIME.findall(text))
            violations += [f"{path} names the test {name}, which does not exist" for name in sorted(cited - known)]
    return violations


def slots_left_out(tree):
    slots = re.findall(r"^    \{(?:Hook|ApiCall)::(\w+), ", tree.get(SLOTS, ""), re.MULTILINE)
    coverage = tree.get(COVERAGE, "")
    return [f"{COVERAGE} has no row for {slot}" for slot in slots if f"| `{slot}` |" not in coverage]
