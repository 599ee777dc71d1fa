"""Is a single cell of a table spoken of, linked to and carried on as any provision is?"""

from __future__ import annotations

import pytest

from portal.consultation.anchors import in_reading_order, lay_out
from portal.consultation.changes import became, changes_of, marked_place
from portal.consultation.queries.drafts import DraftFile, has_provision
from portal.drafts.compare import Change, compare
from portal.drafts.compare.rows import align_columns, align_rows
from portal.drafts.structure import Kind, Outline, Provision, assign_keys
from portal.reports.document import build_document
from tests.client import PageClient
from tests.consultation.test_versions import add_comment
from tests.consultation.test_versions_tables import HEAD, ROWS, published, table_key
from tests.make import Maker
from tests.page import text_of

TEXT = HEAD + "\n".join(ROWS) + "\n"
NAMES = {"kk": "1-тармақ, 1-кесте, 3-жол, 2-баған", "ru": "П. 1, табл. 1, строка 3, графа 2", "en": "Point 1, table 1, row 3, column 2"}


def outline(*rows: tuple[str, ...]) -> Outline:
    table = Provision("", Kind.table, "", "", "", rows=rows)
    return assign_keys(Outline("en", "Rules", (Provision("", Kind.point, "1", "", "Fees:", (table,)),), ()))


def open_draft(make: Maker) -> tuple[DraftFile, str]:
    file = make.open(texts=dict.fromkeys(("kk", "ru"), TEXT))
    return file, table_key(file)


def hrefs(element: object) -> list[str]:
    return [link.get("href") for link in element.iterfind(".//a")]  # type: ignore[attr-defined]


def test_a_cell_is_a_place_of_the_text() -> None:
    layout = lay_out(outline(("No", "Fee"), ("1", ""), ("2", "10 units")))
    cell, empty = "pnt_1__tbl_1__row_3__cell_2", "pnt_1__tbl_1__row_2__cell_2"
    assert cell in layout and empty not in layout and "pnt_1__tbl_1__row_9__cell_1" not in layout
    assert layout.words(cell) == "10 units" and layout.words("pnt_1__tbl_1__row_3") == "2 | 10 units"
    assert layout.name(cell, "kk") == "1-тармақ, 1-кесте, 3-жол, 2-баған" and layout.name(empty, "kk") == empty
    assert layout.block_of(cell).key == "pnt_1"  # type: ignore[union-attr]
    near = [key for key, _depth in layout.neighbourhood(cell)]
    assert near == ["pnt_1", "pnt_1__tbl_1", "pnt_1__tbl_1__row_3", "pnt_1__tbl_1__row_3__cell_1", cell]
    row = "pnt_1__tbl_1__row_2"
    assert in_reading_order(["gone", cell, row, "pnt_1", ""], [layout]) == ["", "pnt_1", row, cell, "gone"]


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_a_chosen_row_offers_its_cells_and_a_cell_has_a_thread(client: PageClient, make: Maker, language: str) -> None:
    file, table = open_draft(make)
    row, cell = f"{table}__row_3", f"{table}__row_3__cell_2"
    make.comment(file, text="Make it cheaper.", provision_key=cell)
    client.get(f"/drafts/{file.draft.id}?lang={language}")
    links = hrefs(client.page.find(".//table[@aria-label]"))
    assert [link for link in links if "__cell_" in link] == [f"/drafts/{file.draft.id}?provision={cell}#{cell}"]  # no other cell is noisy
    client.get(f"/drafts/{file.draft.id}?provision={row}&lang={language}")
    offered = hrefs(client.page.find(".//section[@id='thread']//nav"))
    assert f"/drafts/{file.draft.id}?provision={cell}#{cell}" in offered and len(offered) == 1 + 3
    client.get(f"/drafts/{file.draft.id}?provision={cell}&lang={language}")
    chosen = client.page.find(f".//td[@id='{cell}']")
    assert chosen is not None and chosen.get("class") == "cell--chosen"
    thread = client.page.find(".//section[@id='thread']")
    name = NAMES[language]
    assert "Make it cheaper." in text_of(thread) and name[1:] in text_of(thread.find(".//h2"))
    assert f"/drafts/{file.draft.id}/comments/new?provision={cell}" in hrefs(thread)


