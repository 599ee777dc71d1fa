"""Are small counts always right, and large ones not made more often than need be?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from portal.kernel import clock, remembered
from portal.kernel.remembered import A_WHILE, LARGE, count_remembered
from portal.web.flask_app import PortalApp


@pytest.fixture(autouse=True)
def nothing_known() -> Iterator[None]:
    remembered.forget()
    yield
    remembered.forget()


def test_a_small_count_is_made_each_time(app: PortalApp) -> None:
    counts = iter([3, 4])
    assert [count_remembered("x", lambda: next(counts)) for _ in range(2)] == [3, 4]


def test_a_large_count_is_kept_for_a_while(app: PortalApp) -> None:
    counts = iter([LARGE + 1, LARGE + 2])
    start = clock.now()

    def ask() -> int:
        return count_remembered("x", lambda: next(counts))

    with clock.frozen(start):
        assert ask() == LARGE + 1
    with clock.frozen(start + A_WHILE - timedelta(seconds=1)):
        assert ask() == LARGE + 1
    with clock.frozen(start + A_WHILE):
        assert ask() == LARGE + 2


def test_each_key_has_its_own(app: PortalApp) -> None:
    assert [count_remembered(key, lambda key=key: LARGE + key) for key in (1, 2, 1)] == [LARGE + 1, LARGE + 2, LARGE + 1]


def test_what_is_remembered_is_bounded(app: PortalApp, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remembered, "_MOST", 3)
    for key in range(10):
        count_remembered(key, lambda: LARGE * 2)
    assert len(remembered._kept) <= 3
