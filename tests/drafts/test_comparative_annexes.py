"""Is an annex that is replaced whole parted into rows of its units, in both languages?"""

from __future__ import annotations

from portal.accounts.actor import OPERATOR
from portal.drafts.actions.comparative import Base, build_table
from portal.drafts.comparative import Manner, Row, RowChange, build_rows, tell_manner
from portal.drafts.exporters.table_docx import table_to_docx
from portal.drafts.exporters.table_xlsx import table_to_xlsx
from portal.drafts.importers import read_outline
from portal.drafts.queries.comparative import list_rows
from portal.drafts.queries.texts import latest_version
from portal.drafts.structure import Outline, find
from portal.drafts.table_downloads import get_document
from tests.make import Maker

BASE_RU = """Об утверждении Правил субсидирования

1. Утвердить Правила субсидирования согласно приложению 1 к настоящему приказу.

Приложение 1
к приказу Министра транспорта
от 5 мая 2020 года № 318

Правила субсидирования перевозок

Глава 1. Общие положения

1. Настоящие Правила определяют порядок субсидирования перевозок.
2. В Правилах используются понятия:
1) перевозчик – лицо, которое везёт;
2) субсидия – деньги из бюджета.

Глава 2. Порядок

3. Заявка подаётся на бумаге в течение десяти рабочих дней.
4. Решение принимает комиссия.

Приложение 2
к приказу Министра транспорта
от 5 мая 2020 года № 318

Форма заявки

1. Имя заявителя.
"""
NEW_RU = """О внесении изменения в приказ «Об утверждении Правил субсидирования»

1. Внести в приказ Министра транспорта от 5 мая 2020 года № 318 «Об утверждении Правил субсидирования» следующее изменение:
приложение 1 к указанному приказу изложить в новой редакции согласно приложению к настоящему приказу.
2. Приказ вводится в действие со дня опубликования.

Приложение
к приказу Министра транспорта
от 3 марта 2026 года № 12

Приложение 1
к приказу Министра транспорта
от 5 мая 2020 года № 318

Правила субсидирования перевозок

Глава 1. Общие положения

1. Настоящие Правила определяют порядок субсидирования перевозок.
2. В Правилах используются понятия:
1) перевозчик – лицо, которое везёт;
2) субсидия – деньги из республиканского бюджета.

Глава 2. Порядок

3. Заявка подаётся на портале в течение десяти рабочих дней.
4. Решение принимает комиссия.
5. Отказ обжалуется в суде.
"""
BASE_KK = """Субсидиялау қағидаларын бекіту туралы

1. Субсидиялау қағидалары осы бұйрыққа 1-қосымшаға сәйкес бекітілсін.

Көлік министрінің
2020 жылғы 5 мамырдағы № 318 бұйрығына
1-қосымша

Тасымалдарды субсидиялау қағидалары

1-тарау. Жалпы ережелер

1. Осы Қағидалар тасымалдарды субсидиялау тәртібін айқындайды.
2. Қағидаларда мынадай ұғымдар пайдаланылады:
1) тасымалдаушы – апаратын тұлға;
2) субсидия – бюджет қаражаты.

2-тарау. Тәртіп

3. Өтінім он жұмыс күні ішінде қағаз түрінде беріледі.
4. Шешімді комиссия қабылдайды.

Көлік министрінің
2020 жылғы 5 мамырдағы № 318 бұйрығына
2-қосымша

Өтінім нысаны

1. Өтініш берушінің аты.
"""
NEW_KK = """«Субсидиялау қағидаларын бекіту туралы» бұйрыққа өзгеріс енгізу туралы

1. «Субсидиялау қағидаларын бекіту туралы» Көлік министрінің 2020 жылғы 5 мамырдағы № 318 бұйрығына мынадай өзгеріс енгізілсін:
көрсетілген бұйрыққа 1-қосымша осы бұйрыққа қосымшаға сәйкес жаңа редакцияда жазылсын.
2. Осы бұйрық жарияланған күнінен бастап қолданысқа енгізіледі.

Көлік министрінің
2026 жылғы 3 наурыздағы № 12 бұйрығына
қосымша

Көлік министрінің
2020 жылғы 5 мамырдағы № 318 бұйрығына
1-қосымша

Тасымалдарды субсидиялау қағидалары

1-тарау. Жалпы ережелер

1. Осы Қағидалар тасымалдарды субсидиялау тәртібін айқындайды.
2. Қағидаларда мынадай ұғымдар пайдаланылады:
1) тасымалдаушы – апаратын тұлға;
2) субсидия – республикалық бюджет қаражаты.

2-тарау. Тәртіп

3. Өтінім он жұмыс күні ішінде порталда беріледі.
4. Шешімді комиссия қабылдайды.
5. Бас тарту сотта шағым жасалады.
"""
ROWS = [
    (RowChange.reworded, "Подпункт 2) пункта 2 приложения 1", "1-қосымшаның 2-тармағының 2) тармақшасы"),
    (RowChange.reworded, "Пункт 3 приложения 1", "1-қосымшаның 3-тармағы"),
    (RowChange.added, "Пункт 5 приложения 1", "1-қосымшаның 5-тармағы"),
]


