"""Does a reader find, narrow down, keep and follow a search by keyboard, and all of it without script too?"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import check_accessible, sign_in
from tests.browser.test_pages import look

PUBLIC = (
    "/search", "/search?q=тариф&draft=11", "/search?q=тариф орган:транспорт -статус:принят&year=2026", "/search?q=тариф дирижабль",
    "/search?status=adopted", "/search?q=rfkf&order=closing",
)  # fmt: skip
DESK = ("/desk/search", "/desk/search?q=тариф&waiting=y", "/desk/search?q=ыъыъ", "/desk/search?q=тариф вид:ответ -статус:принят")


@pytest.mark.parametrize(("language", "width"), [("kk", "phone"), ("ru", "desktop")])
def test_every_search_is_accessible(visit: Callable[..., Page], language: str, width: str) -> None:
    look(visit(language, width), language, PUBLIC)


@pytest.mark.parametrize(("language", "width"), [("kk", "desktop"), ("ru", "phone")])
def test_a_drafter_searches_the_comments_received(visit: Callable[..., Page], language: str, width: str) -> None:
    page = visit(language, width)
    sign_in(page, "drafter")
    look(page, language, DESK)
    page.goto("/desk/comments")
    page.fill("#search-box", "тариф")
    page.keyboard.press("Enter")
    page.locator(".draft-row__title a").first.click()
    expect(page.locator("#work")).to_be_visible()
    assert "/desk/drafts/" in page.url and "#work" in page.url


@pytest.mark.parametrize("address", ["/", "/search", "/drafts/11"])
def test_suggestions_are_reached_and_left_by_keyboard(visit: Callable[..., Page], address: str) -> None:
    page = visit("ru", "desktop")
    page.goto(address)
    field = page.get_by_role("combobox").first
    field.focus()
    expect(field).to_have_attribute("aria-expanded", "false")
    field.press_sequentially("тари")
    options = page.get_by_role("option")
    expect(options.first).to_be_visible()
    expect(field).to_have_attribute("aria-expanded", "true")
    expect(page.locator(".search-box [role=status]")).to_contain_text("Подсказки")
    check_accessible(page)
    assert options.first.evaluate("e => getComputedStyle(e).color") != "rgb(255, 255, 255)"
    page.keyboard.press("ArrowDown")
    first = options.first.inner_text()
    expect(options.first).to_have_attribute("aria-selected", "true")
    expect(field).to_have_attribute("aria-activedescendant", options.first.get_attribute("id") or "")
    expect(field).to_have_value(first)
    page.keyboard.press("ArrowUp")
    expect(field).to_have_value("тари")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(field).to_have_value("тари")
    page.keyboard.press("ArrowDown")  # opens it again
    expect(options.first).to_be_visible()
    page.keyboard.press("Tab")  # no trap
    expect(page.locator("[role=listbox]")).to_be_hidden()
    assert page.evaluate("document.activeElement.type") == "submit"
    field.focus()
    page.keyboard.press("ArrowDown")
    expect(options.first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?**")
    expect(page.locator("#search-box")).to_have_value(first)
    assert page.locator("main mark").count() > 0


@pytest.mark.parametrize("script", [True, False])
def test_a_reader_narrows_a_search_down_and_widens_it_again(visit: Callable[..., Page], script: bool) -> None:
    page = visit("ru", "desktop", script=script)
    page.goto("/")
    page.fill("#search-box", "тариф -вид:ответ")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?**")
    chips = page.locator(".chosen a")
    expect(chips).to_have_count(1)
    expect(chips).to_contain_text("Кроме: Официальные ответы")
    page.locator(".facet a", has_text="Министерство транспорта").first.click()
    expect(chips).to_have_count(2)
    assert "body=" in page.url
    chips.first.focus()
    page.keyboard.press("Enter")
    expect(chips).to_have_count(1)
    assert "body=" not in page.url
    chips.first.focus()
    page.keyboard.press("Enter")
    expect(chips).to_have_count(0)
    expect(page.locator("#search-box")).to_have_value("тариф")


@pytest.mark.parametrize("script", [True, False])
def test_a_draft_is_searched_from_its_page(visit: Callable[..., Page], script: bool) -> None:
    page = visit("kk", "phone", script=script)
    page.goto("/drafts/11")
    page.fill("#search-box", "тариф")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?**")
    expect(page.locator("h1")).to_have_text("Осы жобадан іздеу")
    if script:
        check_accessible(page)
    link = page.locator(".draft-row__title a[href*='#']").first
    key = (link.get_attribute("href") or "").partition("#")[2]
    link.click()
    expect(page.locator(f"[id='{key}']")).to_be_visible()
    assert page.url.endswith(f"#{key}")


def test_a_search_is_kept_named_and_let_go_by_keyboard(visit: Callable[..., Page]) -> None:
    page = visit("ru", "desktop")
    page.goto("/search?q=тариф&kind=comment&year=2026")
    page.get_by_role("link", name="Присылать новые результаты").click()
    page.fill("input[name=email]", "citizen@talqy.example")
    page.fill("input[name=password]", "talqy demonstration")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?**")
    page.get_by_role("button", name="Присылать новые результаты").press("Enter")
    page.wait_for_url("**/account/searches")
    expect(page.locator("main")).to_contain_text("Комментарии; 2026")
    check_accessible(page)
    page.get_by_role("link", name="Изменить").first.press("Enter")
    page.fill("input[name=name]", "Что говорят о тарифах")
    page.get_by_label("Не чаще раза в неделю").check()
    check_accessible(page)
    page.get_by_role("button", name="Сохранить").press("Enter")
    page.wait_for_url("**/account/searches")
    expect(page.locator("main")).to_contain_text("Что говорят о тарифах")
    expect(page.locator("main")).to_contain_text("Не чаще раза в неделю")
    page.goto("/search?q=тариф&kind=comment&year=2026")
    expect(page.get_by_role("button", name="Присылать новые результаты")).to_have_count(0)
    page.goto("/account/searches")
    page.get_by_role("button", name="Удалить").first.press("Enter")
    expect(page.get_by_role("link", name="Что говорят о тарифах")).to_have_count(0)
    check_accessible(page)
