"""Which day is it where the law counts days, and does a frozen clock stand still?"""

from __future__ import annotations

import threading
from datetime import UTC, date, datetime, timedelta

import pytest

from portal.consultation.follow import note_windows
from portal.consultation.phases import Phase
from portal.consultation.queries.drafts import get_file
from portal.kernel import clock
from portal.kernel.db import db
from portal.ledger.models import Entry
from portal.web.flask_app import PortalApp
from tests.client import PageClient
from tests.make import Maker

MIDNIGHT = datetime(2026, 3, 1, 19, 0, tzinfo=UTC)  # of 2 March in Astana


def test_a_legal_day_begins_at_midnight_in_astana() -> None:
    assert clock.legal_day(MIDNIGHT) == date(2026, 3, 2)
    assert clock.legal_day(MIDNIGHT - timedelta(microseconds=1)) == date(2026, 3, 1)
    assert clock.start_of(date(2026, 3, 2)) == MIDNIGHT
    assert clock.end_of(date(2026, 3, 1)) == MIDNIGHT


@pytest.mark.parametrize("day", [date(2024, 2, 29), date(2026, 12, 31), date(2027, 1, 1), date(2026, 3, 29), date(2026, 10, 25)])
def test_every_day_has_24_hours(day: date) -> None:
    assert clock.end_of(day) - clock.start_of(day) == timedelta(hours=24)
    assert clock.legal_day(clock.start_of(day)) == day == clock.legal_day(clock.end_of(day) - timedelta(seconds=1))


def test_a_frozen_clock_stands_still() -> None:
    with clock.frozen(MIDNIGHT):
        assert clock.now() == clock.now() == MIDNIGHT
        assert clock.today() == date(2026, 3, 2)
        with clock.frozen(MIDNIGHT - timedelta(days=400)):
            assert clock.today() == date(2025, 1, 26)
        assert clock.now() == MIDNIGHT
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(seconds=5)


def test_it_goes_on_after_a_mistake() -> None:
    with pytest.raises(RuntimeError), clock.frozen(MIDNIGHT):
        raise RuntimeError
    assert clock.now() != MIDNIGHT


def test_it_stands_still_for_this_thread_only() -> None:
    seen: list[datetime] = []
    with clock.frozen(MIDNIGHT):
        thread = threading.Thread(target=lambda: seen.append(clock.now()))
        thread.start()
        thread.join()
    assert seen[0] != MIDNIGHT


def test_a_window_opens_and_closes_by_itself(app: PortalApp, client: PageClient, make: Maker) -> None:
    """Nobody presses anything: the first and the last instant decide, in Astana."""
    opens_on, closes_on = date(2026, 3, 2), date(2026, 3, 20)
    with clock.frozen(MIDNIGHT - timedelta(days=5)):
        draft = make.open(opens_on=opens_on, closes_on=closes_on).draft.id
    second = timedelta(seconds=1)
    end = clock.end_of(closes_on)
    phases = []
    for instant in (MIDNIGHT - second, MIDNIGHT, end - second, end, end + timedelta(days=4000)):
        with clock.frozen(instant):
            phases.append(get_file(draft).phase)
            assert client.get(f"/drafts/{draft}").status_code == 200
    assert phases == [Phase.announced, Phase.open, Phase.open, Phase.answering, Phase.answering]


def test_lists_agree_with_the_page(app: PortalApp, client: PageClient, make: Maker) -> None:
    """What the database is asked and what is worked out from dates is the same rule."""
    with clock.frozen(MIDNIGHT - timedelta(days=5)):
        make.open(opens_on=date(2026, 3, 2), closes_on=date(2026, 3, 20), en="On trams")
    end = clock.end_of(date(2026, 3, 20))
    for instant, phase in (
        (MIDNIGHT - timedelta(seconds=1), "announced"), (MIDNIGHT, ""), (end - timedelta(seconds=1), ""), (end, "answering"),
    ):  # fmt: skip
        with clock.frozen(instant):
            for asked in ("announced", "", "answering", "adopted"):
                is_listed = "On trams" in client.get("/drafts", query_string={"phase": asked} if asked else {}).text
                assert is_listed == (asked == phase), (instant, asked)


def test_a_clock_that_jumps_repeats_and_loses_nothing(app: PortalApp, make: Maker) -> None:
    """Forward over the whole window, back before it, forward again: each step is noted once."""
    with clock.frozen(MIDNIGHT - timedelta(days=5)):
        draft = make.open(opens_on=date(2026, 3, 2), closes_on=date(2026, 3, 20)).draft.id
    for days in (-1, 0, 30, -3, 5, -400, 31, 4000, 1):
        with clock.frozen(MIDNIGHT + timedelta(days=days)):
            note_windows()
            make.commit()
            assert get_file(draft).phase in Phase
    kinds = list(db.session.scalars(db.select(Entry.kind).where(Entry.kind.contains("consultation")).order_by(Entry.number)))
    assert [kind.rpartition(".")[2].lower() for kind in kinds].count(kinds[-1].rpartition(".")[2].lower()) == 1
    assert len(kinds) == len(set(kinds)) == 3, kinds


def test_a_clock_set_back_takes_nothing_from_who_has_spoken(app: PortalApp, client: PageClient, make: Maker) -> None:
    with clock.frozen(MIDNIGHT):
        file = make.open(opens_on=date(2026, 3, 2), closes_on=date(2026, 3, 20))
        comment = make.comment(file, text="Said while it was open.")
    with clock.frozen(MIDNIGHT - timedelta(days=40)):
        assert client.get(f"/comments/{comment.id}").status_code == 200
        assert client.get("/drafts?phase=announced").status_code == 200
        assert "Said while it was open." in client.get(f"/drafts/{file.draft.id}/comments").text
