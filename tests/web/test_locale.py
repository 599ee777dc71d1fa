"""In which language does the portal answer, and does it stay with the one chosen?"""

from __future__ import annotations

import pytest

from portal.web.flask_app import PortalApp
from tests.client import PageClient
from tests.hostile import STRINGS
from tests.journeys.stage import settings, stage, world  # noqa: F401 - fixtures
from tests.journeys.world import World
from tests.page import check_page, text_of


@pytest.fixture
def client(app: PortalApp) -> PageClient:
    """A browser that has chosen nothing yet."""
    return app.test_client()


def _language(client: PageClient, url: str = "/", **more: object) -> str:
    answer = client.get(url, **more)
    assert answer.headers["Content-Language"] == client.page.get("lang")
    return str(client.page.get("lang"))


def test_kazakh_unless_told(client: PageClient) -> None:
    assert _language(client) == "kk"


@pytest.mark.parametrize(
    ("wish", "language"),
    [
        ("ru", "ru"), ("en-GB,en;q=0.9", "en"), ("kk-KZ", "kk"), ("ru-RU,ru;q=0.9,kk;q=0.8,en;q=0.7", "ru"),
        ("de-DE,de;q=0.9,en;q=0.5,ru;q=0.4", "en"), ("de,fr", "kk"), ("*", "kk"), ("", "kk"), ("ru;q=0", "kk"),
        ("en;q=0.1, ru;q=0.9", "ru"), ("RU-ru", "ru"), ("kk_KZ", "kk"), ("zh-Hans-CN,ru", "ru"),
        (";;;,,,q=q=q", "kk"), ("ru;q=abc", None), ("ru;q=-1", None), ("r" * 5000, "kk"), ("kk,ru" * 500, "kk"),
    ],
)  # fmt: skip
def test_as_the_browser_wishes(client: PageClient, wish: str, language: str | None) -> None:
    assert _language(client, headers={"Accept-Language": wish}) in ({language} if language else {"kk", "ru"})


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_a_choice_is_remembered(client: PageClient, language: str) -> None:
    other = {"Accept-Language": "ru" if language != "ru" else "en"}
    assert _language(client, headers=other) != language
    assert _language(client, f"/?lang={language}", headers=other) == language
    assert _language(client, "/drafts", headers=other) == language
    assert _language(client, "/nowhere", headers=other) == language


@pytest.mark.parametrize("wish", ["xx", "", "RU", "kk-KZ", "../../etc", "en\r\nSet-Cookie: x=1", *list(STRINGS.values())[:6]])
def test_an_odd_choice_is_none(client: PageClient, wish: str) -> None:
    client.set_cookie("language", "ru")
    answer = client.get("/", query_string={"lang": wish})
    assert answer.headers["Content-Language"] == "ru"
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("cookie", ["xx", "", "ru%00", "%D0%BA%D0%BA", "kk; en", "a" * 3000])
def test_an_odd_cookie_is_none(client: PageClient, cookie: str) -> None:
    client.set_cookie("language", cookie)
    assert _language(client, headers={"Accept-Language": "en"}) == "en"


def test_the_first_of_several_wishes(client: PageClient) -> None:
    assert _language(client, "/?lang=en&lang=ru") == "en"


def test_answers_differ_by_language_for_caches(client: PageClient) -> None:
    vary = client.get("/").headers["Vary"]
    assert "Accept-Language" in vary and "Cookie" in vary


def test_the_switch_stays_on_the_page(client: PageClient, world: World) -> None:
    """With its query, and at the chosen provision."""
    draft = world.open.draft.id
    for url in ("/search?q=%D0%B1%D0%B8%D0%BB%D0%B5%D1%82&kind=draft&page=2", f"/drafts/{draft}?provision=pnt_3", "/drafts?phase=all&order=newest"):
        client.get(url)
        for language in ("kk", "ru", "en"):
            target = next(a.get("href") for a in client.page.iter("a") if a.get("hreflang") == language and a.get("lang") == language)
            answer = client.get(target)
            assert answer.headers["Content-Language"] == language
            assert url.partition("?")[0] in target
            for part in url.partition("?")[2].split("&"):
                assert part in target, (url, target)


def test_the_language_of_the_interface_and_of_the_words_are_two_things(client: PageClient, world: World) -> None:
    """A Russian text under English buttons says that it is Russian."""
    answer = client.get(f"/drafts/{world.open.draft.id}/versions/1/ru?lang=en")
    root = check_page(answer.text, "en")
    law = next(element for element in root.iter("div") if "law" in (element.get("class") or "").split())
    assert law.get("lang") == "ru"
    assert "Пассажир оплачивает проезд" in text_of(law)


def test_letters_numbers_and_days_follow_the_language(client: PageClient, world: World) -> None:
    seen = {language: client.get(f"/drafts/{world.open.draft.id}?lang={language}").text for language in ("kk", "ru", "en")}
    assert len({page.count("pnt_3") for page in seen.values()}) == 1, "the same law in each"
    assert "Пікір қалдыру" in seen["kk"] and "Оставить комментарий" in seen["ru"] and "Leave a comment" in seen["en"]
