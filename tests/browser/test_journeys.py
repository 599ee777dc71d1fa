"""Can a person do the whole work of the portal: without script, with the keyboard alone, in three languages?"""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from playwright.sync_api import Page, expect

from tests.browser.conftest import Portal, sign_in

PLACE = {"kk": "10-тармақ", "ru": "Пункт 10", "en": "Point 10"}


def letter_link(portal: Portal, address: str, path: str) -> str:
    """The link in the last letter the console mailer printed to an address; waits for the worker."""
    for _ in range(120):
        log = portal.log.read_text("utf-8", "replace")
        letters = [letter for letter in log.split("─" * 20) if address in letter]
        links = [link for letter in letters for link in re.findall(rf"http\S+/{path}/\S+", letter)]
        if links:
            return links[-1]
        time.sleep(0.25)
    raise AssertionError(f"no letter with /{path}/ to {address}")


def send(page: Page, selector: str) -> None:
    """Press the first button a selector finds and wait for the page that answers."""
    with page.expect_navigation():
        page.locator(selector).first.click()


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_a_citizen_without_script(portal: Portal, visit: Callable[..., Page], language: str) -> None:
    """Register, confirm, comment, take the receipt and check it, vote and take back, change, withdraw."""
    page = visit(language, "phone", script=False)
    address = f"newcomer-{language}@example.org"
    page.goto("/register")
    page.fill("input[name=name]", "Newcomer")
    page.fill("input[name=email]", address)
    for field in page.locator("input[type=password]").all():
        field.fill("a long enough password")
    for box in page.locator("main input[type=checkbox]").all():
        box.check()
    send(page, "main form button[type=submit]")
    page.goto(letter_link(portal, address, "confirm"))
    page.fill("input[name=password]", "a long enough password")
    send(page, "main form button[type=submit]")
    page.goto("/drafts/11/comments/new?provision=pnt_10")
    expect(page.locator("main")).to_contain_text(PLACE[language])
    words = f"Zebra crossings matter, {language}"
    page.fill("textarea[name=text]", words)
    page.locator("details:has(textarea[name=proposed_text]) summary").click()
    page.fill("textarea[name=proposed_text]", "A better wording of the point.")
    page.check("input[name=stance][value=against]", force=True)
    send(page, "main form:has(textarea[name=text]) button[type=submit]")
    expect(page.locator("main")).to_contain_text(words)
    place = page.url
    page.locator("main a[href*='/receipts/']").first.click()
    expect(page).to_have_url(re.compile("/receipts/"))
    assert page.locator("main").inner_text().strip()
    page.goto("/drafts/11")
    before = _votes(page)
    send(page, "main form[action$='/drafts/11/vote'] button[value='1']")
    assert _votes(page) == (before[0] + 1, before[1])
    send(page, "main form[action$='/drafts/11/vote'] button[value='-1']")
    assert _votes(page) == (before[0], before[1] + 1)
    send(page, "main form[action$='/drafts/11/vote'] button[aria-pressed='true']")
    assert _votes(page) == before
    page.goto(place)
    page.locator("main a[href$='/edit'], main a[href*='/edit?']").first.click()
    page.fill("textarea[name=text]", words + " (changed)")
    send(page, "main form:has(textarea[name=text]) button[type=submit]")
    expect(page.locator("main")).to_contain_text("(changed)")
    page.goto(place)
    page.locator("main a[href*='/withdraw']").first.click()
    send(page, "main form button[type=submit]")
    page.goto(place)
    expect(page.locator("main")).not_to_contain_text("(changed)")


def _votes(page: Page) -> tuple[int, int]:
    """(for, against) as printed in the tally of the reading page."""
    page.locator(".tally strong").nth(1).wait_for()
    numbers = [int(re.sub(r"\D", "", text)) for text in page.locator(".tally strong").all_inner_texts()]
    assert len(numbers) >= 2, page.locator(".tally").first.inner_html()
    return numbers[0], numbers[1]


def test_the_typed_text_outlives_the_session(visit: Callable[..., Page]) -> None:
    page = visit("en", "phone", script=False)
    sign_in(page, "citizen")
    page.goto("/drafts/9/comments/new")
    page.fill("textarea[name=text]", "Written for an hour before the session ended.")
    page.context.clear_cookies(name="session")
    send(page, "main form:has(textarea[name=text]) button[type=submit]")
    for _ in range(3):  # the page is stale, then the session is over: each says so and keeps the text
        assert "Written for an hour" in page.content()
        if page.locator("input[name=password]").count():
            page.fill("input[name=email]", "citizen@talqy.example")
            page.fill("input[name=password]", "talqy demonstration")
        send(page, "main form[method=post] button[type=submit]")
        if "/comments/" in page.url and "new" not in page.url:
            break
    expect(page.locator("main")).to_contain_text("Written for an hour before the session ended.")


def test_by_keyboard_alone(visit: Callable[..., Page]) -> None:
    """From the first page into a comment form and back by Tab and Enter, the focus always to be seen."""
    page = visit("kk", "desktop")
    sign_in(page, "citizen")
    page.goto("/drafts/11")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className").startswith("skip-link")
    page.keyboard.press("Enter")
    for _ in range(60):
        page.keyboard.press("Tab")
        if "/comments/new?provision=" in (page.evaluate("document.activeElement.href") or ""):
            break
    outline = page.evaluate("(e => { const s = getComputedStyle(e); return s.outlineStyle + s.boxShadow + s.backgroundColor })(document.activeElement)")
    assert "solid" in outline or "rgb(242, 178, 50)" in outline, outline
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/comments/new"))
    page.focus("textarea[name=text]")
    page.keyboard.type("Пернетақтамен жазылған пікір")
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.type") == "submit":
            break
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/comments/\d+"))
    expect(page.locator("main")).to_contain_text("Пернетақтамен жазылған пікір")


