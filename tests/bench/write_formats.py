"""How does one text look in the other formats an agency may send: .odt, .html and a .pdf with headers and page numbers?

    python -m tests.bench.write_formats FOLDER

Writes the Tax Code into the folder in each format, to be looked at. `write_formats` gives the files of any text.
"""

from __future__ import annotations

import html
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol
from xml.sax.saxutils import escape

import typst

from tests.bench.import_sets.tax_code import tax_code
from tests.drafts.opendocument import odt_file

_PAGE = """#set document(title: "{title}")
#set page(paper: "a4", margin: (left: 3cm, right: 1.5cm, y: 2cm), numbering: "1", number-align: center,
  header: align(right, text(9pt, "{title}")))
#set text(lang: "ru", size: 12pt, hyphenate: true)
#set par(justify: true, first-line-indent: (amount: 1.25cm, all: true), leading: 0.6em, spacing: 0.6em)
#let section(words) = align(center, block(above: 1.2em, below: 1em, strong(words)))
#let article(words) = block(above: 1.2em, below: 0.8em, par(strong(words)))
"""


class Paragraph(Protocol):
    """A line of a text; `level` is 1 for sections, 2 for chapters and paragraphs, 3 for articles, 0 for text."""

    @property
    def text(self) -> str: ...
    @property
    def level(self) -> int: ...


def write_formats(lines: Sequence[Paragraph], title: str = "Налоговый кодекс") -> dict[str, bytes]:
    """The text as the bytes of a file of each format, by the ending of its name."""
    return {"odt": as_odt(lines, title), "html": as_html(lines, title), "pdf": as_pdf(lines, title)}


def as_odt(lines: Sequence[Paragraph], title: str) -> bytes:
    """Headings centred, articles bold, as LibreOffice writes them: by automatic styles."""
    styles = {0: "T", 1: "C", 2: "C", 3: "B"}
    body = "".join(
        f'<text:p text:style-name="{styles[line.level]}">{escape(line.text)}</text:p>' for line in lines
    )
    return odt_file(f'<text:p text:style-name="C">{escape(title)}</text:p>{body}')


def as_html(lines: Sequence[Paragraph], title: str) -> bytes:
    """A plain page: headings as headings, all else as paragraphs."""
    tags = {0: "p", 1: "h2", 2: "h3", 3: "h4"}
    body = "\n".join(f"<{tags[line.level]}>{html.escape(line.text)}</{tags[line.level]}>" for line in lines)
    head = f'<meta charset="utf-8"><title>{html.escape(title)}</title>'
    page = f'<!doctype html><html lang="ru"><head>{head}</head><body><h1>{html.escape(title)}</h1>\n{body}</body></html>'
    return page.encode()


def as_pdf(lines: Sequence[Paragraph], title: str) -> bytes:
    """Justified, hyphenated text with indented paragraphs, under a running title and above page numbers."""
    calls = {0: "par", 1: "section", 2: "section", 3: "article"}
    body = "\n".join(f"#{calls[line.level]}({_string(line.text)})" for line in lines)
    source = _PAGE.replace("{title}", title) + f"#section({_string(title)})\n{body}\n"
    return typst.compile(source.encode("utf-8"), format="pdf")


def _string(text: str) -> str:
    """A string of typst, where JSON's escapes mean the same but for \\u."""
    return json.dumps(text, ensure_ascii=False).replace("\\b", " ").replace("\\f", " ")


def main() -> None:
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in write_formats(tax_code().lines).items():
        (folder / f"tax-code.{name}").write_bytes(data)
        print(json.dumps({"file": str(folder / f"tax-code.{name}"), "bytes": len(data)}))


if __name__ == "__main__":
    main()