def test_every_cell_with_words_is_the_target_of_a_link(client: PageClient, make: Maker) -> None:
    file, table = open_draft(make)
    client.get(f"/drafts/{file.draft.id}/versions/1/kk")
    assert client.page.find(f".//td[@id='{table}__row_5__cell_3']") is not None
    assert client.page.find(f".//th[@id='{table}__row_1__cell_2']") is not None
    client.get(f"/drafts/{file.draft.id}/versions/1/kk?beside=ru&provision={table}__row_5__cell_3")
    assert client.page.find(f".//td[@id='ru-{table}__row_5__cell_3']") is not None
    assert len(client.page.findall(".//td[@class='cell--chosen']")) == 1


def test_the_form_lets_a_person_say_which_cell_they_mean(client: PageClient, make: Maker, sign_in: object) -> None:
    file, table = open_draft(make)
    sign_in(client)  # type: ignore[operator]
    row, cell = f"{table}__row_3", f"{table}__row_3__cell_2"
    assert client.get(f"/drafts/{file.draft.id}/comments/new?provision={row}").status_code == 200
    choices = [each.get("value") for each in client.page.iterfind(".//input[@type='radio'][@name='provision']")]
    assert choices == [row, *(f"{row}__cell_{column}" for column in (1, 2, 3)), table, "pnt_1", ""]
    assert "Copy of a licence" in text_of(client.page.find(".//form[@novalidate]"))
    form = {"provision": cell, "text": "Make it cheaper.", "language": "en", "submission": "1234567890", "stance": ""}
    assert client.post(f"/drafts/{file.draft.id}/comments/new", data=form).status_code == 302
    client.get("/comments/1?lang=en")
    assert "Row 3" not in client.words and NAMES["en"] in client.words and "Copy of a licence that was lost" in client.words
    for gone in (f"{row}__cell_9", f"{table}__row_99__cell_1", f"{table}__row_3__cell_0"):
        assert client.get(f"/drafts/{file.draft.id}/comments/new?provision={gone}").status_code == 404


def test_an_empty_cell_takes_no_comment(make: Maker) -> None:
    text = HEAD + "| 1 | Issue of a licence | |\n| 2 | Copy of a licence | 3 units |\n"
    file = make.open(texts=dict.fromkeys(("kk", "ru"), text))
    version_id, table = file.consultation.version_id, table_key(file)
    assert has_provision(version_id, f"{table}__row_3__cell_3")
    assert not has_provision(version_id, f"{table}__row_2__cell_3")


def test_columns_are_known_by_their_head_and_by_what_stands_under_it() -> None:
    old = [("No", "Service", "Fee"), ("1", "licence", "10"), ("2", "copy", "3"), ("3", "inspection of a bus", "5")]
    inserted = [("No", "Code", "Service", "Fee"), ("1", "x1", "licence", "10"), ("2", "x2", "copy", "3"), ("3", "x3", "inspection of a bus", "7")]

    def pairs(new: list[tuple[str, ...]]) -> list[tuple[int, int]]:
        return [(column.old, column.new) for column in align_columns(old, new, align_rows(old, new))]

    assert pairs(old) == [(1, 1), (2, 2), (3, 3)]
    assert pairs(inserted) == [(1, 1), (0, 2), (2, 3), (3, 4)]
    assert pairs([row[:2] for row in old]) == [(1, 1), (2, 2), (3, 0)]
    assert pairs([("No", "Service", "Rate"), *((row[0], row[1], f"{row[2]}0 %") for row in old[1:])]) == [(1, 1), (2, 2), (3, 3)]
    assert pairs([(row[0], row[2], row[1]) for row in old]) in ([(1, 1), (3, 2), (2, 3)], [(1, 1), (2, 3), (3, 2)])
    assert align_columns((), (), ()) == ()


