# SPDX-License-Identifier: MIT
"""The book in docs/: its code is the code that is compiled, its links lead somewhere.

A region of a file begins with a comment `[region: name]` and ends with `[end: name]`. A page shows it in a block behind
the marker `<!-- region: file name -->`. Regions may lie within each other; their own marks are never shown.
"""

import json
import re
import textwrap
from pathlib import PurePosixPath

# Files outside of docs/ in which every region must be shown by a page.
REGION_FILES = re.compile(r"^(tests|examples)/.*\.(cpp|hpp|c|txt|json|cmake)$")
BEGIN = re.compile(r"^\s*(?://|#) \[region: ([\w-]+)\]$")
END = re.compile(r"^\s*(?://|#) \[end: ([\w-]+)\]$")

RECORDING = "docs/site/quickstart.cast"

BLOCK = re.compile(
    r"^(?P<indent> *)(?:<!-- (?P<marker>[^\n]*?) -->\n(?P=indent))?```(?P<language>\w+)[^\n]*\n(?P<text>.*?)^(?P=indent)```$",
    re.MULTILINE | re.DOTALL)
REGION_MARKER = re.compile(r"^region: (\S+) (\S+)$")


def pages(tree):
    return {path: text for path, text in sorted(tree.items()) if path.startswith("docs/") and path.endswith(".md")}


def regions_of(path, text):
    """Maps a region's name to its text; and sentences about marks that do not fit."""
    found, open_regions, wrong = {}, {}, []
    for number, line in enumerate(text.split("\n"), 1):
        begin, end = BEGIN.match(line), END.match(line)
        if begin:
            if begin[1] in found or begin[1] in open_regions:
                wrong.append(f"{path}:{number}: the region {begin[1]} begins a second time")
            open_regions[begin[1]] = []
        elif end:
            lines = open_regions.pop(end[1], None)
            if lines is None:
                wrong.append(f"{path}:{number}: the region {end[1]} ends without a beginning")
                continue
            found[end[1]] = textwrap.dedent("\n".join(lines)).strip("\n") + "\n"
        else:
            for lines in open_regions.values():
                lines.append(line)
    return found, wrong + [f"{path}: the region {name} does not end" for name in open_regions]


def all_regions(tree):
    found, wrong = {}, []
    for path, text in sorted(tree.items()):
        if REGION_FILES.match(path) and "[region: " in text:
            regions, sentences = regions_of(path, text)
            wrong += sentences
            found.update({(path, name): region for name, region in regions.items()})
    return found, wrong


def blocks(text):
    """Every fenced block: its match, its marker or "", and its text without the block's indentation."""
    for match in BLOCK.finditer(text):
        indent = match["indent"]
        lines = [line.removeprefix(indent) for line in match["text"].split("\n")]
        yield match, match["marker"] or "", "\n".join(lines)


def code_violations(tree):
    """A C++ block without a region, a block that differs from its region, a region that no page shows."""
    regions, found = all_regions(tree)
    shown = set()
    for path, text in pages(tree).items():
        for match, marker, code in blocks(text):
            region = REGION_MARKER.match(marker)
            where = f"{path}:{text.count(chr(10), 0, match.start()) + 1}"
            if not region:
                if match["language"] == "cpp":
                    found.append(f"{where}: a C++ block without a marker `<!-- region: file name -->`")
                continue
            key = region.groups()
            shown.add(key)
            if key not in regions:
                found.append(f"{where}: there is no region {key[1]} in {key[0]}")
            elif regions[key] != code:
                found.append(f"{where}: the block is not the region {key[1]} of {key[0]}; `scripts/docs renew` takes it over")
    return found + [f"{path}: no page shows the region {name}" for path, name in sorted(set(regions) - shown)]


