#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""report.py BUILD: measures what scripts/bench built, and prints how the framework compares with code written by hand."""

import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
MINGW = "x86_64-w64-mingw32-"

BY_HAND_SOURCE = "\n".join(
    f"#include <{name}>" for name in ("winsock2.h", "windows.h", "string", "vector", "memory", "optional", "expected"))


def show(what, ratio, aim, at_least=False):
    missed = ratio < aim if at_least else ratio > aim
    sign = ">=" if at_least else "<="
    print(f"    {what:<46} {ratio:6.2f}x   aim {sign} {aim:.2f}x{'   MISSED' if missed else ''}")


def output_of(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


# Many short turns, in an order by chance: the machine's speed changes by more than a ratio's limit allows, but slowly, so
# that it is the same for both sides of a pair.
TURNS = ("--benchmark_repetitions=201", "--benchmark_min_time=0.01", "--benchmark_enable_random_interleaving=true")


def fast_turns(native):
    """@return of each benchmark the time that a tenth of its turns stayed below: what disturbs a turn makes it slower."""
    report = json.loads(output_of(str(native / "bin" / "hook_bench"), "--benchmark_format=json", *TURNS))
    turns = {}
    for row in report["benchmarks"]:
        if row["run_type"] == "iteration":
            turns.setdefault("/".join(row["run_name"].split("/")[:2]), []).append(row["real_time"])
    return {name: statistics.quantiles(times, n=10)[0] for name, times in turns.items()}


def hooks(native):
    times = fast_turns(native)
    ratio = lambda name: times[f"{name}/framework"] / times[f"{name}/by_hand"]
    print(f"    {'an empty hook':<46} {times['empty_hook/framework']:.0f} ns (by hand {times['empty_hook/by_hand']:.0f} ns)")
    show("a hook that makes one API call", ratio("hook_with_one_call"), 1.05)
    show("building and running a command", ratio("run_command"), 1.05)
    show("reading 64 MiB, speed against a recv loop", 1 / ratio("read_64_mib"), 0.95, at_least=True)


def host(native):
    times = dict(line.split() for line in output_of(str(native / "bin" / "host_bench")).splitlines())
    for name, what, aim in (
            ("vm_start", "starting a virtual machine", 50), ("command", "a command, beyond its own time", 2),
            ("vm_stop", "stopping one in which 100 programs run", 2000)):
        milliseconds = float(times[name])
        print(f"    {what:<46} {milliseconds:6.1f} ms  aim <= {aim} ms{'   MISSED' if milliseconds > aim else ''}")
    speed = float(times["lifecycles"])
    print(f"    {'scripted lifecycles with two plugins':<46} {speed:6.0f} /s  aim >= 2000 /s{'   MISSED' if speed < 2000 else ''}")


def help_time(native):
    times = []
    for _ in range(21):
        begun = time.monotonic()
        output_of(str(native / "bin" / "wslplugin"), "--help")
        times.append((time.monotonic() - begun) * 1000)
    milliseconds = statistics.median(times)
    print(f"    {'wslplugin --help':<46} {milliseconds:6.1f} ms  aim <= 20 ms{'   MISSED' if milliseconds > 20 else ''}")


def loading(build, what, preset, command, suffix):
    files = [str(build / preset / "bench" / f"bench_{name}.{suffix}") for name in ("framework", "by_hand")]
    if suffix == "dll":
        files = ["Z:" + file.replace("/", "\\") for file in files]
    times = output_of(*command, *files).split()
    show(f"loading and freeing {what}, {int(times[0]) // 1000} us / {int(times[1]) // 1000} us", int(times[0]) / int(times[1]), 1.10)


def stripped_size(library, folder):
    stripped = Path(folder) / library.name
    subprocess.run([f"{MINGW}strip", "-o", stripped, library], check=True)
    return stripped.stat().st_size


def sizes(mingw):
    with tempfile.TemporaryDirectory() as folder:
        for suffix, what in (("", "with"), ("_without_exceptions", "without")):
            size = {name: stripped_size(mingw / "bench" / f"bench_{name}{suffix}.dll", folder) for name in ("framework", "by_hand")}
            show(
                f"DLL {what} exceptions, {size['framework'] // 1024} KiB / {size['by_hand'] // 1024} KiB",
                size["framework"] / size["by_hand"], 1.10)


def compile_times():
    with tempfile.TemporaryDirectory() as folder:
        by_hand = Path(folder) / "by_hand.cpp"
        by_hand.write_text(BY_HAND_SOURCE + "\n")
        sources = {"framework": REPOSITORY / "tests/package/subdirectory/plugin.cpp", "by_hand": by_hand}
        times = {name: [] for name in sources}
        for _ in range(5):
            for name, source in sources.items():
                begun = time.monotonic()
                subprocess.run(
                    [f"{MINGW}g++-posix", "-std=c++23", "-O2", f"-I{REPOSITORY}/include", "-c", source, "-o", Path(folder) / "o.o"],
                    check=True)
                times[name].append(time.monotonic() - begun)
        seconds = {name: statistics.median(each) for name, each in times.items()}
        show(
            f"compiling a plugin, {seconds['framework']:.2f} s / {seconds['by_hand']:.2f} s",
            seconds["framework"] / seconds["by_hand"], 0.50)


def inspecting(build):
    """A DLL of 100 MiB: one that was built, with another section's worth of bytes behind it."""
    with tempfile.TemporaryDirectory() as folder:
        large = Path(folder) / "large.dll"
        content = (build / "mingw" / "bench" / "bench_framework.dll").read_bytes()
        large.write_bytes(content + b"\xa5" * ((100 << 20) - len(content)))
        times = []
        for _ in range(5):
            begun = time.monotonic()
            subprocess.run([str(build / "native" / "bin" / "wslplugin"), "inspect", "--json", large], capture_output=True, check=False)
            times.append(time.monotonic() - begun)
        seconds = statistics.median(times)
        print(f"    {'inspecting a DLL of 100 MiB':<46} {seconds * 1000:6.0f} ms  aim <= 1000 ms{'   MISSED' if seconds > 1 else ''}")


def main():
    build = Path(sys.argv[1])
    if shutil.which(f"{MINGW}strip") is None:
        sys.exit("MinGW is not installed; run scripts/setup")
    hooks(build / "native")
    host(build / "native")
    help_time(build / "native")
    loading(build, "a DLL", "mingw", [str(REPOSITORY / "scripts/wine"), str(build / "mingw/bin/load_bench.exe")], "dll")
    loading(build, "a shared object", "native", [str(build / "native/bin/load_bench")], "so")
    sizes(build / "mingw")
    compile_times()
    inspecting(build)


if __name__ == "__main__":
    main()