def test_a_comment_on_a_cell_follows_its_row_and_column() -> None:
    old = outline(("No", "Service", "Fee"), ("1", "licence to carry", "10"), ("2", "copy of a licence", "3"))
    new = outline(("No", "Code", "Service", "Fee"), ("0", "x0", "new service here", "1"), ("2", "x2", "copy of a licence", "4"))
    comparison, key = compare(old, new), "pnt_1__tbl_1__row_{}__cell_{}"
    place = became(comparison, key.format(3, 3))
    assert place is not None and (place.change, place.key) == (Change.reworded, key.format(3, 4))
    assert marked_place(place).rows == (((("deleted", "3"), ("inserted", "4")),),)
    assert changes_of(old, new, comparison, "en").place_name(place, "en").endswith("row 3, column 4")
    stayed, gone = became(comparison, key.format(3, 2)), became(comparison, key.format(2, 3))
    assert stayed is not None and (stayed.change, stayed.key) == (Change.same, key.format(3, 3))
    assert gone is not None and (gone.change, gone.key) == (Change.removed, "")
    assert became(comparison, key.format(9, 1)) is None and became(comparison, key.format(1, 9)) is None


def test_comments_on_cells_are_carried_to_the_next_version(client: PageClient, make: Maker) -> None:
    head = "# Rules\n\n1. The fees are these.\n\n| No | Service | Term | Fee |\n|---|---|---|---|\n"
    after = [f"{name}| 1 day |{fee}|" for name, fee, _ in (row.rsplit("|", 2) for row in ROWS)]
    after.insert(0, "| 0 | Something new that is put before | 1 day | 1 unit |")
    file = published(make, ROWS, after, head=head)
    table = table_key(file)
    add_comment(make, file, f"{table}__row_2__cell_3", "Ten is too much.")
    add_comment(make, file, f"{table}__row_5", "On the address.")
    assert client.get(f"/drafts/{file.draft.id}/versions/2/comments?lang=en").status_code == 200
    assert "row 3, column 4" in client.words
    # the page of the later version has the counts where the words stand now
    client.get(f"/drafts/{file.draft.id}/versions/2/ru?lang=en")
    counted = [link for link in hrefs(client.page.find(".//table[@aria-label]")) if "provision=" in link]
    base = f"/drafts/{file.draft.id}/versions/2/ru?provision="
    assert counted == [f"{base}{table}__row_3__cell_4#{table}__row_3__cell_4", f"{base}{table}__row_6#{table}__row_6"]
    client.get(counted[0].partition("#")[0] + "&lang=en")
    assert "Ten is too much." in text_of(client.page.find(".//section[@id='thread']"))
    client.get(f"{base}{table}__row_5&lang=en")  # another row stands there now
    assert "On the address." not in text_of(client.page.find(".//section[@id='thread']"))
    assert client.get(f"/drafts/{file.draft.id}/versions/1/compare/2?unit={table}__row_2__cell_3").status_code == 302


def test_the_report_names_rows_and_cells(make: Maker) -> None:
    file, table = open_draft(make)
    for key in (f"{table}__row_3__cell_2", f"{table}__row_3", "pnt_1", "", f"{table}__row_2"):
        add_comment(make, file, key, f"On {key}.")
    units = build_document(file)["provisions"]
    assert [unit["key"] for unit in units] == ["", "pnt_1", f"{table}__row_2", f"{table}__row_3", f"{table}__row_3__cell_2"]
    assert units[-1]["labels"] == NAMES


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_desk_names_the_cell_and_shows_its_words(client: PageClient, make: Maker, sign_in: object, language: str) -> None:
    file, table = open_draft(make)
    comment = make.comment(file, text="Make it cheaper.", provision_key=f"{table}__row_3__cell_2")
    sign_in(client, "drafter", body=make.body())  # type: ignore[operator]
    assert client.get(f"/desk/drafts/{file.draft.id}/comments?comment={comment.id}&lang={language}").status_code == 200
    assert NAMES[language] in client.words and "Copy of a licence that was lost" in client.words
