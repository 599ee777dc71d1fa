"""Do several processes give the documents that one gives, in the same order?"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from portal.search import analysing
from portal.search.analysing import documents_of, in_processes
from portal.search.documents import HitKind, Reference, Text, comment_group, document_of


def _texts(count: int) -> Iterator[Text]:
    for id_ in range(count):
        text = f"Жолаушы {id_} жол ақысын төлейді. Пассажир оплачивает проезд."
        yield Text(Reference(HitKind.comment, id_, 1, "ru"), comment_group(id_), "Басы", text, None)


def test_the_same_documents_in_the_same_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(analysing, "CHUNK", 7)
    expected = [document_of(text) for text in _texts(100)]
    assert list(in_processes(_texts(100), 2)) == expected
    assert list(documents_of(_texts(100), 100)) == expected
    assert list(in_processes(_texts(0), 2)) == []


def test_reads_no_farther_ahead_than_it_must(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(analysing, "CHUNK", 5)
    read = 0

    def counted() -> Iterator[Text]:
        nonlocal read
        for text in _texts(1000):
            read += 1
            yield text

    documents = in_processes(counted(), 2)
    next(documents)
    assert read <= 5 * 2 * analysing.AHEAD
    documents.close()  # type: ignore[attr-defined]


def test_what_fails_while_reading_is_raised() -> None:
    def broken() -> Iterator[Text]:
        yield from _texts(3)
        raise RuntimeError("the database went away")

    with pytest.raises(RuntimeError, match="went away"):
        list(in_processes(broken(), 2))


def test_does_it_alone_where_no_process_can_be_started(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(analysing, "_starts", lambda pool: False)
    assert list(in_processes(_texts(10), 2)) == [document_of(text) for text in _texts(10)]


KILLED = """
import multiprocessing, os, signal
from portal.search.analysing import in_processes
from tests.search.test_analysing import _texts
if __name__ == "__main__":
    documents = in_processes(_texts(100_000), 2)
    next(documents)
    print(*(child.pid for child in multiprocessing.active_children()), flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_who_helps_ends_with_whom_it_helps(tmp_path: Path) -> None:
    program = tmp_path / "killed.py"
    program.write_text(KILLED, encoding="utf-8")
    environ = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2])}
    process = subprocess.run([sys.executable, program], env=environ, capture_output=True, text=True, check=False)
    helpers = [int(each) for each in process.stdout.split()]
    assert helpers
    deadline = time.monotonic() + 20
    while any(Path(f"/proc/{each}").exists() for each in helpers) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not any(Path(f"/proc/{each}").exists() for each in helpers)
