"""How is what an importer found weighed against a reference?"""

from __future__ import annotations

import sys
from collections import Counter

from portal.drafts.structure import Kind, Outline, Provision, walk

Units = Counter[tuple[str, ...]]


def articles(outline: Outline) -> Units:
    """Article-level units by number."""
    units = (provision for provision, _, _ in walk(outline.provisions))
    return Counter((unit.number,) for unit in units if unit.kind is Kind.article)


def inner_units(outline: Outline, kind: Kind) -> Units:
    """Units of a kind inside articles, by article number, then the numbers on the way down."""
    found: Units = Counter()

    def visit(provision: Provision, path: tuple[str, ...]) -> None:
        for child in provision.children:
            here = (*path, child.number)
            if child.kind is kind:
                found[here] += 1
            if child.kind in (Kind.point, Kind.subpoint):
                visit(child, here)

    for provision, _, _ in walk(outline.provisions):
        if provision.kind is Kind.article:
            visit(provision, (provision.number,))
    return found


def scored(name: str, reference: Units, found: Units, **more: object) -> dict[str, object]:
    hits = sum((reference & found).values())
    if "--misses" in sys.argv:
        print(name, "missed:", sorted((reference - found).elements())[:60], file=sys.stderr)
        print(name, "invented:", sorted((found - reference).elements())[:60], file=sys.stderr)
    return {
        "bench": "import_accuracy", "set": name, **more,
        "reference": reference.total(), "found": found.total(), "hits": hits,
        "recall": round(hits / max(reference.total(), 1), 4), "precision": round(hits / max(found.total(), 1), 4),
    }  # fmt: skip


def chapters(outline: Outline) -> Units:
    """Sections, chapters and paragraphs (разделы, главы, параграфы) by the Russian word and the number."""
    names = {Kind.section: "razdel", Kind.chapter: "glava", Kind.paragraph: "paragraf"}
    units = (provision for provision, _, _ in walk(outline.provisions))
    return Counter((names[unit.kind], unit.number) for unit in units if unit.kind in names and unit.number)


def words_in(outline: Outline) -> list[str]:
    """All that an outline holds: numbers, headings, texts, cells, notes, in reading order."""
    found = [outline.title]
    for unit, _, _ in walk(outline.provisions):
        found += [unit.number, unit.heading, unit.text, *(cell for row in unit.rows for cell in row), *unit.notes]
    return " ".join(found).split()
