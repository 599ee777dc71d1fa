from __future__ import annotations

import pytest

from portal.drafts.importers import read_outline
from portal.drafts.structure import Outline, find, walk
from tests.drafts.word import level, numbering, para, word_file


def outline_of(text: str, language: str | None = None) -> Outline:
    return read_outline(text.encode(), "act.txt", language)


def numbered(outline: Outline) -> list[str]:
    return [unit.key for unit, _, _ in walk(outline.provisions) if unit.number]


MIDDLE_RU = """О внесении изменений в приказ

1. Внести в приказ следующие изменения:
1) пункт 3 изложить в следующей редакции: «3. Орган в течение:
1) трёх дней рассматривает;
2) пяти дней отвечает.
4. Ответ направляется заявителю.»;
2) пункт 7 исключить.
2. Настоящий приказ вводится в действие."""

MIDDLE_KK = """Бұйрыққа өзгерістер енгізу туралы

1. Бұйрыққа мынадай өзгерістер енгізілсін:
1) 3-тармақ мынадай редакцияда жазылсын: «3. Орган:
1) үш күнде қарайды;
2) бес күнде жауап береді.
4. Жауап жіберіледі.»;
2) 7-тармақ алып тасталсын.
2. Осы бұйрық қолданысқа енгізіледі."""

WANTED = ["pnt_1", "pnt_1__sub_1", "pnt_1__sub_2", "pnt_2"]


@pytest.mark.parametrize(("text", "language"), [(MIDDLE_RU, "ru"), (MIDDLE_KK, "kk")])
def test_wording_that_begins_on_the_line_that_announces_it_is_left_whole(text: str, language: str) -> None:
    outline = outline_of(text, language)
    assert numbered(outline) == WANTED
    amending = find(outline, "pnt_1__sub_1")
    assert amending is not None and [child.text[:2] for child in amending.children] == ["1)", "2)", "4."]


@pytest.mark.parametrize(("opening", "closing"), [("«", "»"), ("“", "”"), ("„", "“"), ('"', '"')])
def test_every_kind_of_quotation_mark(opening: str, closing: str) -> None:
    text = (
        "1. Внести изменения:\n1) пункт 3 изложить в следующей редакции:\n"
        f"{opening}3. Орган:\n1) раз;\n2) два.{closing};\n2) пункт 7 исключить.\n2. Приказ вводится в действие."
    )
    assert numbered(outline_of(text, "ru")) == WANTED


def test_an_inserted_chapter_with_articles_is_no_chapter_of_the_amending_act() -> None:
    text = (
        "Статья 1. Внести в Закон следующие дополнения:\n1) дополнить главой 2-1 следующего содержания:\n"
        "«Глава 2-1. Общественный совет\nСтатья 12-1. Состав\n1. Совет состоит из членов.\nСтатья 12-2. Работа\nТекст.»;\n"
        "2) статью 15 исключить.\nСтатья 2. Настоящий Закон вводится в действие."
    )
    assert numbered(outline_of(text, "ru")) == ["art_1", "art_1__sub_1", "art_1__sub_2", "art_2"]


def test_quoted_names_and_words_to_replace_are_ordinary_text() -> None:
    text = (
        "1. Внести изменения:\n1) слова «и «иные» органы» заменить словами «государственные органы»;\n"
        "2) ТОО «Заря исключить;\n3) пункт 4 исключить.\n2. Приказ вводится в действие."
    )
    assert numbered(outline_of(text, "ru")) == ["pnt_1", "pnt_1__sub_1", "pnt_1__sub_2", "pnt_1__sub_3", "pnt_2"]


def test_every_word_of_new_wording_is_kept() -> None:
    outline = outline_of(MIDDLE_RU, "ru")
    kept = " ".join(f"{unit.number} {unit.text}" for unit, _, _ in walk(outline.provisions))
    assert all(word in kept for word in ("«3.", "рассматривает;", "отвечает.", "заявителю.»;"))


ORDERS = (
    "3) тармақша алып тасталсын;",
    "3) тармақша мынадай редакцияда жазылсын:",
    "10-1) тармақшадағы «бір» деген сөз «екі» деген сөзбен ауыстырылсын;",
    "3) және 4) тармақшалар алып тасталсын;",
    "3), 4) және 5-1) тармақшалар мынадай редакцияда жазылсын:",
    "3) – 5) тармақшалар алып тасталсын;",
    "3) тармакшаның екiншi абзацы алынып тасталсын;",  # mixed scripts, as people type
    "3) тармақшада:",
    "3.2 тармақ алып тасталсын;",
    "5-бап «Кеңес» деген сөзбен толықтырылсын",
    "3) подпункт исключить;",
    "3) и 4) подпункты исключить;",
    "Раздел 2 «Общие положения» исключить",
)
ENUMERATED = (
    "3) 5-тармақ алып тасталсын;",
    "3) 2) тармақша алып тасталсын;",
    "3) тармақшалардың нөмірленуі сәйкестендірілсін;",
    "3) тармақтың екінші бөлігі алып тасталсын;",
    "3) мынадай мазмұндағы 14-1-тармақпен толықтырылсын:",
    "3) тармақша – құрылымдық элемент;",
    "3) подпункт 5) исключить;",
    "3) подпункт «а» исключить;",
    "3) пункт дополнить абзацем следующего содержания:",
)


@pytest.mark.parametrize("line", ORDERS)
def test_a_number_that_an_order_begins_with_is_its_object(line: str) -> None:
    language = "ru" if "сключить" in line else "kk"
    text = f"1. Енгізілсін:\n1) 5-тармақта:\n{line}\n2) 7-тармақта.\n2. Осы бұйрық қолданысқа енгізіледі."
    outline = outline_of(text, language)
    assert numbered(outline) == ["pnt_1", "pnt_1__sub_1", "pnt_1__sub_2", "pnt_2"]
    holder = find(outline, "pnt_1__sub_1")
    assert holder is not None and [child.text for child in holder.children] == [line]


@pytest.mark.parametrize("line", ENUMERATED)
def test_an_enumerated_order_is_a_unit(line: str) -> None:
    text = f"1. Енгізілсін:\n1) 5-тармақта:\n2) 7-тармақта;\n{line}\n2. Осы бұйрық қолданысқа енгізіледі."
    unit = find(outline_of(text, "kk"), "pnt_1__sub_3")
    assert unit is not None and unit.text == line[3:]


def test_an_order_with_a_number_made_by_the_word_processor_is_left_whole() -> None:
    listed = numbering(level(0, "%1)"))
    body = para("1. Енгізілсін:") + para("5-тармақта:", numbered=(1, 0)) + para("тармақша алып тасталсын;", numbered=(1, 0))
    outline = read_outline(word_file(body, numbering=listed), "act.docx", "kk")
    assert numbered(outline) == ["pnt_1", "pnt_1__sub_1"]
    assert "2) тармақша алып тасталсын;" in [unit.text for unit, _, _ in walk(outline.provisions)]
