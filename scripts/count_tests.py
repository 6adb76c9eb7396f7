#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Reads the reports of a test run below a build folder and prints one line that counts the tests.

A test program that writes a report of its own is counted test by test; any other CTest entry counts as one
test. Every failed and every skipped test is named, the skipped ones with their reason; one without a reason
counts as failed. Exits 1 when anything failed or nothing ran.
"""

import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path


def outcome_of(case):
    """'passed', 'failed' or 'skipped', and what is to be said about it."""
    if case.find("failure") is not None or case.find("error") is not None or case.get("status") == "fail":
        return "failed", ""
    skipped = case.find("skipped")
    not_run = case.get("status") in ("notrun", "disabled")
    if skipped is None and not not_run:
        return "passed", ""
    reason = (skipped.get("message") or skipped.text or "").strip() if skipped is not None else ""
    return ("skipped", reason) if reason else ("failed", "skipped without a reason")


def read_cases(report):
    for case in ElementTree.parse(report).getroot().iter("testcase"):
        yield ".".join(filter(None, (case.get("classname"), case.get("name")))), case


def main():
    build = Path(sys.argv[1])
    totals = {"passed": 0, "failed": 0, "skipped": 0}
    for reports in sorted(build.glob("**/reports")):
        own_reports = {report.stem for report in reports.glob("*.xml")} - {"ctest"}
        where = reports.parent.name
        for report in sorted(reports.glob("*.xml")):
            for name, case in read_cases(report):
                outcome, remark = outcome_of(case)
                if report.stem == "ctest" and case.get("name") in own_reports and outcome == "passed":
                    continue  # counted test by test in its own report
                totals[outcome] += 1
                if outcome != "passed":
                    print(f"    {outcome} ({where}): {name}{': ' + remark if remark else ''}")
    print(f"tests: {totals['passed']} passed, {totals['failed']} failed, {totals['skipped']} skipped")
    return 0 if totals["failed"] == 0 and totals["passed"] > 0 else 1


if __name__ == "__main__":
    sys.exit(main())
