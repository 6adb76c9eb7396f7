# SPDX-License-Identifier: MIT
"""What the stories share: running the tool, and reading what it printed."""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
import uuid
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "support"))
import junit_unittest  # noqa: E402

OPTIONS = ["runner", "tool", "minimal", "veto_vm", "throwing", "commanding", "ending", "careless"]

FATAL = "A fatal error was returned by plugin '{name}'"
LOAD_PATH = "Wsl/Service/CreateInstance/CreateVm/Plugin/"
DISTRIBUTION_PATH = "Wsl/Service/CreateInstance/Plugin/"


def main(description):
    junit_unittest.main(description, OPTIONS)


def option(name):
    return junit_unittest.option(name)


class Outcome:
    """How the tool ended and what it printed; for `run --json` also the journal."""

    def __init__(self, finished):
        self.code = finished.returncode
        self.output = finished.stdout.decode("utf-8")
        self.errors = finished.stderr.decode("utf-8", "replace")

    @property
    def journal(self):
        return [json.loads(line) for line in self.output.splitlines()]

    @property
    def seen_by_user(self):
        return [text_of(entry, "text") for entry in self.journal if entry["kind"] == "user"]

    def results_of(self, name, plugin):
        return [
            entry.get("result")
            for entry in self.journal
            if text_of(entry, "name") == name and text_of(entry, "plugin") == plugin
        ]

    def __str__(self):
        return f"exit code {self.code}\n{self.output}\n{self.errors}"


def text_of(entry, field):
    """A text of the journal; one that was cut or escaped stands in an object."""
    value = entry.get(field, "")
    return value if isinstance(value, str) else value["text"]


def changed_environment(changes):
    """This process's, with what changes; None takes a variable away."""
    return {name: value for name, value in {**os.environ, **changes}.items() if value is not None}


def run(command, **environment):
    return Outcome(
        subprocess.run(
            [str(word) for word in command],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            env=changed_environment(environment),
            timeout=120,
            check=False,
        )
    )


def sign(dll, certificates):
    """Under Wine too with the native tool, the one that WSLPLUGINS_NATIVE_TOOL names."""
    outcome = run([os.environ["WSLPLUGINS_NATIVE_TOOL"], "sign", dll, "--certificate-folder", certificates])
    assert outcome.code == 0, str(outcome)


def tool_command(*arguments):
    runner = [option("runner")] if option("runner") else []
    return [str(word) for word in (*runner, option("tool"), *arguments)]


def tool(*arguments, **environment):
    return run(tool_command(*arguments), **environment)


def start_tool(*arguments, **environment):
    """Starts the tool and does not wait. The runner becomes it; the host, with the plugins, is its child, on Windows itself."""
    return subprocess.Popen(
        tool_command(*arguments),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=changed_environment(environment),
    )


def processes_with(mark):
    """The processes that have the mark in their command line or environment."""
    found = []
    for folder in Path("/proc").iterdir():
        if not folder.name.isdigit() or int(folder.name) == os.getpid():
            continue
        try:
            if mark in (folder / "cmdline").read_bytes() + (folder / "environ").read_bytes():
                found.append(int(folder.name))
        except OSError:
            continue  # it has ended, or is another user's
    return found


# What may be killed: the tool, which watches; the process with the service, on Windows the same; a plugin's own; the guest.
VICTIMS = ("tool", "host", "plugin", "guest")


def victims_with(mark, victim):
    """Empty where it has not begun yet; also for the tool, which its caller knows."""
    words = {"tool": b"\0no such word\0", "host": b"\0--watched\0", "plugin": b"wslplugins-plugin-host",
             "guest": b"wslplugins-guest"}
    return [pid for pid in processes_with(mark) if words[victim] in command_line_of(pid)]


def command_line_of(pid):
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


def pid_namespace_of(pid):
    """None when the process has ended, or is another user's."""
    try:
        return os.readlink(f"/proc/{pid}/ns/pid")
    except OSError:
        return None


