#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes the fonts of the window from Debian's files: make_font.py SOURCE TARGET FAMILY STYLE tabular|plain

tabular: the digits of the character map become the font's tabular ones, because Qt 6.4 cannot switch OpenType features and
         proportional figures do not stand under each other in a column.
plain:   only the name changes and ligatures go, so that a command is shown as it is typed.
Alternates that nothing can reach are left out, which halves the file. Cubic outlines become quadratic ones: FreeType thickens the
stems of cubic ones as Qt asks it to, and light words on a dark ground come out nearly bold.
"""
import sys

from fontTools import subset
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont, newTable

LARGEST_ERROR = 1.0  # of 2048 or more units an em


def tabular_figures(font):
    single = {}
    gsub = font["GSUB"].table
    for record in gsub.FeatureList.FeatureRecord:
        if record.FeatureTag != "tnum":
            continue
        for index in record.Feature.LookupListIndex:
            for table in gsub.LookupList.Lookup[index].SubTable:
                table = getattr(table, "ExtSubTable", table)
                single.update(getattr(table, "mapping", {}))
    if not single:
        sys.exit("make_font: this font has no tabular figures")
    for table in font["cmap"].tables:
        if table.isUnicode():
            for code, glyph in table.cmap.items():
                table.cmap[code] = single.get(glyph, glyph)


def rename(font, family, style):
    table = font["name"]
    ribbi = style == "Regular"
    compact = family.replace(" ", "")
    names = {
        1: family if ribbi else f"{family} {style}",
        2: "Regular",
        3: f"{compact}-{style}",
        4: f"{family} {style}",
        6: f"{compact}-{style}",
        16: family,
        17: style,
    }
    for name_id in (21, 22, 25):
        table.removeNames(nameID=name_id)
    for name_id, text in names.items():
        table.removeNames(nameID=name_id)
        table.setName(text, name_id, 3, 1, 0x409)


def quadratic(font):
    order = font.getGlyphOrder()
    shapes = font.getGlyphSet()
    glyphs = {}
    for name in order:
        pen = TTGlyphPen(None)
        shapes[name].draw(Cu2QuPen(pen, LARGEST_ERROR, reverse_direction=True))
        glyphs[name] = pen.glyph()
    font["loca"] = newTable("loca")
    font["glyf"] = table = newTable("glyf")
    table.glyphOrder = order
    table.glyphs = glyphs
    for name in ("CFF ", "VORG"):
        if name in font:
            del font[name]
    table.compile(font)
    metrics = font["hmtx"].metrics
    for name, glyph in glyphs.items():
        metrics[name] = (metrics[name][0], getattr(glyph, "xMin", 0))
    font["maxp"] = most = newTable("maxp")
    most.tableVersion = 0x00010000
    most.maxZones = 1
    for name in ("TwilightPoints", "Storage", "FunctionDefs", "InstructionDefs", "StackElements", "SizeOfInstructions"):
        setattr(most, f"max{name}", 0)
    most.maxComponentElements = 0
    most.compile(font)
    font["post"].formatType = 3.0
    font.sfntVersion = "\000\001\000\000"


def main():
    source, target, family, style, mode = sys.argv[1:6]
    font = TTFont(source)
    if mode == "tabular":
        tabular_figures(font)
    options = subset.Options()
    options.layout_features = ["kern", "mark", "mkmk", "ccmp", "locl"]
    options.name_IDs = ["*"]
    options.name_languages = ["*"]
    options.notdef_outline = True
    options.glyph_names = False
    options.hinting = False
    options.desubroutinize = False
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=font.getBestCmap().keys())
    subsetter.subset(font)
    if "CFF " in font:
        quadratic(font)
    rename(font, family, style)
    font.save(target)


main()
