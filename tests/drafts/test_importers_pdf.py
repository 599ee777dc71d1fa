from __future__ import annotations

import io
import re
import time
import zlib
from pathlib import Path

import pypdfium2 as pdfium
import pytest
import typst

from portal.drafts.importers import Unreadable, pdf_pages, pdf_process, read_outline
from portal.drafts.importers.pdf import read_pdf
from portal.drafts.structure import Outline, Provision, find, walk
from tests.shared_data import shared

_PAGE = """#set page(paper: "a4", margin: (left: 3cm, right: 1.5cm, y: 2cm), {page})
#set text(lang: "ru", size: 12pt, hyphenate: true)
#set par(justify: true, {par})
"""
INDENTED = "first-line-indent: (amount: 1.25cm, all: true), spacing: 0.65em"


def pdf(body: str, *, page: str = "", par: str = INDENTED) -> bytes:
    """A PDF of this typst markup."""
    return typst.compile((_PAGE.replace("{page}", page).replace("{par}", par) + body).encode(), format="pdf")


def outline_of(body: str, language: str = "ru", **more: str) -> Outline:
    return read_outline(pdf(body, **more), "act.pdf", language)


def texts(outline: Outline) -> list[str]:
    return [f"{unit.number} {unit.heading}{unit.text}" for unit, _, _ in walk(outline.provisions)]


def unit(outline: Outline, key: str) -> Provision:
    found = find(outline, key)
    assert found is not None, f"{key} not in {[each.key for each, _, _ in walk(outline.provisions)]}"
    return found


def code_of(data: bytes) -> str:
    with pytest.raises(Unreadable) as refusal:
        read_outline(data, "act.pdf")
    assert re.fullmatch(r"[A-Z][^%\n]+\.", str(refusal.value))
    return refusal.value.code


LONG = (
    "Уполномоченный орган рассматривает предложения граждан и организаций в порядке и сроки, установленные настоящим "
    "Законом, и размещает мотивированный ответ на интернет-портале открытых нормативных правовых актов, а также "
    "уведомляет об этом заявителя"
)
ACT = f"""
#align(center)[*О порядке рассмотрения предложений граждан и организаций при разработке проектов нормативных правовых актов*]

#align(center)[*Глава 1. Общие положения*]

*Статья 1. Сфера*

1\\. {LONG}.

{LONG}.

2\\. Орган:

1\\) {LONG.lower()};

2\\) отвечает.

*Статья 12#super[1]. Площадь*

1\\. Не более 20 м#super[2].
"""


@pytest.mark.parametrize("par", [INDENTED, "spacing: 1.2em", "first-line-indent: 0pt, spacing: 0.65em"])
def test_lines_become_paragraphs_however_these_are_set_apart(par: str) -> None:
    outline = outline_of(ACT, par=par)
    assert outline.title == "О порядке рассмотрения предложений граждан и организаций при разработке проектов нормативных правовых актов"
    assert [each.key for each, _, _ in walk(outline.provisions)] == [
        "chp_1", "art_1", "art_1__pnt_1", "art_1__pnt_1__ind_2", "art_1__pnt_2", "art_1__pnt_2__sub_1",
        "art_1__pnt_2__sub_2", "art_12-1", "art_12-1__pnt_1",
    ]  # fmt: skip
    assert unit(outline, "art_1__pnt_1").text == f"{LONG}." == unit(outline, "art_1__pnt_1__ind_2").text
    assert unit(outline, "art_1__pnt_2__sub_1").text == f"{LONG.lower()};"
    assert unit(outline, "art_12-1").heading == "Площадь"
    assert unit(outline, "art_12-1__pnt_1").text == "Не более 20 м²."


def test_what_every_page_repeats_is_left_out_and_articles_at_its_top_are_not() -> None:
    body = "#pagebreak()\n".join(
        f"*Статья {number}. Предмет*\n\n1\\. {LONG}.\n\n2\\. {LONG}.\n" for number in range(1, 13)
    )  # fmt: skip
    header = 'header: [Проект Закона #h(1fr) 2026], footer: context align(center)[#counter(page).display() / 12]'
    outline = outline_of(body, page=header)
    assert [each.number for each, _, _ in walk(outline.provisions) if each.kind == "article"] == [str(n) for n in range(1, 13)]
    assert not any("Проект" in each or "/ 12" in each for each in texts(outline))


