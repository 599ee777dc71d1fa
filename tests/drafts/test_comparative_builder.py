"""Are the rows of a comparative table what a lawyer would write, for a new wording and for an amending act?"""

from __future__ import annotations

import pytest

from portal.drafts.comparative import Finding, Manner, Row, RowChange, build_rows, tell_manner
from portal.drafts.comparative.elements import name_element
from portal.drafts.comparative.places import read_place
from portal.drafts.comparative.sides import put_beside
from portal.drafts.importers import read_outline
from portal.drafts.structure import Outline, find
from tests.make import TEXT_KK, TEXT_RU

BASE_RU = """Об утверждении Правил перевозки пассажиров

1. Утвердить прилагаемые Правила перевозки пассажиров.
2. Комитету транспорта обеспечить размещение приказа на сайте.
3. Приказ вводится в действие со дня опубликования.

Приложение
к приказу Министра транспорта

Правила перевозки пассажиров

Глава 1. Общие положения

1. Настоящие Правила определяют порядок перевозки пассажиров.
2. В Правилах используются понятия:
1) пассажир – лицо, которое едет;
2) перевозчик – лицо, которое везёт;
3) билет – документ на бумаге.
3. Пассажир оплачивает проезд при входе.
Перевозчик выдаёт билет.
4. Перевозчик в течение пяти рабочих дней отвечает на жалобу.
5. Жалоба подаётся на бумаге.
6. Споры решаются в суде.
"""
BASE_KK = """Жолаушыларды тасымалдау қағидаларын бекіту туралы

1. Қоса беріліп отырған Жолаушыларды тасымалдау қағидалары бекітілсін.
2. Көлік комитеті бұйрықты сайтта орналастыруды қамтамасыз етсін.
3. Бұйрық жарияланған күнінен бастап қолданысқа енгізіледі.

Көлік министрінің бұйрығына
қосымша

Жолаушыларды тасымалдау қағидалары

1-тарау. Жалпы ережелер

1. Осы Қағидалар жолаушыларды тасымалдау тәртібін айқындайды.
2. Қағидаларда мынадай ұғымдар пайдаланылады:
1) жолаушы – көлікпен жүретін адам;
2) тасымалдаушы – көлікпен апаратын тұлға;
3) билет – қағаздағы құжат.
3. Жолаушы жол ақысын көлікке кіргенде төлейді.
Тасымалдаушы билет береді.
4. Тасымалдаушы бес жұмыс күні ішінде шағымға жауап береді.
5. Шағым қағаз түрінде беріледі.
6. Даулар сотта шешіледі.
"""
AMENDING_RU = """О внесении изменений и дополнений в приказ Министра транспорта «Об утверждении Правил перевозки пассажиров»

1. Внести в приказ Министра транспорта от 5 мая 2020 года № 15 «Об утверждении Правил перевозки пассажиров» (зарегистрирован в Реестре под № 7, пункт 3) следующие изменения и дополнения:
в Правилах перевозки пассажиров, утвержденных указанным приказом:
1) пункт 1 изложить в следующей редакции:
«1. Настоящие Правила определяют порядок перевозки пассажиров и «багажа».
Правила обязательны для перевозчиков.»;
2) в пункте 2:
подпункт 3) исключить;
дополнить подпунктом 4) следующего содержания:
«4) багаж – вещи пассажира.»;
3) в абзаце втором пункта 3 слова «выдаёт билет» заменить словами «выдаёт билет или электронный билет»;
4) в пункте 4 слова «в течение пяти рабочих дней» исключить;
5) пункты 5 и 6 изложить в следующей редакции:
«5. Жалоба подаётся на бумаге или на портале.
6. Споры решаются в суде или медиатором.»;
6) дополнить пунктом 5-1 следующего содержания:
«5-1. Жалоба подаётся бесплатно.»;
7) нумерацию подпунктов привести в соответствие.
2. Комитету транспорта обеспечить размещение приказа на сайте.
3. Настоящий приказ вводится в действие со дня опубликования.
"""
AMENDING_KK = """«Жолаушыларды тасымалдау қағидаларын бекіту туралы» Көлік министрінің бұйрығына өзгерістер мен толықтырулар енгізу туралы

1. «Жолаушыларды тасымалдау қағидаларын бекіту туралы» Көлік министрінің 2020 жылғы 5 мамырдағы № 15 бұйрығына мынадай өзгерістер мен толықтырулар енгізілсін:
көрсетілген бұйрықпен бекітілген Жолаушыларды тасымалдау қағидаларында:
1) 1-тармақ мынадай редакцияда жазылсын:
«1. Осы Қағидалар жолаушылар мен «багажды» тасымалдау тәртібін айқындайды.
Қағидалар тасымалдаушылар үшін міндетті.»;
2) 2-тармақта:
3) тармақша алып тасталсын;
мынадай мазмұндағы 4) тармақшамен толықтырылсын:
«4) багаж – жолаушының заттары.»;
3) 3-тармақтың екінші абзацында «билет береді» деген сөздер «билет немесе электрондық билет береді» деген сөздермен ауыстырылсын;
4) 4-тармақта «бес жұмыс күні ішінде» деген сөздер алып тасталсын;
5) 5 және 6-тармақтар мынадай редакцияда жазылсын:
«5. Шағым қағаз түрінде немесе порталда беріледі.
6. Даулар сотта немесе медиатормен шешіледі.»;
6) мынадай мазмұндағы 5-1-тармақпен толықтырылсын:
«5-1. Шағым тегін беріледі.»;
7) тармақшалардың нөмірленуі сәйкестендірілсін.
2. Көлік комитеті бұйрықты сайтта орналастыруды қамтамасыз етсін.
3. Осы бұйрық жарияланған күнінен бастап қолданысқа енгізіледі.
"""


