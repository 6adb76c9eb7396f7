#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Writes the code blocks of the book anew from the regions that they show."""

import book
from house_test import REPOSITORY, TREE

for path, text in book.pages(TREE).items():
    as_now = book.renewed(TREE, path)
    if as_now != text:
        (REPOSITORY / path).write_text(as_now, encoding="utf-8")
        print(f"    {path}")