def test_the_language_switch_stays_at_the_provision(visit: Callable[..., Page]) -> None:
    page = visit("kk", "desktop")
    page.goto("/drafts/11?provision=pnt_10#pnt_10")
    page.locator(".languages a[hreflang=ru]").click()
    page.wait_for_url(re.compile("lang=ru"))
    assert "provision=pnt_10" in page.url
    expect(page.locator("#pnt_10")).to_contain_text("наличными")
    assert page.url.endswith("#pnt_10")


def test_a_new_comment_is_found_in_another_form_of_the_word(visit: Callable[..., Page]) -> None:
    page = visit("ru", "desktop")
    sign_in(page, "citizen")
    page.goto("/drafts/9/comments/new")
    page.fill("textarea[name=text]", "Нужны велопарковки возле каждой гидрометеостанции.")
    send(page, "main form:has(textarea[name=text]) button[type=submit]")
    page.wait_for_url(re.compile(r"/comments/\d+"))
    for _ in range(40):
        page.goto("/search?q=гидрометеостанциями")
        if "гидрометеостанции" in page.locator("main").inner_text():
            return
        time.sleep(0.5)
    raise AssertionError("the new comment is not found")


def word(*paragraphs: str) -> bytes:
    """A Word file as a drafter would make it."""
    document = Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def test_a_drafter_from_word_file_to_open_discussion(visit: Callable[..., Page], tmp_path: Path) -> None:
    page = visit("ru", "desktop", script=False)
    sign_in(page, "drafter")
    page.goto("/desk/drafts/new")
    page.select_option("select[name=type]", index=2)
    page.fill("[name=title_kk]", "Велосипед жолдары туралы")
    page.fill("[name=title_ru]", "О велосипедных дорожках")
    send(page, "main form[method=post] button[type=submit]")
    page.wait_for_url(re.compile(r"/desk/drafts/\d+"))
    desk = re.match(r".*/desk/drafts/\d+", page.url)
    assert desk is not None
    page.goto(desk[0] + "/open")
    assert "/open" not in page.url or page.locator("main form input[name=opens_on]").count() == 0 or page.get_by_text("текст").count()
    (tmp_path / "kk.docx").write_bytes(word("Велосипед жолдары туралы", "1-тарау. Жалпы ережелер", "1. Жол жеке болады.", "2. Ені:", "1) екі метр;", "2) үш метр."))
    (tmp_path / "ru.docx").write_bytes(word("О велосипедных дорожках", "Глава 1. Общие положения", "1. Дорожка отдельная.", "2. Ширина:", "1) два метра;", "2) три метра."))
    page.goto(desk[0] + "/text")
    page.set_input_files("input[name=file_kk]", tmp_path / "kk.docx")
    page.set_input_files("input[name=file_ru]", tmp_path / "ru.docx")
    send(page, "main form[enctype] button[type=submit]")
    expect(page.locator("main")).to_contain_text("Дорожка отдельная.")
    expect(page.locator("main")).to_contain_text("Жол жеке болады.")
    page.goto(desk[0] + "/package")
    page.fill("[name=note_kk]", "Түсіндірме")
    page.fill("[name=note_ru]", "Пояснение")
    send(page, "main form:has([name=note_kk]) button[type=submit]")
    page.goto(desk[0] + "/open")
    for box in page.locator("main input[type=checkbox]").all():
        box.check()
    send(page, "main form:has(input[name=opens_on]) button:has-text('Открыть обсуждение')")
    expect(page.locator("main")).not_to_contain_text("Нужно исправить")
    page.goto(desk[0].replace("/desk", ""))
    expect(page.locator("h1")).to_contain_text("О велосипедных дорожках")
    expect(page.locator("main")).to_contain_text("Дорожка отдельная.")


def test_a_group_of_letters_is_answered_once_and_the_report_waits(visit: Callable[..., Page]) -> None:
    page = visit("kk", "desktop", script=False)
    sign_in(page, "drafter")
    page.goto("/desk/drafts/11/comments")
    waiting = page.locator("main").inner_text()
    page.locator("main .inbox a").nth(2).click()
    page.check("input[name=decision][value=noted]", force=True)
    page.fill("textarea[name=text]", "Ескеріледі, келесі нұсқада қайта есептеледі.")
    send(page, "main form:has(textarea[name=text]) button[type=submit]")
    assert page.locator("main").inner_text() != waiting
    page.goto("/desk/drafts/11/report")
    expect(page.locator("main")).to_contain_text("аяқталғаннан кейін")


def test_a_moderator_hides_with_a_public_reason(visit: Callable[..., Page]) -> None:
    page = visit("ru", "desktop", script=False)
    sign_in(page, "moderator")
    page.goto("/comments/150/hide")
    page.check("input[name=rule][value='4']", force=True)
    page.fill("textarea[name=reason]", "Не относится к теме проекта.")
    send(page, "main form:has(textarea[name=reason]) button[type=submit]")
    visitor = visit("ru", "phone", script=False)
    visitor.goto("/moderation")
    expect(visitor.locator("main")).to_contain_text("Не относится к теме проекта")
    visitor.goto("/comments/150")
    expect(visitor.locator("main")).to_contain_text("Не относится к теме проекта")


def test_the_record_verifies_after_all_that(portal: Portal) -> None:
    assert '"valid": true' in portal.flask("ledger", "verify", "--json")
