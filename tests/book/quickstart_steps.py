#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Writes what the Quickstart says to do on Linux into a folder, as files for one shell: `follow.sh` runs all of it, and says how
long each step took. The first argument is the folder; the shell finds it as /root/steps, the checkout as /root/wslplugins-cpp."""

import sys
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(REPOSITORY / "tests" / "house"))
import book

HEAD = """\
# What a reader types, into one shell: what a block sets is there in the next one.
# Downloads are timed apart: they fill the cache of packages, and the page's own command then finds them there.
set -euo pipefail
trap 'echo "error: the page cannot be followed: exit code $?" >&2' ERR
total=0
timed() { printf 'time: %6d s  %s\\n' "$1" "$2"; }
begun=$SECONDS
apt-get update --quiet=2
packages=$(sed -n 's/^\\([^# ]*\\)  *build$/\\1/p' /root/wslplugins-cpp/packaging/debian-packages.txt)
DEBIAN_FRONTEND=noninteractive apt-get install --quiet=2 --yes --no-install-recommends --download-only $packages >/dev/null
downloads=$((SECONDS - begun))
timed "$downloads" "downloading $(du -sh /var/cache/apt/archives | cut -f 1)B of packages"
cd /root/wslplugins-cpp
"""

BLOCK = """
printf '\\n$ %%s\\n' %(shown)s
begun=$SECONDS
%(do)s
took=$((SECONDS - begun)) total=$((total + took))
timed "$took" %(shown)s
"""

FAILING = """\
status=0
%(do)s || status=$?
[ "$status" -eq %(code)d ]"""

TAIL = """
timed "$total" 'all of the page, without downloads'
timed "$((total + downloads))" 'all of the page, with downloads'
times >/tmp/times  # not into a pipe: its own shell would have had no children
sed -n '2s/^\\(.*\\) \\(.*\\)$/time: of processors \\1 in programs and \\2 in the kernel, in all/p' /tmp/times
"""


def quoted(text):
    return "'" + text.replace("'", "'\\''") + "'"


def main(target):
    steps, wrong = book.quickstart_steps((REPOSITORY / "docs/quickstart.md").read_text(encoding="utf-8"))
    if wrong:
        sys.exit("\n".join(wrong))
    script, files = [HEAD], 0
    for number, (kind, first, second) in enumerate(steps, 1):
        name = f"{number}-{first}" if kind == "file" else f"{number}.sh"
        (target / name).write_text(second if kind == "file" else first, encoding="utf-8")
        if kind == "file":
            script += [] if files else ["\nmkdir /root/my-plugin\ncd /root/my-plugin\n"]
            script.append(f"cp /root/steps/{name} {first}\n")
            files += 1
        else:
            shown = quoted(first.strip().split("\n")[0] + (" …" if first.count("\n") > 1 else ""))
            do = f". /root/steps/{name} </dev/null"
            script.append(BLOCK % {"shown": shown, "do": FAILING % {"do": do, "code": second} if second else do})
    (target / "follow.sh").write_text("".join(script) + TAIL, encoding="utf-8")


main(Path(sys.argv[1]))
