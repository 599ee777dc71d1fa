"""Is a heavy file made by the queue, once for all who ask, and is a failure said and mended?"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from huey import Huey

from portal.drafts import preparing
from portal.drafts.exporters import Publication
from portal.kernel.db import db
from portal.kernel.models import JobProgress, JobState
from portal.web.flask_app import PortalApp
from tests.client import PageClient
from tests.make import Maker


@pytest.fixture
def address(make: Maker, client: PageClient, monkeypatch: pytest.MonkeyPatch) -> str:
    """A PDF that counts as heavy."""
    monkeypatch.setattr(preparing, "HEAVY", {"pdf": 3})
    draft_id = make.open().draft.id
    make.commit()
    return f"/drafts/{draft_id}/versions/1/ru.pdf"


@pytest.fixture
def queue(app: PortalApp) -> Iterator[Huey]:
    """The queue with nobody who works in it but the test."""
    queue = app.extensions["jobs"].huey
    queue.immediate = False
    yield queue
    queue.immediate = True


def _work(queue: Huey) -> int:
    done = 0
    while (task := queue.dequeue()) is not None:
        queue.execute(task)
        done += 1
    return done


def test_what_is_heavy_is_made_by_the_queue_once(address: str, client: PageClient, queue: Huey) -> None:
    for language, words in (("en", "being prepared"), ("ru", "готовится"), ("kk", "әзірленіп жатыр")):
        answer = client.get(f"{address}?lang={language}")
        assert answer.status_code == 202 and words in answer.get_data(as_text=True)
        assert answer.headers["Cache-Control"] == "no-store" and answer.headers["Retry-After"] == "3"
    assert client.page.find(".//meta[@http-equiv='refresh']") is not None
    link = client.page.find(".//main//a[@rel='nofollow']")
    assert link is not None and (link.get("href") or "").startswith(address)
    assert _work(queue) == 1
    answer = client.get(address)
    assert answer.status_code == 200 and answer.data.startswith(b"%PDF")
    assert client.get(address, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304
    assert _work(queue) == 0


def test_what_is_light_is_made_at_once(address: str, client: PageClient, queue: Huey) -> None:
    client.inspects = False
    assert client.get(address.replace(".pdf", ".docx")).status_code == 200
    assert client.get(address.replace(".pdf", ".akn.xml")).status_code == 200
    assert _work(queue) == 0


def test_a_failure_is_said_and_mended(
    address: str, client: PageClient, queue: Huey, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(publication: Publication, code: str, language: str | None) -> bytes:
        raise RuntimeError("no room on the disk")

    with monkeypatch.context() as broken:
        broken.setattr(preparing, "export", fail)
        assert client.get(address).status_code == 202
        _work(queue)
    answer = client.get(address)
    assert answer.status_code == 503 and "could not be made" in answer.get_data(as_text=True)
    assert "no room" not in answer.get_data(as_text=True)
    assert _work(queue) == 0
    again = client.get(f"{address}?again=1")
    assert again.status_code == 302 and again.location == address
    assert client.get(address).status_code == 202
    assert _work(queue) == 1
    assert client.get(address).data.startswith(b"%PDF")


def test_the_note_of_a_file_fits_its_column(address: str, client: PageClient, queue: Huey) -> None:
    client.get(address)
    _work(queue)
    notes = list(db.session.scalars(db.select(JobProgress)))
    assert [note.state for note in notes] == [JobState.done]
    assert notes[0].name.startswith(preparing.NAMED) and len(notes[0].name) <= 60
