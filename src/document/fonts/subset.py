#!/usr/bin/env python3
"""Makes report-regular.ttf and report-bold.ttf: see README.md beside this file.

usage: subset.py FOLDER    FOLDER holds NotoSans-Regular.ttf, NotoSans-Bold.ttf and NotoSansMath-Regular.ttf
"""
import sys
from pathlib import Path

from fontTools import subset
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

# Latin with its extensions (Vietnamese among them), Greek, marks, punctuation, super- and subscripts,
# currency, letterlike signs and fractions.
TEXT = [
    (0x20, 0x7E), (0xA0, 0x17F), (0x18F, 0x18F), (0x192, 0x192), (0x1A0, 0x1A1), (0x1AF, 0x1B0),
    (0x1CD, 0x1DC), (0x1E6, 0x1E7), (0x1F8, 0x1F9), (0x218, 0x21B), (0x237, 0x237), (0x259, 0x259),
    (0x2BB, 0x2BC), (0x2C6, 0x2C7), (0x2D8, 0x2DD), (0x300, 0x304), (0x306, 0x30C), (0x31B, 0x31B),
    (0x323, 0x328), (0x374, 0x375), (0x37E, 0x37E), (0x384, 0x38A), (0x38C, 0x38C), (0x38E, 0x3A1),
    (0x3A3, 0x3CE), (0x3D1, 0x3D1), (0x3D5, 0x3D5), (0x3F5, 0x3F5), (0x1E80, 0x1E85), (0x1E9E, 0x1E9E),
    (0x1EA0, 0x1EF9), (0x2010, 0x2015), (0x2018, 0x201E), (0x2020, 0x2022), (0x2026, 0x2026),
    (0x202F, 0x202F), (0x2030, 0x2033), (0x2039, 0x203A), (0x203E, 0x203E), (0x2044, 0x2044),
    (0x2070, 0x2071), (0x2074, 0x208E), (0x2090, 0x2094), (0x20AB, 0x20AC), (0x20B1, 0x20B1),
    (0x2103, 0x2103), (0x2109, 0x2109), (0x2113, 0x2113), (0x2116, 0x2117), (0x2122, 0x2122),
    (0x2126, 0x2126), (0x212B, 0x212B), (0x2153, 0x2154), (0x215B, 0x215E), (0xFFFD, 0xFFFD),
]
# Arrows, operators and marks that the text face lacks.
MATHEMATICS = (
    "←↑→↓↔↕⇌⇐⇒⇔↦∂∅∆∇∈∉∏∑−∓∗∘√∝∞∠∣∥∧∨∩∪∫∴∼≃≅≈≠≡≤≥≪≫≲≳⊂⊃⊆⊇⊕⊗⊥⋅⋯⟨⟩△"
)


def copy(target, source, character):
    """Copies a glyph; both faces have 1000 units to the em."""
    name = source.getBestCmap().get(ord(character))
    if name is None:
        sys.exit(f"NotoSansMath has no {character}")
    recording = DecomposingRecordingPen(source.getGlyphSet())
    source.getGlyphSet()[name].draw(recording)
    pen = TTGlyphPen(None)
    recording.replay(pen)
    new = f"math{ord(character):04X}"
    target.setGlyphOrder(target.getGlyphOrder() + [new])
    target["glyf"][new] = pen.glyph()
    target["hmtx"][new] = source["hmtx"][name]
    for table in target["cmap"].tables:
        if table.isUnicode():
            table.cmap[ord(character)] = new


def main():
    folder = Path(sys.argv[1])
    mathematics = TTFont(folder / "NotoSansMath-Regular.ttf")
    for weight in ("Regular", "Bold"):
        font = TTFont(folder / f"NotoSans-{weight}.ttf", recalcTimestamp=False)
        have = font.getBestCmap()
        wanted = [code for first, last in TEXT for code in range(first, last + 1) if code in have]
        options = subset.Options()
        # Marks, kerning and composition; no ligatures, so that each letter can be found in the file.
        options.layout_features = ["ccmp", "locl", "mark", "mkmk", "kern"]
        options.hinting = False
        options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
        options.notdef_outline = True
        subsetter = subset.Subsetter(options)
        subsetter.populate(unicodes=wanted)
        subsetter.subset(font)
        for character in MATHEMATICS:
            if ord(character) not in font.getBestCmap():
                copy(font, mathematics, character)
        font["maxp"].numGlyphs = len(font.getGlyphOrder())
        # The program's own name, since this is no longer what Noto Sans is.
        for record in font["name"].names:
            if record.nameID in (1, 3, 4, 6):
                record.string = {
                    1: "Specid Report", 3: f"SpecidReport-{weight}",
                    4: f"Specid Report {weight}", 6: f"SpecidReport-{weight}",
                }[record.nameID]
        font.save(f"report-{weight.lower()}.ttf")


main()
