from __future__ import annotations

import io
import re
import zipfile

import pytest

from portal.drafts.importers import Unreadable, doc, read_outline
from portal.drafts.importers.package import MAX_PARAGRAPHS
from portal.drafts.structure import find
from portal.kernel.errors import Invalid
from tests.drafts.word import W, para, run, word_file
from tests.shared_data import shared

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.fixture(autouse=True)
def without_office(monkeypatch: pytest.MonkeyPatch) -> None:
    """LibreOffice would convert old Word files where it is installed: `test_importers_doc` looks at that."""
    monkeypatch.setattr(doc, "PROGRAMS", ())


def code_of(data: bytes, name: str = "act.docx") -> str:
    with pytest.raises(Unreadable) as refusal:
        read_outline(data, name)
    # What the reader sees is one clear sentence without placeholders.
    assert re.fullmatch(r"[A-Z][^%\n]+\.", str(refusal.value))
    assert isinstance(refusal.value, Invalid)
    return refusal.value.code


def zipped(**members: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/"), content)
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (OLE + b"\0" * 600 + "WordDocument".encode("utf-16-le"), "old_word"),
        (OLE + b"\0" * 600 + "Workbook".encode("utf-16-le"), "unknown_format"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        (b"%PDF-1.7\n", "damaged"),
        (b"{\\rtf1 text}", "unknown_format"),
        (b"\x89PNG\r\n\x1a\n\0\0", "unknown_format"),
        (b"MZ\x90\0\x03\0\0", "unknown_format"),
        (zipped(a=b"text"), "damaged"),
        (b"   \n\n  ", "no_text"),
        (b"\0" * 1000, "no_text"),
        ("\ufeff\u200b\n\u200b".encode(), "no_text"),
        (bytes(range(128, 256)) * 3 + b"\x98", "unknown_encoding"),
    ],
)
def test_files_that_are_no_documents(data: bytes, code: str) -> None:
    assert code_of(data) == code


def test_the_name_is_not_believed() -> None:
    assert read_outline("1. Пункт.".encode(), "act.docx").provisions[0].text == "Пункт."
    assert read_outline(word_file(para("1. Пункт.")), "act.pdf").provisions[0].text == "Пункт."


@pytest.mark.parametrize("kept", [0.3, 0.6, 0.95])
def test_a_file_cut_short(kept: float) -> None:
    data = word_file(para("1. Пункт."))
    assert code_of(data[: int(len(data) * kept)]) == "damaged"


def test_a_damaged_member() -> None:
    data = bytearray(word_file("".join(para(f"{number}. Пункт {number * 7919}.") for number in range(200))))
    start = data.index(b"word/document.xml") + 60
    data[start : start + 40] = b"\xff" * 40
    assert code_of(bytes(data)) == "damaged"


def test_a_zip_bomb_renamed() -> None:
    assert code_of(zipped(word__document_xml=b"0" * 60_000_000)) == "damaged"
    bomb = word_file("", members={"word/media/bomb.bin": b"\0" * 120_000_000})
    assert len(bomb) < 200_000
    assert code_of(bomb) == "unpacks_too_large"


def test_thousands_of_members() -> None:
    assert code_of(word_file(para("1. А."), members={f"x/{number}": b"" for number in range(4_100)})) == "too_many_parts"


def test_macros() -> None:
    assert code_of(word_file(para("1. А."), members={"word/vbaProject.bin": b"macro"})) == "macros"


def test_a_zip_with_a_password() -> None:
    data = bytearray(word_file(para("1. А.")))
    for signature, flags_at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.find(signature)
        while place >= 0:
            data[place + flags_at] |= 1
            place = data.find(signature, place + 4)
    assert code_of(bytes(data)) == "encrypted"


def test_a_spreadsheet_is_not_a_text() -> None:
    data = zipped(**{"[Content_Types].xml": b"<Types/>", "xl__workbook.xml": b"<workbook/>"})
    assert code_of(data) == "unknown_format"


@pytest.mark.parametrize(
    "prologue",
    [
        '<!DOCTYPE w:document [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>',
        '<!DOCTYPE w:document [<!ENTITY secret SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE w:document SYSTEM "http://127.0.0.1:1/x.dtd">',
    ],
)
def test_entities_and_outside_references(prologue: str) -> None:
    document = f"{prologue}<w:document {W}><w:body>{para('1. А.')}</w:body></w:document>"
    assert code_of(word_file("", members={"word/document.xml": document})) == "external_entities"


def test_broken_xml_inside() -> None:
    assert code_of(word_file("", members={"word/document.xml": f"<w:document {W}><w:body>"})) == "damaged"
    assert code_of(word_file("", members={"word/document.xml": "<x/>"})) == "not_word"


def test_a_document_without_words() -> None:
    assert code_of(word_file(para("") + para("  "))) == "no_text"


def test_more_paragraphs_than_an_act_has() -> None:
    assert code_of(word_file(para("а") * (MAX_PARAGRAPHS + 1))) == "too_many_paragraphs"


def test_a_table_that_would_fill_the_memory() -> None:
    wide = "<w:tr>" + "<w:tc><w:tcPr><w:gridSpan w:val=\"64\"/></w:tcPr><w:p/></w:tc>" * 400 + "</w:tr>"
    rows = "<w:tr><w:tc><w:p/></w:tc></w:tr>" * 2_000
    assert code_of(word_file(f"<w:tbl>{wide}{rows}</w:tbl>")) == "too_large_table"


def test_text_boxes_within_text_boxes_are_read_once() -> None:
    body = para("1. Внутри.")
    for _ in range(12):
        body = f"<w:p><w:r><w:pict><w:txbxContent>{body}</w:txbxContent></w:pict></w:r></w:p>"
    assert len(read_outline(word_file(body), "boxes.docx", "ru").provisions) == 1


def test_a_list_that_refers_to_itself() -> None:
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{one}"><w:name w:val="{one}"/><w:basedOn w:val="{other}"/></w:style>'
        for one, other in (("A", "B"), ("B", "A"))
    )
    outline = read_outline(word_file(para("1. Пункт.", style="A"), styles=styles), "ring.docx", "ru")
    assert outline.provisions[0].text == "Пункт."


def test_markup_is_only_text() -> None:
    hostile = "'\"><script>alert(1)</script> &amp; {{ 7*7 }}"
    outline = read_outline(word_file(f"<w:p>{run('1. ' + hostile)}</w:p>"), "x.docx", "ru")
    unit = find(outline, "pnt_1")
    assert unit is not None and unit.text == hostile


def test_a_text_of_a_megabyte_in_one_line() -> None:
    outline = read_outline(("1. " + "слово " * 100_000).encode(), "long.txt", "ru")
    assert len(outline.provisions[0].text) > 500_000


def test_repeated_numbers_and_open_quotations_do_not_multiply_the_work() -> None:
    repeated = read_outline(("1. А.\n" * 20_000).encode(), "x.txt", "ru")
    assert len(repeated.provisions) == 20_000 and len(repeated.warnings) < 500
    opened = read_outline(("«1. А\n" * 20_000).encode(), "x.txt", "ru")
    assert len(opened.provisions) == 19_999  # the first one is taken for the title


def test_a_real_old_word_file_is_refused_politely_without_libreoffice() -> None:
    name = "release-2007-10-31-release_notes.doc"
    assert code_of(shared(f"data/documents/{name}").read_bytes(), name) == "old_word"
