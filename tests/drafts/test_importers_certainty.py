from __future__ import annotations

import json

import pytest

from portal.drafts.importers import read_outline
from portal.drafts.structure import REASONS, Outline, find, outline_from_json, outline_to_json, walk

CLEAR = "О порядке\n\nГлава 1. Общее\n1. Первый пункт.\n2. Второй пункт:\n1) раз;\n2) два.\n3. Третий пункт."


def outline_of(text: str, language: str | None = None) -> Outline:
    return read_outline(text.encode(), "act.txt", language)


def sure(outline: Outline) -> float:
    assert outline.confidence is not None
    return outline.confidence


def codes(outline: Outline) -> list[str]:
    return [reason.code for reason in outline.reasons]


def test_a_clear_text_is_recognised_with_high_certainty() -> None:
    outline = outline_of(CLEAR)
    assert sure(outline) >= 0.8
    assert codes(outline) == ["share_recognised", "numbers_in_order", "headings_plain"]
    assert str(outline.reasons[0]) == "100% of the text lies in numbered units"


def test_what_makes_it_less_sure() -> None:
    jumping = outline_of(CLEAR.replace("3. Третий", "9. Третий").replace("2) два", "7) два"))
    assert "numbers_jump" in codes(jumping) and sure(jumping) < sure(outline_of(CLEAR))
    loose = outline_of("Письмо.\n\n" + "Просто текст без номера, довольно длинный.\n" * 20 + "1. Пункт.\n2. Пункт.\n3. Пункт.")
    assert sure(loose) < 0.6
    few = outline_of("О чём\n\n1. Пункт.")
    assert codes(few)[0] == "few_units" and sure(few) <= 0.6
    nothing = outline_of("Просто письмо.\n\nБез статей.")
    assert (sure(nothing), codes(nothing)) == (0.1, ["no_units"])
    other = outline_of("О порядке\n\n" + "1. Орган рассматривает обращения граждан в течение пяти дней.\n" * 8, "kk")
    assert codes(other)[0] == "language_unsure"


def test_headings_that_stand_out_make_it_surer() -> None:
    plain, styled = (
        read_outline(f"<body><{tag}>Глава 1. Общее</{tag}><p>1. Один.</p><p>2. Два.</p><p>3. Три.</p>".encode(), "x", "ru")
        for tag in ("p", "h2")
    )
    assert sure(styled) > sure(plain) and "headings_stand_out" in codes(styled)


def test_confidence_is_stored_and_old_outlines_still_load() -> None:
    outline = outline_of(CLEAR)
    document = json.loads(json.dumps(outline_to_json(outline)))
    assert document["confidence"] == outline.confidence and document["reasons"][0]["text"].startswith("100%")
    assert outline_from_json(document) == outline
    del document["confidence"], document["reasons"]
    older = outline_from_json(document)
    assert (older.confidence, older.reasons, older.provisions) == (None, (), outline.provisions)
    assert "confidence" not in outline_to_json(older)


def test_every_reason_is_a_part_of_a_sentence() -> None:
    assert all(sentence[0] in "%" or sentence[0].islower() for sentence in REASONS.values())
    assert not any(sentence.endswith(".") for sentence in REASONS.values())


@pytest.mark.parametrize(
    ("line", "key", "text"),
    [
        ("Статья 7. Исключена Законом от 01.01.2024 № 5.", "art_7", "Исключена Законом от 01.01.2024 № 5."),
        ("Статья 7. (Статья утратила силу - Закон № 5)", "art_7", "(Статья утратила силу - Закон № 5)"),
        ("7-бап. Алып тасталды – ҚР 2024.01.01 № 5 Заңымен.", "art_7", "Алып тасталды – ҚР 2024.01.01 № 5 Заңымен."),
        ("7-бап. Күші жойылды.", "art_7", "Күші жойылды."),
        ("Article 7. Excluded by Law No. 5.", "art_7", "Excluded by Law No. 5."),
        ("7. Исключен приказом от 01.01.2024.", "pnt_7", "Исключен приказом от 01.01.2024."),
        ("83-1-тармақ.", None, ""),
        ("5-1. Қосымша тармақ.", "pnt_5-1", "Қосымша тармақ."),
    ],
)
def test_units_that_were_repealed_or_inserted_keep_their_numbers(line: str, key: str | None, text: str) -> None:
    outline = outline_of(f"О чём\n\n{line}\n")
    found = find(outline, key) if key else None
    assert (found.text if found else "") == text
    assert [unit.key for unit, _, _ in walk(outline.provisions) if unit.number] == ([key] if key else [])


def test_a_heading_said_twice_begins_one_article() -> None:
    outline = outline_of("О чём\n\nСтатья 84\nСтатья 84 исключена Законом от 21.05.2007 № 254.\nСтатья 85\nТекст.", "ru")
    assert [unit.key for unit, _, _ in walk(outline.provisions) if unit.number] == ["art_84", "art_85"]


def test_the_title_of_a_translated_law_and_of_an_adopted_text() -> None:
    assert outline_of("Law of the Republic of Kazakhstan\nOn Permits\n\nArticle 1. Terms\nText.").title == "On Permits"
    page = "<body><p align=center>Принят всенародным голосованием</p><p align=center><b>КОНСТИТУЦИЯ</b></p><p>Статья 1. Слова</p>"
    assert read_outline(page.encode(), "x").title == "КОНСТИТУЦИЯ"
