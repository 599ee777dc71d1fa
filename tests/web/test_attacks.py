"""What does somebody with an hour and the source get out of the portal? Nothing that they were not to have."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import pytest
from sqlalchemy.dialects import postgresql

from portal.accounts.models import User
from portal.drafts.models import Body, Draft
from portal.drafts.queries.desk import get_desk_file
from portal.kernel.db import db, held, transaction_mode
from portal.ledger.queries import list_entries
from portal.web.access import public
from portal.web.flask_app import PortalApp
from tests.client import PageClient
from tests.make import Maker
from tests.statements import counted

ELSEWHERE = [
    {"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"},
    {"Sec-Fetch-Site": "same-site", "Origin": "https://other.localhost"},
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
]


@pytest.mark.parametrize("headers", ELSEWHERE)
def test_another_site_has_no_form_kept(client: PageClient, headers: dict[str, str]) -> None:
    """A kept form is sent on by one button: what another site filled in must never become one (CWE-352)."""
    form = {"role": "administrator", "text": "Press the button to see your prize"}
    answer = client.post("/people/1/role", data=form, headers=headers, csrf=False)
    assert answer.status_code == 400
    assert "administrator" not in answer.text and "prize" not in answer.text
    assert "Set-Cookie" not in answer.headers, "a visitor's session would take the place of the person's own"


@pytest.mark.parametrize("headers", [{}, {"Sec-Fetch-Site": "same-origin", "Origin": "null"}, {"Origin": "http://localhost"}])
def test_our_own_form_is_kept(client: PageClient, headers: dict[str, str]) -> None:
    answer = client.post("/account", data={"name": "Words worth keeping"}, headers=headers, csrf=False)
    assert answer.status_code == 400
    assert "Words worth keeping" in answer.text


class SlowBody:
    """A body whose sender takes long: tells what the portal does while it waits."""

    def __init__(self, data: bytes, meanwhile: Callable[[], None]) -> None:
        self._data = BytesIO(data)
        self._meanwhile = meanwhile

    def read(self, size: int = -1) -> bytes:
        self._meanwhile()
        return self._data.read(size)

    def tell(self) -> int:
        return self._data.tell()

    def seek(self, place: int, whence: int = 0) -> int:
        return self._data.seek(place, whence)

    def close(self) -> None:
        """Nothing to let go of."""


def test_a_slow_sender_holds_up_nobody(
    app: PortalApp, client: PageClient, make: Maker, sign_in: Callable[..., User]
) -> None:
    """The write lock is one for the whole portal: it is not taken before the form is there."""
    sign_in(client)
    token, waited = client.token(), []
    db.session.rollback()

    def meanwhile() -> None:
        waited.append(db.session().in_transaction())

    body = f"csrf_token={token}&name=Nobody&language=en".encode()
    answer = client.post(
        "/account", input_stream=SlowBody(body, meanwhile), content_length=len(body), csrf=False,
        content_type="application/x-www-form-urlencoded",
    )  # fmt: skip
    assert answer.status_code == 302
    assert waited and not any(waited)


def test_the_public_log_does_not_tell_which_addresses_have_accounts(client: PageClient, make: Maker) -> None:
    """Whoever registers somebody else's address reads of it in the log, the same for a new and for a known one."""
    make.user(email="known@example.kz")
    form = {"name": "Curious", "password": "several words together"}
    seen = []
    for email in ("known@example.kz", "new@example.kz"):
        client.post("/register", data={**form, "email": email})
        entry = list_entries(limit=1)[0]
        seen.append((entry.kind, entry.subject_kind, len(entry.subject), sorted(entry.facts), len(entry.facts_text)))
    assert seen[0] == seen[1]


@pytest.mark.parametrize(("language", "words"), [("en", "at the same moment"), ("ru", "в тот же момент"), ("kk", "дәл осы сәтте")])
def test_who_does_the_same_at_the_same_moment_is_told_so(
    app: PortalApp, client: PageClient, make: Maker, language: str, words: str
) -> None:
    """Between the look and the write another may have written: the database stops the second, who keeps the text."""

    def meet() -> None:
        db.session.add(Body(code=make.body().code, kind="ministry", name_kk="К", name_ru="К", name_en="K"))
        db.session.flush()

    app.add_url_rule("/testing/meet", "testing_meet", public(meet), methods=["POST"])
    client.set_cookie("language", language)
    answer = client.post("/testing/meet", data={"text": "Words worth keeping"})
    assert answer.status_code == 409
    assert words in answer.text and "Words worth keeping" in answer.text
    assert "UNIQUE" not in answer.text


def test_what_is_done_to_a_draft_holds_it(app: PortalApp, make: Maker) -> None:
    """PostgreSQL lets two writers on: the second waits before it looks. Readers and new comments do not."""
    draft, actor = make.draft(), make.actor("administrator")
    assert str(held(Draft, 1).compile(dialect=postgresql.dialect())).endswith("FOR NO KEY UPDATE")
    for mode in ("write", "read"):
        db.session.rollback()
        db.session.remove()
        with transaction_mode(mode), counted() as said:  # type: ignore[arg-type]
            get_desk_file(actor, draft.id)
        assert said[0].startswith("SELECT draft.id \nFROM draft") == (mode == "write"), said


