"""Can a draft go its whole way in a real browser: from two Word files to the report, and does a reader see what changed?"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO

from docx import Document
from playwright.sync_api import Page, expect

from portal.drafts.calendar import WorkCalendar
from portal.kernel.clock import today
from tests.browser.conftest import check_accessible, sign_in

ANSWERING, CHANGED, EXTENDED, URGENT, PREPARED = 6, 2, 9, 15, 16  # drafts of the demonstration
TEXT = {
    "kk": (
        "Қоғамдық бақтарды күтіп ұстау қағидалары",
        ("1-тарау. Жалпы ережелер", "1. Осы Қағидалар бақтарды күтіп ұстау тәртібін айқындайды.",
         "2. Мынадай ұғымдар пайдаланылады:", "1) бақ – жұрт пайдаланатын жасыл алаң;", "2) аллея – ағаш егілген жол."),
        ("2-тарау. Күтіп ұстау", "3. Ағаштар көктемде кесіледі.", "4. Жаңа ағаш сол жылы отырғызылады."),
        (("Ағаш", "Суару"), ("Қайың", "аптасына екі рет"), ("Қарағай", "аптасына бір рет")),
    ),
    "ru": (
        "Правила содержания общественных садов",
        ("Глава 1. Общие положения", "1. Настоящие Правила определяют порядок содержания садов.",
         "2. Используются следующие понятия:", "1) сад – зелёная площадь общего пользования;", "2) аллея – дорожка, обсаженная деревьями."),
        ("Глава 2. Содержание", "3. Деревья подрезаются весной. 4. Новое дерево сажают в тот же год."),
        (("Дерево", "Полив"), ("Берёза", "два раза в неделю"), ("Сосна", "один раз в неделю")),
    ),
}  # fmt: skip


def word(language: str) -> bytes:
    """A Word file as an office makes it: a title, headings, words in bold, a table in an annex. In Russian two points run together."""
    title, *chapters, rows = TEXT[language]
    document = Document()
    document.add_heading(str(title), 0)
    for heading, *points in chapters:
        document.add_heading(heading, 1)
        for point in points:
            document.add_paragraph().add_run(point)
    document.add_heading({"kk": "1-қосымша", "ru": "Приложение 1"}[language], 1)
    table = document.add_table(rows=0, cols=2)
    for row in rows:
        for cell, said in zip(table.add_row().cells, row, strict=True):
            cell.text = said
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def send(page: Page, selector: str) -> None:
    """Press the first button a selector finds and wait for the page that answers."""
    with page.expect_navigation():
        page.locator(selector).first.click()


def test_a_draft_from_two_word_files_to_the_discussion(visit: Callable[..., Page]) -> None:
    """Without script: what was read wrongly is corrected and nothing opens before."""
    page = visit("ru", "desktop", script=False)
    sign_in(page, "drafter")
    page.goto("/desk/drafts/new")
    page.select_option("select[name=type]", label="Правила")
    page.fill("[name=title_kk]", "Қоғамдық бақтар туралы")
    page.fill("[name=title_ru]", "Об общественных садах")
    send(page, "main form[method=post] button[type=submit]")
    desk, main = page.url, page.locator("main")
    page.goto(f"{desk}/open")
    expect(main).to_contain_text("Отсутствует")
    page.goto(f"{desk}/text")
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    for language in TEXT:
        page.set_input_files(
            f"input[name=file_{language}]", {"name": f"{language}.docx", "mimeType": kind, "buffer": word(language)}
        )
    send(page, "main form[enctype] button[type=submit]")
    page.goto(f"{desk}/open")
    expect(main).to_contain_text("расхо")
    assert page.locator("input[name=opens_on]").count() == 0
    page.goto(f"{desk}/structure/ru")
    expect(page.locator(".units")).to_contain_text("3 строки")
    page.locator(".units__link", has_text="подрезаются").click()
    page.locator("#step-split summary").click()
    page.fill("#words", "4. Новое")
    send(page, "[data-step=split] button")
    expect(page.locator(".units__row--chosen")).to_contain_text("Пункт 4")
    send(page, "button[value=undo]")
    expect(page.locator(".units__link", has_text="подрезаются")).to_contain_text("Новое дерево")
    send(page, "button[value=redo]")
    page.goto(f"{desk}/differences")
    assert page.locator("main input[type=checkbox]").count() == 0
    page.goto(f"{desk}/package")
    page.fill("[name=note_kk]", "Бақтарға күтім керек.")
    page.fill("[name=note_ru]", "Садам нужен уход.")
    send(page, "main form:has([name=note_kk]) button[type=submit]")
    page.goto(f"{desk}/open")
    page.check("input[name=immutable]", force=True)
    send(page, "main form:has(input[name=opens_on]) button:has-text('Открыть обсуждение')")
    page.goto(desk.replace("/desk", ""))
    expect(page.locator("h1")).to_contain_text("Об общественных садах")
    expect(main).to_contain_text("Новое дерево сажают")


def test_the_report_waits_for_the_last_answer(visit: Callable[..., Page]) -> None:
    """An overdue discussion: the report is refused with what is missing, then made, published and taken away as a file."""
    page = visit("ru", "desktop")
    sign_in(page, "administrator")
    main = page.locator("main")
    page.goto(f"/desk/drafts/{ANSWERING}/report")
    send(page, f"form[action$='/{ANSWERING}/report'] button")
    expect(main).to_contain_text("Отчёт нельзя составить")
    for _ in range(20):
        page.goto(f"/desk/drafts/{ANSWERING}/comments?show=open")
        if page.locator("textarea[name=text]").count() == 0:
            break
        page.check("input[name=decision][value=not_accepted]", force=True)
        page.fill("textarea[name=text]", "Не принято: перечень случаев отказа закрытый и установлен статьёй 7.")
        send(page, "#reply-form button[type=submit]")
    page.goto(f"/desk/drafts/{ANSWERING}/report")
    expect(main).not_to_contain_text("нельзя составить")
    send(page, f"form[action$='/{ANSWERING}/report'] button")
    check_accessible(page)
    send(page, "form[action$='/report/publish'] button")
    page.goto(f"/drafts/{ANSWERING}/report")
    expect(main).to_contain_text("перечень случаев отказа закрытый")
    with page.expect_download() as waiting:
        page.locator("a[href$='report.docx']").first.click()
    document = Document(waiting.value.path())
    words = "\n".join([each.text for each in document.paragraphs] + [cell.text for table in document.tables for row in table.rows for cell in row.cells])
    assert "перечень случаев отказа закрытый" in words


def test_a_reader_sees_what_changed(visit: Callable[..., Page]) -> None:
    page = visit("ru", "phone")
    page.goto(f"/drafts/{CHANGED}")
    main = page.locator("main")
    expect(main).to_contain_text("опубликована версия 2")
    page.goto(f"/drafts/{CHANGED}/versions")
    check_accessible(page)
    page.locator(f"main a[href*='/{CHANGED}/versions/1/compare/2']").first.click()
    expect(main).to_contain_text("Было: пункт 14")
    expect(page.locator("main del").first).to_be_visible()
    expect(main).to_contain_text("два переходных года")
    check_accessible(page)
    page.goto(f"/drafts/{CHANGED}/versions/1/compare/2?view=side")
    expect(main).to_contain_text("в 2028 году – не менее одной шестой площади")
    check_accessible(page)


def test_words_are_found_in_the_act_and_two_languages_stand_side_by_side(visit: Callable[..., Page]) -> None:
    page = visit("ru", "desktop")
    page.goto(f"/drafts/{EXTENDED}/versions/1/ru/find")
    page.locator("form[action*='/find'] input[type=search], form[action*='/find'] input[type=text]").first.fill("павильоном")
    send(page, "form[action*='/find'] button")
    assert page.locator("main mark").count() > 0
    check_accessible(page)
    page.locator(".found__name a").first.click()
    expect(page.locator("main")).to_contain_text("павильон")
    page.goto(f"/drafts/{EXTENDED}")
    page.locator("a", has_text="Рядом").first.click()
    expect(page.locator(".pair__text[lang=kk]").first).to_be_visible()
    assert page.locator(".pair__text[lang=ru]").count() > 0
    check_accessible(page)


def test_clocks_say_why_they_run_as_they_do(visit: Callable[..., Page]) -> None:
    page = visit("ru", "phone")
    page.goto(f"/drafts/{EXTENDED}")
    expect(page.locator("main")).to_contain_text("Ассоциация перевозчиков")
    page.goto(f"/drafts/{URGENT}")
    expect(page.locator("main")).to_contain_text("режим чрезвычайной ситуации")
    check_accessible(page)


def test_a_day_off_is_entered_after_its_preview(visit: Callable[..., Page]) -> None:
    """Without script: the days it moves are shown before, nothing is entered until they were seen."""
    page = visit("ru", "desktop", script=False)
    sign_in(page, "administrator")
    page.goto("/admin/days")
    day = next(on for on in (today() + timedelta(days=n) for n in range(4, 30)) if WorkCalendar().is_working(on))
    page.fill("input[name=on]", day.isoformat())
    page.check("input[name=is_working][value=off]", force=True)
    page.fill("input[name=reason]", "Постановление о переносе выходного дня")
    send(page, "main form:has(input[type=date]) button[type=submit]")
    expect(page.locator("main")).to_contain_text("О городском пассажирском транспорте")
    assert page.locator(".moved-day, li:has-text('Постановление о переносе')").count() == 0
    send(page, "main form:has(input[name=sure]) button[type=submit]")
    expect(page.locator("main")).to_contain_text("Постановление о переносе выходного дня")
    page.goto(f"/drafts/{EXTENDED}")
    expect(page.locator("main")).to_contain_text("календар")
    page.goto(f"/admin/days/{day.isoformat()}/remove")
    send(page, "main form[method=post] button[type=submit]")
    assert not re.search("Постановление о переносе", page.locator("main").inner_text())
