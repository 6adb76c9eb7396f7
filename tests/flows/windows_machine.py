# SPDX-License-Identifier: MIT
"""What the stories under Wine share: paths, registry values, and DLLs that are signed and trusted in the private prefix.
The native tool, which signs, is the one that WSLPLUGINS_NATIVE_TOOL names."""

import shutil
import struct
import tempfile
from pathlib import Path

from stories import option, run, sign, tool

PLUGINS_KEY = r"HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\Lxss\Plugins"


def windows_path(path):
    return "Z:" + str(path).replace("/", "\\")


def windows_program(*arguments):
    return run([option("runner"), *arguments])


def set_value(key, name, kind, data):
    outcome = windows_program("reg.exe", "add", key, "/v", name, "/t", kind, "/d", data, "/f")
    assert outcome.code == 0, str(outcome)


def pe_offset(content):
    return struct.unpack_from("<I", content, 0x3C)[0]


def for_arm64(content):
    content = bytearray(content)
    struct.pack_into("<H", content, pe_offset(content) + 4, 0xAA64)
    return content


class SignedDlls:
    """Of a class of tests: a folder, and a certificate that is trusted while the class's tests run."""

    @classmethod
    def trust_certificate(cls, purpose):
        cls.folder = Path(tempfile.mkdtemp(prefix=f"wslplugins-{purpose}-"))
        cls.addClassCleanup(shutil.rmtree, cls.folder)
        cls.certificates = cls.folder / "certificates"
        cls.good = cls.signed_file("good.dll", Path(option("minimal")).read_bytes())
        cls.use_store("trust")
        cls.addClassCleanup(cls.use_store, "untrust")

    @classmethod
    def signed_file(cls, name, content, certificates=None):
        file = cls.folder / name
        file.write_bytes(content)
        sign(file, certificates or cls.certificates)
        return file

    @classmethod
    def use_store(cls, command):
        outcome = tool(command, "--certificate-folder", windows_path(cls.certificates))
        assert outcome.code == 0, str(outcome)
