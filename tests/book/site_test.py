#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The built site in headless Chromium: pages load without errors and without another server, at 360 px nothing scrolls sideways, tabs and
colours switch, search finds, headings are in order, text can be read. `scripts/docs test` builds the site and runs this."""

import functools
import http.server
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import unittest
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(REPOSITORY / "tests" / "support"))
import junit_unittest

BROWSERS = ("chromium-headless-shell", "chromium", "google-chrome")


# Stands for a clipboard, which a browser without a screen does not have.
CLIPBOARD = b"""<head><script>
    window.copied = [];
    document.queryCommandSupported = () => true;
    document.execCommand = () => window.copied.push(document.activeElement.value || String(getSelection())) > 0;
</script>"""


class Server(http.server.SimpleHTTPRequestHandler):
    pages, missing, report, done = [], [], None, threading.Event()

    def do_GET(self):
        if self.path == "/harness.html":
            self.answer((Path(__file__).parent / "site_harness.html").read_bytes(), "text/html")
        elif self.path == "/harness-pages.json":
            self.answer(json.dumps(self.pages).encode(), "application/json")
        elif self.path.endswith("?clipboard"):
            page = Path(self.translate_path(self.path)).read_bytes()
            self.answer(page.replace(b"<head>", CLIPBOARD, 1), "text/html")
        else:
            super().do_GET()

    def do_POST(self):
        Server.report = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.answer(b"", "text/plain")
        Server.done.set()

    def answer(self, content, kind):
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *arguments):
        if arguments[0] == '"%s" %s %s' and str(arguments[2]).startswith(("4", "5")) and "favicon" not in arguments[1]:
            Server.missing.append(arguments[1])


class TheSite(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        site = Path(junit_unittest.option("site"))
        browser = next(filter(None, map(shutil.which, BROWSERS)), None)
        if browser is None:
            raise unittest.SkipTest("there is no Chromium in PATH; scripts/setup test installs one")
        Server.pages = ["/" + str(page.relative_to(site)) for page in sorted(site.rglob("*.html"))
                        if page.relative_to(site).parts[0] != "api" and page.name != "404.html"]
        handler = functools.partial(Server, directory=str(site))
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        with tempfile.TemporaryDirectory(prefix="wslplugins-site-", ignore_cleanup_errors=True) as folder:
            printed = Path(folder) / "printed"
            process = subprocess.Popen(
                [browser, "--no-sandbox", "--disable-gpu", "--enable-logging=stderr", f"--user-data-dir={folder}/profile",
                 "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1", "--remote-debugging-port=0",
                 f"http://127.0.0.1:{server.server_port}/harness.html"],
                stdout=printed.open("w"), stderr=subprocess.STDOUT, start_new_session=True)
            finished = Server.done.wait(600)
            os.killpg(process.pid, signal.SIGKILL)  # with all that it started
            process.wait()
            cls.printed = printed.read_text(errors="replace")
        server.shutdown()
        if not finished:
            raise AssertionError("the browser reported nothing in ten minutes:\n" + cls.printed[-3000:])
        cls.report = Server.report

    def test_loads_without_errors(self):
        self.assertNotIn("error", self.report, self.report.get("error"))
        self.assertEqual(len(Server.pages), len(self.report["pages"]))
        self.assertEqual([], Server.missing)
        self.assertEqual([], [line for line in self.printed.split("\n") if "CONSOLE" in line])

    def each(self, wrong):
        return [page for page in self.report["pages"] if wrong(page)]

    def test_asks_no_other_server(self):
        self.assertEqual([], self.each(lambda page: page["resources"]))

    def test_does_not_scroll_sideways_on_a_small_screen(self):
        self.assertEqual([], self.each(lambda page: page["scrolls"] or page["wide"]))

    def test_has_headings_in_order(self):
        self.assertEqual([], self.each(lambda page: page["first"] != 1 or page["headings"] != 1 or page["skips"]))

    def test_has_pictures_with_descriptions(self):
        self.assertEqual([], self.each(lambda page: page["images"]))

    def test_can_be_read(self):
        self.assertEqual([], self.each(lambda page: page["contrast"] < 4.5))

    def test_switches_tabs_and_colours(self):
        self.assertEqual(["none", "block"], self.report["tabs"])
        self.assertEqual(["default", "slate"], self.report["dark"])

    def test_has_tabs_wherever_the_two_systems_differ(self):
        sets = {page["url"]: page["tabs"] for page in self.report["pages"]}
        for chapter in ("getting-started", "quickstart", "first-plugin", "testing", "packaging", "troubleshooting/service-crashes"):
            self.assertTrue(sets[f"/{chapter}.html"], chapter)
        self.assertEqual([], [url for url, tabs in sets.items() if any(labels != ["Linux", "Windows"] for labels in tabs)])

    def test_copies_every_block_as_it_stands(self):
        self.assertGreater(len(self.report["copies"]), 5)
        for shown, copied in self.report["copies"]:
            self.assertEqual(shown, copied)

    def test_plays_the_recorded_terminal_only_when_asked(self):
        recording = self.report["recording"]
        self.assertIn("$ wslplugin run build/my_plugin.so --distribution Blocked", recording["complete"])
        self.assertIn("Blocked is blocked on this computer.", recording["complete"])
        self.assertTrue(recording["still"], "it begins by itself")
        self.assertEqual(("Play the recording", "Pause", "Go on"), (recording["asked"], recording["playing"], recording["paused"]))
        self.assertLess(recording["begun"], 10)
        self.assertEqual(0, recording["moved"], "what stands below moves when it begins")
        self.assertTrue(recording["stands"], "it goes on while it pauses")
        self.assertTrue(recording["played"], "its end is not its whole text")

    def test_shows_the_recorded_terminal_without_motion_where_that_is_asked_for(self):
        recording = self.report["recording"]
        prompts = recording["complete"].count("$ ")
        self.assertEqual(list(range(1, prompts + 1)), [text.count("$ ") for text in recording["commands"]])
        self.assertEqual(recording["complete"], recording["commands"][-1])

    def test_finds_what_is_searched_for(self):
        self.assertTrue(any("ffi-and-safety" in result for result in self.report["search"]), self.report["search"])


if __name__ == "__main__":
    junit_unittest.main(__doc__, ["site"])
