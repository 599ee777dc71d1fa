"""Is every page accessible, whole and in one language, on a phone and on a desk, with a real browser?"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import check_accessible, sign_in
from tests.law.catalogues import catalogue

PUBLIC = (
    "/", "/drafts", "/drafts/9", "/drafts/11?provision=pnt_10", "/drafts/11/comments", "/drafts/14", "/drafts/4", "/drafts/11/print",
    "/comments/1", "/drafts/1/report", "/search?q=тариф", "/search?q=ыъыъ", "/bodies", "/bodies/transport", "/reports",
    "/moderation", "/ledger", "/ledger/entries/1000", "/receipts", "/about", "/help", "/rules", "/sign-in", "/register",
    "/forgot-password", "/nothing-here",
)  # fmt: skip
CITIZEN = ("/drafts/11/comments/new?provision=pnt_10", "/comments/111/answer", "/my/comments", "/account", "/account/password")
DRAFTER = (
    "/desk/drafts", "/desk/drafts/new", "/desk/drafts/11", "/desk/comments", "/desk/drafts/11/comments",
    "/desk/drafts/11/comments?show=groups", "/desk/reports", "/desk/drafts/11/report",
)  # fmt: skip

# what came with versions, clocks and administration: each in every language, and at both widths, but not all six together
DRAFTING = (
    "/duties", "/drafts/2/versions", "/drafts/2/versions/2", "/drafts/2/versions/1/compare/2",
    "/drafts/2/versions/1/compare/2?view=side&show=all", "/drafts/2/versions/1/comments", "/drafts/6", "/drafts/15",
    "/drafts/18/family", "/drafts/18/family/19/compare", "/drafts/17", "/drafts/1/adopted", "/drafts?phase=announced",
    "/drafts/9/versions/1/ru?beside=kk", "/drafts/9/versions/1/kk/find?q=аялдама", "/bodies/digital",
    "/drafts/22/table", "/drafts/1/adopted", "/drafts/1/adopted/kk", "/drafts/1/adopted/comments",
)  # fmt: skip
PREPARING = (
    "/desk/drafts/16", "/desk/drafts/16/card", "/desk/drafts/16/text", "/desk/drafts/16/structure/ru?unit=pnt_3",
    "/desk/drafts/16/differences", "/desk/drafts/16/package", "/desk/drafts/16/preview", "/desk/drafts/16/open",
    "/desk/drafts/16/links", "/desk/drafts/9/links", "/desk/drafts/9/withdraw", "/desk/drafts/16/terms", "/desk/drafts/16/opinions/new", "/desk/drafts/9/versions", "/desk/drafts/9/extend",
)  # fmt: skip
ADMINISTRATOR = (
    "/admin", "/admin/bodies", "/admin/bodies/1", "/admin/bodies/1/rename", "/admin/bodies/new", "/admin/bodies/table",
    "/admin/types", "/admin/types/1", "/admin/areas", "/admin/areas/1", "/admin/channels", "/admin/channels/1", "/admin/days", "/admin/search-index",
    "/desk/drafts/2/versions", "/desk/drafts/22/table", "/desk/drafts/1/adopted-act",
)  # fmt: skip
VIEWS = [("kk", "phone"), ("ru", "desktop"), ("en", "phone")]


def look(page: Page, language: str, addresses: tuple[str, ...]) -> None:
    """Open each address and ask all that every page must answer."""
    faults: list[str] = []
    page.on("console", lambda message: faults.append(f"{page.url}: {message.text}") if message.type == "error" else None)
    page.on("pageerror", lambda error: faults.append(f"{page.url}: {error}"))
    for address in addresses:
        answer = page.goto(address)
        assert answer is not None and answer.status in {200, 404}, f"{address}: {answer and answer.status}"
        assert page.get_attribute("html", "lang") == language, address
        check_accessible(page)
        _check_narrow(page)
        faults += _english_words(page, language)
    # a page that is not there is a console error to the browser, and meant here
    faults = [fault for fault in faults if "/nothing-here" not in fault]
    assert not faults, "\n".join(faults)


def _check_narrow(page: Page) -> None:
    """Nothing to scroll sideways at 320 px either (WCAG 1.4.10)."""
    size = page.viewport_size
    assert size is not None
    page.set_viewport_size({"width": 320, "height": size["height"]})
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    page.set_viewport_size(size)
    assert wide <= 0, f"{page.url} scrolls sideways by {wide} px at 320 px"


def _english_words(page: Page, language: str) -> list[str]:
    """Interface messages that stand on a Kazakh or Russian page in English."""
    if language == "en":
        return []
    messages = {
        key[0] for key, said in catalogue(language).items() if len(key[0]) > 12 and "%" not in key[0] and said[0] != key[0]
    }
    lines = {line.strip() for line in page.inner_text("body").splitlines()}
    return [f"{page.url} says in English: {line}" for line in sorted(lines & messages)]


@pytest.mark.parametrize("width", ["phone", "desktop"])
@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_public_pages(visit: Callable[..., Page], language: str, width: str) -> None:
    look(visit(language, width), language, PUBLIC)


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_a_citizens_pages(visit: Callable[..., Page], language: str) -> None:
    page = visit(language, "phone")
    sign_in(page, "citizen")
    look(page, language, CITIZEN)


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_a_drafters_pages(visit: Callable[..., Page], language: str) -> None:
    page = visit(language, "desktop")
    sign_in(page, "drafter")
    look(page, language, DRAFTER)


@pytest.mark.parametrize(("language", "width"), VIEWS)
def test_what_drafting_shows(visit: Callable[..., Page], language: str, width: str) -> None:
    look(visit(language, width), language, DRAFTING)


@pytest.mark.parametrize(("language", "width"), VIEWS[:2])
def test_the_pages_of_a_draft_in_preparation(visit: Callable[..., Page], language: str, width: str) -> None:
    page = visit(language, width)
    sign_in(page, "drafter")
    look(page, language, PREPARING)


@pytest.mark.parametrize(("language", "width"), VIEWS[:2])
def test_an_administrators_pages(visit: Callable[..., Page], language: str, width: str) -> None:
    page = visit(language, width)
    sign_in(page, "administrator")
    look(page, language, ADMINISTRATOR)


def test_every_component(visit: Callable[..., Page]) -> None:
    look(visit("kk", "desktop"), "kk", ("/components",))


def test_the_reading_page_shifts_nothing(visit: Callable[..., Page]) -> None:
    page = visit("kk", "phone")
    page.add_init_script(
        "window.shift = 0; new PerformanceObserver(list => { for (const e of list.getEntries()) window.shift += e.value })"
        ".observe({type: 'layout-shift', buffered: true})"
    )
    page.goto("/drafts/11")
    page.wait_for_load_state("networkidle")
    assert page.evaluate("window.shift") < 0.1  # "good" by Core Web Vitals


def test_the_first_view_is_light(visit: Callable[..., Page]) -> None:
    """60 KB over the wire without the fonts; the fonts 90 KB together."""
    page = visit("kk", "desktop")
    sizes: dict[str, int] = {}
    page.on("requestfinished", lambda request: sizes.update({request.url: request.sizes()["responseBodySize"]}))
    page.goto("/drafts/9")
    page.wait_for_load_state("networkidle")
    fonts = sum(size for url, size in sizes.items() if ".woff2" in url)
    rest = sum(size for url, size in sizes.items() if ".woff2" not in url)
    assert 0 < fonts <= 90_000, fonts
    assert rest <= 60_000, sizes
