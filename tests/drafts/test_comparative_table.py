"""Can a drafter build, correct and publish a comparative table, and do readers see, comment and download it?"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from docx import Document
from docx.enum.section import WD_ORIENT
from lxml import etree

from portal.accounts.actor import OPERATOR
from portal.accounts.models import User
from portal.consultation.actions.windows import announce_consultation
from portal.consultation.queries.drafts import get_file
from portal.drafts.actions.comparative import (
    Base,
    TypedRow,
    add_row,
    build_table,
    edit_row,
    move_row,
    remove_row,
    remove_table,
)
from portal.drafts.actions.versions import upload_text
from portal.drafts.comparative.document import TableDocument
from portal.drafts.exporters.table_docx import table_to_docx
from portal.drafts.exporters.table_xlsx import LONGEST_CELL, table_to_xlsx
from portal.drafts.models import Body, ComparativeTable, Draft, TableRow
from portal.drafts.queries.comparative import find_table, list_rows
from portal.drafts.queries.gate import list_missing
from portal.drafts.queries.reference import get_type
from portal.drafts.queries.texts import latest_version, list_text_languages
from portal.kernel import clock
from portal.kernel.clock import today
from portal.kernel.db import db
from portal.kernel.errors import Conflict, DomainError, Invalid, Refused
from portal.ledger.models import Entry
from portal.reports.document import build_document
from tests.client import PageClient
from tests.drafts.test_comparative_builder import AMENDING_KK, AMENDING_RU, BASE_KK, BASE_RU
from tests.make import Maker
from tests.statements import counted

SignIn = Callable[..., User]
HOSTILE = "'\"><script>alert(1)</script> =1+1 {{ 7*7 }} %(name)s \u202e 🙂"
BASE = Base({"kk": ("база.txt", BASE_KK.encode()), "ru": ("база.txt", BASE_RU.encode())})


@pytest.fixture
def body(make: Maker) -> Body:
    return make.body()


@pytest.fixture
def draft(make: Maker, body: Body) -> Draft:
    return make.draft(texts={"kk": AMENDING_KK, "ru": AMENDING_RU})


@pytest.fixture
def built(draft: Draft, make: Maker) -> Draft:
    build_table(OPERATOR, draft=draft, base=BASE)
    make.commit()
    return draft


def rows(draft: Draft) -> list:
    db.session.expire_all()
    table = find_table(latest_version(draft.id).id)
    return list_rows(table.id) if table else []


def typed(row: object, **changed: str) -> TypedRow:
    names = [f"{cell}_{code}" for cell in ("element", "present", "proposed", "reason") for code in ("kk", "ru")]
    return TypedRow({**{name: getattr(row, name) for name in names}, **changed}, getattr(row, "change"))  # noqa: B009


def publish(draft: Draft, make: Maker) -> None:
    announce_consultation(OPERATOR, draft=draft, opens_on=today(), imported=True)
    make.commit()


def kinds() -> list[str]:
    return [entry.kind for entry in db.session.scalars(db.select(Entry).order_by(Entry.id)) if entry.kind.startswith("comparative")]


def test_a_table_is_built_and_worked_on_with_one_entry_for_each_act(built: Draft) -> None:
    first, second, *_others, last = rows(built)
    assert len(rows(built)) == 9 and first.element_ru == "Пункт 1" and last.finding == "unclear"
    edit_row(OPERATOR, draft=built, number=1, revision=0, typed=typed(first, reason_ru="Чтобы было ясно."))
    move_row(OPERATOR, draft=built, number=1, place=3)
    assert [row.number for row in rows(built)][:4] == [2, 3, 1, 4]
    move_row(OPERATOR, draft=built, number=1, place=-5)
    added = add_row(OPERATOR, draft=built, typed=typed(second, element_ru="Пункт 9"), after=1)
    assert [row.number for row in rows(built)][:3] == [1, added.number, 2]
    remove_row(OPERATOR, draft=built, number=2)
    after = rows(built)
    assert [row.place for row in after] == list(range(1, 10)) and added.number == 10
    assert after[0].reason_ru == "Чтобы было ясно." and after[0].revision == 0
    remove_table(OPERATOR, draft=built)
    assert rows(built) == []
    assert kinds() == [
        "comparative-table-built", "comparative-row-edited", "comparative-row-moved", "comparative-row-moved",
        "comparative-row-added", "comparative-row-removed", "comparative-table-removed",
    ]  # fmt: skip


def test_building_anew_keeps_reasons_and_asks_before_it_loses_what_was_typed(built: Draft) -> None:
    first, second, *_ = rows(built)
    edit_row(OPERATOR, draft=built, number=1, revision=0, typed=typed(first, reason_ru="Довод."))
    build_table(OPERATOR, draft=built, base=BASE)
    first, second, *_ = rows(built)
    assert first.reason_ru == "Довод."
    edit_row(OPERATOR, draft=built, number=second.number, revision=0, typed=typed(second, proposed_ru="Иначе."))
    with pytest.raises(Refused, match="1 row"):
        build_table(OPERATOR, draft=built, base=BASE)
    build_table(OPERATOR, draft=built, base=BASE, drops_edits=True)
    assert rows(built)[1].proposed_ru == ""


def test_who_edits_has_seen_the_row_as_it_is(built: Draft) -> None:
    first = rows(built)[0]
    edit_row(OPERATOR, draft=built, number=1, revision=0, typed=typed(first, proposed_ru="Новое."))
    with pytest.raises(Conflict):
        edit_row(OPERATOR, draft=built, number=1, revision=0, typed=typed(first, proposed_ru="Другое."))
    with pytest.raises(Invalid):
        edit_row(OPERATOR, draft=built, number=1, revision=1, typed=TypedRow({}, "reworded"))
    with pytest.raises(Invalid):
        edit_row(OPERATOR, draft=built, number=1, revision=1, typed=TypedRow({"present_ru": "x"}, "nothing"))


@pytest.mark.parametrize("base", [
    Base({"ru": ("a.bin", bytes(range(256)) * 9)}), Base({"ru": ("a.txt", b"")}), Base(), Base(number="2026-99999"),
    Base({"ru": ("kk.txt", BASE_KK.encode() * 3)}), Base({"en": ("a.txt", b"1. Text.")}),
])  # fmt: skip
def test_a_base_act_that_cannot_be_used_is_refused_and_nothing_is_kept(draft: Draft, base: Base) -> None:
    with pytest.raises(DomainError):
        build_table(OPERATOR, draft=draft, base=base)
    assert db.session.scalar(db.select(ComparativeTable.id)) is None


def test_a_published_draft_can_be_the_base(make: Maker, draft: Draft) -> None:
    base = make.open(texts={"kk": BASE_KK, "ru": BASE_RU}, title_ru="О базе", title_kk="База туралы").draft
    build_table(OPERATOR, draft=draft, base=Base(number=base.number))
    assert rows(draft)[0].present_ru == "1. Настоящие Правила определяют порядок перевозки пассажиров."


def test_the_table_is_a_part_of_the_package(draft: Draft, make: Maker) -> None:
    get_type(draft.type_id).required_parts = ["text-kk", "text-ru", "comparative-table"]
    texts = list_text_languages(latest_version(draft.id).id)
    assert list_missing(draft, texts) == ("comparative-table",)
    build_table(OPERATOR, draft=draft, base=BASE)
    assert list_missing(draft, texts) == ()


def test_a_published_table_changes_no_more(built: Draft, make: Maker) -> None:
    publish(built, make)
    with pytest.raises(DomainError):
        remove_row(OPERATOR, draft=built, number=1)
    with pytest.raises(DomainError):
        build_table(OPERATOR, draft=built, base=BASE, drops_edits=True)


def test_the_desk_without_script(client: PageClient, sign_in: SignIn, draft: Draft, body: Body) -> None:
    sign_in(client, "drafter", body=body)
    url = f"/desk/drafts/{draft.id}/table"
    client.get(url)
    assert "There is no comparative table yet." in client.words
    assert client.post(url, data={"manner": ""}).status_code == 422
    files = {"file_ru": (io.BytesIO(BASE_RU.encode()), "ру.txt"), "file_kk": (io.BytesIO(BASE_KK.encode()), "қаз.txt"), "manner": ""}
    assert client.post(url, data=files, content_type="multipart/form-data").status_code == 302
    client.get(f"{url}?language=ru")
    assert "Подпункт 3) пункта 2" in client.words and "Justification is missing" in client.words
    client.get(f"{url}/rows/9")
    assert "did not recognise which element" in client.words
    data = {"change": "reworded", "element_ru": HOSTILE, "present_ru": "a", "proposed_ru": HOSTILE, "reason_ru": HOSTILE, "revision": "0"}
    assert client.post(f"{url}/rows/9", data=data).status_code == 302
    assert client.post(f"{url}/rows/9", data=data).status_code == 409
    assert client.post(f"{url}/rows/9/move", data={"place": "1"}).status_code == 302
    assert client.post(f"{url}/rows/9/move", data={"place": "x"}).status_code == 302
    assert client.post(f"{url}/rows/new?after=9", data={**data, "revision": ""}).status_code == 302
    assert client.post(f"{url}/rows/new", data={"change": "reworded"}).status_code == 422
    assert [row.number for row in rows(draft)][:2] == [9, 10]
    assert client.post(f"{url}/rows/10/remove").status_code == 302
    client.get(f"{url}?show=unexplained&language=ru")
    client.get(f"/desk/drafts/{draft.id}/package")
    assert client.get(f"{url}/ru.docx").status_code == 200
    assert client.get(f"{url}/en.docx").status_code == 404
    assert client.post(f"{url}/remove").status_code == 302
    assert rows(draft) == []


def test_readers_see_the_table_and_comment_on_its_rows(
    client: PageClient, sign_in: SignIn, built: Draft, make: Maker
) -> None:
    remembered = rows(built)[0]
    add_row(OPERATOR, draft=built, typed=typed(remembered, element_ru="Своя строка", element_kk="Өз жолы"))
    publish(built, make)
    url = f"/drafts/{built.id}/table"
    client.get(f"{url}?language=ru")
    assert "Своя строка" in client.words and "[inserted: или электронный билет" in client.words
    assert "Each row can be commented on." in client.words
    assert client.get(f"{url}?row=10").location.endswith("#row-10")
    assert client.get(f"{url}?row=99").status_code == 404
    client.get(f"/drafts/{built.id}")
    assert client.page.xpath(f"//a[@href='{url}']")
    sign_in(client, "citizen")
    client.get(f"/drafts/{built.id}/comments/new?provision=table__row_10")
    assert "Comparative table: Өз жолы" in client.words
    form = {"provision": "table__row_10", "text": "About this row.", "language": "en", "submission": "1234567890", "stance": ""}
    assert client.post(f"/drafts/{built.id}/comments/new", data=form).status_code == 302
    assert client.get(f"/drafts/{built.id}/comments/new?provision=table__row_99").status_code == 404
    file = get_file(built.id)
    make.comment(file, provision_key="pnt_1__sub_1", text="At the provision.")
    client.get(f"{url}?language=ru")
    assert client.words.count("1 comment:") == 2
    client.get(f"/drafts/{built.id}/comments?provision=table__row_10")
    assert "About this row." in client.words
    (said,) = [unit for unit in build_document(file)["provisions"] if unit["key"] == "table__row_10"]
    assert said["labels"] == {"kk": "Салыстырма кесте: Өз жолы", "ru": "Сравнительная таблица: Своя строка", "en": "Comparative table: Өз жолы"}
    for path in ("", "?provision=table__row_10", "/print"):
        assert client.get(f"/drafts/{built.id}{path}").status_code == 200
    with clock.frozen(file.consultation.closes_at + timedelta(days=1)):
        client.get(url)
        assert "and why." in client.words and "can be commented on" not in client.words


def test_a_long_table_is_paged_in_few_queries(client: PageClient, make: Maker, built: Draft) -> None:
    table = find_table(latest_version(built.id).id)
    cells = {f"{cell}_{code}": "слово " * 20 for cell in ("element", "present", "proposed", "reason") for code in ("kk", "ru")}
    db.session.execute(db.insert(TableRow), [
        {"table_id": table.id, "number": n, "place": n, "change": "reworded", "finding": "", "unit": "", "revision": 0, **cells}
        for n in range(100, 2100)
    ])  # fmt: skip
    publish(built, make)
    client.get(f"/drafts/{built.id}/table")
    with counted() as statements:
        assert client.get(f"/drafts/{built.id}/table?page=50").status_code == 200
    assert len(statements) <= 14, statements
    assert client.get(f"/drafts/{built.id}/table?row=2099").location.endswith("page=101#row-2099")
    assert client.get(f"/drafts/{built.id}/table?show=all").status_code == 200


def sheet_of(data: bytes) -> list[list[str]]:
    """The words of the first sheet, row by row; fails on a cell that is anything but words."""
    root = etree.fromstring(zipfile.ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet1.xml"))
    name = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}%s"
    assert not list(root.iter(name % "f")) and not list(root.iter(name % "hyperlink"))
    found = []
    for row in root.iter(name % "row"):
        cells = list(row.iter(name % "c"))
        assert all(cell.get("t") in ("inlineStr", None) for cell in cells)
        found.append(["".join(cell.itertext()) for cell in cells])
    return found


def document(**more: object) -> TableDocument:
    content = (("Пункт 1", "было", "стало\nи ещё", "довод"), (HOSTILE, "=HYPERLINK(\"http://x\")", "+1+1", "@SUM(A1)\x00\x0b"))
    return TableDocument(**{"language": "ru", "draft_title": "О проекте", "draft_number": "2026-00001", "rows": content, **more})  # type: ignore[arg-type]


def test_the_word_file_is_the_official_form() -> None:
    word = Document(io.BytesIO(table_to_docx(document())))
    assert word.sections[0].orientation == WD_ORIENT.LANDSCAPE and word.paragraphs[0].text == "Сравнительная таблица"
    (table,) = word.tables
    assert [cell.text for cell in table.rows[0].cells] == [
        "Структурный элемент", "Действующая редакция", "Предлагаемая редакция", "Обоснование",
    ]  # fmt: skip
    assert [cell.text for cell in table.rows[1].cells] == ["Пункт 1", "было", "стало\nи ещё", "довод"]
    assert table.rows[2].cells[0].text == HOSTILE
    kazakh = Document(io.BytesIO(table_to_docx(document(language="kk"))))
    assert kazakh.tables[0].rows[0].cells[3].text == "Негіздеме"


def test_the_workbook_holds_words_and_no_formulas() -> None:
    sheet = sheet_of(table_to_xlsx(document(rows=(*document().rows, ("x" * 40_000, "", "", "")))))
    assert sheet[1] == ["Пункт 1", "было", "стало\nи ещё", "довод"]
    assert sheet[2][1:] == ['=HYPERLINK("http://x")', "+1+1", "@SUM(A1)"]
    assert len(sheet[3][0]) == LONGEST_CELL


def test_downloads_and_the_command_give_what_the_table_says(
    client: PageClient, built: Draft, make: Maker, app: object, tmp_path: Path
) -> None:
    publish(built, make)
    answer = client.get(f"/drafts/{built.id}/table/kk.docx")
    table = Document(io.BytesIO(answer.data)).tables[0]
    assert [cell.text for cell in table.rows[2].cells][:3] == ["2-тармақтың 3) тармақшасы", "3) билет – қағаздағы құжат.", "Алып тасталсын"]
    assert client.get(f"/drafts/{built.id}/table/kk.pdf").status_code == 404
    out = tmp_path / "t.xlsx"
    arguments = ["drafts", "export-table", str(built.id), "--format", "xlsx", "--language", "ru", "--out", str(out)]
    result = app.test_cli_runner().invoke(args=arguments)  # type: ignore[attr-defined]
    assert result.exit_code == 0, result.output
    assert len(sheet_of(out.read_bytes())) == 10
    result = app.test_cli_runner().invoke(args=["drafts", "export-table", "999", *arguments[3:]])  # type: ignore[attr-defined]
    assert result.exit_code == 2


def test_a_text_uploaded_anew_makes_the_table_stale(
    client: PageClient, sign_in: SignIn, built: Draft, body: Body, make: Maker
) -> None:
    upload_text(OPERATOR, draft=built, language="ru", data=AMENDING_RU.replace("багаж", "груз").encode(), name="ru.txt")
    make.commit()
    sign_in(client, "drafter", body=body)
    client.get(f"/desk/drafts/{built.id}/table")
    assert "was changed after the table was built" in client.words
