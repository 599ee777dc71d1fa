"""How long does it take to compare two editions of a code of 850 articles and three megabytes?

    python -m tests.bench.compare_speed

One JSON line for each kind of second edition: the median of three comparisons in seconds, matching included. The code is
made by the program; its words are drawn at random, always the same ones.
"""

from __future__ import annotations

import json
import random
import statistics
import time
from collections.abc import Callable
from dataclasses import replace

from portal.drafts.compare import compare_texts
from portal.drafts.structure import Kind, Outline, Provision, assign_keys, walk

ARTICLES = 850
POINTS, SUBPOINTS = 4, 3
WORDS = 7  # of a unit, at least
AIM_SECONDS = 2.0
_SYLLABLES = "го су дар ство по ря док за кон ор ган пра во от чет срок ре ше ние нор ма акт про ект та ри ма ка лу".split()


def code(seed: int = 1) -> Outline:
    """A code of chapters of ten articles, each of four points, each point of three subpoints."""
    chance = random.Random(seed)
    words = sorted({"".join(chance.choices(_SYLLABLES, k=chance.randint(2, 5))) for _ in range(20_000)})

    def said(least: int = WORDS) -> str:
        return " ".join(chance.choices(words, k=chance.randint(least, 2 * least))) + "."

    def unit(kind: Kind, number: int, heading: str, text: str, children: tuple[Provision, ...] = ()) -> Provision:
        return Provision("", kind, str(number), heading, text, children)

    def article(number: int) -> Provision:
        points = tuple(
            unit(Kind.point, point, "", said(), tuple(unit(Kind.subpoint, n, "", said()) for n in range(1, SUBPOINTS + 1)))
            for point in range(1, POINTS + 1)
        )
        return unit(Kind.article, number, said(4), "", points)

    chapters = tuple(
        unit(Kind.chapter, at + 1, said(3), "", tuple(article(at * 10 + n) for n in range(1, 11)))
        for at in range(ARTICLES // 10)
    )
    return assign_keys(Outline("ru", "Кодекс", chapters, ()))


def changed_words(outline: Outline, share: float) -> Outline:
    """One word in `share` of the units is another."""
    return _each(outline, share, lambda unit: replace(unit, text=unit.text.replace(" ", " иначе ", 1)))


def other_spaces(outline: Outline) -> Outline:
    """The same words, as another program wrote them."""
    return _each(outline, 1.0, lambda unit: replace(unit, text=unit.text.replace(" ", "  ")))


def one_article_more(outline: Outline) -> Outline:
    """An article in front of all the others, which are numbered anew."""
    first, *rest = outline.provisions
    new = Provision("", Kind.article, "1", "Новая статья", "О чем прежде не говорилось ни в одной статье кодекса.")
    chapters = [replace(first, children=(new, *map(_next_number, first.children)))]
    chapters += [replace(chapter, children=tuple(map(_next_number, chapter.children))) for chapter in rest]
    return assign_keys(replace(outline, provisions=tuple(chapters)))


def _next_number(article: Provision) -> Provision:
    return replace(article, number=str(int(article.number) + 1))


def _each(outline: Outline, share: float, change: Callable[[Provision], Provision]) -> Outline:
    chance = random.Random(2)

    def visit(units: tuple[Provision, ...]) -> tuple[Provision, ...]:
        changed = (change(unit) if chance.random() < share else unit for unit in units)
        return tuple(replace(unit, children=visit(unit.children)) for unit in changed)

    return replace(outline, provisions=visit(outline.provisions))


def main() -> None:
    old = code()
    units = [unit for unit, _, _ in walk(old.provisions)]
    size = sum(len((unit.heading + unit.text).encode()) for unit in units)
    editions = {
        "same": replace(old),
        "one unit in twenty reworded": changed_words(old, 0.05),
        "every unit reworded": changed_words(old, 1.0),
        "other spaces everywhere": other_spaces(old),
        "one article more in front": one_article_more(old),
        "another code": code(seed=7),
    }
    for name, new in editions.items():
        seconds = []
        for _ in range(3):
            started = time.perf_counter()
            comparison = compare_texts(old, new)
            seconds.append(time.perf_counter() - started)
        median = statistics.median(seconds)
        print(
            json.dumps({
                "bench": "compare_speed", "edition": name, "articles": ARTICLES, "units": len(units), "bytes": size,
                "changed": comparison.changed, "seconds": round(median, 3), "aim": AIM_SECONDS,
                "reached": median < AIM_SECONDS,
            })
        )  # fmt: skip


if __name__ == "__main__":
    main()
