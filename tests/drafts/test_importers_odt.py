from __future__ import annotations

import re

import pytest

from portal.drafts.importers import Unreadable, read_outline
from portal.drafts.importers.package import MAX_PARAGRAPHS
from portal.drafts.structure import Outline, Provision, find, walk
from tests.drafts.opendocument import items, list_style, odt_file, p, para
from tests.shared_data import shared

LIST = list_style(("1", "."), ("1", ")"), ("а, б, .., аа, аб, ... (ru)", ")"))


def outline_of(body: str, changes: str = "accepted", **parts: str) -> Outline:
    return read_outline(odt_file(body, **parts), "act.odt", "ru", "refused" if changes == "refused" else "accepted")


def texts(outline: Outline) -> list[str]:
    return [f"{unit.number} {unit.text}" for unit, _, _ in walk(outline.provisions)]


def keys(outline: Outline) -> list[str]:
    return [unit.key for unit, _, _ in walk(outline.provisions)]


def unit(outline: Outline, key: str) -> Provision:
    found = find(outline, key)
    assert found is not None, f"{key} not in {keys(outline)}"
    return found


def code_of(data: bytes) -> str:
    with pytest.raises(Unreadable) as refusal:
        read_outline(data, "act.odt")
    assert re.fullmatch(r"[A-Z][^%\n]+\.", str(refusal.value))
    return refusal.value.code


def test_headings_articles_and_alignment() -> None:
    body = "".join([
        para("О порядке", "C"), para("Глава 1. Общие положения", "C"), para("Статья 1. Понятия", "B"),
        para("1. Первый:"), para("1) раз;"), para("2) два."), para("Приложение 1 к приказу", "R"), para("Форма", "C"),
    ])  # fmt: skip
    outline = outline_of(body)
    assert outline.title == "О порядке"
    assert keys(outline) == [
        "chp_1", "art_1", "art_1__pnt_1", "art_1__pnt_1__sub_1", "art_1__pnt_1__sub_2", "annex_1"
    ]  # fmt: skip


def test_numbers_of_lists_nested_continued_and_restarted() -> None:
    body = "".join([
        items(para("Первый."), para("Второй:") + items(para("раз:") + items(para("буква;")), para("два.")), more='xml:id="one"'),
        para("Слова между пунктами."),
        items(para("Третий."), more='text:continue-list="one"'),
        items(items(para("раз."), style="")).replace("<text:list ", '<text:list text:continue-list="one" ', 1),
        items(para("Четвёртый."), more='text:continue-numbering="true"'),
    ])  # fmt: skip
    outline = outline_of(body, automatic=LIST)
    assert keys(outline) == [
        "pnt_1", "pnt_2", "pnt_2__sub_1", "pnt_2__sub_1__sub_1", "pnt_2__sub_2", "pnt_2__ind_2", "pnt_3",
        "pnt_3__sub_1", "pnt_4",
    ]  # fmt: skip
    assert unit(outline, "pnt_2__sub_1__sub_1").number == "а"
    restarted = outline_of(items(para("А."), para("Б.")) + items(para("В.")), automatic=LIST)
    assert keys(restarted) == ["pnt_1", "pnt_2", "pnt_1_2"]


def test_items_told_their_number_and_items_without_one() -> None:
    told = '<text:list text:style-name="L"><text:list-item text:start-value="7">{}{}</text:list-item>{}</text:list>'
    header = "<text:list-header>{}</text:list-header>"
    outline = outline_of(told.format(para("Седьмой."), para("Его часть."), header.format(para("Без числа."))), automatic=LIST)
    assert texts(outline) == ["7 Седьмой.", " Его часть.", " Без числа."]


