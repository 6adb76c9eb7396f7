#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Compiles what is built for Windows the way MSVC compiles it: clang in MSVC mode, x64 and arm64, strict warnings.

libc++ stands in for Microsoft's library and Wine's headers for the Windows SDK; `shim/` declares what these lack. Only
compiling is checked: nothing is linked or run, and MSVC itself has not been asked.
"""

import concurrent.futures
import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))
import junit_unittest

REPOSITORY = Path(__file__).resolve().parents[2]
SHIM = Path(__file__).resolve().parent / "shim"
TARGETS = ("x86_64-pc-windows-msvc", "aarch64-pc-windows-msvc")

FLAGS = [
    "/nologo", "-fms-compatibility-version=19.40", "-clang:-std=c++23", "/EHsc", "/permissive-", "/Zc:__cplusplus",
    "/utf-8", "/X", "-nobuiltininc", "/DWINE_UNICODE_NATIVE", "/D_InterlockedCompareExchange128=wine_icx128_",
    "-imsvc", f"{SHIM}/cxx", "-imsvc", "/usr/lib/llvm-19/include/c++/v1", "-imsvc", "/usr/lib/llvm-19/lib/clang/19/include",
    "-imsvc", f"{SHIM}/c", "-imsvc", "/usr/include/wine/wine/msvcrt", "-imsvc", "/usr/include/wine/wine/windows",
    "/DNOMINMAX", "/DUNICODE", "/D_UNICODE", "/DWIN32_LEAN_AND_MEAN", "/D_WIN32_WINNT=0x0A00",
    "/W4", "/WX", "-Werror=pedantic", "-Werror=gnu", "-fsyntax-only",
    f"/I{REPOSITORY}/include", f"/I{REPOSITORY}/src",
]

# The rooms that an author's DLL is made of. The test host and the tool use libraries that are not at hand for this mode.
ROOMS = ("core", "platform", "api", "plugin")

# Parsed once for the second target, where it is most of the time. For the first every source begins with nothing, so that
# an include that it lacks is noticed.
STANDARD_LIBRARY = REPOSITORY / "cmake" / "precompiled" / "standard_library.hpp"


def compiles(source, target, *more):
    command = ["clang-cl-19", f"--target={target}", *FLAGS, *more, "--", str(source)]
    return subprocess.run(command, capture_output=True, text=True)


def parse_standard_library(target, folder):
    """@return the flags with which a source begins after the standard library's headers."""
    source = folder / f"{target}.cpp"
    source.write_text(f"#include <{STANDARD_LIBRARY.name}>\n")
    parsed = source.with_suffix(".pch")
    flags = [flag for flag in FLAGS if flag != "-fsyntax-only"]
    made = [f"/I{STANDARD_LIBRARY.parent}", f"/Yc{STANDARD_LIBRARY.name}", f"/Fp{parsed}", f"/Fo{source.with_suffix('.obj')}"]
    subprocess.run(["clang-cl-19", f"--target={target}", *flags, *made, "/c", "--", str(source)], check=True)
    return ["-Xclang", "-include-pch", "-Xclang", str(parsed)]


class InMsvcMode(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.beginning = {TARGETS[0]: [], TARGETS[1]: parse_standard_library(TARGETS[1], Path(folder.name))}

    def compile_all(self, sources, *more):
        """@return the source, the target and how it went of each."""
        jobs = [(source, target) for source in sources for target in TARGETS]
        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
            results = pool.map(lambda job: compiles(*job, *self.beginning[job[1]], *more), jobs)
        return [(*job, result) for job, result in zip(jobs, results)]

    def assert_all_compile(self, sources, *more):
        self.assertTrue(sources, "there is nothing to compile")
        for source, target, result in self.compile_all(sources, *more):
            with self.subTest(source=str(source), target=target):
                self.assertEqual(0, result.returncode, result.stderr[:3000] + result.stdout[:3000])

    def test_every_public_header_compiles_alone(self):
        with tempfile.TemporaryDirectory() as folder:
            sources = []
            for header in sorted((REPOSITORY / "include").rglob("*.hpp")):
                if header.name == "google_plugin_test.hpp":
                    continue  # brings GoogleTest, which is not at hand for this mode
                name = header.relative_to(REPOSITORY / "include")
                source = Path(folder) / (str(name).replace("/", "_") + ".cpp")
                source.write_text(f"#include <{name}>\n")
                sources.append(source)
            self.assert_all_compile(sources)

    def test_every_source_of_the_library_compiles(self):
        self.assert_all_compile([
            source for room in ROOMS for source in sorted((REPOSITORY / "src" / room).rglob("*.cpp"))
            if not source.name.endswith("_posix.cpp")])

    def test_every_example_compiles(self):
        self.assert_all_compile(sorted((REPOSITORY / "examples").rglob("*.cpp")))

    def test_every_source_of_a_new_project_compiles(self):
        templates = REPOSITORY / "tools" / "wslplugin" / "templates"
        folders = [f"/I{folder}" for folder in sorted(templates.glob("*/src"))]
        plugin = '/DWSLPLUGINS_TEST_PLUGIN="C:/plugin.dll"'
        self.assert_all_compile(sorted(templates.rglob("*.cpp")), *folders, plugin)

    def test_interop_agrees_with_microsofts_names(self):
        interop = REPOSITORY / "tests" / "interop"
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / "WslPluginApi.h").write_text((interop / "microsoft_header_stand_in.h").read_text())
            changed = interop / "other_order_windows.cpp"
            for target in TARGETS:
                for name in ("OLDEST", "WITH_CONTAINERS"):
                    result = compiles(interop / "agreeing_windows.cpp", target, f"/I{folder}", f"/DSTAND_IN_{name}", "/UNOMINMAX")
                    self.assertEqual(0, result.returncode, result.stderr[:3000] + result.stdout[:3000])
                result = compiles(changed, target, f"/I{folder}")
                self.assertIn("differ in WSLDistributionInformation::Flavor", result.stderr + result.stdout)

    def test_a_header_that_needs_another_before_it_is_refused(self):
        with tempfile.TemporaryDirectory() as folder:
            source = Path(folder) / "needy.cpp"
            source.write_text("std::string needs_string();\n")
            self.assertTrue(any(result.returncode for _, _, result in self.compile_all([source])))

    def test_a_gnu_extension_is_refused(self):
        with tempfile.TemporaryDirectory() as folder:
            source = Path(folder) / "extension.cpp"
            source.write_text("int f(int a) { return a ?: 2; }\n")
            result = compiles(source, TARGETS[0])
            self.assertNotEqual(0, result.returncode)
            self.assertIn("conditional", result.stderr + result.stdout)


if __name__ == "__main__":
    junit_unittest.main(__doc__)
