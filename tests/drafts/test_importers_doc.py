"""Is an old Word file converted by whatever `soffice` is there, within bounds, and refused politely elsewhere?"""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from portal.drafts.importers import Unreadable, doc, read_outline
from tests.drafts.word import para, word_file

DOC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "WordDocument".encode("utf-16-le")


@pytest.fixture
def office(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """An empty folder as the only one programs are looked for in, with what the fakes need from the system."""
    programs = tmp_path / "programs"
    programs.mkdir()
    monkeypatch.setenv("PATH", str(programs))
    monkeypatch.setenv("SECRET_KEY", "hidden")
    monkeypatch.setattr(doc, "TIMEOUT", 3.0)
    return programs


def install(folder: Path, script: str) -> None:
    program = folder / "soffice"
    program.write_text(f"#!/bin/sh\nexport PATH=/usr/bin:/bin\n{script}\n")
    program.chmod(0o755)


def code_of(data: bytes = DOC) -> str:
    with pytest.raises(Unreadable) as refusal:
        read_outline(data, "act.doc")
    return refusal.value.code


def test_without_libreoffice_the_sentence_says_what_to_do(office: Path) -> None:
    assert code_of() == "old_word"


def test_the_converted_file_is_read(office: Path, tmp_path: Path) -> None:
    (tmp_path / "made.docx").write_bytes(word_file(para("1. Пункт.")))
    install(office, f'''for one in "$@"; do echo "$one" >> {tmp_path}/told; last="$one"; done
env > {tmp_path}/environment
while [ "$1" != "--outdir" ]; do shift; done
cp "$last" {tmp_path}/given
mkdir -p "$2" && cp {tmp_path}/made.docx "$2/act.docx"''')
    assert read_outline(DOC, "../../act.doc").provisions[0].text == "Пункт."
    told = (tmp_path / "told").read_text().splitlines()
    assert "--headless" in told and any(each.startswith("-env:UserInstallation=file://") for each in told)
    assert (tmp_path / "given").read_bytes() == DOC
    assert "hidden" not in (tmp_path / "environment").read_text()
    assert not Path(told[-1]).exists(), "nothing of the conversion stays"


@pytest.mark.parametrize("script", ["exit 1", "exit 0", "kill -9 $$", 'while [ "$1" != "--outdir" ]; do shift; done; mkdir -p "$2"; ln -s /etc/passwd "$2/act.docx"'])
def test_a_conversion_that_fails(office: Path, script: str) -> None:
    install(office, script)
    assert code_of() == "not_converted"


def test_a_conversion_that_hangs_ends_with_all_it_has_started(office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doc, "TIMEOUT", 1.0)
    install(office, f"sleep 60 & echo $! > {tmp_path}/child; wait")
    started = time.monotonic()
    assert code_of() == "not_converted"
    assert time.monotonic() - started < 15
    child = int((tmp_path / "child").read_text())
    for _ in range(50):
        try:
            os.kill(child, 0)
        except ProcessLookupError:
            return
        state = Path(f"/proc/{child}/stat")
        if state.exists() and state.read_text().rpartition(")")[2].split()[0] == "Z":
            return
        time.sleep(0.1)
    raise AssertionError("the child of the program still runs")


def test_what_the_conversion_gives_is_not_trusted(office: Path) -> None:
    install(office, 'while [ "$1" != "--outdir" ]; do shift; done; mkdir -p "$2"; echo "<html>" > "$2/act.docx"')
    assert code_of() == "damaged"