def outline(text: str, language: str) -> Outline:
    return read_outline(text.encode(), "act.txt", language)


def amending_rows() -> tuple[Row, ...]:
    base = {"kk": outline(BASE_KK, "kk"), "ru": outline(BASE_RU, "ru")}
    draft = {"kk": outline(AMENDING_KK, "kk"), "ru": outline(AMENDING_RU, "ru")}
    return build_rows(base, draft, tell_manner(draft))


ELEMENTS = [
    ("Пункт 1", "1-тармақ", RowChange.reworded),
    ("Подпункт 3) пункта 2", "2-тармақтың 3) тармақшасы", RowChange.removed),
    ("Подпункт 4) пункта 2", "2-тармақтың 4) тармақшасы", RowChange.added),
    ("Абзац второй пункта 3", "3-тармақтың екінші абзацы", RowChange.reworded),
    ("Пункт 4", "4-тармақ", RowChange.reworded),
    ("Пункт 5", "5-тармақ", RowChange.reworded),
    ("Пункт 6", "6-тармақ", RowChange.reworded),
    ("Пункт 5-1", "5-1-тармақ", RowChange.added),
    ("", "", RowChange.unclear),
]


def test_an_amending_order_makes_one_row_for_each_element_in_both_languages() -> None:
    rows = amending_rows()
    assert [(row.side("ru").element, row.side("kk").element, row.change) for row in rows] == ELEMENTS


def test_the_words_in_force_are_those_of_the_rules_and_the_new_ones_are_whole() -> None:
    rows = amending_rows()
    first, removed, added, words, dropped = (row.side("ru") for row in rows[:5])
    assert first.present == "1. Настоящие Правила определяют порядок перевозки пассажиров."
    assert first.proposed.startswith("1. Настоящие Правила") and first.proposed.endswith("для перевозчиков.")
    assert "«багажа»" in first.proposed
    assert (removed.present, removed.proposed) == ("3) билет – документ на бумаге.", "")
    assert (added.present, added.proposed) == ("", "4) багаж – вещи пассажира.")
    assert (words.present, words.proposed) == ("Перевозчик выдаёт билет.", "Перевозчик выдаёт билет или электронный билет.")
    assert dropped.proposed == "4. Перевозчик отвечает на жалобу."
    kazakh = rows[3].side("kk")
    assert (kazakh.present, kazakh.proposed) == ("Тасымалдаушы билет береді.", "Тасымалдаушы билет немесе электрондық билет береді.")
    assert rows[4].side("kk").proposed == "4. Тасымалдаушы шағымға жауап береді."
    assert [row.side("kk").proposed for row in rows[5:7]] == [
        "5. Шағым қағаз түрінде немесе порталда беріледі.", "6. Даулар сотта немесе медиатормен шешіледі.",
    ]  # fmt: skip


def test_what_is_not_understood_is_left_to_the_drafter_with_the_instruction() -> None:
    last = amending_rows()[-1]
    assert last.finding is Finding.unclear
    assert last.side("ru").proposed == "нумерацию подпунктов привести в соответствие."
    assert last.side("kk").proposed == "тармақшалардың нөмірленуі сәйкестендірілсін."