def machine_namespaces(mark):
    """The PID namespaces, other than this process's, of the processes that have the mark."""
    return {pid_namespace_of(pid) for pid in processes_with(mark)} - {None, pid_namespace_of("self")}


def processes_in(namespaces):
    return [int(f.name) for f in Path("/proc").iterdir() if f.name.isdigit() and pid_namespace_of(f.name) in namespaces]


def becomes_true(condition, seconds=60):
    """Asks again until the condition holds; False when it did not within the time."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True


# Wine's registry hands values out sorted by name: "subject" is loaded before "unharmed".
class RunStories:
    """The stories of `run` that are the same for DLLs and for shared objects. A test case adds `play`, which
    runs a list of plugins, given as pairs of a name and a file, and returns the outcome."""

    def assert_first_user_text(self, outcome, expected):
        self.assertEqual(outcome.seen_by_user[0], expected, str(outcome))

    def assert_healthy_was_told(self, outcome, started):
        self.assertEqual(outcome.results_of("load", "unharmed"), ["0x00000000"], str(outcome))
        self.assertEqual(len(outcome.results_of("OnVMStarted", "unharmed")), started, str(outcome))

    def assert_clean_run(self):
        outcome = self.play([("unharmed", option("minimal"))])
        self.assertEqual(outcome.code, 0, str(outcome))
        self.assert_first_user_text(outcome, "hello\n")

    def test_healthy_plugin_runs(self):
        outcome = self.play([("unharmed", option("minimal"))])
        self.assertEqual(outcome.code, 0, str(outcome))
        self.assert_first_user_text(outcome, "hello\n")
        for hook in ("OnVMStarted", "OnDistributionStarted", "OnDistributionStopping", "OnVMStopping"):
            self.assertEqual(outcome.results_of(hook, "unharmed"), ["0x00000000"], hook)
        kernel = Path("/proc/version").read_text(encoding="utf-8").strip()
        said = [text_of(entry, "text") for entry in outcome.journal if entry["kind"] == "log"]
        self.assertTrue(any(kernel in text for text in said), str(outcome))

    def test_veto_is_shown_and_stops_the_machine(self):
        outcome = self.play([("subject", option("veto_vm")), ("unharmed", option("minimal"))])
        self.assertEqual(outcome.code, 1, str(outcome))
        self.assert_first_user_text(
            outcome,
            FATAL.format(name="subject")
            + ". Error message: 'WSL is blocked on this computer.'\n"
            + f"Error code: {LOAD_PATH}E_ACCESSDENIED\n",
        )
        # The refusal ends the round of starting; every plugin is told of the stop.
        self.assert_healthy_was_told(outcome, started=0)
        self.assertEqual(outcome.results_of("OnVMStopping", "unharmed"), ["0x00000000"], str(outcome))
        self.assertEqual(outcome.results_of("OnDistributionStarted", "unharmed"), [], str(outcome))
        self.assert_clean_run()

    def test_scenario_is_played_from_its_file_recorded_and_replayed(self):
        """A test case adds `spelt`, which spells a path for the tool, and `folder`."""
        scenario = {
            "schema": 1,
            "name": "story",
            "service": {"signatures": "unofficial"},
            "plugins": [{"name": "healthy", "path": "story_plugin"}],
            "steps": [
                {"step": "launch", "command": ["echo", "told"], "expect": {"output": "told\n"}},
                {"step": "shutdown", "expect": {"hooks": ["healthy OnDistributionStopping", "healthy OnVMStopping"]}},
            ],
        }
        minimal = Path(option("minimal"))
        shutil.copy(minimal, self.folder / f"story_plugin{minimal.suffix}")
        file = self.folder / "story.json"
        file.write_text(json.dumps(scenario), encoding="utf-8")
        report, recording = self.folder / "story.html", self.folder / "story.jsonl"
        written = ["--report", self.spelt(report), "--record", self.spelt(recording)]
        outcome = tool("run", "--scenario", self.spelt(file), *written)
        self.assertEqual(outcome.code, 0, str(outcome))
        self.assertIn("<title>story</title>", report.read_text(encoding="utf-8"))
        replayed = tool("run", "--replay", self.spelt(recording))
        self.assertEqual(replayed.code, 0, str(replayed))
        changed = recording.read_text(encoding="utf-8").replace('"name":"OnVMStopping"', '"name":"OnVMStarted"')
        recording.write_text(changed, encoding="utf-8")
        replayed = tool("run", "--replay", self.spelt(recording))
        self.assertEqual(replayed.code, 1, str(replayed))
        self.assertIn("+ ", replayed.output)
        self.assertIn("hook OnVMStopping", replayed.output)

    def throw_from(self, place):
        return self.play(
            [("subject", option("throwing")), ("unharmed", option("minimal"))], WSLPLUGINS_FIXTURE_THROW_IN=place
        )

    def test_throwing_plugin_runs_when_it_does_not_throw(self):
        outcome = self.throw_from("nowhere")
        self.assertEqual(outcome.code, 0, str(outcome))
        self.assert_first_user_text(outcome, "hello\n")

    def test_throwing_from_the_constructor_is_a_load_failure(self):
        outcome = self.throw_from("constructor")
        self.assertEqual(outcome.code, 1, str(outcome))
        self.assert_first_user_text(
            outcome, f"{FATAL.format(name='subject')}\nError code: {LOAD_PATH}ERROR_UNHANDLED_EXCEPTION\n"
        )
        self.assert_healthy_was_told(outcome, started=0)

    def test_throwing_from_the_vm_started_hook_refuses_the_machine(self):
        outcome = self.throw_from("on_vm_started")
        self.assertEqual(outcome.code, 1, str(outcome))
        self.assertTrue(outcome.seen_by_user[0].startswith(FATAL.format(name="subject")), str(outcome))
        self.assertTrue(
            outcome.seen_by_user[0].endswith(f"\nError code: {LOAD_PATH}ERROR_UNHANDLED_EXCEPTION\n"), str(outcome)
        )
        self.assert_healthy_was_told(outcome, started=0)
        self.assertEqual(outcome.results_of("OnVMStopping", "unharmed"), ["0x00000000"], str(outcome))

    def test_throwing_from_the_distribution_started_hook_refuses_the_distribution(self):
        outcome = self.throw_from("on_distribution_started")
        self.assertEqual(outcome.code, 1, str(outcome))
        self.assertTrue(
            outcome.seen_by_user[0].endswith(f"\nError code: {DISTRIBUTION_PATH}ERROR_UNHANDLED_EXCEPTION\n"),
            str(outcome),
        )
        self.assert_healthy_was_told(outcome, started=1)
        self.assertEqual(outcome.results_of("OnVMStopping", "unharmed"), ["0x00000000"], str(outcome))

    def test_throwing_from_a_stopping_hook_disturbs_nobody(self):
        places = {"on_distribution_stopping": "OnDistributionStopping", "on_vm_stopping": "OnVMStopping"}
        for place, hook in places.items():
            outcome = self.throw_from(place)
            self.assertEqual(outcome.code, 0, str(outcome))
            self.assert_first_user_text(outcome, "hello\n")
            self.assertEqual(outcome.results_of(hook, "subject"), ["0x8007023E"], str(outcome))
            self.assertEqual(outcome.results_of(hook, "unharmed"), ["0x00000000"], str(outcome))

    def test_plugin_in_its_own_process_ends_nothing_but_that(self):
        outcome = tool("run", "--unofficial", "--host-model", "own-process", "--json", self.spelt(option("ending")),
                       WSLPLUGINS_FIXTURE_END="memory")
        self.assertEqual(outcome.code, 1, str(outcome))
        names = [text_of(entry, "name") for entry in outcome.journal]
        self.assertIn("plugin-process-ended", names, str(outcome))
        self.assertNotIn("plugin-ended-service", names, str(outcome))
        self.assertEqual(names[-1], "stop", str(outcome))
        self.assertIn("'ending' ended its own process;", outcome.errors)

    def test_scripted_backend_runs_no_program(self):
        outcome = tool("run", "--unofficial", "--backend", "scripted", self.spelt(option("veto_vm")),
                       WSLPLUGINS_GUEST="/no/such/guest")
        self.assertEqual(outcome.code, 1, str(outcome))
        self.assertIn("WSL is blocked on this computer.", outcome.output)

    def test_killed_host_leaves_nothing(self):
        # What runs in the machine has the mark in its command line, the host and its guest in their environment.
        mark = uuid.uuid4().hex
        mounts = Path("/proc/self/mountinfo").read_text(encoding="utf-8")
        host = self.start_commanding(f"sleep 1000; : {mark}")
        self.addCleanup(host.kill)
        in_machine = f"sleep 1000; : {mark}".encode()
        self.assertTrue(becomes_true(lambda: machine_namespaces(in_machine)), "the command did not start")
        namespaces = machine_namespaces(in_machine)
        os.kill(host.pid, signal.SIGKILL)
        host.wait()
        self.assertTrue(becomes_true(lambda: not processes_with(mark.encode())), processes_with(mark.encode()))
        self.assertTrue(becomes_true(lambda: not processes_in(namespaces)), processes_in(namespaces))
        self.assertEqual(Path("/proc/self/mountinfo").read_text(encoding="utf-8"), mounts)
        self.assert_clean_run()

    def test_killed_at_any_moment_leaves_nothing(self):
        # WSLPLUGINS_SOAK_KILLS: how many moments; a whole test run has three times the seven here, one for each build.
        # WSLPLUGINS_SOAK_SEED: the moments of an earlier run again.
        seed = int(os.environ.get("WSLPLUGINS_SOAK_SEED", random.getrandbits(32)))
        print(f"seed {seed}", flush=True)
        moments = random.Random(seed)
        whole = self.time_until_the_command_runs()
        for number in range(int(os.environ.get("WSLPLUGINS_SOAK_KILLS", "7"))):
            with self.subTest(seed=seed, number=number):
                self.kill_after(moments.uniform(0, 1.5 * whole), moments.choice(VICTIMS))
        self.assert_clean_run()

    def time_until_the_command_runs(self):
        mark = uuid.uuid4().hex
        begun = time.monotonic()
        host = self.start_commanding(f"sleep 1000; : {mark}")
        self.addCleanup(host.kill)
        in_machine = f"sleep 1000; : {mark}".encode()
        self.assertTrue(becomes_true(lambda: machine_namespaces(in_machine)), "the command did not start")
        took = time.monotonic() - begun
        host.kill()
        host.wait()
        return took

    def kill_after(self, delay, victim):
        mark = uuid.uuid4().hex.encode()
        mounts = Path("/proc/self/mountinfo").read_text(encoding="utf-8")
        model = ("--host-model", "own-process") if victim == "plugin" else ()
        host = self.start_commanding(f"sleep 1000; : {mark.decode()}", *model)
        self.addCleanup(host.kill)
        time.sleep(delay)  # the random moment
        namespaces = machine_namespaces(mark)
        for pid in victims_with(mark, victim) or [host.pid]:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue  # of the guest's two processes the second one ends with the first
        host.wait(timeout=60)
        self.assertTrue(becomes_true(lambda: not processes_with(mark)), processes_with(mark))
        self.assertTrue(becomes_true(lambda: not processes_in(namespaces)), processes_in(namespaces))
        self.assertEqual(Path("/proc/self/mountinfo").read_text(encoding="utf-8"), mounts)

    def assert_refused_at_load(self, outcome, printed_code):
        """The user sees the code; the healthy plugin is loaded, and no machine starts.
        The next run is a good one."""
        self.assertEqual(outcome.code, 1, str(outcome))
        self.assert_first_user_text(
            outcome, f"{FATAL.format(name='subject')}\nError code: {LOAD_PATH}{printed_code}\n"
        )
        self.assert_healthy_was_told(outcome, started=0)
        self.assertEqual(outcome.results_of("OnVMStopping", "unharmed"), [], str(outcome))
        self.assert_clean_run()
