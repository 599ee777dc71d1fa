"""Does a version leave in every format whole and valid, and come back the same?"""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import pypdfium2
import pytest
from click.testing import Result
from lxml import etree

from portal.drafts.exporters import FORMATS, Publication, export
from portal.drafts.importers import read_outline
from portal.drafts.importers.marked import read_marked
from portal.drafts.structure import Kind, Outline, Provision, assign_keys, walk
from portal.kernel.files import DOCX, HTML, XML, sniff
from portal.kernel.settings import ROOT
from tests.hostile import STRINGS
from tests.make import Maker
from tests.shared_data import shared

AKN = "{http://docs.oasis-open.org/legaldocml/ns/akn/3.0}"


def unit(kind: Kind, number: str = "", heading: str = "", text: str = "", *children: Provision, **more: object) -> Provision:
    return Provision("", kind, number, heading, text, children, **more)  # type: ignore[arg-type]


def act(language: str = "kk") -> Outline:
    """Every kind of unit, with notes, a table, a repealed unit, an inserted one and annexes in one another."""
    table = unit(Kind.table, rows=(("Түрі", "Мөлшері"), ("а\nб", ""), ("", "5 %")), notes=("Ескертпе. Кестеге.",))
    points = (
        unit(Kind.point, "1", "", "Бірінші.\nЕкінші жол", unit(Kind.subpoint, "1", "", "бір;"), unit(Kind.indent, "", "", "жалғасы")),
        unit(Kind.point, "1-1", "", "«Мынадай редакцияда: «5. Жаңа.»."),
        unit(Kind.point, "2", notes=("Алып тасталды\n01.01.2026 № 5",)),
        table,
    )
    chapter = unit(Kind.chapter, "1", "Жалпы ережелер", "", unit(Kind.article, "1", "Мақсаты", "", *points),
                   unit(Kind.article, "2", "", "Тақырыпсыз бап."), unit(Kind.article, "3", notes=("Күші жойылды.",)))  # fmt: skip
    annex = unit(Kind.annex, "1", "Нысан", "Кіріспе", unit(Kind.point, "1", "", "Бірінші"), unit(Kind.annex, "2", "Ішкі", ""))
    preamble = unit(Kind.indent, "", "", "Осы Заң <қоғамдық> & «қатынастарды» реттейді.")
    return assign_keys(Outline(language, "Ақпарат туралы\nЗаң жобасы", (preamble, chapter, annex), ()))


def version(*outlines: Outline) -> Publication:
    return Publication(
        address="https://talqy.example/drafts/7", number="2026-00007", version=2, type_code="law", body_code="justice",
        created_on=date(2026, 1, 12), published_on=date(2026, 2, 2),
        titles={"kk": "Ақпарат туралы", "ru": "Об информации"}, types={"kk": "Заң", "ru": "Закон"},
        bodies={"kk": "Әділет министрлігі", "ru": "Министерство юстиции"},
        texts={outline.language: outline for outline in outlines},
    )  # fmt: skip


def said(outline: Outline) -> list[object]:
    units = [
        (depth, u.key, u.kind, u.number, u.heading, u.text, u.rows, u.notes) for u, depth, _ in walk(outline.provisions)
    ]
    return [outline.language, outline.title, *units]


@pytest.mark.parametrize("code", list(FORMATS))
def test_a_text_comes_back_as_it_went(code: str) -> None:
    data = export(version(act()), code, "kk")
    assert said(read_outline(data, "text", "kk")) == said(act())


@pytest.mark.parametrize("code", list(FORMATS))
def test_keys_carried_from_an_earlier_version_come_back_too(code: str) -> None:
    outline = act()
    first = outline.provisions[1]
    carried = replace(outline, provisions=(outline.provisions[0], replace(first, key="chp_9"), outline.provisions[2]))
    assert said(read_outline(export(version(carried), code, "kk"), "text", "kk")) == said(carried)


@pytest.mark.parametrize("code", list(FORMATS))
@pytest.mark.parametrize("words", list(STRINGS.values()), ids=list(STRINGS))
def test_odd_words_break_no_format(code: str, words: str) -> None:
    odd = unit(Kind.point, "1", words[:200], words, rows=((words, "б"), ("в", words)), notes=(words,))
    outline = assign_keys(Outline("ru", words[:200], (odd,), ()))
    assert export(version(outline), code, "ru")


def akn_schema(folder: Path) -> etree.XMLSchema:
    """The schema of the standard, its files put into a folder."""
    given = shared("data/akn-uslm/akn-oasis/schema")
    for name in ("akomantoso30.xsd", "xml.xsd"):
        # the schema at hand is a working draft's: only the name of its namespace differs from the standard's
        text = (given / name).read_text("utf-8").replace("akn/3.0/WD17", "akn/3.0")
        (folder / name).write_text(text, "utf-8")
    return etree.XMLSchema(etree.parse(folder / "akomantoso30.xsd"))


def test_akoma_ntoso_is_valid_against_the_schema_of_the_standard(tmp_path: Path) -> None:
    schema = akn_schema(tmp_path)
    both = version(act("kk"), act("ru"))
    for language in ("kk", "ru", None):
        root = etree.fromstring(export(both, "akn", language))
        assert schema.validate(root), schema.error_log
    empty = replace(act(), provisions=(unit(Kind.annex, "1", "Нысан"),))
    assert schema.validate(etree.fromstring(export(version(assign_keys(empty)), "akn", "kk"))), schema.error_log


