"""Is a file made to take for ever, or all the memory there is, read or refused like any other?

Nothing is timed: what these files aim at would take hours or all memory, so a test that ends has passed.
"""

from __future__ import annotations

import os

import pytest

from portal.drafts.importers import Unreadable, read_outline
from tests.drafts.word import level, numbering, para, word_file

SPACES = " " * 300_000


@pytest.mark.parametrize(
    "lines",
    [
        ['"abc', f'"{SPACES}x'],
        ["«abc", f"»{SPACES}and{SPACES}x"],
        [f"«abc{SPACES}x", f"{SPACES}x"],
        [f"Приложение{SPACES}x", f"Приложение к{SPACES}x"],
        ["1." + "1-" * 300_000, "1." * 300_000, "1" * 300_000],
        ["a" + "\u0301" * 300_000, "a'" * 150_000, "\u200b" * 300_000],
    ],
)
def test_lines_that_patterns_could_stumble_over(lines: list[str]) -> None:
    assert read_outline("\n\n".join(lines).encode(), "bomb.txt", "ru").provisions


def test_numbers_beyond_what_word_counts() -> None:
    levels = [
        level(place, f"%{place + 1}" * 300, format, start=2_000_000_000)
        for place, format in enumerate(("upperRoman", "lowerLetter", "russianUpper"))
    ]
    body = "".join(para("Words", numbered=(1, place % 3)) for place in range(300))
    outline = read_outline(word_file(body, numbering=numbering(*levels)), "bomb.docx", "ru")
    assert "Words" in str(outline.provisions)


def test_styles_based_on_one_another_without_end() -> None:
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="s{number}"><w:basedOn w:val="s{number + 1}"/></w:style>'
        for number in range(5_000)
    )
    outline = read_outline(word_file(para("Words", style="s0"), styles=styles), "bomb.docx", "ru")
    assert outline.title == "Words"


@pytest.mark.parametrize("what", ["elements", "attributes"])
def test_a_small_file_of_millions_of_marks(what: str) -> None:
    """Parsed, they would take a gigabyte; the padding keeps the archive's ratio below that of a bomb."""
    attributes = " ".join(f'a{number}=""' for number in range(3_500_000)) if what == "attributes" else ""
    inside = f"<w:p {attributes}/>" if attributes else "<w:r/>" * 8_000_000
    with pytest.raises(Unreadable) as refusal:
        read_outline(word_file(inside, members={"word/padding.bin": os.urandom(300_000)}), "bomb.docx", "ru")
    assert refusal.value.code == "too_long"


def test_relationships_are_bounded_as_the_text_is() -> None:
    links = "<Relationships>" + '<Relationship Type="x"/>' * 3_500_000 + "</Relationships>"
    members = {"_rels/.rels": links, "word/padding.bin": os.urandom(400_000)}
    with pytest.raises(Unreadable) as refusal:
        read_outline(word_file(para("Words"), members=members), "bomb.docx", "ru")
    assert refusal.value.code == "too_long"


@pytest.mark.parametrize("mark", ["(a)", "(i) ", "(1)"])
def test_marks_without_end_on_one_line(mark: str) -> None:
    text = "Section 1. Words\nSection 2. Words\n(1) The word of the act and\n" + mark * 100_000
    assert read_outline(text.encode(), "bomb.txt", "en").provisions


@pytest.mark.parametrize("page", [
    f"<html><body><p>а{' ' * 3_000_000}б",
    f"<html><body><p>{'слово<br>' * 80_000}",
    f"<?xml version='1.0'?><a>{' ' * 3_000_000}слово</a>",
])  # fmt: skip
def test_spaces_and_breaks_without_end(page: str) -> None:
    outline = read_outline(page.encode(), "bomb.html", "ru")
    assert outline.title or outline.provisions


@pytest.mark.parametrize("page", [
    "<html><body><p " + " ".join(f"a{number}=b" for number in range(300_000)) + ">слово",
    "<html><body><p x='>' " + " ".join(f"a{number}" for number in range(300_000)) + ">слово",
    "<html><body>" + "<table><tr><td>а<td>б</table>" * 100_000,
    "<html><body><pre>" + "1. а\n" * 500_000,
])  # fmt: skip
def test_a_page_of_marks_without_end(page: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        read_outline(page.encode(), "bomb.html", "ru")
    assert refusal.value.code in ("too_long", "too_many_paragraphs")
