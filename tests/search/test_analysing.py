"""Do several processes give the documents that one gives, in the same order?"""

from __future__ import annotations

from collections.abc import Iterator

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
