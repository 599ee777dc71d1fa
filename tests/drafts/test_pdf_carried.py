"""Is the structure a PDF carries read when its pages bear it out, and only then?"""

from __future__ import annotations

import ctypes
import io
from collections.abc import Callable
from dataclasses import replace

import pypdfium2 as pdfium
import pypdfium2.raw as raw
import pytest

from portal.drafts.exporters import export
from portal.drafts.exporters.pdf import CARRIED
from portal.drafts.importers import pdf_pages, read_outline
from portal.drafts.structure import Kind, Outline, assign_keys, walk
from tests.drafts.test_exporters import act, said, unit, version

Change = Callable[[pdfium.PdfDocument], None]
HEAD = ("№", "Предмет", "Ставка")
RATES = tuple((str(place), f"Предмет {place}, его особенности и условия. " * (place % 9 + 1), f"{place} %") for place in range(90))


def tariff(*rows: tuple[str, ...]) -> Outline:
    table = unit(Kind.table, rows=(HEAD, *(rows or RATES)), notes=("Сноска. С 2026 года.",))
    points = unit(Kind.point, "1", "", "Ставки:", table), unit(Kind.point, "2", "", "Иное: 20 м², https://adilet.zan.kz/rus.")
    return assign_keys(Outline("ru", "Тарифы\nи сборы", points, ()))


def printed(outline: Outline) -> bytes:
    return export(version(outline), "pdf", outline.language)


def changed(data: bytes, change: Change) -> bytes:
    """The file after an edit by another program."""
    document = pdfium.PdfDocument(data)
    change(document)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def carrying(data: bytes, structure: bytes) -> bytes:
    """The file with another structure inside."""
    return changed(data, lambda document: document.get_attachment(0).set_data(structure))


def without_structure(data: bytes) -> bytes:
    return changed(data, lambda document: raw.FPDFDoc_DeleteAttachment(document.raw, 0))


def codes(outline: Outline) -> set[str]:
    return {each.code for each in (*outline.reasons, *outline.warnings)}


def is_believed(data: bytes) -> bool:
    return "carries_structure" in codes(read_outline(data, "act.pdf"))


def test_a_file_carries_the_text_for_programs_and_is_no_longer_for_it() -> None:
    document = pdfium.PdfDocument(printed(act()))
    attachment = document.get_attachment(0)
    assert (attachment.get_name(), attachment.get_subtype()) == (CARRIED, "application/akn+xml")
    assert CARRIED == pdf_pages.CARRIED
    assert attachment.get_data().raw == export(version(act()), "akn", "kk")


@pytest.mark.parametrize("outline", [act(), tariff()], ids=["act", "tariff"])
def test_what_the_pages_bear_out_is_sure(outline: Outline) -> None:
    again = read_outline(printed(outline), "act.pdf")
    assert said(again) == said(outline)
    assert again.confidence == 1.0 and [each.code for each in again.reasons] == ["carries_structure"]


def test_rows_that_go_over_the_page_under_a_repeated_head_are_compared_cell_by_cell() -> None:
    assert len(pdfium.PdfDocument(printed(tariff()))) > 4
    long = tuple((str(place), "Очень долгое условие. " * 120, "Особая ставка. " * 90) for place in range(3))
    assert said(read_outline(printed(tariff(*long)), "act.pdf")) == said(tariff(*long))


def moved(outline: Outline, **more: object) -> Outline:
    """The outline with its first provision otherwise."""
    return replace(outline, provisions=(replace(outline.provisions[0], **more), *outline.provisions[1:]))  # type: ignore[arg-type]


