"""Do the desk's pages about a draft stand in the order of the work, each two steps away at most?"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from portal.accounts.models import User
from tests.client import PageClient
from tests.make import Maker
from tests.page import text_of

SignIn = Callable[..., User]


@pytest.fixture
def drafter(client: PageClient, make: Maker, sign_in: SignIn) -> User:
    return sign_in(client, "drafter", body=make.body())


def steps(client: PageClient) -> dict[str, list[tuple[str, str | None]]]:
    """Step → (address, aria-current) of its pages; a step of one page has none below it."""
    found = {}
    for item in client.page.iterfind(".//li[@class]"):
        if "desk-pages__step" in (item.get("class") or ""):
            link, *pages = item.iter("a")
            found[text_of(link)] = [(str(page.get("href")), page.get("aria-current")) for page in pages or (link,)]
    return found


def test_what_is_prepared_has_its_texts_and_the_opening(client: PageClient, make: Maker, drafter: User) -> None:
    draft_id = make.draft().id
    client.get(f"/desk/drafts/{draft_id}/links")
    found, base = steps(client), f"/desk/drafts/{draft_id}"
    assert list(found) == ["Draft", "Text", "Discussion"]
    assert found["Draft"] == [(base, None), (f"{base}/card", None), (f"{base}/package", None), (f"{base}/links", "page")]
    assert [address for address, _ in found["Discussion"]] == [f"{base}/open", f"{base}/terms"]
    assert text_of(client.page.find(".//nav/details/summary")) == "Draft · Links"
    step = client.page.find(".//li[@class='desk-pages__step desk-pages__step--current']/a")
    assert step is not None and step.get("aria-current") == "true"


def test_every_page_leads_to_every_other_and_says_where_one_is(client: PageClient, make: Maker, drafter: User) -> None:
    file = make.closed()
    client.get(f"/desk/drafts/{file.draft.id}")
    found = steps(client)
    assert list(found) == ["Draft", "Text", "Discussion", "Answers", "Report"]
    addresses = [address for pages in found.values() for address, _ in pages]
    assert len(addresses) == 12
    for address in addresses:
        if client.get(address).status_code == 302:  # the structure leads on to the text in one language
            continue
        here = steps(client)
        assert [each for pages in here.values() for each, _ in pages] == addresses, address
        assert [each for pages in here.values() for each, current in pages if current == "page"] == [address]


def test_a_page_that_is_no_step_marks_none(client: PageClient, make: Maker, drafter: User) -> None:
    client.get(f"/desk/drafts/{make.open().draft.id}/withdraw")
    assert not any(current for pages in steps(client).values() for _, current in pages)
    assert text_of(client.page.find(".//nav/details/summary")) == "Pages about this draft"
