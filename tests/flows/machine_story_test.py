#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What changes the machine, as one story in the private Wine prefix: the real registry, the real signature check, and
the real service manager with the test host as a service under the name of WSL's own."""

import json
import os
import random
import shutil
import signal
import time
import unittest
import uuid
from pathlib import Path

from stories import becomes_true, junit_unittest, machine_namespaces, option, sign, start_tool, tool
from windows_machine import PLUGINS_KEY, SignedDlls, for_arm64, set_value, windows_path, windows_program

SERVICE = "WSLService"
INSTALLER_KEY = r"HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\Lxss\MSI"
POLICIES_KEY = r"HKLM\SOFTWARE\Policies\WSL"
THEIRS = r"C:\theirs.dll"


def drive_c():
    """The prefix's drive C, which lies in the build folder."""
    build = os.environ.get("WSLPLUGINS_BUILD") or str(Path(__file__).resolve().parents[2] / "build")
    return Path(build) / "wine" / "prefix" / "drive_c"


def record():
    return json.loads((drive_c() / "ProgramData" / "wslplugins" / "record.json").read_text(encoding="utf-8"))


def installed_folders():
    root = drive_c() / "Program Files" / "WSL Plugins"
    return sorted(folder.name for folder in root.iterdir()) if root.exists() else []


class Machine(SignedDlls, unittest.TestCase):
    """The service is installed, a certificate trusted; each story begins and ends with nothing registered."""

    @classmethod
    def setUpClass(cls):
        cls.trust_certificate("machine")
        # Newer than any: no plugin needs more.
        set_value(INSTALLER_KEY, "Version", "REG_SZ", "999.0.0.0")
        cls.addClassCleanup(windows_program, "reg.exe", "delete", INSTALLER_KEY, "/v", "Version", "/f")
        cls.create_service()
        cls.addClassCleanup(windows_program, "sc.exe", "delete", SERVICE)
        cls.addClassCleanup(windows_program, "sc.exe", "stop", SERVICE)

    @classmethod
    def create_service(cls):
        # One may be left of a test that was killed.
        windows_program("sc.exe", "stop", SERVICE)
        windows_program("sc.exe", "delete", SERVICE)
        command = f'{windows_path(option("service"))} {os.environ["WSLPLUGINS_GUEST"]}'
        created = windows_program("sc.exe", "create", SERVICE, "binPath=", command)
        assert created.code == 0, str(created)

    def setUp(self):
        self.addCleanup(self.clean)
        self.done("reload", "--yes")

    def clean(self):
        """All goes, and the service with it, so that it holds nothing open."""
        for name in ("story", "other"):
            tool("uninstall", name)
            tool("unregister", name, "--force")
        self.done("reload", "--yes")
        self.assertEqual(installed_folders(), [])

    def done(self, *arguments, code=0):
        outcome = tool(*arguments)
        self.assertEqual(outcome.code, code, f"{arguments}: {outcome}")
        return outcome

    def survey(self):
        """The service's state, and each plugin under its name."""
        told = json.loads(self.done("status", "--json").output)
        return told["service"], {plugin["name"]: plugin for plugin in told["plugins"]}

    def status(self):
        return self.survey()[1]

    def state_of_service(self):
        return self.survey()[0]

    def findings(self):
        outcome = tool("doctor", "--json")
        self.assertIn(outcome.code, (0, 1), str(outcome))
        found = json.loads(outcome.output)["findings"]
        is_bad = any(finding["severity"] != "note" for finding in found)
        self.assertEqual(outcome.code, 1 if is_bad else 0, str(outcome))
        return {(finding["id"], finding["plugin"]) for finding in found}

    def install(self, *arguments, code=0):
        return self.done("install", "story", windows_path(self.good), *arguments, code=code)

    def assert_untouched(self):
        self.assertEqual((installed_folders(), self.status()), ([], {}))