def test_headings_numbered_by_the_outline_and_by_a_pattern() -> None:
    outline_style = (
        '<text:outline-style><text:outline-level-style text:level="1" style:num-format="1" style:num-prefix="Статья "'
        ' style:num-suffix="."/></text:outline-style>'
    )
    h = '<text:h text:outline-level="1">{}</text:h>'
    outline = outline_of(h.format("Понятия") + para("Текст.") + h.format("Сфера") + para("Текст."), styles=outline_style)
    assert [(each.key, each.heading) for each in outline.provisions] == [("art_1", "Понятия"), ("art_2", "Сфера")]
    pattern = LIST.replace('style:num-format="1" style:num-suffix="."', 'style:num-format="1" loext:num-list-format="%1%-тармақ."', 1)
    assert "1-тармақ." in str(outline_of(items(para("Сөз.")), automatic=pattern))


def test_tables_with_covered_and_repeated_cells() -> None:
    cell = "<table:table-cell{}>{}</table:table-cell>"
    row = "<table:table-row>{}</table:table-row>"
    body = para("1. Ставки:") + (
        "<table:table><table:table-header-rows>"
        + row.format(cell.format(' table:number-columns-spanned="2"', para("А")) + "<table:covered-table-cell/>")
        + "</table:table-header-rows>"
        + row.format(cell.format(' table:number-columns-repeated="2"', para("5 %")))
        + "</table:table>"
    )
    outline = outline_of(body)
    assert unit(outline, "pnt_1__tbl_1").rows == (("А", ""), ("5 %", "5 %"))


def test_notes_boxes_fields_and_what_is_not_read() -> None:
    note = '<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body>{}</text:note-body></text:note>'
    box = f"<draw:frame><draw:text-box>{para('Текст в рамке.')}</draw:text-box></draw:frame>"
    hidden = '<style:style style:name="H" style:family="text"><style:text-properties text:display="none"/></style:style>'
    comment = f"<office:annotation><dc:creator>А</dc:creator>{para('замечание')}</office:annotation>"
    contents = f"<text:table-of-content><text:index-body>{para('Статья 1. Понятия 3')}</text:index-body></text:table-of-content>"
    body = contents + p(
        f'1.<text:tab/>Пункт{note.format(para("Сноска."))}{comment}<text:span text:style-name="H"> тайна</text:span>'
        f'<text:s text:c="2"/><text:span>и <text:date>5 мая</text:date></text:span>.{box}'
    ) + para("2. Другой.")  # fmt: skip
    outline = outline_of(body, automatic=hidden)
    assert texts(outline) == ["1 Пункт  и 5 мая.", " Текст в рамке.", "2 Другой."]
    assert unit(outline, "pnt_1").notes == ("Сноска.",)


def test_raised_digits_stay_raised() -> None:
    raised = '<style:style style:name="S" style:family="text"><style:text-properties style:text-position="super 58%"/></style:style>'
    outline = outline_of(p('Статья 12<text:span text:style-name="S">1</text:span>. Площадь', "B") + para("Слова."), automatic=raised)
    assert keys(outline) == ["art_12-1"]


def region(name: str, inside: str) -> str:
    return f'<text:changed-region text:id="{name}">{inside}</text:changed-region>'


def tracked(*regions: str) -> str:
    return f"<text:tracked-changes>{''.join(regions)}</text:tracked-changes>"


INSERTION = region("i", "<text:insertion><office:change-info/></text:insertion>")
BEGIN, END = '<text:change-start text:change-id="i"/>', '<text:change-end text:change-id="i"/>'


def deletion(inside: str) -> str:
    return region("d", f"<text:deletion><office:change-info/>{inside}</text:deletion>")


def test_changed_words() -> None:
    body = tracked(INSERTION, deletion(para("десять "))) + p(
        f'1. Срок <text:change text:change-id="d"/>{BEGIN}пятнадцать {END}дней.'
    )
    assert texts(outline_of(body, "accepted")) == ["1 Срок пятнадцать дней."]
    outline = outline_of(body, "refused")
    assert texts(outline) == ["1 Срок десять дней."]
    assert [warning.code for warning in outline.warnings] == ["changes_refused"]


def test_inserted_paragraphs() -> None:
    body = tracked(INSERTION) + p(f"1. Раз{BEGIN}, и ещё.") + para("2. Новый.") + p(f"новое{END}.") + para("3. Три.")
    assert texts(outline_of(body, "accepted")) == ["1 Раз, и ещё.", "2 Новый.", " новое.", "3 Три."]
    assert texts(outline_of(body, "refused")) == ["1 Раз.", "3 Три."]


