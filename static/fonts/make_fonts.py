"""How are the two web fonts made? Cut the letters out of each piece, join the pieces, add four signs, vary the weight from 400 to 700."""

from __future__ import annotations

import sys
from pathlib import Path

from fontTools.designspaceLib import AxisDescriptor, DesignSpaceDocument, SourceDescriptor
from fontTools.merge import Merger
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib import build
from fontTools.varLib.instancer import instantiateVariableFont

Point = tuple[int, int]
LETTERS = {*range(0x410, 0x450), *map(ord, "ЁёӘәҒғҚқҢңӨөҰұҮүҺһІі")}
LATIN = {*range(0x20, 0x7F), 0xA0, *map(ord, "§©«»·°×²–—‘’‚“”„…−•")}
PIECES = {"cyrillic": LETTERS | {0x2116}, "cyrillic-ext": LETTERS, "latin": LATIN, "latin-ext": {0x20B8}}
STROKE = {400: 62, 700: 104}  # of the drawn signs, in thousandths of an em
MIDDLE = 262  # height of the middle of a small letter
UNUSED = ["DSIG", "STAT", "MVAR", "GDEF", "vhea", "vmtx", "VVAR"]


def cut(path: Path, letters: set[int], weight: int) -> TTFont:
    """One piece at one weight with these letters only."""
    font = instantiateVariableFont(TTFont(path), {"wght": weight})
    options = Options(layout_features=["kern", "tnum", "pnum", "liga"], hinting=False, glyph_names=True, drop_tables=UNUSED)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=letters)
    subsetter.subset(font)
    font.flavor = None
    return font


def draw(font: TTFont, name: str, code: int, width: int, contours: list[list[Point]]) -> None:
    """Add one glyph made of straight lines; contours run clockwise."""
    pen = TTGlyphPen(None)
    for first, *rest in contours:
        pen.moveTo(first)
        for point in rest:
            pen.lineTo(point)
        pen.closePath()
    font["glyf"][name] = pen.glyph()
    left = min((x for contour in contours for x, _ in contour), default=0)
    font["hmtx"][name] = (width, left)
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap[code] = name


def arrow(tip: int, end: int, stroke: int) -> list[list[Point]]:
    """A shaft from `end` to `tip` with a head of two strokes."""
    side = 1 if tip > end else -1
    half, arm, y = round(stroke / 2**0.5), 210, MIDDLE
    head = [(0, 0), (arm, arm), (arm + half, arm - half), (2 * half, 0), (arm + half, half - arm), (arm, -arm)]
    near, far = sorted((end, tip - side * half))
    shaft = [(near, y - stroke // 2), (near, y + stroke // 2), (far, y + stroke // 2), (far, y - stroke // 2)]
    return [[(tip - side * x, y + dy) for x, dy in head][::-side], shaft]


def add_signs(font: TTFont, stroke: int) -> None:
    """→ ← ▾ ✓ and the narrow no-break space, which the families lack."""
    draw(font, "arrowright", 0x2192, 880, arrow(800, 80, stroke))
    draw(font, "arrowleft", 0x2190, 880, arrow(80, 800, stroke))
    draw(font, "triangledown", 0x25BE, 560, [[(60, 400), (500, 400), (280, 130)]])
    half = round(stroke / 2**0.5)
    check = [(270, 60), (710, 500), (710 - half, 500 + half), (270, 60 + 2 * half), (80 + half, 250 + half), (80, 250)]
    draw(font, "check", 0x2713, 780, [check[::-1]])
    draw(font, "narrowspace", 0x202F, font["hmtx"]["space"][0] * 2 // 3, [])


def join(folder: Path, weight: int, work: Path) -> Path:
    """All pieces of a family at one weight in one file."""
    taken: set[int] = set()
    parts: list[str] = []
    for name, letters in PIECES.items():
        source = next(folder.glob(f"*-{name}-wght-normal.woff2"))
        present = set(TTFont(source).getBestCmap()) & letters - taken
        if present:
            taken |= present
            part = work / f"{folder.parent.name}-{name}-{weight}.ttf"
            cut(source, present, weight).save(part)
            parts.append(str(part))
    joined = work / f"{folder.parent.name}-{weight}.ttf"
    Merger().merge(parts).save(joined)
    font = TTFont(joined, lazy=False)
    add_signs(font, STROKE[weight])
    for table in UNUSED:
        if table in font:
            del font[table]
    font.save(joined)
    return joined


def make(folder: Path, target: Path, work: Path) -> None:
    """One variable woff2 of a family."""
    space = DesignSpaceDocument()
    space.addAxis(AxisDescriptor(name="Weight", tag="wght", minimum=400, default=400, maximum=700))
    for weight in STROKE:
        path = join(folder, weight, work)
        space.addSource(SourceDescriptor(path=str(path), font=TTFont(path), location={"Weight": weight}))
    font, _, _ = build(space)
    for table in ("STAT", "MVAR"):
        if table in font:
            del font[table]
    font["name"].names = [record for record in font["name"].names if record.nameID in {0, 1, 2, 4, 6, 13, 14}]
    font["post"].formatType = 3.0
    font.flavor = "woff2"
    font.save(target)


if __name__ == "__main__":
    packages, out, work = map(Path, sys.argv[1:4])
    work.mkdir(exist_ok=True)
    for family in ("literata", "golos-text"):
        make(packages / family / "files", out / f"{family}.woff2", work)
