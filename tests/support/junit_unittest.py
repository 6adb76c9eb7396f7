# SPDX-License-Identifier: MIT
"""Runs a module's unittest cases, and writes the JUnit report that scripts/count_tests.py reads."""

import argparse
import sys
import unittest
import xml.etree.ElementTree as ElementTree
from pathlib import Path


class JUnitResult(unittest.TextTestResult):
    """Collects what a JUnit report needs while the text runner prints."""

    def __init__(self, *arguments, **options):
        super().__init__(*arguments, **options)
        self.suite = ElementTree.Element("testsuite", name="tests")

    def startTest(self, test):
        super().startTest(test)
        self.case = ElementTree.SubElement(
            self.suite, "testcase", classname=type(test).__name__, name=test.id().rsplit(".", 1)[-1], status="run")

    def note_failure(self, text):
        ElementTree.SubElement(self.case, "failure", message="failed").text = text

    def addFailure(self, test, error):
        super().addFailure(test, error)
        self.note_failure(self.failures[-1][1])

    def addError(self, test, error):
        super().addError(test, error)
        if not isinstance(test, unittest.TestCase):  # a class or module that could not be set up has no test yet
            self.case = ElementTree.SubElement(
                self.suite, "testcase", classname="setup", name=str(test), status="run")
        self.note_failure(self.errors[-1][1])

    def addSubTest(self, test, subtest, error):
        super().addSubTest(test, subtest, error)
        if error is not None:
            self.note_failure(str(error[1]))

    def addSkip(self, test, reason):
        super().addSkip(test, reason)
        ElementTree.SubElement(self.case, "skipped", message=reason)


def main(description, arguments=()):
    """Runs the tests of `__main__`. `arguments` are names of further options, each of which is needed; what
    they were set to is answered by `option`. Exits 0 when every test passed."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--report", type=Path, help="a file that receives a JUnit report")
    for name in arguments:
        parser.add_argument("--" + name.replace("_", "-"), required=True)
    parsed, rest = parser.parse_known_args()
    options.update(vars(parsed))
    suite = unittest.defaultTestLoader.loadTestsFromModule(sys.modules["__main__"])
    if rest:
        suite = unittest.defaultTestLoader.loadTestsFromNames(rest, sys.modules["__main__"])
    result = unittest.TextTestRunner(resultclass=JUnitResult, verbosity=2).run(suite)
    if parsed.report:
        parsed.report.parent.mkdir(parents=True, exist_ok=True)
        ElementTree.ElementTree(result.suite).write(parsed.report, encoding="utf-8", xml_declaration=True)
    sys.exit(0 if result.wasSuccessful() else 1)


options = {}


def option(name):
    return options[name]
