"""Are tracked changes accepted or refused as the reader chose, in words, paragraphs, rows, lists and moves?"""

from __future__ import annotations

from typing import Literal

import pytest

from portal.drafts.importers import read_outline
from portal.drafts.structure import Outline, find, walk
from tests.drafts.word import level, numbering, para, run, word_file

Changes = Literal["accepted", "refused"]
WAYS: tuple[Changes, Changes] = ("accepted", "refused")


def outline_of(body: str, changes: Changes, **parts: str) -> Outline:
    return read_outline(word_file(body, **parts), "act.docx", "ru", changes)


def texts(outline: Outline) -> list[str]:
    return [f"{unit.number} {unit.text}" for unit, _, _ in walk(outline.provisions)]


def deleted(words: str) -> str:
    return f'<w:del w:id="1"><w:r><w:delText xml:space="preserve">{words}</w:delText></w:r></w:del>'


def inserted(words: str) -> str:
    return f'<w:ins w:id="2">{run(words)}</w:ins>'


def ending(mark: str, inside: str) -> str:
    """A paragraph whose end was inserted or deleted."""
    return f'<w:p><w:pPr><w:rPr><w:{mark} w:id="3"/></w:rPr></w:pPr>{inside}</w:p>'


@pytest.mark.parametrize(("changes", "words"), [("accepted", "Срок пятнадцать дней."), ("refused", "Срок десять дней.")])
def test_words(changes: Changes, words: str) -> None:
    body = f"<w:p>{run('1. Срок ')}{deleted('десять')}{inserted('пятнадцать')}{run(' дней.')}</w:p>"
    outline = outline_of(body, changes)
    assert texts(outline) == [f"1 {words}"]
    assert [warning.code for warning in outline.warnings] == [f"changes_{changes}"]
    assert str(outline.warnings[0]).startswith("The file held tracked changes")


def test_a_file_without_changes_says_nothing_of_them() -> None:
    assert not outline_of(para("1. Пункт."), "refused").warnings


def test_whole_paragraphs_and_the_numbers_of_the_others() -> None:
    listed = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    gone = f'<w:p><w:pPr>{listed}<w:rPr><w:del w:id="3"/></w:rPr></w:pPr>{deleted("Старый.")}</w:p>'
    new = f'<w:p><w:pPr>{listed}<w:rPr><w:ins w:id="4"/></w:rPr></w:pPr>{inserted("Новый.")}</w:p>'
    body = para("Первый.", numbered=(1, 0)) + gone + new + para("Последний.", numbered=(1, 0))
    found = {changes: texts(outline_of(body, changes, numbering=numbering(level(0, "%1.")))) for changes in WAYS}
    assert found == {
        "accepted": ["1 Первый.", "2 Новый.", "3 Последний."], "refused": ["1 Первый.", "2 Старый.", "3 Последний."]
    }  # fmt: skip


def test_paragraphs_joined_and_parted() -> None:
    body = ending("del", run("1. Начало ")) + para("и конец.") + ending("ins", run("2. Было ")) + para("одно.")
    assert texts(outline_of(body, "accepted")) == ["1 Начало и конец.", "2 Было", " одно."]
    assert texts(outline_of(body, "refused")) == ["1 Начало", " и конец.", "2 Было одно."]


def test_moves() -> None:
    there = f'<w:moveFrom w:id="5">{run("2. Переезд.")}</w:moveFrom>'
    here = f'<w:moveTo w:id="6">{run("2. Переезд.")}</w:moveTo>'
    body = ending("moveFrom", there) + para("1. Пункт.") + ending("moveTo", here) + para("3. Пункт.")
    assert [each[:1] for each in texts(outline_of(body, "accepted"))] == ["1", "2", "3"]
    assert [each[:1] for each in texts(outline_of(body, "refused"))] == ["2", "1", "3"]


def test_rows_and_cells() -> None:
    def row(mark: str, *cells: str) -> str:
        properties = f'<w:trPr><w:{mark} w:id="7"/></w:trPr>' if mark else ""
        return f"<w:tr>{properties}{''.join(f'<w:tc>{para(cell)}</w:tc>' for cell in cells)}</w:tr>"

    body = para("1. Ставки:") + f"<w:tbl>{row('', 'А', '1')}{row('ins', 'Б', '2')}{row('del', 'В', '3')}</w:tbl>"
    rows = {changes: find(outline_of(body, changes), "pnt_1__tbl_1") for changes in WAYS}
    assert {changes: table.rows for changes, table in rows.items() if table} == {
        "accepted": (("А", "1"), ("Б", "2")), "refused": (("А", "1"), ("В", "3"))
    }  # fmt: skip


def test_properties_that_were_altered() -> None:
    """A paragraph taken out of its list, and one put into it."""
    out = '<w:p><w:pPr><w:pPrChange w:id="8"><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr></w:pPrChange></w:pPr>'
    into = '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/><w:ins w:id="9"/></w:numPr></w:pPr>'
    body = para("1. Пункт.") + f"{out}{run('Был в списке.')}</w:p>{into}{run('Не был.')}</w:p>"
    lists = numbering(level(0, "%1.", start=2))
    assert texts(outline_of(body, "accepted", numbering=lists)) == ["1 Пункт.", " Был в списке.", "2 Не был."]
    assert texts(outline_of(body, "refused", numbering=lists)) == ["1 Пункт.", "2 Был в списке.", " Не был."]


def test_notes_hold_changes_too() -> None:
    footnotes = f'<w:footnote w:id="2"><w:p>{deleted("старая")}{inserted("новая")}</w:p></w:footnote>'
    body = f'<w:p>{run("1. Пункт.")}<w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
    notes = {changes: find(outline_of(body, changes, footnotes=footnotes), "pnt_1") for changes in WAYS}
    assert {changes: unit.notes for changes, unit in notes.items() if unit} == {
        "accepted": ("новая",), "refused": ("старая",)
    }


def test_thousands_of_deleted_ends_are_joined_at_once() -> None:
    body = ending("del", run("а ")) * 20_000 + para("конец.")
    assert outline_of(body, "accepted").provisions[0].text.endswith("а конец.")
