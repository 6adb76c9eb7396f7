#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Copies docs/ to the folder that MkDocs reads: without the marks of regions, with links that lead outside of the book
as plain text, and with recorded terminals in place of the marks `<!-- recording: file -->`."""

import html
import json
import re
import shutil
import sys
from pathlib import Path

DOCUMENTS = Path(__file__).resolve().parents[1]
FENCE = re.compile(r"(^ *```.*?^ *```$)", re.MULTILINE | re.DOTALL)
MARK = re.compile(r"^ *<!-- (?:region: |generated|end generated|run|step|output)[^\n]*-->\n", re.MULTILINE)
RECORDING = re.compile(r"^<!-- recording: (\S+) -->$", re.MULTILINE)
LINK = re.compile(r"(?<!!)\[([^\]]*)\]\(([^)#\s]*)(#[^)\s]*)?\)")


def within(page, match):
    target = match[2]
    if not target or re.match(r"^[a-z]+:", target):
        return match[0]
    resolved = (page.parent / target).resolve()
    if DOCUMENTS / "api" in resolved.parents:  # Doxygen makes it; MkDocs says where a page of it is missing
        return match[0]
    return match[0] if DOCUMENTS in resolved.parents and resolved.is_file() else match[1]


def recording(page, match):
    """The whole text for everybody, and the times for recording.js. `<` is no character of JSON's own: no text ends the script."""
    header, *events = map(json.loads, (page.parent / match[1]).read_text(encoding="utf-8").splitlines())
    shown = [[at, text.replace("\r\n", "\n")] for at, _, text in events]
    text = html.escape("".join(text for _, text in shown))
    times = json.dumps(shown, ensure_ascii=False).replace("<", "\\u003c")
    return (f'<figure class="recording"><figcaption>{html.escape(header["title"])}</figcaption>'
            f'<pre tabindex="0" role="region" aria-label="Recorded terminal"><code>{text}</code></pre>'
            f'<script type="application/json">{times}</script></figure>')


def staged(page):
    text = MARK.sub("", page.read_text(encoding="utf-8"))
    parts = FENCE.split(text)
    parts[::2] = [LINK.sub(lambda match: within(page, match), part) for part in parts[::2]]
    return RECORDING.sub(lambda match: recording(page, match), "".join(parts))


def main(target):
    shutil.rmtree(target, ignore_errors=True)
    for file in sorted(DOCUMENTS.rglob("*")):
        copy = target / file.relative_to(DOCUMENTS)
        if file.suffix == ".md":
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_text(staged(file), encoding="utf-8")
        elif file.suffix in (".json", ".svg", ".css", ".js", ".cast"):
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(file, copy)


main(Path(sys.argv[1]))
