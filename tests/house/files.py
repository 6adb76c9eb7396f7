# SPDX-License-Identifier: MIT
"""How files are named, how long they are, and what must not stand in them."""

import re
from pathlib import PurePosixPath

LINE_LIMIT = 500
CODE = (".hpp", ".cpp", ".h", ".c")
LICENSED = CODE + (".cmake", ".py", ".sh", ".ps1", "CMakeLists.txt")

# The only macros that the public headers may define. The interop header defines NOMINMAX and undefines it again.
PUBLIC_MACROS = re.compile(r"^(WSLPLUGINS_(EXPORT_V1|DETAIL_\w+|VERSION_\w+)|NOMINMAX)$")


def too_long(tree):
    return [
        f"{path} has {text.count(chr(10))} lines; {LINE_LIMIT} is the limit"
        for path, text in sorted(tree.items())
        if path.endswith(CODE) and text.count("\n") > LINE_LIMIT
    ]


def unlicensed(tree):
    return [
        f"{path} does not begin with its SPDX line"
        for path, text in sorted(tree.items())
        if path.endswith(LICENSED) and "SPDX-License-Identifier: MIT" not in "\n".join(text.split("\n")[:2])
    ]


def misnamed(tree):
    name = re.compile(r"^[a-z0-9]+(_[a-z0-9]+)*\.(hpp|cpp|h|c)$")
    return [
        f"{path}: a source file is named in snake_case"
        for path in sorted(tree)
        if path.endswith(CODE) and not name.match(PurePosixPath(path).name)
    ]


def wide_literals(tree):
    """`L"…"` is UTF-16 on Windows only; portable code converts with core/text."""
    literal = re.compile(r'(?<![A-Za-z0-9_\'"])L["\']')
    return [
        f"{path}:{number}: a wide literal belongs in a *_windows.cpp file; convert with core/text"
        for path, text in sorted(tree.items())
        if path.endswith(CODE) and not path.endswith(("_windows.cpp", "_windows_test.cpp"))
        for number, line in enumerate(text.split("\n"), 1)
        if literal.search(line)
    ]


def thread_variables_to_destroy(tree):
    """MinGW's runtime frees a thread's variables before it destroys them: one with a destructor is a `platform::PerThread`."""
    variable = re.compile(r"^\s*(?:static\s+)?thread_local\s+(?!(?:const\s+)?(?:bool|int|std::u?int\d+_t|std::string_view)\b|[\w:]+(?:\s+[\w:]+)*\s*\*)")
    return [
        f"{path}:{number}: a thread_local variable that may have a destructor; use platform::PerThread"
        for path, text in sorted(tree.items())
        if path.endswith(CODE)
        for number, line in enumerate(text.split("\n"), 1)
        if variable.search(line)
    ]


def unfinished(tree):
    mark = re.compile(r"\b(" + "|".join(("TO" + "DO", "FIX" + "ME", "X" + "XX")) + r")\b")
    return [
        f"{path}:{number}: an unfinished mark: {line.strip()}"
        for path, text in sorted(tree.items())
        for number, line in enumerate(text.split("\n"), 1)
        if mark.search(line)
    ]


def unlisted_sources(tree):
    """A source that no CMakeLists.txt lists is a source that nobody compiles."""
    found = []
    listings = "\n".join(text for path, text in tree.items() if path.endswith("CMakeLists.txt"))
    for path in sorted(tree):
        if not path.endswith((".cpp", ".c")) or "${PROJECT_SOURCE_DIR}/" + path in listings:
            continue
        folder = PurePosixPath(path).parent
        while str(folder) != ".":
            listing = tree.get(str(folder / "CMakeLists.txt"))
            if listing is not None:
                relative = str(PurePosixPath(path).relative_to(folder))
                pattern = re.sub(r"_(windows|posix)\.cpp$", "_${suffix}.cpp", relative)
                stem = re.sub(r"\.(cpp|c)$", "", relative)
                names = (relative, pattern, PurePosixPath(stem).name)
                if not any(re.search(r"(^|[\s/\"(])" + re.escape(name) + r"($|[\s\")])", listing) for name in names):
                    found.append(f"{path} is listed in no CMakeLists.txt")
                break
            folder = folder.parent
        else:
            found.append(f"{path} has no CMakeLists.txt above it")
    return found


def undocumented_macros(tree):
    define = re.compile(r"^\s*#\s*define\s+(\w+)", re.MULTILINE)
    return [
        f"{path} defines {name}, which is not one of the documented macros"
        for path, text in sorted(tree.items())
        if path.startswith("include/")
        for name in define.findall(text)
        if not PUBLIC_MACROS.match(name)
    ]


def broken_links(tree):
    """Links between documents, and from documents to files, must lead somewhere."""
    link = re.compile(r"\]\(([^)#\s]+)(#[^)\s]*)?\)")
    found = []
    folders = {str(parent) for path in tree for parent in PurePosixPath(path).parents}
    for path, text in sorted(tree.items()):
        if not path.endswith(".md"):
            continue
        for target, _ in link.findall(text):
            if re.match(r"^[a-z]+:", target):
                continue
            parts = []
            for part in (PurePosixPath(path).parent / target).parts:
                if part == "..":
                    parts = parts[:-1]
                elif part != ".":
                    parts.append(part)
            resolved = "/".join(parts)
            if resolved.startswith("docs/api/"):
                continue  # made by scripts/docs, where MkDocs checks the link
            if resolved not in tree and resolved not in folders:
                found.append(f"{path} links to {target}, which does not exist")
    return found


def uncompiled_cpp_blocks(tree):
    """Every C++ block of a document outside of the book stands, letter by letter, in a source that the build compiles.
    For the book, book.py has a stricter rule."""
    block = re.compile(r"^```cpp\n(.*?)^```$", re.MULTILINE | re.DOTALL)
    sources = [text for path, text in tree.items() if path.startswith(("examples/", "tests/")) and path.endswith(CODE)]
    return [
        f"{path} shows C++ that is in no compiled file: {code.strip().splitlines()[0]}"
        for path, text in sorted(tree.items())
        if path.endswith(".md") and not path.startswith("docs/")
        for code in block.findall(text)
        if not any(code in source for source in sources)
    ]


def missing_scripts(tree):
    """A sentence or a message that sends somebody to a script which is not there."""
    name = re.compile(r"(?<![\w./-])scripts/(\w+(?:\.\w+)?)")
    return [
        f"{path}:{number}: names scripts/{script}, which is not there"
        for path, text in sorted(tree.items())
        if path.endswith(CODE + (".md", ".py", ".txt", ".cmake")) and not path.startswith("tests/house/")
        for number, line in enumerate(text.split("\n"), 1)
        for script in name.findall(line)
        if f"scripts/{script}" not in tree
    ]