def test_every_row_knows_the_provision_that_orders_it() -> None:
    draft = outline(AMENDING_RU, "ru")
    rows = amending_rows()
    assert all(find(draft, row.unit) for row in rows)
    assert [row.unit for row in rows][:3] == ["pnt_1__sub_1", "pnt_1__sub_2__ind_2", "pnt_1__sub_2__ind_3"]


def test_what_the_amending_act_orders_beside_changes_makes_no_row() -> None:
    assert not any("Комитету" in side.proposed for row in amending_rows() for side in row.sides.values())


def test_an_element_the_base_act_does_not_have_is_said_so() -> None:
    draft = {"ru": outline("О внесении изменения в приказ\n\n1. Внести в приказ следующие изменения:\n"
                           "1) пункт 77 исключить;\n2) в пункте 1 слова «совсем другие» исключить.", "ru")}  # fmt: skip
    rows = build_rows({"ru": outline(BASE_RU, "ru")}, draft, Manner.amending)
    assert [row.finding for row in rows] == [Finding.not_found, Finding.words_not_found]
    assert rows[1].side("ru").proposed == "в пункте 1 слова «совсем другие» исключить."


LAW_RU = """О транспорте

Статья 11. Права
1. Пассажир вправе ехать.

Статья 12. Обязанности перевозчика
1. Перевозчик обязан:
1) везти;
2) отвечать.
2. Перевозчик страхует пассажира.

Статья 13. Ответственность
Виновные отвечают по закону.
"""
LAW_AMENDING_RU = """О внесении изменений и дополнений в Закон Республики Казахстан «О транспорте»

Статья 1. Внести в Закон Республики Казахстан от 21 сентября 1994 года «О транспорте» (Ведомости Верховного Совета, 1994 г., № 15, ст. 201) следующие изменения и дополнения:
1) в статье 12:
пункт 1 дополнить подпунктом 3) следующего содержания:
«3) продавать билеты;»;
пункт 2 изложить в следующей редакции:
«2. Перевозчик страхует пассажира и багаж.»;
2) заголовок статьи 13 изложить в следующей редакции:
«Статья 13. Ответственность сторон»;
3) дополнить статьей 13-1 следующего содержания:
«Статья 13-1. Надзор
1. Надзор ведёт уполномоченный орган.
2. Порядок надзора определяет Правительство.»;
4) статью 11 исключить.
Статья 2. Настоящий Закон вводится в действие по истечении десяти дней.
"""


def test_an_amending_law_names_points_within_articles() -> None:
    draft = {"ru": outline(LAW_AMENDING_RU, "ru")}
    rows = [row.side("ru") for row in build_rows({"ru": outline(LAW_RU, "ru")}, draft, tell_manner(draft))]
    assert [row.element for row in rows] == [
        "Подпункт 3) пункта 1 статьи 12", "Пункт 2 статьи 12", "Заголовок статьи 13", "Статья 13-1", "Статья 11",
    ]  # fmt: skip
    assert rows[1].present == "2. Перевозчик страхует пассажира."
    assert rows[2].present == "Ответственность"
    assert rows[3].proposed.count("\n") == 2
    assert rows[4].present == "Статья 11. Права\n1. Пассажир вправе ехать."


def test_new_wording_in_an_annex_of_the_amending_act_is_taken_from_there() -> None:
    base = {"ru": outline("О форме\n\n1. Утвердить форму.\n\nПриложение 1\nк приказу\n\nФорма\n\n1. Старое.\n", "ru")}
    draft = {"ru": outline(
        "О внесении изменения в приказ «О форме»\n\n1. Внести в приказ следующее изменение:\n"
        "приложение 1 к указанному приказу изложить в новой редакции согласно приложению к настоящему приказу.\n"
        "2. Приказ вводится в действие.\n\nПриложение\nк приказу\n\nФорма\n\n1. Новое.\n", "ru")}  # fmt: skip
    (row,) = build_rows(base, draft, tell_manner(draft))
    assert row.side("ru").element == "Пункт 1 приложения 1"
    assert (row.side("ru").present, row.side("ru").proposed) == ("1. Старое.", "1. Новое.")