def test_akoma_ntoso_names_work_expressions_and_units() -> None:
    root = etree.fromstring(export(version(act("kk"), act("ru")), "akn", None))
    bills = root.findall(f".//{AKN}bill")
    languages = [bill.find(f".//{AKN}FRBRlanguage").get("language") for bill in bills]
    works = {bill.find(f".//{AKN}FRBRWork/{AKN}FRBRuri").get("value") for bill in bills}
    assert languages == ["kaz", "rus"]
    assert works == {"/akn/kz/bill/law/justice/2026-01-12/2026-00007"}
    assert {country.get("value") for country in root.iter(f"{AKN}FRBRcountry")} == {"kz"}
    keys = {provision.key for provision, _, _ in walk(act().provisions)}
    assert keys <= {element.get("eId") for element in bills[0].iter() if isinstance(element.tag, str)}


def test_a_word_file_has_real_headings_and_hanging_numbers() -> None:
    with zipfile.ZipFile(io.BytesIO(export(version(act()), "docx", "kk"))) as archive:
        document, styles = archive.read("word/document.xml").decode(), archive.read("word/styles.xml").decode()
    assert 'w:pStyle w:val="Heading1"' in document
    assert 'w:styleId="Lawpoint"' in styles and "w:hanging" in styles
    assert "<w:tblHeader" in document


def test_a_word_file_changed_by_hand_is_read_like_any_other() -> None:
    data = export(version(act()), "docx", "kk")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    body = parts["word/document.xml"].decode()
    parts["word/document.xml"] = body.replace("1-1.\t", "7.\t").replace(">1-1.<", ">7.<").encode()
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    assert read_marked(stream.getvalue(), DOCX, "kk") is None
    again = read_outline(stream.getvalue(), "text.docx", "kk")
    assert "7" in {provision.number for provision, _, _ in walk(again.provisions)}


def test_marks_that_cannot_be_are_not_believed() -> None:
    page = export(version(act()), "html", "kk").decode()
    assert read_marked(page.replace('data-unit="chapter"', 'data-unit="spell"').encode(), HTML, "kk") is None
    assert read_marked(page.replace('data-number="1-1"', 'data-number="9"').encode(), HTML, "kk") is None
    xml = export(version(act()), "akn", "kk").decode()
    assert read_marked(xml.replace("<body>", '<!DOCTYPE x [<!ENTITY a "b">]><body>').encode(), XML, "kk") is None
    assert read_marked(b"{}" + xml.encode(), XML, "kk") is None


def test_a_pdf_is_tagged_and_claims_pdf_ua_and_has_the_words() -> None:
    data = export(version(act()), "pdf", "kk")
    assert b"pdfuaid" in data and b"/MarkInfo" in data.replace(b" ", b"") or b"StructTreeRoot" in data
    pdf = pypdfium2.PdfDocument(data)
    printed = "".join(page.get_textpage().get_text_range() for page in pdf)
    assert "Әділет министрлігі" in printed and "Тақырыпсыз бап." in printed and "2026-00007" in printed


def test_a_word_without_an_end_is_printed() -> None:
    """Typst stops short at one of more than 64 KB; nothing may follow from what a file has for a word."""
    endless = "ж" * 100_000
    point = unit(Kind.point, "1", "", endless, rows=((endless,),), notes=(endless,))
    data = export(version(assign_keys(Outline("ru", "Правила", (point,), ()))), "pdf", "ru")
    assert data.startswith(b"%PDF-") and len(pypdfium2.PdfDocument(data)) > 10


def test_html_stands_alone() -> None:
    page = export(version(act()), "html", "kk").decode()
    assert sniff(page.encode()) == HTML
    assert '<html lang="kk">' in page and "<script" not in page and "http-equiv" not in page
    assert "&lt;қоғамдық&gt;" in page


def test_json_is_what_its_schema_says() -> None:
    document = json.loads(export(version(act("kk"), act("ru")), "json", None))
    schema = json.loads((ROOT / "static" / "schemas" / "draft-version-1.json").read_text("utf-8"))
    assert set(schema["required"]) <= set(document) and document["format"] == schema["properties"]["format"]["const"]
    outline = document["texts"]["kk"]["outline"]
    allowed = set(schema["$defs"]["provision"]["properties"])
    waiting = list(outline["provisions"])
    while waiting:
        provision = waiting.pop()
        assert set(schema["$defs"]["provision"]["required"]) <= set(provision) <= allowed
        waiting += provision["children"]


def test_real_drafts_come_back(tmp_path: Path) -> None:
    folder = shared("data/akn-uslm/uk-lawmaker-docx-akn")
    for path in sorted(folder.rglob("*.docx"))[::6]:
        outline = replace(read_outline(path.read_bytes(), path.name), warnings=())
        for code in FORMATS:
            again = read_outline(export(version(outline), code, outline.language), path.name, outline.language)
            assert said(again) == said(outline), (path.name, code)


def test_an_operator_exports_a_version(make: Maker, app: object, tmp_path: Path) -> None:
    draft_id = make.open().draft.id
    make.commit()

    def run(*arguments: str) -> Result:
        return app.test_cli_runner().invoke(args=["drafts", "export", str(draft_id), *arguments])  # type: ignore[attr-defined]

    for code in FORMATS:
        out = tmp_path / f"text.{code}"
        assert run("--version", "1", "--format", code, "--out", str(out)).exit_code == 0
        assert out.stat().st_size > 500
    assert etree.parse(tmp_path / "text.akn").find(f".//{AKN}documentCollection") is not None
    assert run("--version", "9", "--format", "akn", "--out", str(tmp_path / "no")).exit_code == 2
    assert run("--version", "1", "--format", "pdf", "--language", "en", "--out", str(tmp_path / "no")).exit_code == 2
    assert not (tmp_path / "no").exists()
    nowhere = run("--version", "1", "--format", "json", "--out", str(tmp_path / "no" / "text.json"))
    assert nowhere.exit_code == 2 and "There is no folder" in nowhere.output and not (tmp_path / "no").exists()
