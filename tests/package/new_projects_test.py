#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Projects that `wslplugin new` made: built and tested by the commands that their own README names, and nothing else."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(REPOSITORY / "tests" / "support"))
import junit_unittest
from junit_unittest import option

HEADERS = {"minimal": "start_log", "policy": "allowed_distributions", "containers": "pinned_images"}
SOURCES = ("src/export.cpp", "src/{0}.cpp", "src/{0}.hpp", "tests/{0}_test.cpp")


def run(command, folder, **environment):
    outcome = subprocess.run(
        [str(word) for word in command] if isinstance(command, list) else ["sh", "-c", command],
        cwd=folder, env={**os.environ, **environment}, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, text=True, errors="replace", timeout=1800, check=False)
    return outcome.returncode, outcome.stdout


def tool_command(*arguments):
    return [*filter(None, [option("runner")]), option("tool"), *arguments]


def commands_of(readme):
    """The lines of the README's only shell block."""
    blocks = re.findall(r"^```sh\n(.*?)^```$", readme, re.MULTILINE | re.DOTALL)
    assert len(blocks) == 1, readme
    return blocks[0].splitlines()


class Stories(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = Path(tempfile.mkdtemp(prefix="wslplugins-new-"))
        cls.addClassCleanup(shutil.rmtree, cls.folder)

    def run_well(self, command, folder, **environment):
        code, output = run(command, folder, **environment)
        self.assertEqual(code, 0, f"{command}\n{output}")
        return output

    def make(self, template, *more):
        name = f"my-{template}" + ("-source" if more else "")
        self.run_well(tool_command("new", name, "--template", template, *more), self.folder)
        return self.folder / name

    def build_and_test(self, project):
        """Runs that one of the README's two commands that is for this build's system."""
        commands = commands_of((project / "README.md").read_text(encoding="utf-8"))
        self.assertEqual(2, len(commands), commands)
        mine = [command for command in commands if f"--preset {option('preset')} " in command]
        self.assertEqual(1, len(mine), commands)
        if option("preset") == "mingw":
            # The prefix that is there already, in place of a new one for each project.
            (project / "build").mkdir()
            (project / "build" / "wine").symlink_to(Path(os.environ.get("WSLPLUGINS_BUILD", REPOSITORY / "build")) / "wine" / "prefix")
        output = self.run_well(mine[0], project, CXX=option("compiler"), CXXFLAGS=option("flags"))
        self.assertIn("100% tests passed, 0 tests failed out of 1", output)
        suffix = "dll" if option("preset") == "mingw" else "so"
        return project / "build" / option("preset") / f"{project.name.replace('-', '_')}.{suffix}"

    def play(self, project, plugin):
        """The scenario that the project brings, with the plugin that was built."""
        spelt = "Z:" + str(plugin).replace("/", "\\") if option("runner") else plugin
        output = self.run_well(tool_command("run", spelt, "--unofficial", "--scenario", "scenarios/first_start.json"), project)
        self.assertIn("Good: everything went as expected.", output)

    def assert_well_kept(self, project, template):
        """What a careful author's tools say of the files as they were made."""
        sources = [source.format(HEADERS[template]) for source in SOURCES]
        self.run_well(["clang-format-19", "--dry-run", "-Werror", *sources], project)
        self.run_well("git init --quiet && git add --all", project)
        kept = set(self.run_well("git ls-files", project).splitlines())
        made = {str(path.relative_to(project)) for path in project.rglob("*")
                if path.is_file() and ".git/" not in str(path)}
        self.assertEqual(made - kept, {"framework.cmake"})
        secrets = ["me.pfx", "ME.PFX", "a/b.pem", "c.key", "c.Cer", "d.p12", "demo.dll", "build/x"]
        ignored = self.run_well(["git", "check-ignore", *secrets], project)
        self.assertEqual(ignored.splitlines(), secrets)


class InstalledPackage(Stories):
    def story_of(self, template):
        project = self.make(template)
        self.assert_well_kept(project, template)
        plugin = self.build_and_test(project)
        self.play(project, plugin)
        if option("preset") == "mingw":
            text = f"OriginalFilename\0{plugin.name}\0".encode("utf-16-le")
            self.assertIn(text, plugin.read_bytes(), "the DLL has no version resource")

    def test_minimal_is_built_tested_and_run(self):
        self.story_of("minimal")

    def test_policy_is_built_tested_and_run(self):
        self.story_of("policy")

    def test_containers_is_built_tested_and_run(self):
        self.story_of("containers")


class KilledProjects(unittest.TestCase):
    def test_a_kill_leaves_the_whole_project_or_nothing_under_its_name(self):
        with tempfile.TemporaryDirectory(prefix="wslplugins-new-") as folder:
            project = Path(folder) / "demo"
            run(tool_command("new", "demo"), folder)
            whole = sorted(path.relative_to(project) for path in project.rglob("*"))
            shutil.rmtree(project)
            self.assertTrue(whole)
            drafts = 0
            for attempt in range(20):
                process = subprocess.Popen(
                    [str(word) for word in tool_command("new", "demo")], cwd=folder, stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
                self.kill_while_it_writes(process, Path(folder), attempt)
                if project.exists():
                    found = sorted(path.relative_to(project) for path in project.rglob("*"))
                    self.assertEqual(found, whole)
                    shutil.rmtree(project)
                for draft in Path(folder).iterdir():
                    self.assertTrue(draft.name.startswith(".wslplugin-draft-"), draft)
                    shutil.rmtree(draft)
                    drafts += 1
            self.assertGreater(drafts, 0, "no kill came in the middle")

    def kill_while_it_writes(self, process, folder, files):
        """Kills it when that many files are there, or when it has ended."""
        while process.poll() is None and sum(len(names) for _, _, names in os.walk(folder)) < files:
            time.sleep(0)
        process.kill()
        process.wait()


class SourceCheckout(Stories):
    """The framework is built along: one template shows it, since that takes minutes."""

    def test_minimal_is_built_tested_and_run(self):
        project = self.make("minimal", "--framework", option("source"))
        self.play(project, self.build_and_test(project))


if __name__ == "__main__":
    junit_unittest.main(__doc__, ("tool", "runner", "preset", "compiler", "flags", "source"))