def test_inserted_blocks() -> None:
    body = tracked(INSERTION) + para("1. Раз.") + BEGIN + para("2. Новый.") + END + para("3. Три.")
    assert texts(outline_of(body, "refused")) == ["1 Раз.", "3 Три."]


def test_deleted_paragraphs() -> None:
    three = para(" и ещё.") + para("2. Старый.") + para("3. Ст")
    body = tracked(deletion(three)) + p('1. Раз<text:change text:change-id="d"/>арый.')
    assert texts(outline_of(body, "accepted")) == ["1 Разарый."]
    assert texts(outline_of(body, "refused")) == ["1 Раз и ещё.", "2 Старый.", "3 Старый."]
    between = tracked(deletion(para("2. Старый."))) + para("1. Раз.") + '<text:change text:change-id="d"/>' + para("3. Три.")
    assert texts(outline_of(between, "refused")) == ["1 Раз.", "2 Старый.", "3 Три."]


def test_refusals() -> None:
    assert code_of(odt_file(para("Слова"), manifest="<manifest:encryption-data/>")) == "encrypted"
    assert code_of(odt_file("", members={"content.xml": "<x/>"})) == "not_text_document"
    assert code_of(odt_file("", members={"content.xml": "<x>"})) == "damaged"
    assert code_of(odt_file(para(" "))) == "no_text"
    assert code_of(odt_file(para("Слова"))[:-300]) == "damaged"
    entities = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b SYSTEM "file:///etc/passwd">]><x>&a;&b;</x>'
    assert code_of(odt_file("", members={"content.xml": entities})) == "external_entities"
    assert code_of(odt_file(para("а") * (MAX_PARAGRAPHS + 1))) == "too_many_paragraphs"
    assert code_of(odt_file("", members={"x.bin": b"\0" * 120_000_000})) == "unpacks_too_large"


def test_repetitions_that_would_fill_the_memory() -> None:
    cell = f'<table:table-cell table:number-columns-repeated="999999999">{para("а" * 99)}</table:table-cell>'
    rows = f'<table:table-row table:number-rows-repeated="999999999">{cell * 20}</table:table-row>' * 200
    assert code_of(odt_file(f"<table:table>{rows}</table:table>")) == "too_large_table"
    spaces = outline_of(p('1. А<text:s text:c="999999999"/>Б.'))
    assert len(spaces.provisions[0].text) < 200


def test_lists_and_boxes_without_end() -> None:
    body = para("1. Внутри.")
    for _ in range(40):
        body = p(f"<draw:frame><draw:text-box>{body}</draw:text-box></draw:frame>")
    assert len(texts(outline_of(body))) <= 1
    body = para("Внутри.")
    for _ in range(80):
        body = items(body)
    assert texts(outline_of(para("1. А.") + body, automatic=LIST))[0] == "1 А."
    loop = "".join(
        f'<style:style style:name="{one}" style:family="paragraph" style:parent-style-name="{other}"/>'
        for one, other in (("X", "Y"), ("Y", "X"))
    )
    assert texts(outline_of(para("1. А.", "X"), automatic=loop)) == ["1 А."]


def test_thousands_of_changes_are_settled_at_once() -> None:
    regions = [
        f'<text:changed-region text:id="d{place}"><text:deletion>{para("а.") * 2}</text:deletion></text:changed-region>'
        for place in range(10_000)
    ]
    marks = "".join(f'<text:change text:change-id="d{place}"/>б' for place in range(10_000))
    outline = outline_of(tracked(*regions) + p("1. Начало" + marks), "refused")
    assert len(texts(outline)) == 10_001


def test_a_real_file() -> None:
    outline = read_outline(shared("data/documents/trunk-release_notes.odt").read_bytes(), "notes.odt")
    assert outline.title == "Akoma Ntoso 3.0 Release Notes" and outline.tables == 1
    assert any("Introduction" in each.heading for each, _, _ in walk(outline.provisions))
