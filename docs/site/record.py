#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Records a terminal while the Quickstart's commands run in it, for `scripts/record`: a file in asciicast's version 2, which
`asciinema play` plays, too. Each command runs in a terminal of its own; what it prints is recorded by the line.

record.py CAST FOLDER SHOWN [REPLACED SHOWN...]: runs the commands of docs/quickstart.md that are marked `run` in FOLDER, and writes
CAST. Names of folders of this computer stand in it as what they are to a reader."""

import json
import os
import pty
import re
import sys
import time
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(REPOSITORY / "tests" / "house"))
import book

WIDTH, HEIGHT = 100, 30
LONGEST_PAUSE = 1.5  # seconds; waiting is nothing to look at
PAUSE_BEFORE_COMMAND, PAUSE_BETWEEN_KEYS = 1.0, 0.04


def output_of(command, folder):
    """What a terminal shows, as (seconds since the command began, line)."""
    child, terminal = pty.fork()
    if child == 0:
        os.chdir(folder)
        os.environ.update(COLUMNS=str(WIDTH), LINES=str(HEIGHT), TERM="dumb", NO_COLOR="1")
        os.execvp("bash", ["bash", "-c", f"stty cols {WIDTH} rows {HEIGHT}; {command}"])
    begun, rest = time.monotonic(), b""
    while True:
        try:
            piece = os.read(terminal, 65536)
        except OSError:  # Linux' way to say that the terminal is closed
            piece = b""
        rest += piece
        *lines, rest = rest.split(b"\n") if piece else [*rest.split(b"\n"), b""]
        for line in filter(None, lines) if not piece else lines:
            yield time.monotonic() - begun, line.decode(errors="replace").rstrip("\r")
        if not piece:
            break
    os.waitpid(child, 0)


def without_folders(line, replaced):
    for path, shown in replaced:
        line = line.replace(path, shown)
    return re.sub(r"\x1b\[[0-9;]*[A-Za-z]", "", line)


def recorded(folder, replaced):
    now = 0.0
    for command in book.recorded_commands((REPOSITORY / "docs/quickstart.md").read_text(encoding="utf-8")):
        now += PAUSE_BEFORE_COMMAND
        yield now, "$ "
        for key in command:
            now += PAUSE_BETWEEN_KEYS
            yield now, key
        yield now, "\r\n"
        last = 0.0
        for at, line in output_of(command, folder):
            now += min(at - last, LONGEST_PAUSE)
            last = at
            yield now, without_folders(line, replaced) + "\r\n"


def main(cast, folder, *names):
    replaced = sorted(zip((folder, *names[1::2]), names[::2]), key=lambda pair: -len(pair[0]))
    header = {"version": 2, "width": WIDTH, "height": HEIGHT, "title": "The Quickstart's plugin in the test host: a start, and a refusal"}
    lines = [json.dumps(header)]
    lines += [json.dumps([round(at, 3), "o", text], ensure_ascii=False) for at, text in recorded(folder, replaced)]
    Path(cast).write_text("\n".join(lines) + "\n", encoding="utf-8")


main(*sys.argv[1:])