class MachineStories(Machine):
    def test_story_from_installation_to_removal(self):
        self.install()
        self.assertEqual(len(installed_folders()), 1)
        self.assertEqual(self.status()["story"]["state"], "waits for a reload")
        self.assertEqual(self.status()["story"]["signature"], "trusted")
        self.assertIn(("plugin-waits-for-reload", "story"), self.findings())
        refused = self.done("reload", code=2)
        self.assertIn("every distribution", refused.errors)
        self.assertIn("story: loaded", self.done("reload", "--yes").output)
        self.assertEqual({name for _, name in self.findings() if name}, set())
        # The service holds the old one open, so that both are there until it stops.
        self.install()
        self.assertEqual(len(installed_folders()), 2)
        self.assertIn(("files-left-over", ""), self.findings())
        self.assertIn("story: loaded", self.done("reload", "--yes").output)
        self.assertEqual(len(installed_folders()), 1)
        self.install("--yes")
        self.assertEqual(len(installed_folders()), 1)
        self.assertEqual(self.status()["story"]["state"], "loaded")
        kept = self.done("uninstall", "story")
        self.assertIn("still in use by the WSL service", kept.output)
        self.assertEqual(self.status(), {})
        self.assertEqual(len(installed_folders()), 1)
        self.done("reload", "--yes")
        self.assertEqual(installed_folders(), [])
        self.assertEqual((record()["plugins"], record()["leftovers"]), ([], []))

    def test_uninstalling_with_consent_frees_the_files_at_once(self):
        self.install("--yes")
        self.done("uninstall", "story", "--yes")
        self.assert_untouched()
        self.assertEqual(self.state_of_service(), "running")

    def test_what_others_had_registered_comes_back(self):
        set_value(PLUGINS_KEY, "story", "REG_SZ", THEIRS)
        self.install(code=1)
        self.assertEqual(installed_folders(), [])
        self.install("--force")
        self.done("uninstall", "story", "--yes")
        self.assertEqual(self.status()["story"]["path"], THEIRS)

    def test_dry_runs_change_nothing(self):
        self.install("--dry-run")
        self.assert_untouched()
        self.install()
        folders = installed_folders()
        self.done("uninstall", "story", "--dry-run")
        self.done("reload", "--dry-run")
        self.assertEqual(installed_folders(), folders)
        self.assertEqual(self.status()["story"]["state"], "waits for a reload")

    def test_wrong_input_is_refused_and_leaves_nothing(self):
        text = self.folder / "text.dll"
        text.write_text("no program at all", encoding="utf-8")
        arm64 = self.folder / "arm64.dll"
        arm64.write_bytes(for_arm64(Path(option("minimal")).read_bytes()))
        good = windows_path(self.good)
        for arguments, code in (
            (("install", "story", windows_path(self.folder / "none.dll")), 2),
            (("install", "story", windows_path(text)), 2),
            (("install", "", good), 2),
            (("install", "a\nb", good), 2),
            (("install", "story", good, "--with", good), 3),
            (("install", "story", windows_path(arm64), "--dev"), 1),
            (("install", "story", windows_path(option("minimal"))), 1),
            (("uninstall", "story"), 1),
            (("unregister", "story"), 1),
        ):
            with self.subTest(arguments=arguments):
                self.assertNotEqual(self.done(*arguments, code=code).errors, "")
                self.assert_untouched()
                self.assertEqual(record()["leftovers"], [])

    def test_unsigned_is_installed_for_development_only(self):
        unsigned = windows_path(option("minimal"))
        refused = self.done("install", "story", unsigned, code=1)
        self.assertIn("TRUST_E_NOSIGNATURE", refused.errors)
        self.done("install", "story", unsigned, "--dev")
        self.assertEqual(self.status()["story"]["origin"], "install --dev")
        failed = self.done("reload", "--yes", code=1)
        self.assertIn("story: not loaded", failed.output)
        found = self.findings()
        self.assertIn(("plugin-for-development", "story"), found)
        self.assertIn(("plugin-not-trusted", "story"), found)
        self.assertIn(("plugin-not-loaded", "story"), found)

    def test_place_that_everybody_can_change_is_refused(self):
        open_dll = self.folder / "open.dll"
        shutil.copyfile(self.good, open_dll)
        open_dll.chmod(0o666)
        refused = self.done("register", "story", windows_path(open_dll), code=1)
        self.assertIn("no administrators", refused.errors)
        self.done("register", "story", windows_path(open_dll), "--dev")
        self.assertEqual(self.status()["story"]["origin"], "register --dev")
        self.assertIn(("plugin-open-to-others", "story"), self.findings())

    def test_missing_file_is_named_until_it_is_back(self):
        gone = self.folder / "gone.dll"
        set_value(PLUGINS_KEY, "story", "REG_SZ", windows_path(gone))
        set_value(PLUGINS_KEY, "other", "REG_EXPAND_SZ", windows_path(self.good))
        failed = self.done("reload", "--yes", code=1)
        self.assertIn("story: not loaded", failed.output)
        found = self.findings()
        self.assertIn(("plugin-file-missing", "story"), found)
        self.assertIn(("plugin-not-loaded", "story"), found)
        self.assertIn(("plugin-value-skipped", "other"), found)
        renamed = self.folder / "gone.dll.old"
        shutil.copyfile(self.good, renamed)
        self.assertIn(("plugin-file-renamed", "story"), self.findings())
        renamed.rename(gone)
        self.assertIn("story: loaded", self.done("reload", "--yes").output)

    def test_dll_that_the_service_cannot_use_is_found(self):
        content = Path(option("minimal")).read_bytes()
        cases = {
            "arm64": ("plugin-for-other-processor", for_arm64(content)),
            "no_export": ("plugin-not-loaded", Path(option("no_export")).read_bytes()),
        }
        for name, (finding, changed) in cases.items():
            with self.subTest(name):
                set_value(PLUGINS_KEY, "story", "REG_SZ", windows_path(self.signed_file(f"{name}.dll", changed)))
                self.assertIn("story: not loaded", self.done("reload", "--yes", code=1).output)
                self.assertIn((finding, "story"), self.findings())
                self.assertEqual(self.status()["story"]["signature"], "trusted")

    def test_plugin_that_ends_the_service_is_seen_at_once(self):
        bad = self.signed_file("ends.dll", Path(option("ends_its_host")).read_bytes())
        self.done("install", "story", windows_path(bad))
        begun = time.monotonic()
        failed = self.done("reload", "--yes", code=3)
        self.assertIn("its process ended with code 77", failed.errors)
        self.assertLess(time.monotonic() - begun, 60, "the limit of the wait is 120 s")
        self.assertEqual(self.state_of_service(), "stopped")
        self.assertLessEqual({("wsl-service-stopped", ""), ("change-interrupted", "")}, self.findings())
        # The next call tries again, and so does the one after the cause is gone.
        gone = self.done("uninstall", "story")
        self.assertIn("had been left stopped, and does not start", gone.output)
        self.assertIn("it runs again", self.done("unregister", "story", code=1).output)
        self.assertEqual(self.state_of_service(), "running")

    def test_doctor_tells_of_ways_around_until_they_are_closed(self):
        self.install()
        ways = {("inbox-wsl-allowed", ""), ("wsl1-allowed", ""), ("debug-shell-allowed", "")}
        self.assertLessEqual(ways, self.findings())
        self.addCleanup(windows_program, "reg.exe", "delete", POLICIES_KEY, "/f")
        for policy in ("AllowInboxWSL", "AllowWSL1", "AllowDebugShell"):
            set_value(POLICIES_KEY, policy, "REG_DWORD", "0")
        self.assertEqual(ways & self.findings(), set())

    def test_same_dll_under_another_spelling_is_found(self):
        self.install()
        path = self.status()["story"]["path"]
        set_value(PLUGINS_KEY, "other", "REG_SZ", path.replace("WSL Plugins", "wsl plugins"))
        twins = [name for finding, name in self.findings() if finding == "plugin-registered-twice"]
        self.assertEqual(len(twins), 1)

    def test_registration_that_others_took_away_is_found(self):
        self.install()
        deleted = windows_program("reg.exe", "delete", PLUGINS_KEY, "/v", "story", "/f")
        self.assertEqual(deleted.code, 0, str(deleted))
        self.assertIn(("registration-changed-by-others", "story"), self.findings())
        self.done("uninstall", "story", "--yes")
        self.assert_untouched()

    def test_computer_without_the_service_is_told_of(self):
        self.addCleanup(self.create_service)
        for command in ("stop", "delete"):
            self.assertEqual(windows_program("sc.exe", command, SERVICE).code, 0)
        self.assertEqual(self.state_of_service(), "not installed")
        self.assertIn(("wsl-service-missing", ""), self.findings())
        self.assertIn("is not installed", self.done("reload", "--yes", code=3).errors)


