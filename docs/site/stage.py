#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Copies docs/ to the folder that MkDocs reads: without the marks of regions, and with links that lead outside of the book
as plain text."""

import re
import shutil
import sys
from pathlib import Path

DOCUMENTS = Path(__file__).resolve().parents[1]
FENCE = re.compile(r"(^ *```.*?^ *```$)", re.MULTILINE | re.DOTALL)
MARK = re.compile(r"^ *<!-- (?:region: |generated|end generated|run|output)[^\n]*-->\n", re.MULTILINE)
LINK = re.compile(r"(?<!!)\[([^\]]*)\]\(([^)#\s]*)(#[^)\s]*)?\)")


def within(page, match):
    target = match[2]
    if not target or re.match(r"^[a-z]+:", target):
        return match[0]
    resolved = (page.parent / target).resolve()
    return match[0] if DOCUMENTS in resolved.parents and resolved.is_file() else match[1]


def staged(page):
    text = MARK.sub("", page.read_text(encoding="utf-8"))
    parts = FENCE.split(text)
    parts[::2] = [LINK.sub(lambda match: within(page, match), part) for part in parts[::2]]
    return "".join(parts)


def main(target):
    shutil.rmtree(target, ignore_errors=True)
    for file in sorted(DOCUMENTS.rglob("*")):
        copy = target / file.relative_to(DOCUMENTS)
        if file.suffix == ".md":
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_text(staged(file), encoding="utf-8")
        elif file.suffix in (".json", ".svg", ".css"):
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(file, copy)


main(Path(sys.argv[1]))