def test_a_new_wording_is_compared_unit_by_unit_in_both_languages() -> None:
    base = {"kk": outline(TEXT_KK, "kk"), "ru": outline(TEXT_RU, "ru")}
    draft = {
        "kk": outline(TEXT_KK.replace("көлікке кіргенде", "картамен"), "kk"),
        "ru": outline(TEXT_RU.replace("при входе", "картой") + "\n4. Дети едут бесплатно:\n1) до семи лет;\n2) с взрослым.\n", "ru"),
    }
    assert tell_manner(draft) is Manner.new_wording
    reworded, added = build_rows(base, draft, Manner.new_wording)
    assert (reworded.change, reworded.unit) == (RowChange.reworded, "pnt_3")
    assert reworded.side("ru").present == "3. Пассажир оплачивает проезд при входе."
    assert reworded.side("kk").proposed == "3. Жолаушы жол ақысын картамен төлейді."
    assert (added.change, added.side("ru").element) == (RowChange.added, "Пункт 4")
    assert added.side("ru").proposed == "4. Дети едут бесплатно:\n1) до семи лет;\n2) с взрослым."


def test_the_same_text_makes_no_rows() -> None:
    base = {"kk": outline(TEXT_KK, "kk"), "ru": outline(TEXT_RU, "ru")}
    assert build_rows(base, base, Manner.new_wording) == ()


@pytest.mark.parametrize(("steps", "ru", "kk"), [
    ((("article", "12"), ("point", "3"), ("subpoint", "2-1")), "Подпункт 2-1) пункта 3 статьи 12", "12-баптың 3-тармағының 2-1) тармақшасы"),
    ((("article", "5"), ("passage", "3")), "Часть третья статьи 5", "5-баптың үшінші бөлігі"),
    ((("point", "5"), ("passage", "2"), ("subpoint", "1")), "Подпункт 1) части второй пункта 5", "5-тармақтың екінші бөлігінің 1) тармақшасы"),
    ((("annex", "2"), ("point", "4"), ("indent", "4")), "Абзац четвёртый пункта 4 приложения 2", "2-қосымшаның 4-тармағының төртінші абзацы"),
    ((("chapter", "2"),), "Глава 2", "2-тарау"),
])  # fmt: skip
def test_elements_are_named_in_full(steps: tuple[tuple[str, str], ...], ru: str, kk: str) -> None:
    assert (name_element(steps, "ru"), name_element(steps, "kk")) == (ru, kk)


@pytest.mark.parametrize(("words", "place"), [
    ("абзацы второй, третий и пятый подпункта 2) пункта 3 статьи 5", {"article": ("5",), "point": ("3",), "subpoint": ("2",), "indent": ("2", "3", "5")}),
    ("пункты 3 – 6", {"point": ("3", "4", "5", "6")}),
    ("часть вторую статьи 12-1", {"article": ("12-1",), "passage": ("2",)}),
    ("12-1-баптың екінші бөлігі", {"article": ("12-1",), "passage": ("2",)}),
    ("5-баптың 3-тармағының 1), 2) және 4) тармақшалары", {"article": ("5",), "point": ("3",), "subpoint": ("1", "2", "4")}),
    ("3 және 4-тармақтар", {"point": ("3", "4")}),
    ("заголовок главы 2", {"chapter": ("2",), "title": ("",)}),
    ("ничего не сказано", {}),
])  # fmt: skip
def test_places_are_read(words: str, place: dict[str, tuple[str, ...]]) -> None:
    assert dict(read_place(words)) == place


def test_odd_texts_end_in_rows_and_not_in_errors() -> None:
    for text in ("", "«" * 5000, "1. Внести изменения:\n" + "«»" * 2000, "1. Внести изменения:\nв пункте 3:\n" * 500,
                 "О внесении изменений\n1. Внести следующие изменения:\n1) пункт 3 изложить: «3. Никогда не кончается"):  # fmt: skip
        draft = {"ru": outline(text or "1. Ничего.", "ru")}
        build_rows({"ru": outline(BASE_RU, "ru")}, draft, Manner.amending)


def test_wordings_side_by_side_mark_only_what_differs() -> None:
    both = put_beside("Перевозчик выдаёт билет.\nИ везёт.", "Перевозчик выдаёт билет или чек.\nИ везёт.")
    assert ["".join(words for _, words in line) for line in both.present] == ["Перевозчик выдаёт билет.", "И везёт."]
    assert ("inserted", "или чек") in both.proposed[0] and len(both.proposed) == 2
    strange = put_beside("Совсем иначе сказано.", "Один два три четыре пять шесть.")
    assert {kind for line in (*strange.present, *strange.proposed) for kind, _ in line} == {"equal"}
    assert put_beside("", "Новое.").present == ()
