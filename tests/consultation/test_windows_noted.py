"""Does the ledger note once that a window opened and that it closed?"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from portal.accounts.actor import OPERATOR
from portal.consultation.follow import EVERY, note_windows
from portal.consultation.models import Consultation
from portal.drafts.actions.drafts import withdraw_draft
from portal.kernel import clock
from portal.kernel.clock import now, today
from portal.kernel.db import db
from portal.ledger.kinds import Kind
from portal.ledger.queries import list_entries
from portal.ledger.worker import work_once
from portal.web.flask_app import PortalApp
from tests.make import Maker


def noted(kind: Kind) -> list[str]:
    return [entry.subject for entry in list_entries(kind=kind.value)]


def test_a_window_that_opened_today_is_noted_once(app: PortalApp, make: Maker) -> None:
    file = make.open()
    assert note_windows() == 1
    make.commit()
    assert noted(Kind.CONSULTATION_OPENED) == [f"consultation:{file.consultation.id}"]
    assert noted(Kind.CONSULTATION_CLOSED) == []
    assert note_windows() == 0
    with clock.frozen(now() + timedelta(minutes=1)):
        assert note_windows() == 0


def test_an_announced_window_is_noted_when_its_day_comes(app: PortalApp, make: Maker) -> None:
    file = make.open(opens_on=today() + timedelta(days=2))
    assert note_windows() == 0
    with clock.frozen(file.consultation.opens_at):
        assert note_windows() == 1
        make.commit()
    with clock.frozen(file.consultation.closes_at - timedelta(minutes=1)):
        assert note_windows() == 0
    with clock.frozen(file.consultation.closes_at):
        assert note_windows() == 1
        make.commit()
    assert noted(Kind.CONSULTATION_CLOSED) == [f"consultation:{file.consultation.id}"]
    stored = db.session.get(Consultation, file.consultation.id)
    assert stored is not None
    assert stored.opened_at == file.consultation.opens_at and stored.closed_at == file.consultation.closes_at


def test_a_window_that_went_by_while_the_worker_slept_gets_both_notes(app: PortalApp, make: Maker) -> None:
    make.closed()
    assert note_windows() == 2
    make.commit()
    assert len(noted(Kind.CONSULTATION_OPENED)) == len(noted(Kind.CONSULTATION_CLOSED)) == 1


def test_a_withdrawn_draft_is_left_alone(app: PortalApp, make: Maker) -> None:
    file = make.open(opens_on=today() + timedelta(days=2))
    withdraw_draft(OPERATOR, draft=file.draft, reason={"kk": "Жоба қажет емес.", "ru": "Проект не нужен."})
    make.commit()
    with clock.frozen(file.consultation.closes_at + timedelta(days=1)):
        assert note_windows() == 0


def test_the_worker_notes_and_looks_only_now_and_then(app: PortalApp, make: Maker) -> None:
    start = datetime(2026, 11, 2, 6, 0, tzinfo=UTC)
    with clock.frozen(start):
        file = make.open(opens_on=today() + timedelta(days=1))
        db.session.remove()
        work_once(app)
        assert noted(Kind.CONSULTATION_OPENED) == []
        db.session.rollback()
    just_before = file.consultation.opens_at - timedelta(seconds=1)
    with clock.frozen(just_before):
        work_once(app)
    with clock.frozen(file.consultation.opens_at):
        work_once(app)
        assert noted(Kind.CONSULTATION_OPENED) == []
        db.session.rollback()
    with clock.frozen(just_before + EVERY):
        work_once(app)
        assert noted(Kind.CONSULTATION_OPENED) == [f"consultation:{file.consultation.id}"]
        db.session.rollback()
    with clock.frozen(start):
        work_once(app)
    assert len(noted(Kind.CONSULTATION_OPENED)) == 1