def test_a_paragraph_goes_on_over_the_page() -> None:
    sentence = f"{LONG}, " * 24
    outline = outline_of(f"1\\. {sentence} конец.\n\n2\\. Другой.", page='numbering: "1"')
    assert [each.key for each, _, _ in walk(outline.provisions)] == ["pnt_1", "pnt_2"]
    assert unit(outline, "pnt_1").text == f"{sentence} конец.".replace("  ", " ")


def test_words_parted_at_the_end_of_a_line_are_whole_and_compounds_keep_their_hyphen() -> None:
    body = (
        "1\\. Премьер-Министр назначает.\n\n#set par(justify: false)\n2\\. Премьер-\\ Министр и администра-\\ тивно-территориальная"
        " единица, социально-\\ экономическая; 10-\\ 12 лет.\n\n3\\. Социально-трудовые отношения."
    )
    assert unit(outline_of(body), "pnt_2").text == (
        "Премьер-Министр и административно-территориальная единица, социально-экономическая; 10-12 лет."
    )


def test_the_header_of_an_annex_at_the_right_and_the_signature() -> None:
    body = (
        "1\\. Утвердить Правила.\n\n*Министр* #h(1fr) *И. Иванов*\n\n#pagebreak()\n"
        "#align(right)[Приложение 1 \\ к приказу Министра \\ от 5 мая 2026 года № 7]\n\n#align(center)[*Правила*]\n\n1\\. Пункт."
    )
    outline = outline_of(body)
    assert unit(outline, "annex_1").heading == "Правила"
    assert unit(outline, "annex_1__pnt_1").text == "Пункт."
    assert "Министр\tИ. Иванов" in str(texts(outline)).replace("\\t", "\t")


def test_ruled_tables_are_grids_with_merged_cells_and_go_on_over_the_page() -> None:
    rows = ", ".join(f"[{number}], [Предмет налогообложения номер {number} и его особенности], [{number} %]" for number in range(1, 80))
    table = f"#table(columns: (1cm, 1fr, 3cm), table.header([№], table.cell(colspan: 2)[Ставка]), {rows})"
    outline = outline_of(f"1\\. Ставки:\n\n{table}\n\n2\\. Иное.")
    assert [each.key for each, _, _ in walk(outline.provisions)] == ["pnt_1", "pnt_1__tbl_1", "pnt_2"]
    found = unit(outline, "pnt_1__tbl_1").rows
    assert found[0] == ("№", "Ставка", "") and len(found) == 80
    assert found[79] == ("79", "Предмет налогообложения номер 79 и его особенности", "79 %")


def test_two_columns_are_read_one_after_the_other() -> None:
    body = "\n\n".join(f"{number}\\. {LONG} {number}." for number in range(1, 15))
    outline = outline_of(body, page="columns: 2")
    assert [each.number for each in outline.provisions] == [str(number) for number in range(1, 15)]
    assert unit(outline, "pnt_14").text == f"{LONG} 14."


def test_a_page_turned_by_a_quarter() -> None:
    document = pdfium.PdfDocument(pdf(ACT))
    document[0].set_rotation(90)
    turned = io.BytesIO()
    document.save(turned)
    # Turned, the lines stand upright: what is read may be poor, but it is read.
    assert read_pdf(turned.getvalue()).blocks


def image_page(document: pdfium.PdfDocument) -> None:
    """A page that holds nothing but an image, as a scanner makes it."""
    page = document.new_page(595, 842)
    image = pdfium.PdfImage.new(document)
    bitmap = pdfium.PdfBitmap.new_native(100, 140, 4)
    bitmap.fill_rect((200, 200, 200, 255), 0, 0, 100, 140)
    image.set_bitmap(bitmap)
    image.set_matrix(pdfium.PdfMatrix().scale(595, 842))
    page.insert_obj(image)
    page.gen_content()


def saved(document: pdfium.PdfDocument) -> bytes:
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def test_a_scan_is_refused_and_one_scanned_page_is_told() -> None:
    scan = pdfium.PdfDocument.new()
    for _ in range(3):
        image_page(scan)
    assert code_of(saved(scan)) == "scanned"
    mixed = pdfium.PdfDocument(pdf("#pagebreak()\n".join([ACT] * 4)))
    image_page(mixed)
    warnings = [each for each in read_outline(saved(mixed), "act.pdf", "ru").warnings if each.code == "pages_without_text"]
    assert [dict(each.params) for each in warnings] == [{"count": 1, "page": 5}]