RATE = tariff(("1", "Вино", "5 %"), ("2", "Пиво", ""), ("3", "", "7 %"))
LIES = {
    "another rate": tariff(("1", "Вино", "50 %"), ("2", "Пиво", ""), ("3", "", "7 %")),
    "rates changed about": tariff(("1", "Вино", "5 %"), ("2", "", "Пиво"), ("3", "", "7 %")),
    "a cell moved": tariff(("1", "Вино", "5 %"), ("2", "Пиво", ""), ("3", "7 %", "")),
    "rows changed about": tariff(("2", "Пиво", ""), ("1", "Вино", "5 %"), ("3", "", "7 %")),
    "a row less": tariff(("1", "Вино", "5 %"), ("2", "Пиво", "")),
    "a row more": tariff(("1", "Вино", "5 %"), ("2", "Пиво", ""), ("3", "", "7 %"), ("4", "Сидр", "0 %")),
    "another word": moved(RATE, text="Ставок:"),
    "another sign": moved(RATE, text="Ставки;"),
    "a letter of another script": moved(RATE, text="Cтавки:"),
    "another number": moved(RATE, number="3"),
    "another title": replace(RATE, title="Тарифы"),
    "no title and a unit for it": assign_keys(
        replace(RATE, title="", provisions=(unit(Kind.indent, "", "", "Тарифы и сборы"), *RATE.provisions))
    ),
    "a note": moved(RATE, notes=("Отменено.",)),
    "a unit less": replace(RATE, provisions=RATE.provisions[:1]),
    "a unit more": assign_keys(replace(RATE, provisions=(*RATE.provisions, unit(Kind.point, "3", "", "И ещё.")))),
    "a raised figure": replace(RATE, provisions=(RATE.provisions[0], replace(RATE.provisions[1], text="Иное: 20 м2, https://adilet.zan.kz/rus."))),
}  # fmt: skip


@pytest.mark.parametrize("lie", LIES.values(), ids=LIES)
def test_a_structure_that_says_other_than_the_pages_is_not_used(lie: Outline) -> None:
    data = carrying(printed(RATE), export(version(lie), "akn", "ru"))
    outline, alone = read_outline(data, "act.pdf"), read_outline(without_structure(data), "act.pdf")
    assert said(outline) == said(alone)
    assert codes(outline) - codes(alone) == {"carried_differs", "carried_unused"}
    assert outline.confidence is not None and alone.confidence is not None and outline.confidence < alone.confidence
    assert is_believed(carrying(data, export(version(RATE), "akn", "ru")))


def text(document: pdfium.PdfDocument, words: str, x: float, y: float, font: bytes = b"Helvetica") -> ctypes.c_void_p:
    item = raw.FPDFPageObj_NewTextObj(document.raw, font, 11.0)
    buffer = ctypes.create_string_buffer(words.encode("utf-16-le") + b"\0\0")
    raw.FPDFText_SetText(item, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)))
    raw.FPDFPageObj_Transform(item, 1, 0, 0, 1, x, y)
    return item


def added(make: Callable[[pdfium.PdfDocument], ctypes.c_void_p]) -> Change:
    def change(document: pdfium.PdfDocument) -> None:
        page = document[1]
        raw.FPDFPage_InsertObject(page.raw, make(document))
        raw.FPDFPage_GenerateContent(page.raw)

    return change


def cover(document: pdfium.PdfDocument) -> ctypes.c_void_p:
    box = raw.FPDFPageObj_CreateNewRect(60, 600, 400, 100)
    raw.FPDFPageObj_SetFillColor(box, 255, 255, 255, 255)
    raw.FPDFPath_SetDrawMode(box, raw.FPDF_FILLMODE_ALTERNATE, 0)
    return box


def picture(document: pdfium.PdfDocument) -> None:
    page, image, bitmap = document[1], pdfium.PdfImage.new(document), pdfium.PdfBitmap.new_native(10, 10, 4)
    bitmap.fill_rect((255, 255, 255, 255), 0, 0, 10, 10)
    image.set_bitmap(bitmap)
    image.set_matrix(pdfium.PdfMatrix().scale(90, 20).translate(100, 700))
    page.insert_obj(image)
    page.gen_content()


def each_text(alter: Callable[[ctypes.c_void_p], object]) -> Change:
    def change(document: pdfium.PdfDocument) -> None:
        page = document[1]
        for place in range(raw.FPDFPage_CountObjects(page.raw)):
            item = raw.FPDFPage_GetObject(page.raw, place)
            if raw.FPDFPageObj_GetType(item) == raw.FPDF_PAGEOBJ_TEXT:
                alter(item)
        raw.FPDFPage_GenerateContent(page.raw)

    return change


def remark(document: pdfium.PdfDocument) -> None:
    page = document[1]
    annotation = raw.FPDFPage_CreateAnnot(page.raw, raw.FPDF_ANNOT_FREETEXT)
    raw.FPDFPage_CloseAnnot(annotation)


