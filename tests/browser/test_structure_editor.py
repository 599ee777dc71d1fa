"""Can a drafter correct a structure with the keyboard alone, and without script too?"""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.conftest import check_accessible, sign_in
from tests.make import TEXT_KK, TEXT_RU

SPLIT = TEXT_RU.replace("везёт.\n", "везёт. 2-1. Багаж – вещи пассажира.\n")


def prepare(page: Page, title: str) -> str:
    """A draft with two texts that differ; the address of its desk."""
    sign_in(page, "drafter")
    page.goto("/desk/drafts/new")
    page.select_option("select[name=type]", index=2)
    page.fill("[name=title_kk]", title)
    page.fill("[name=title_ru]", title)
    page.locator("main form[method=post] button[type=submit]").first.click()
    page.wait_for_url(re.compile(r"/desk/drafts/\d+$"))
    desk = page.url
    page.goto(f"{desk}/text")
    for language, text in (("kk", TEXT_KK), ("ru", SPLIT)):
        file = {"name": f"{language}.txt", "mimeType": "text/plain", "buffer": text.encode()}
        page.set_input_files(f"input[name=file_{language}]", file)
    page.locator("main form[enctype] button[type=submit]").click()
    expect(page.locator("main .messages")).to_be_visible()
    return desk


def test_a_structure_is_corrected_by_keyboard(visit: Callable[..., Page]) -> None:
    page = visit("ru", "desktop")
    page.goto(prepare(page, "О пассажирах") + "/structure/ru")
    said, focused = page.locator("[data-structure-said]"), page.locator("*:focus")
    page.locator(".units__link").first.focus()
    for _ in range(4):
        page.keyboard.press("ArrowDown")
    expect(focused).to_contain_text("перевозчик")
    page.keyboard.press("Enter")
    expect(page.locator(".units__row--chosen")).to_contain_text("перевозчик")
    expect(focused).to_contain_text("перевозчик")
    # split where the sentence begins another point
    page.keyboard.press("s")
    expect(focused).to_have_attribute("name", "at")
    check_accessible(page)
    page.locator("#words").focus()
    page.keyboard.type("2-1. Багаж")
    page.keyboard.press("Enter")
    expect(said).to_contain_text("разделение")
    expect(focused).to_contain_text("Пункт 2-1")
    page.keyboard.press("m")
    expect(said).to_contain_text("объединение с предыдущим")
    page.keyboard.press("Control+z")
    expect(said).to_contain_text("Отменено")
    expect(focused).to_contain_text("Пункт 2-1")
    page.keyboard.press("Control+z")
    expect(page.locator("[data-shortcut=undo]")).to_have_count(0)
    expect(focused).to_contain_text("Багаж")
    # raise and lower
    page.keyboard.press("Shift+ArrowLeft")
    expect(focused).to_contain_text("Пункт 2")
    page.keyboard.press("Shift+ArrowRight")
    expect(focused).to_contain_text("Подпункт 2")
    # a mistake is said, and what was typed stays
    page.keyboard.press("n")
    expect(focused).to_have_attribute("id", "number")
    page.keyboard.press("Control+a")
    page.keyboard.type("2 2")
    page.keyboard.press("Enter")
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    expect(focused).to_have_value("2 2")


def test_a_structure_is_corrected_without_script_on_a_phone(visit: Callable[..., Page]) -> None:
    page = visit("kk", "phone", script=False)
    desk = prepare(page, "О багаже")
    page.goto(f"{desk}/structure/ru")
    page.locator(".units__link", has_text="Багаж").click()
    page.locator("#step-split summary").click()
    page.fill("#words", "2-1. Багаж")
    page.locator("[data-step=split] button").click()
    expect(page.locator(".units__row--chosen")).to_contain_text("2-1")
    page.locator("button[value=undo]").click()
    expect(page.locator("button[value=redo]")).to_be_visible()
    page.goto(f"{desk}/differences")
    expect(page.locator("main")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