class Trials(Machine):
    """The command `try`, with a `wsl.exe` where Windows has it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.wsl = drive_c() / "windows" / "system32" / "wsl.exe"
        shutil.copyfile(option("wsl"), cls.wsl)
        cls.addClassCleanup(cls.wsl.unlink, missing_ok=True)

    def try_out(self, *arguments, code=0):
        report = json.loads(self.done("try", "--yes", "--json", "story", *arguments, code=code).output)
        self.assertTrue(report["put_back"], report)
        self.assertEqual(self.state_of_service(), "running")
        return report

    def test_plugin_is_tried_and_everything_is_put_back(self):
        report = self.try_out(windows_path(self.good), "--", "echo", "hello")
        self.assertTrue(report["loaded"], report)
        self.assertEqual([command["exit_code"] for command in report["commands"]], [0, 0], report)
        self.assertEqual(report["commands"][0]["output"], "hello\n")
        self.assertEqual(report["commands"][1]["command"][1:], ["--shutdown"])
        told = ["VM started", "kernel", "distribution started", "distribution stopping", "VM stopping"]
        said = [line.removeprefix("good info ").split(":")[0] for line in report["log"]]
        self.assertEqual(said, told, report)
        self.assertEqual(report["problems"], [])
        self.assert_untouched()

    def test_registered_plugin_stays_registered(self):
        self.install()
        self.assertTrue(self.try_out()["loaded"])
        self.assertEqual(self.status()["story"]["state"], "loaded")
        refused = self.done("try", "story", windows_path(self.good), "--yes", code=1)
        self.assertIn("is registered already", refused.errors)
        self.assertEqual(self.status()["story"]["state"], "loaded")

    def test_plugin_that_fails_is_shown_and_taken_back(self):
        bad = self.signed_file("nothing.dll", Path(option("no_export")).read_bytes())
        report = self.try_out(windows_path(bad), code=1)
        self.assertFalse(report["loaded"])
        self.assertIn("Wsl/Service/CreateInstance/CreateVm/Plugin/0x8007007f", report["commands"][0]["output"])
        self.assert_untouched()

    def test_plugin_that_ends_the_service_is_taken_back(self):
        bad = self.signed_file("ends.dll", Path(option("ends_its_host")).read_bytes())
        report = self.try_out(windows_path(bad), code=1)
        self.assertIn("its process ended with code 77", str(report["problems"]))
        self.assertEqual(report["commands"], [])
        self.assert_untouched()

    def test_interrupted_trial_is_taken_back(self):
        mark = uuid.uuid4().hex
        command = ("sh", "-c", f"sleep 1000; : {mark}")
        trial = start_tool("try", "story", windows_path(self.good), "--yes", "--", *command)
        self.addCleanup(trial.kill)
        self.assertTrue(becomes_true(lambda: machine_namespaces(mark.encode())), "the command did not start")
        trial.send_signal(signal.SIGINT)
        self.assertEqual(trial.wait(timeout=120), 1)
        self.assert_untouched()
        self.assertEqual(self.state_of_service(), "running")

    def test_lines_of_the_plugins_own_log_are_shown(self):
        log = self.folder / "plugin.jsonl"
        log.write_text('{"text":"before"}\n', encoding="utf-8")
        self.assertEqual(self.try_out(windows_path(self.good), "--log", windows_path(log))["log_file"], [])

    def test_what_cannot_be_tried_changes_nothing(self):
        good = windows_path(self.good)
        unsigned = self.done("try", "story", windows_path(option("minimal")), "--yes", code=1)
        self.assertIn("TRUST_E_NOSIGNATURE", unsigned.errors)
        self.assertIn("every distribution", self.done("try", "story", good, code=2).errors)
        self.assertIn("Name its DLL too", self.done("try", "story", "--yes", code=1).errors)
        self.assertNotEqual(self.done("try", "story", windows_path(self.folder / "none.dll"), code=2).errors, "")
        self.assertIn("Would install", self.done("try", "story", good, "--dry-run").output)
        self.wsl.unlink()
        self.addCleanup(shutil.copyfile, option("wsl"), self.wsl)
        self.assertIn("Install WSL", self.done("try", "story", good, "--yes", code=3).errors)
        self.assert_untouched()


class Kills(Machine):
    """Each command is killed at random moments of its whole time. WSLPLUGINS_SOAK_KILLS: how many times each;
    WSLPLUGINS_SOAK_SEED: the moments of an earlier run again."""

    def setUp(self):
        super().setUp()
        self.certificates_before = len(record()["certificates"])
        self.mine = self.folder / "mine"
        self.other = self.folder / "other.dll"
        shutil.copyfile(option("minimal"), self.other)
        sign(self.other, self.mine)

    def test_killed_at_any_moment_leaves_the_old_the_new_or_what_the_next_call_settles(self):
        seed = int(os.environ.get("WSLPLUGINS_SOAK_SEED", random.getrandbits(32)))
        print(f"seed {seed}", flush=True)
        moments = random.Random(seed)
        commands = {
            "register": ("register", "other", windows_path(self.other), "--dev"),
            "install": ("install", "story", windows_path(self.good)),
            "trust": ("trust", "--certificate-folder", windows_path(self.mine)),
            "reload": ("reload", "--yes"),
        }
        whole = {name: self.time_of(name, command) for name, command in commands.items()}
        order = list(commands) * int(os.environ.get("WSLPLUGINS_SOAK_KILLS", "5"))
        moments.shuffle(order)
        for number, name in enumerate(order):
            with self.subTest(seed=seed, number=number, command=name):
                self.kill_after(commands[name], moments.uniform(0, 1.1 * whole[name]))
                self.assert_known(name)
                self.settle()
                self.take_back(name)

    def time_of(self, name, command):
        begun = time.monotonic()
        self.done(*command)
        took = time.monotonic() - begun
        self.take_back(name)
        return took

    def kill_after(self, command, delay):
        process = start_tool(*command)
        time.sleep(delay)  # the random moment
        process.kill()
        process.wait()

    def is_trusted(self):
        return tool("verify", windows_path(self.other)).code == 0

    def assert_known(self, name):
        """Whatever is there is written down: no value, folder or certificate that the next call cannot take back."""
        written = record()
        pending = written["pending"]
        names = {plugin["name"] for plugin in written["plugins"]} | ({pending["name"]} if pending else set())
        self.assertLessEqual(set(self.status()), names)
        kept = {plugin["folder"].rsplit("\\", 1)[-1] for plugin in written["plugins"]}
        kept |= {folder.rsplit("\\", 1)[-1] for folder in written["leftovers"]}
        self.assertLessEqual(set(installed_folders()), kept)
        if name == "trust" and self.is_trusted():
            self.assertEqual(len(written["certificates"]), self.certificates_before + 1, str(written))

    def settle(self):
        """The next call, whatever it is, leaves nothing in the middle."""
        self.done("unregister", "nobody", code=1)
        written = record()
        self.assertIsNone(written["pending"])
        self.assertEqual(written["leftovers"], [])
        self.assertFalse(written["service_is_stopped"])
        service, plugins = self.survey()
        self.assertEqual(service, "running")
        self.assertEqual(set(plugins), {plugin["name"] for plugin in written["plugins"]})
        kept = [plugin["folder"].rsplit("\\", 1)[-1] for plugin in written["plugins"] if plugin["folder"]]
        self.assertEqual(installed_folders(), sorted(kept))

    def take_back(self, name):
        """Also what was never done: each of these can be asked for again."""
        if name == "register" and "other" in self.status():
            self.done("unregister", "other")
        elif name == "install" and "story" in self.status():
            self.done("uninstall", "story")
        elif name == "trust":
            self.done("untrust", "--certificate-folder", windows_path(self.mine))
            self.assertFalse(self.is_trusted())
            self.assertEqual(len(record()["certificates"]), self.certificates_before)


if __name__ == "__main__":
    junit_unittest.main(__doc__, ["runner", "tool", "minimal", "no_export", "ends_its_host", "service", "wsl"])
