"""Does long work say how far it is, while it runs and when it ends?"""

from __future__ import annotations

from datetime import timedelta

import pytest

from portal.kernel import clock, progress
from portal.kernel.db import db, transaction_mode
from portal.kernel.models import JobProgress, JobState
from portal.kernel.progress import SILENCE, claim, find_progress, is_under_way, note_waiting, reported
from portal.web.flask_app import PortalApp


def _now() -> JobProgress:
    db.session.rollback()
    found = find_progress("search.rebuild")
    assert found is not None
    return found


def test_it_waits_runs_and_ends(app: PortalApp, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "EVERY", 0.0)
    assert find_progress("search.rebuild") is None
    assert not is_under_way(None)
    note_waiting("search.rebuild")
    db.session.commit()
    assert is_under_way(_now())
    db.session.rollback()
    with reported("search.rebuild", 10) as advance:
        advance(4)
        assert (_now().state, _now().done, _now().total) == (JobState.running, 4, 10)
        with clock.frozen(clock.now() + SILENCE + timedelta(seconds=1)):
            assert not is_under_way(_now())
        db.session.rollback()
        advance(10)
    assert (_now().state, _now().done, _now().error) == (JobState.done, 10, "")
    assert not is_under_way(_now())


def test_what_goes_wrong_is_kept(app: PortalApp) -> None:
    with pytest.raises(RuntimeError), reported("search.rebuild", 10):
        raise RuntimeError("the disk is full")
    assert (_now().state, _now().error) == (JobState.failed, "RuntimeError: the disk is full")
    db.session.rollback()
    with reported("search.rebuild", 10):
        pass
    assert _now().error == ""


def test_of_two_who_ask_one_is_told_to_go_on(app: PortalApp) -> None:
    with transaction_mode("read"):  # a page that only reads may ask
        assert claim("export:one")
        assert not claim("export:one")
        db.session.rollback()
    with pytest.raises(RuntimeError), reported("export:one", 1):
        raise RuntimeError
    assert claim("export:one")
    with clock.frozen(clock.now() + SILENCE + timedelta(seconds=1)):
        assert claim("export:one", forget=("export:", clock.now()))  # whoever had it is dead
        assert claim("export:two", forget=("export:", clock.now() + timedelta(seconds=1)))
    db.session.rollback()
    assert find_progress("export:one") is None and find_progress("export:two") is not None