EDITS: dict[str, Change] = {
    "words added": added(lambda document: text(document, "not", 300, 300)),
    "words at the foot": added(lambda document: text(document, "void", 75, 30)),
    "words at the head": added(lambda document: text(document, "void", 75, 800)),
    "words beside the page": added(lambda document: text(document, "void", 590, 300)),
    "a white cover": added(cover),
    "a picture": picture,
    "white letters": each_text(lambda item: raw.FPDFPageObj_SetFillColor(item, 255, 255, 255, 255)),
    "unseen letters": each_text(lambda item: raw.FPDFTextObj_SetTextRenderMode(item, raw.FPDF_TEXTRENDERMODE_INVISIBLE)),
    "glassy letters": each_text(lambda item: raw.FPDFPageObj_SetFillColor(item, 0, 0, 0, 9)),
    "tiny letters": each_text(lambda item: raw.FPDFPageObj_Transform(item, 0.3, 0, 0, 0.3, 60, 400)),
    "upside down": each_text(lambda item: raw.FPDFPageObj_Transform(item, 1, 0, 0, -1, 0, 842)),
    "a remark": remark,
    "a page turned": lambda document: document[1].set_rotation(90),
    "a page cut": lambda document: document[1].set_cropbox(0, 400, 595, 842),
    "a page less": lambda document: document.del_page(1),
    "a page more": lambda document: document.import_pages(pdfium.PdfDocument(printed(RATE)), pages=[1]),
    "pages changed about": lambda document: document.import_pages(pdfium.PdfDocument(printed(RATE)), pages=[0], index=0),
}


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_pages_that_were_edited_are_read_as_they_are(edit: Change) -> None:
    data = changed(printed(RATE), edit)
    outline = read_outline(data, "act.pdf")
    assert "carried_differs" in codes(outline) and "carries_structure" not in codes(outline)


def test_saving_anew_changes_nothing() -> None:
    assert is_believed(changed(printed(RATE), lambda document: None))


@pytest.mark.parametrize("structure", [
    b"", b"\xff\xfe<", b"<a>", b"<?xml version='1.0'?><akomaNtoso/>", b"{}",
    b'<!DOCTYPE a [<!ENTITY b "c">]>' + export(version(RATE), "akn", "ru"),
    export(version(RATE), "akn", "ru").replace(b"<body>", b"<body>" + b"<part>" * 300),
    export(version(RATE), "akn", "ru").replace(b"<body>", b"<body>" + b"<p a='b'/>" * 1_500_000),
    b" " * 200_000_000,
], ids=["nothing", "no text", "broken", "foreign", "json", "entities", "deep", "wide", "bomb"])  # fmt: skip
def test_a_structure_made_to_harm_leaves_the_pages(structure: bytes) -> None:
    outline = read_outline(carrying(printed(RATE), structure), "act.pdf")
    assert codes(outline) >= {"carried_differs", "carried_unused"}
    assert [each.number for each in outline.provisions if each.number] == ["1", "2"]


def test_attachments_of_others_are_no_structure() -> None:
    data = without_structure(printed(RATE))
    other = changed(data, lambda document: document.new_attachment("letter.xml").set_data(b"<a/>"))
    assert said(read_outline(other, "act.pdf")) == said(read_outline(data, "act.pdf"))
    assert not {"carried_differs", "carries_structure"} & codes(read_outline(other, "act.pdf"))


def test_a_text_in_another_language_than_asked_is_read_from_its_pages() -> None:
    outline = read_outline(printed(RATE), "act.pdf", "kk")
    assert outline.language == "kk" and not {"carried_differs", "carries_structure"} & codes(outline)


def test_a_pdf_is_read_back_without_its_structure_from_what_is_printed_on_it() -> None:
    texts = ("Бірінші тармақ ұзақ, сондықтан ол бірнеше жолға созылады. " * 6).strip(), "Екінші тармақ."
    points = tuple(unit(Kind.point, str(place), "", text) for place, text in enumerate(texts, start=1))
    chapter = unit(Kind.chapter, "1", "Жалпы ережелер", "", unit(Kind.article, "1", "Мақсаты", "", *points))
    outline = assign_keys(Outline("kk", "Ақпарат туралы", (chapter,), ()))
    again = read_outline(without_structure(printed(outline)), "text.pdf", "kk")
    assert [(u.key, u.kind, u.number, u.heading, u.text) for u, _, _ in walk(again.provisions)] == [
        (u.key, u.kind, u.number, u.heading, u.text) for u, _, _ in walk(outline.provisions)
    ]