def renewed(tree, path):
    """The page with every block of a region as the region is now."""
    regions, _ = all_regions(tree)
    text, result, end = tree[path], [], 0
    for match, marker, _ in blocks(text):
        region = REGION_MARKER.match(marker)
        if not region or region.groups() not in regions:
            continue
        lines = regions[region.groups()].rstrip("\n").split("\n")
        code = "".join(f"{match['indent']}{line}".rstrip() + "\n" for line in lines)
        result += [text[end:match.start("text")], code]
        end = match.end("text")
    return "".join(result) + text[end:]


RUN_MARKER = re.compile(r"^run(?:: (\d+))?$")


def quickstart_steps(text):
    """What a reader of the Quickstart does on Linux, in order: ("file", its name, its text) for each region, and
    ("shell", the block, the exit code to come) for each block of shell; and sentences about blocks without a mark."""
    steps, wrong = [], []
    for match, marker, code in blocks(text):
        region, run = REGION_MARKER.match(marker), RUN_MARKER.match(marker)
        if region:
            steps.append(("file", PurePosixPath(region[1]).name, code))
        elif marker == "step" or run:
            steps.append(("shell", code, int(run[1] or 0) if run else 0))
        elif match["language"] == "sh":
            wrong.append(f"the Quickstart's block `{code.strip()}` has neither the mark `step` nor `run`, so nobody follows it")
    return steps, wrong


def recorded_commands(text):
    """What the recorded terminal shows: the lines of the Quickstart's blocks marked `run`."""
    return [line for _, marker, code in blocks(text) if RUN_MARKER.match(marker) for line in code.strip().split("\n")]


def recording_violations(tree):
    """The recorded terminal types what the Quickstart says, and names no folder but a reader's and the system's."""
    _, *events = map(json.loads, tree[RECORDING].splitlines())
    shown = "".join(text for _, _, text in events)
    found = []
    if re.findall(r"^\$ (.*)\r$", shown, re.MULTILINE) != recorded_commands(tree["docs/quickstart.md"]):
        found.append(f"{RECORDING} does not type what the Quickstart says; `scripts/record` records it anew")
    return found + [f"{RECORDING} names {path}" for path in re.findall(r"(?<![\w./])/(?!home/you/|usr/|bin/|proc/)\w+/\S*", shown)]


def anchors_of(text):
    """The anchors of a page's headings, as the site makes them."""
    found, counts = set(), {}
    for _, title in re.findall(r"^(#{1,6}) (.+)$", BLOCK.sub("", text), re.MULTILINE):
        explicit = re.search(r"\{ *#([\w-]+) *\}\s*$", title)
        plain = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", title).replace("`", "")
        plain = re.sub(r"[^\w\s-]", "", plain).strip().lower()
        slug = explicit[1] if explicit else re.sub(r"[\s-]+", "-", plain)
        counts[slug] = counts.get(slug, -1) + 1
        found.add(slug if not counts[slug] else f"{slug}_{counts[slug]}")
    return found


def broken_anchors(tree):
    link = re.compile(r"\]\(([^)#\s]*)#([^)\s]+)\)")
    found = []
    for path, text in pages(tree).items():
        for target, anchor in link.findall(BLOCK.sub("", text)):
            if re.match(r"^[a-z]+:", target):
                continue
            parts = []
            for part in (PurePosixPath(path).parent / target).parts if target else PurePosixPath(path).parts:
                if part == "..":
                    parts = parts[:-1]
                else:
                    parts.append(part)
            resolved = "/".join(parts)
            if resolved in tree and resolved.endswith(".md") and anchor not in anchors_of(tree[resolved]):
                found.append(f"{path} links to {target}#{anchor}, and there is no such heading")
    return found


def unlisted_pages(tree):
    """Every page but the generated ones stands in the site's navigation."""
    navigation = tree.get("docs/site/mkdocs.yml", "")
    return [
        f"{path} is missing in docs/site/mkdocs.yml"
        for path in pages(tree)
        if "<!-- generated page -->" not in tree[path] and path.removeprefix("docs/") not in navigation
    ]
