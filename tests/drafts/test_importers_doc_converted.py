"""Does a real LibreOffice convert old Word files rightly, safely and several at once?"""

from __future__ import annotations

import shutil
import socket
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from portal.drafts.importers import Unreadable, doc, read_outline
from portal.drafts.structure import Outline, walk
from tests.drafts.word import level, numbering, para, table, word_file
from tests.shared_data import shared

OFFICE = next(filter(None, map(shutil.which, doc.PROGRAMS)), None)
pytestmark = pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not on this machine")

LISTED = numbering(level(0, "%1."), level(1, "%2)"))
ACT = word_file(
    para("Балаларды кезекке қою қағидаларын бекіту туралы", align="center", bold=True)
    + para("1-тарау. Жалпы ережелер", align="center", bold=True) + para("Қоса беріліп отырған:", numbered=(1, 0))
    + para("қағидалар;", numbered=(1, 1)) + para("нысандар бекітілсін.", numbered=(1, 1))
    + table(("Атауы", "Мерзімі"), ("жолдама", "бес күн")) + para("Осы бұйрық қолданысқа енгізіледі.", numbered=(1, 0)),
    numbering=LISTED,
)  # fmt: skip


def old_word(folder: Path, name: str, data: bytes) -> bytes:
    """The document as a .doc, which LibreOffice itself writes."""
    assert OFFICE is not None
    source = folder / name
    source.write_bytes(data)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [OFFICE, profile, "--headless", "--convert-to", "doc:MS Word 97", "--outdir", str(folder), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return source.with_suffix(".doc").read_bytes()


def units(outline: Outline) -> list[tuple[str, str, str, tuple[tuple[str, ...], ...]]]:
    return [(unit.key, unit.heading, unit.text, unit.rows) for unit, _, _ in walk(outline.provisions)]


def test_the_tree_is_that_of_the_docx_for_two_at_once(tmp_path: Path) -> None:
    data = old_word(tmp_path, "act.docx", ACT)
    wanted = read_outline(ACT, "act.docx")
    with ThreadPoolExecutor(2) as pool:
        for found in pool.map(lambda name: read_outline(data, name), ("one.doc", "two.doc")):
            assert (found.title, found.language, units(found)) == (wanted.title, "kk", units(wanted))
    assert any(rows for *_, rows in units(wanted))


def test_nothing_outside_the_file_is_fetched(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        page = f"<html><body><p>1. Words</p><img src='http://127.0.0.1:{port}/x.png' width=9 height=9><p>2. Words</p></body></html>"
        data = old_word(tmp_path, "page.html", page.encode())
        assert f"127.0.0.1:{port}".encode() in data, "the picture is linked, not kept"
        server.settimeout(0.1)
        while _is_called(server):
            pass
        assert [unit.text for unit in read_outline(data, "page.doc").provisions] == ["Words", "Words"]
        assert not _is_called(server)


def _is_called(server: socket.socket) -> bool:
    try:
        server.accept()[0].close()
    except TimeoutError:
        return False
    return True


@pytest.mark.parametrize("kept", [0.5, 0.9])
def test_a_damaged_file_is_refused_in_one_sentence(kept: float) -> None:
    data = shared("data/documents/release-2007-10-31-release_notes.doc").read_bytes()
    with pytest.raises(Unreadable) as refusal:
        read_outline(data[: int(len(data) * kept)], "act.doc")
    assert refusal.value.code == "not_converted"


def test_a_real_old_word_file() -> None:
    outline = read_outline(shared("data/documents/release-2007-10-31-release_notes.doc").read_bytes(), "notes.doc")
    assert outline.title.startswith("AKOMA NTOSO 1.0 Release Notes")
    assert len(units(outline)) > 20