def outline(text: str, language: str) -> Outline:
    return read_outline(text.encode(), "act.txt", language)


def rows_of(base: dict[str, str], draft: dict[str, str]) -> tuple[Row, ...]:
    outlines = {code: outline(text, code) for code, text in draft.items()}
    assert tell_manner(outlines) is Manner.amending
    return build_rows({code: outline(text, code) for code, text in base.items()}, outlines, Manner.amending)


def test_each_unit_that_changed_is_a_row_in_both_languages() -> None:
    rows = rows_of({"kk": BASE_KK, "ru": BASE_RU}, {"kk": NEW_KK, "ru": NEW_RU})
    assert [(row.change, row.side("ru").element, row.side("kk").element) for row in rows] == ROWS
    assert rows[1].side("ru").present == "3. Заявка подаётся на бумаге в течение десяти рабочих дней."
    assert rows[1].side("kk").proposed == "3. Өтінім он жұмыс күні ішінде порталда беріледі."
    assert rows[2].side("ru").present == "" and rows[2].side("ru").proposed == "5. Отказ обжалуется в суде."
    draft = outline(NEW_RU, "ru")
    assert all(find(draft, row.unit) for row in rows), "comments on a row stand at the unit of the draft's own annex"


def test_one_language_alone_is_parted_too() -> None:
    for code, base, new, names in (("ru", BASE_RU, NEW_RU, [row[1] for row in ROWS]), ("kk", BASE_KK, NEW_KK, [row[2] for row in ROWS])):
        assert [row.side(code).element for row in rows_of({code: base}, {code: new})] == names


def test_an_annex_without_numbered_units_stays_one_row() -> None:
    base = BASE_RU.partition("Приложение 1\n")[0] + "Приложение 1\nк приказу\n\nФорма\n\nИмя заявителя.\n"
    (row,) = rows_of({"ru": base}, {"ru": NEW_RU})
    assert row.side("ru").element == "Приложение 1"
    assert "Имя заявителя." in row.side("ru").present and "5. Отказ обжалуется в суде." in row.side("ru").proposed


def test_an_annex_that_says_the_same_stays_one_row() -> None:
    same = NEW_RU.partition("Приложение 1\n")[0] + "Приложение 1\n" + BASE_RU.partition("Приложение 1\n")[2].partition("Приложение 2\n")[0]
    assert [row.side("ru").element for row in rows_of({"ru": BASE_RU}, {"ru": same})] == ["Приложение 1"]


def test_the_files_have_the_rows(make: Maker) -> None:
    draft = make.draft(texts={"kk": NEW_KK, "ru": NEW_RU})
    table = build_table(
        OPERATOR, draft=draft, base=Base({"kk": ("a.txt", BASE_KK.encode()), "ru": ("a.txt", BASE_RU.encode())})
    )
    make.commit()
    assert [row.element_kk for row in list_rows(table.id)] == [row[2] for row in ROWS]
    for code in ("kk", "ru"):
        document = get_document(draft, latest_version(draft.id), code)
        assert len(document.rows) == len(ROWS)
        assert table_to_docx(document).startswith(b"PK") and table_to_xlsx(document).startswith(b"PK")
