# SPDX-License-Identifier: MIT
"""The debugger's views: well-formed, and of types and members that exist."""

import re
from xml.etree import ElementTree

NAMESPACE = "{http://schemas.microsoft.com/vstudio/debugger/natvis/2010}"


def violations(tree):
    found = []
    headers = {path: text for path, text in tree.items() if path.startswith("include/wslplugins/") and path.endswith(".hpp")}
    abi = "".join(text for path, text in headers.items() if path.startswith("include/wslplugins/abi/"))
    for path, text in sorted(tree.items()):
        if not path.endswith(".natvis"):
            continue
        try:
            root = ElementTree.fromstring(text.encode())
        except ElementTree.ParseError as error:
            found.append(f"{path} is not well-formed: {error}")
            continue
        for view in root.iter(f"{NAMESPACE}Type"):
            found += [f"{path}: {sentence}" for sentence in type_violations(view, headers, abi)]
    return found


def type_violations(view, headers, abi):
    name = view.get("Name")
    if not name.startswith("wslplugins::"):
        return [f"{name} is not a type of this project"]
    namespace, _, simple = name.rpartition("::")
    declared = re.compile(r"^(?:class|struct|enum class) " + simple + r"(?: final)?(?: :[^{;]*)? \{", re.MULTILINE)
    texts = [
        text for text in headers.values()
        if declared.search(text) and re.search(r"^namespace " + namespace + r" \{", text, re.MULTILINE)]
    if len(texts) != 1:
        return [f"{name} is declared in {len(texts)} public headers"]
    body = texts[0][declared.search(texts[0]).start():]
    body = body[:body.index("\n};")]
    return [f"{name} has no {member}" for member in sorted(members(view)) if not knows(body, abi, member)]


def expressions(view):
    for element in view.iter():
        tag = element.tag.removeprefix(NAMESPACE)
        text = element.text or ""
        if tag == "DisplayString":
            yield from re.findall(r"\{([^{}]*)\}", text)
        elif tag == "Item":
            yield text
        if element.get("Condition"):
            yield element.get("Condition")


def members(view):
    """`a`, or `->A` and `.A` for what is reached through another."""
    found = set()
    for expression in expressions(view):
        expression = re.sub(r",\w+$", "", expression.strip())
        found |= {"".join(pair) for pair in re.findall(r"(->|\.)?\b([A-Za-z]\w*)", expression) if pair[1] != "true"}
    return found


def knows(body, abi, member):
    if member.startswith("."):
        return member == "._Elems" or re.search(r"\b" + member[1:] + r"\b", abi)
    where = abi if member.startswith("->") else body
    return re.search(r"\b" + member.removeprefix("->") + r"(?: =[^;]*|\{[^;]*)?;", where)
