"""How does a text read as one HTML file that needs nothing else: accessible, printable, and readable back?

The file stands outside the portal, so it carries its own style sheet. `data-unit` and `data-number` say what each
element is, its id is the provision's key: an importer reads the tree back from them. Rows and cells of tables have
their keys for ids too.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from portal.drafts.exporters.facts import facts, word
from portal.drafts.exporters.publication import Publication, printable
from portal.drafts.cells import TablePlace, cell_keys
from portal.drafts.labels import label_of, mark_of
from portal.drafts.structure import Kind, Provision

WORDED = frozenset({
    Kind.part, Kind.section, Kind.subsection, Kind.chapter, Kind.paragraph, Kind.article, Kind.annex,
})  # fmt: skip
DEEPEST = 6
_STYLE = """
body { max-width: 46rem; margin: 2rem auto; padding: 0 1rem; color: #14212b; font: 1.0625rem/1.6 Literata, Georgia, "Times New Roman", serif; }
h1, h2, h3, h4, h5, h6 { line-height: 1.3; break-after: avoid; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1rem; font-size: .9375rem; overflow-wrap: anywhere; }
dt { color: #465763; } dd { margin: 0; }
p { margin: .5rem 0; } .note { color: #465763; font-size: .9375rem; }
[data-unit=subpoint], [data-unit=indent] { margin-left: 1.5rem; }
table { border-collapse: collapse; width: 100%; font-size: .9375rem; } th, td { border: 1px solid #6b7a85; padding: .25rem .5rem; text-align: left; vertical-align: top; }
:target { background: #fdf3d7; }
@media print { body { max-width: none; margin: 0; font-size: 11pt; } a { color: inherit; text-decoration: none; } tr { break-inside: avoid; } }
"""


def to_html(publication: Publication, language: str) -> bytes:
    """The document of one language, in UTF-8."""
    return "".join(_document(publication, language)).encode()


def _document(publication: Publication, language: str) -> Iterator[str]:
    outline, title = publication.texts[language], publication.title(language)
    address = escape(publication.expression(language))
    yield (
        f'<!doctype html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<title>{_safe(title)}</title>\n<link rel="canonical" href="{address}">\n<style>{_STYLE}</style>\n</head>\n<body>\n'
    )
    yield "<header>\n<dl>\n"
    for name, value in facts(publication, language):
        shown = f'<a href="{address}">{address}</a>' if value == publication.expression(language) else _safe(value)
        yield f"<dt>{_safe(name)}</dt><dd>{shown}</dd>\n"
    yield f'</dl>\n</header>\n<main data-act="{language}">\n'
    own = "" if outline.title else ' data-title="draft"'
    yield f"<h1{own}>{_lines(outline.title or title)}</h1>\n"
    for unit in outline.provisions:
        yield from _unit(unit, language, 2)
    yield "</main>\n</body>\n</html>\n"


def _unit(unit: Provision, language: str, level: int) -> Iterator[str]:
    element = "section" if unit.kind in WORDED else "div"
    number = f' data-number="{_safe(unit.number)}"' if unit.number else ""
    yield f'<{element} id="{escape(unit.key)}" data-unit="{unit.kind.value}"{number}>\n'
    mark = printed_mark(unit, language)
    if unit.heading:
        label = f'<span class="mark">{_safe(mark)}</span> ' if mark else ""
        yield f'<h{level}>{label}<span class="heading">{_lines(unit.heading)}</span></h{level}>\n'
        mark = ""
    lines = unit.text.split("\n") if unit.text else []
    if mark and not lines:
        yield f'<p class="bare"><span class="mark">{_safe(mark)}</span></p>\n'
    for place, line in enumerate(lines):
        label = f'<span class="mark">{_safe(mark)}</span> ' if mark and place == 0 else ""
        yield f"<p>{label}<span>{_safe(line)}</span></p>\n"
    if unit.rows:
        yield from _table(unit, language)
    for note in unit.notes:
        yield f'<p class="note">{_lines(note)}</p>\n'
    deeper = min(level + 1, DEEPEST) if unit.heading else level
    for child in unit.children:
        yield from _unit(child, language, deeper)
    yield f"</{element}>\n"


def _table(unit: Provision, language: str) -> Iterator[str]:
    yield f'<table aria-label="{word("table", language)}">\n'
    for place, (row, keys) in enumerate(zip(unit.rows, cell_keys(unit.key, unit.rows), strict=True), start=1):
        tag = 'th scope="col"' if place == 1 and len(unit.rows) > 1 else "td"
        yield f'<tr id="{escape(TablePlace(unit.key, place).key)}">'
        for text, key in zip(row, keys, strict=True):
            yield f'<{tag} id="{escape(key)}">{_lines(text)}</{tag[:2]}>' if key else f"<{tag}>{_lines(text)}</{tag[:2]}>"
        yield "</tr>\n"
    yield "</table>\n"


def printed_mark(unit: Provision, language: str) -> str:
    """What stands before the words of a unit: "2-тарау." of a chapter, "3." of a point, "" where there is no number."""
    if not unit.number:
        return ""
    return f"{label_of(unit, language)}." if unit.kind in WORDED else mark_of(unit)


def _safe(text: str) -> str:
    return escape(printable(text))


def _lines(text: str) -> str:
    return "<br>".join(_safe(line) for line in text.split("\n"))
