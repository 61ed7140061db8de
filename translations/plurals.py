#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Fills the English plural forms of infrastructor_en.ts from the source texts.

Sources say "%n device(s)" or "%n devices"; English needs "1 device" and "2 devices". Run after
lupdate -pluralonly ui app -ts translations/infrastructor_en.ts
"""
import copy
import re
import sys
import xml.etree.ElementTree as ElementTree

NOUNS = ["devices", "threads", "warnings", "containers", "services", "tables", "times"]


def forms(source):
    one = re.sub(r"\b(need|wait)\(s\)", r"\1s", source)
    many = re.sub(r"\b(need|wait)\(s\)", r"\1", source)
    one = one.replace("(s)", "")
    many = many.replace("(s)", "s")
    for noun in NOUNS:
        one = re.sub(rf"(%n (?:\w+ )?){noun}\b", lambda m: m.group(1) + noun[:-1], one)
    one = one.replace("%n device were", "%n device was")
    one = re.sub(r"\breadings are\b", "reading is", one)
    return one, many


def main(path):
    tree = ElementTree.parse(path)
    for message in tree.iter("message"):
        if message.get("numerus") != "yes":
            continue
        translation = message.find("translation")
        translation.attrib.pop("type", None)
        for child in list(translation):
            translation.remove(child)
        for text in forms(message.find("source").text):
            ElementTree.SubElement(translation, "numerusform").text = text
    # lupdate does not see the classes' namespace in "namespace infra::ui {"; tr() asks for the whole name.
    root = tree.getroot()
    for context in [c for c in root.iter("context") if c.find("name").text.startswith("infra::ui::")]:
        root.remove(context)
    for context in list(root.iter("context")):
        twin = copy.deepcopy(context)
        twin.find("name").text = "infra::ui::" + twin.find("name").text
        root.append(twin)
    root.set("language", "en")
    with open(path, "wb") as file:
        file.write(b'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n')
        tree.write(file, encoding="utf-8")
        file.write(b"\n")


if __name__ == "__main__":
    main(sys.argv[1])
