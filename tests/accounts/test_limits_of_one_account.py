"""Is one account guarded against guesses from many addresses, and one household counted as one?"""

from __future__ import annotations

from dataclasses import replace

import pytest

from portal.kernel.settings import Settings
from portal.web.limits import SIGN_IN_TO_ONE_ACCOUNT, network
from tests.client import PageClient


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """The limits are on."""
    return replace(settings, limits_enabled=True)


def test_guesses_at_one_account_are_counted_over_all_addresses(client: PageClient) -> None:
    most = int(SIGN_IN_TO_ONE_ACCOUNT.split()[0])
    statuses = []
    for guess in range(most + 1):
        where = {"REMOTE_ADDR": f"203.0.113.{guess}"}
        typed = {"email": " Aizat@example.kz" if guess % 2 else "aizat@example.kz", "password": f"guess {guess}"}
        statuses.append(client.post("/sign-in", data=typed, environ_base=where).status_code)
    assert statuses[:most] == [422] * most and statuses[-1] == 429
    other = {"email": "serik@example.kz", "password": "guess"}
    assert client.post("/sign-in", data=other, environ_base={"REMOTE_ADDR": "203.0.113.99"}).status_code == 422


@pytest.mark.parametrize(
    ("given", "counted"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("unix:", "unix:"),
    ],
)
def test_one_household_is_one(given: str, counted: str) -> None:
    assert network(given) == counted
