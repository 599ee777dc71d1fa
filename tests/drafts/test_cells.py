"""Has every row and cell of a table a key of its own, in every format, whatever is merged or empty?"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import Result
from lxml import etree, html

from portal.drafts.cells import TablePlace, cell_keys, place_in, places_of, unit_of
from portal.drafts.exporters import FORMATS, Publication, export
from portal.drafts.importers import read_outline
from portal.drafts.importers.marked import read_marked
from portal.drafts.labels import grid_label
from portal.drafts.queries.comparative import table_row_of
from portal.drafts.structure import Kind, Outline, Provision, assign_keys, outline_from_json, outline_to_json, walk
from portal.kernel.files import XML
from tests.drafts.test_exporters import akn_schema

AKN = "{http://docs.oasis-open.org/legaldocml/ns/akn/3.0}"
ROWS = (("№", "Service", "Fee"), ("1", "Licence", ""), ("2", "Copy", "3"))
MERGED = """<table>
<tr><th>No</th><th colspan="2">Fee</th><th>Term</th></tr>
<tr><td rowspan="2">1</td><td>10</td><td>20</td><td>5 days</td></tr>
<tr><td>11</td><td>21</td><td>6 days</td></tr>
</table>"""


def version(*rows: tuple[str, ...]) -> Publication:
    table = Provision("", Kind.table, "", "", "", (), rows)
    outline = assign_keys(Outline("ru", "Правила", (Provision("", Kind.point, "1", "", "Ставки:", (table,)),), ()))
    return Publication(
        address="https://talqy.example/drafts/7", number="2026-00007", version=1, type_code="order", body_code="transport",
        created_on=date(2026, 1, 12), published_on=date(2026, 2, 2), titles={"ru": "О ставках"}, types={"ru": "Приказ"},
        bodies={"ru": "Министерство транспорта"}, texts={"ru": outline},
    )  # fmt: skip


def test_a_key_tells_table_row_and_cell_and_comes_back() -> None:
    assert place_in("art_5__tbl_1__row_3") == TablePlace("art_5__tbl_1", 3)
    assert place_in("art_5__tbl_1__row_3__cell_2") == TablePlace("art_5__tbl_1", 3, 2)
    for key in ("tbl_1__row_3", "tbl_1__row_3__cell_12", "table__row_7"):
        place = place_in(key)
        assert place is not None and place.key == key
    for other in ("art_5", "tbl_1__row_0", "tbl_1__row_1__cell_0", "tbl_1__row_1__cell_", "tbl_1__cell_2", "__row_1", ""):
        assert place_in(other) is None, other
    assert unit_of("tbl_1__row_3__cell_2") == "tbl_1" and unit_of("art_5") == "art_5"
    assert table_row_of("table__row_7") == 7 and table_row_of("table__row_7__cell_2") is None


def test_empty_cells_are_no_places() -> None:
    keys = [place.key for place in places_of("t", ROWS)]
    assert "t__row_2" in keys and "t__row_2__cell_2" in keys and "t__row_2__cell_3" not in keys
    assert TablePlace("t", 2, 3).words(ROWS) is None and TablePlace("t", 2, 9).words(ROWS) is None
    assert TablePlace("t", 9).words(ROWS) is None and TablePlace("t", 3).words(ROWS) == "2 | Copy | 3"
    assert cell_keys("t", ROWS)[1] == ["t__row_2__cell_1", "t__row_2__cell_2", None]


@pytest.mark.parametrize(("language", "words"), [("kk", "3-жол, 2-баған"), ("ru", "строка 3, графа 2"), ("en", "row 3, column 2")])
def test_a_cell_is_called_by_its_row_and_column(language: str, words: str) -> None:
    assert grid_label(3, 2, language) == words
    assert grid_label(3, 0, language) == words.partition(",")[0]


def test_a_merged_cell_stands_where_it_begins() -> None:
    page = f"<html><body><h1>Rules</h1><p>1. The fees are these.</p>{MERGED}</body></html>".encode()
    outline = read_outline(page, "rules.html", "en")
    table = next(unit for unit, _, _ in walk(outline.provisions) if unit.kind is Kind.table)
    keys = {place.key: place.words(table.rows) for place in places_of(table.key, table.rows) if place.column}
    assert keys[f"{table.key}__row_1__cell_4"] == "Term"  # under it stand the terms, though a cell before it is merged
    assert keys[f"{table.key}__row_2__cell_4"] == "5 days" and keys[f"{table.key}__row_3__cell_4"] == "6 days"
    assert f"{table.key}__row_1__cell_3" not in keys and f"{table.key}__row_3__cell_1" not in keys


def test_akoma_ntoso_has_the_keys_and_stays_valid(tmp_path: Path) -> None:
    document = etree.fromstring(export(version(*ROWS, ()), "akn", "ru"))
    akn_schema(tmp_path).assertValid(document)
    ids = {element.get("eId") for element in document.iter(f"{AKN}tr", f"{AKN}th", f"{AKN}td")}
    assert {"pnt_1__tbl_1__row_1", "pnt_1__tbl_1__row_1__cell_1", "pnt_1__tbl_1__row_3__cell_3"} <= ids
    assert "pnt_1__tbl_1__row_2__cell_3" not in ids
    back = read_marked(export(version(*ROWS), "akn", "ru"), XML, "ru")
    assert back is not None and back.provisions == version(*ROWS).texts["ru"].provisions


def test_html_and_json_have_the_keys() -> None:
    page = html.document_fromstring(export(version(*ROWS), "html", "ru"))
    cell = page.get_element_by_id("pnt_1__tbl_1__row_3__cell_2")
    assert cell.tag == "td" and cell.text_content() == "Copy"
    assert page.get_element_by_id("pnt_1__tbl_1__row_1").tag == "tr"
    table = json.loads(export(version(*ROWS), "json", "ru"))["texts"]["ru"]["outline"]["provisions"][0]["children"][0]
    assert table["cell_keys"][2][1] == "pnt_1__tbl_1__row_3__cell_2" and table["cell_keys"][1][2] is None


def test_a_version_is_stored_without_the_keys_of_its_cells() -> None:
    outline = version(*ROWS).texts["ru"]
    assert "cell_keys" not in json.dumps(outline_to_json(outline))
    assert outline_from_json(outline_to_json(outline, with_cells=True)) == outline


@pytest.mark.parametrize("code", list(FORMATS))
@pytest.mark.parametrize("rows", [((),), ((), ()), (("a", "b"), (), ("c",)), (("", ""),)])
def test_rows_without_cells_break_no_format(code: str, rows: tuple[tuple[str, ...], ...]) -> None:
    assert export(version(*rows), code, "ru")


@pytest.mark.parametrize("code", ["pdf", "docx", "html", "json"])
def test_a_unit_without_a_key_breaks_no_format(code: str) -> None:
    publication = version(*ROWS)
    bare = Outline("ru", "", (Provision("", Kind.article, "1", "Заголовок", "Слова."),), ())
    publication.texts["ru"] = bare  # type: ignore[index]
    assert export(publication, code, "ru")


def test_the_outline_shows_the_keys(app: object, tmp_path: Path) -> None:
    file = tmp_path / "rules.md"
    file.write_text("# Rules\n\n1. The fees are these.\n\n| No | Fee |\n|---|---|\n| 1 | 10 |\n| 2 | |\n", "utf-8")
    result: Result = app.test_cli_runner().invoke(args=["drafts", "outline", str(file), "--json"])  # type: ignore[attr-defined]
    assert result.exit_code == 0, result.output
    point = json.loads(result.output)["provisions"][0]
    (table,) = point["children"]
    key = table["key"]
    assert table["cell_keys"] == [
        [f"{key}__row_1__cell_1", f"{key}__row_1__cell_2"], [f"{key}__row_2__cell_1", f"{key}__row_2__cell_2"],
        [f"{key}__row_3__cell_1", None],
    ]  # fmt: skip
