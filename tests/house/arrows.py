# SPDX-License-Identifier: MIT
"""Who may include whom. The table is the house's; docs/internals/house.md draws it."""

import re
from pathlib import PurePosixPath

# Room of a file: the first prefix that fits. Sources of api and plugin may use platform, their headers not.
ROOMS = [
    ("include/wslplugins/abi/", "abi"),
    ("include/wslplugins/core/", "core"),
    ("include/wslplugins/api/", "api"),
    ("include/wslplugins/plugin/", "plugin"),
    ("include/wslplugins/inspect/", "inspect"),
    ("include/wslplugins/findings/", "findings"),
    ("include/wslplugins/testhost/", "testhost"),
    ("include/wslplugins/wslplugins.hpp", "plugin"),
    ("include/wslplugins/interop", "interop"),
    ("src/core/", "core"),
    ("src/platform/", "platform"),
    ("src/api/", "api sources"),
    ("src/plugin/", "plugin sources"),
    ("src/inspect/", "inspect"),
    ("src/guest/protocol/", "guest/protocol"),
    ("src/guest/", "guest"),
    ("src/pluginhost/protocol/", "pluginhost/protocol"),
    ("src/pluginhost/", "pluginhost"),
    ("src/findings/", "findings"),
    ("src/testhost/", "testhost"),
    ("tools/wslplugin/templates/", "templates"),
    ("tools/wslplugin/", "tool"),
    ("examples/", "examples"),
]

MAY_INCLUDE = {
    "abi": {"abi"},
    "core": {"abi", "core"},
    "platform": {"abi", "core", "platform"},
    "api": {"abi", "core", "api"},
    "api sources": {"abi", "core", "api", "api sources", "platform"},
    "plugin": {"abi", "core", "api", "plugin"},
    "plugin sources": {"abi", "core", "api", "plugin", "plugin sources", "platform"},
    "inspect": {"abi", "core", "inspect"},
    "interop": {"abi", "core", "api", "interop"},
    "guest/protocol": {"abi", "core", "guest/protocol"},
    "guest": {"abi", "core", "platform", "guest/protocol", "guest"},
    "pluginhost/protocol": {"abi", "core", "guest/protocol", "pluginhost/protocol"},
    "pluginhost": {"abi", "core", "platform", "pluginhost/protocol", "testhost", "pluginhost"},
    "testhost": {"abi", "core", "platform", "findings", "guest/protocol", "pluginhost/protocol", "testhost"},
    "findings": {"abi", "core", "findings"},
    "tool": {"abi", "core", "platform", "testhost", "findings", "tool"},
    "examples": {"plugin", "inspect", "interop", "examples"},
    "templates": {"core", "plugin", "inspect", "testhost", "templates"},
}

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.MULTILINE)

PLATFORM_HEADER = re.compile(
    r"^(windows|winsock2|ws2tcpip|wintrust|softpub|wincrypt|bcrypt|sddl|shellapi|unistd|fcntl|poll|dlfcn|"
    r"sched|spawn|netdb|sys/.+|linux/.+|netinet/.+|arpa/.+|mscat|aclapi|shlobj)\.h$"
)

COMMAND = re.compile(r"^tools/wslplugin/commands/(\w+)\.[ch]pp$")


def room_of(path):
    for prefix, room in ROOMS:
        if path.startswith(prefix):
            return room
    return None


def target_of(including, quote, name):
    """The file of this project that an include names, or None for one from outside."""
    if quote == "<":
        return "include/" + name if name.startswith("wslplugins/") else None
    if including.startswith(("tools/", "examples/")) and not name.startswith(
        ("platform/", "testhost/", "core/", "guest/", "api/", "plugin/")
    ):
        is_tool = room_of(including) == "tool"
        return ("tools/wslplugin/" if is_tool else str(PurePosixPath(including).parent) + "/") + name
    return "src/" + name


def violations(tree):
    """`tree` maps paths to texts. Answers one sentence for each arrow that points the wrong way."""
    found = []
    for path, text in sorted(tree.items()):
        room = room_of(path)
        if room is None or not path.endswith((".hpp", ".cpp", ".h", ".c")):
            continue
        for quote, name in INCLUDE.findall(text):
            if ".." in PurePosixPath(name).parts:
                found.append(f"{path} includes {name}: an include must not climb with '..'")
                continue
            target = target_of(path, quote, name)
            if target is None:
                found += platform_violations(path, room, name)
                continue
            target_room = room_of(target)
            if target_room not in MAY_INCLUDE[room]:
                found.append(f"{path} includes {name}: {room} may not include {target_room}")
            command, other = COMMAND.match(path), COMMAND.match(target)
            if command and other and command[1] != other[1]:
                found.append(f"{path} includes {name}: a command may not include another command")
    return found


def platform_violations(path, room, name):
    if not PLATFORM_HEADER.match(name) or room == "guest":
        return []
    if path.endswith(("_windows.cpp", "_posix.cpp", "interop_windows.hpp")):
        return []
    return [f"{path} includes {name}: a platform header belongs in a *_windows.cpp or *_posix.cpp file"]
