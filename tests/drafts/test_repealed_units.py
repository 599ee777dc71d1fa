"""Do units that were repealed, or put in between others, keep their numbers in Kazakh and in Russian?"""

from __future__ import annotations

import pytest

from portal.consultation.anchors import lay_out
from portal.drafts.importers import read_outline
from portal.drafts.structure import find

LAWS = {
    "ru": """О чём

Статья 83. Права
1. Лицо вправе:
1) просить;
10) Исключен Законом от 01.01.2024 № 5;
10-1) получать.

Статья 83-1. Исключена Законом от 01.01.2024 № 5.

Статья 84. Сроки
5. Срок – три дня.
5-1. Исключен Законом от 01.01.2024 № 5.
""",
    "kk": """Не туралы

83-бап. Құқықтар
1. Адам:
1) сұрауға;
10) ҚР 2024.01.01 № 5 Заңымен алып тасталды;
10-1) алуға құқылы.

83-1-бап. Алып тасталды – ҚР 2024.01.01 № 5 Заңымен.

84-бап. Мерзімдер
5. Мерзім – үш күн.
5-1. 01.01.2024 № 5 Заңымен алып тасталды.
""",
}
REPEALED = ("art_83__pnt_1__sub_10", "art_83-1", "art_84__pnt_5-1")


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_repealed_and_inserted_units_keep_their_numbers(language: str) -> None:
    outline = read_outline(LAWS[language].encode(), "law.txt", language)
    for key in (*REPEALED, "art_83__pnt_1__sub_10-1", "art_84__pnt_5"):
        assert find(outline, key) is not None, key
    for key in REPEALED:
        unit = find(outline, key)
        assert unit is not None and any(word in unit.text.lower() for word in ("исключен", "алып тасталды")), key


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_the_reading_page_tells_what_is_repealed(language: str) -> None:
    layout = lay_out(read_outline(LAWS[language].encode(), "law.txt", language))
    blocks = {block.key: block.is_repealed for block in layout.blocks}
    lines = {line.key: line.is_repealed for block in layout.blocks for line in block.under}
    assert {key for key, told in (blocks | lines).items() if told} == set(REPEALED)