def test_too_many_pages() -> None:
    document = pdfium.PdfDocument.new()
    for _ in range(pdf_pages.MAX_PAGES + 1):
        document.new_page(100, 100)
    assert code_of(saved(document)) == "too_many_pages"


def test_damaged_locked_and_empty_files() -> None:
    data = pdf(ACT)
    assert code_of(b"%PDF-1.7\n") == "damaged"
    assert code_of(data[: len(data) // 3]) == "damaged"
    assert code_of(pdf("#pagebreak()")) == "no_text"


LOCKED = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
    b"3 0 obj<</Filter/Standard/V 1/R 2/P -4/O<" + b"41" * 32 + b">/U<" + b"42" * 32 + b">>>endobj\n"
    b"trailer<</Root 1 0 R/Encrypt 3 0 R/ID[<41><41>]>>\n"
)


def test_a_file_with_a_password() -> None:
    assert code_of(LOCKED) == "encrypted"


def test_a_program_that_hangs_or_dies_takes_nothing_with_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    monkeypatch.setattr(pdf_pages, "__file__", str(program))
    for behaviour, code in (
        ("import time; time.sleep(60)", "too_slow"),
        ("import os; os.abort()", "damaged"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGXCPU)", "too_slow"),
        ("print('{\"pages\": 5}')", "damaged"),
        ("print('{\"pages\": 1}'); print('{\"width\": 1}')", "damaged"),
        ("import os, sys; sys.exit(0 if os.environ.keys() <= {'LC_CTYPE'} else 1)", "damaged"),
    ):
        program.write_text(behaviour)
        monkeypatch.setattr(pdf_process, "TIMEOUT", 1.5)
        started = time.monotonic()
        assert code_of(b"%PDF-1.7\n") == code
        assert time.monotonic() - started < 20


def test_the_constitution_has_its_articles() -> None:
    outline = read_outline(shared("data/legal-kk-ru/kz-constitution-2022.ru.pdf").read_bytes(), "constitution.pdf")
    numbers = [each.number for each, _, _ in walk(outline.provisions) if each.kind == "article"]
    assert len(numbers) == len(set(numbers)) == 102
    assert outline.title == "КОНСТИТУЦИЯ РЕСПУБЛИКИ КАЗАХСТАН"
    assert not any("\ufffe" in each.text or re.search(r"\w- [а-я]", each.text) for each, _, _ in walk(outline.provisions))


def raw_pdf(content: bytes, pages: int = 1, kids: bytes = b"") -> bytes:
    """A PDF of pages that share one stream of drawing commands; `kids` replaces the list of pages."""
    packed = zlib.compress(content, 9)
    listed = kids or b" ".join(b"%d 0 R" % (5 + place) for place in range(pages))
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 3 0 R/Resources<</Font<</F 4 0 R>>>>>>"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count %d/Kids[%s]>>" % (pages, listed),
        b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(packed), packed),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>", *[page] * pages,
    ]  # fmt: skip
    file, places = b"%PDF-1.7\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(file))
        file += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    return file + head + table + b"trailer<</Root 1 0 R/Size %d>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, len(file))


def test_files_made_to_take_for_ever() -> None:
    """Nothing is timed: what these aim at would take hours or all memory, so a test that ends has passed."""
    words = b"BT /F 10 Tf 50 400 Td (1. Words.) Tj ET\n"
    swarm = b"".join(b"BT /F 9 Tf %d %d Td (a) Tj ET\n" % (place % 600, place * 7 % 800) for place in range(30_000))
    drawing = b"".join(b"%d 0 m %d 800 l S 0 %d m 600 %d l S\n" % ((place,) * 4) for place in range(590))
    assert code_of(raw_pdf(swarm)) == "too_long"
    assert code_of(raw_pdf(words, kids=b"2 0 R 2 0 R 2 0 R", pages=3)) == "damaged"
    assert read_outline(raw_pdf(drawing + words, pages=2), "act.pdf", "en").provisions
    assert read_outline(raw_pdf(b"q " * 300_000 + words), "act.pdf", "en").provisions
    assert read_outline(raw_pdf(b"BT /F 1 Tf 50 400 Td (" + b"a" * 300_000 + b") Tj ET"), "act.pdf", "en")
    assert read_outline(raw_pdf(b" " * 50_000_000 + words), "act.pdf", "en").provisions
