from __future__ import annotations

import pytest

from portal.drafts.importers import read_outline
from portal.drafts.importers.folding import clean, fold, roman_value
from portal.drafts.structure import Kind, Outline, compare_languages, find, walk
from tests.drafts.acts import AMENDING_LAW_RU, ORDER_KK, ORDER_RU


def outline_of(text: str, language: str | None = None) -> Outline:
    return read_outline(text.encode(), "act.txt", language)


def keys(outline: Outline) -> list[str]:
    return [provision.key for provision, _, _ in walk(outline.provisions)]


def numbered(outline: Outline) -> list[str]:
    return [provision.key for provision, _, _ in walk(outline.provisions) if provision.kind is not Kind.indent]


def test_both_languages_of_an_order_get_the_same_keys() -> None:
    kk, ru = outline_of(ORDER_KK), outline_of(ORDER_RU)
    assert (kk.language, ru.language) == ("kk", "ru")
    assert numbered(kk) == numbered(ru)
    assert compare_languages(kk, ru) == ()
    assert not kk.warnings and not ru.warnings


def test_an_order_with_rules_and_their_annexes() -> None:
    outline = outline_of(ORDER_RU)
    assert outline.title == "Об утверждении Правил оказания государственной услуги «Выдача разрешения»"
    assert numbered(outline) == [
        "pnt_1", "pnt_2", "pnt_3", "pnt_3__sub_1", "pnt_3__sub_2", "pnt_4",
        "annex_1", "annex_1__chp_1", "annex_1__pnt_1", "annex_1__pnt_2", "annex_1__pnt_2__sub_1",
        "annex_1__pnt_2__sub_2", "annex_1__chp_2", "annex_1__chp_2__para_1", "annex_1__pnt_3", "annex_1__pnt_3-1",
        "annex_1__pnt_4", "annex_1__chp_2__para_2", "annex_1__pnt_5", "annex_1__pnt_5__sub_1",
        "annex_1__pnt_5__sub_2", "annex_1__pnt_5__sub_2__sub_1", "annex_1__pnt_5__sub_2__sub_2",
        "annex_1__annex_1", "annex_1__annex_2", "annex_1__annex_2__pnt_1", "annex_1__annex_2__pnt_2",
        "annex_2", "annex_2__pnt_1", "annex_2__pnt_2",
    ]  # fmt: skip
    rules = find(outline, "annex_1")
    assert rules is not None
    assert rules.heading == "Правила оказания государственной услуги «Выдача разрешения»"
    assert rules.text.startswith("к приказу\nМинистра цифрового развития")
    inner = find(outline, "annex_1__annex_1")
    assert inner is not None and inner.heading == "Заявление"


def test_a_kazakh_header_names_the_act_before_the_annex() -> None:
    annex = find(outline_of(ORDER_KK), "annex_2")
    assert annex is not None
    assert annex.text.endswith("бұйрығына")
    assert annex.heading == "Күші жойылған кейбір бұйрықтардың тізбесі"


def test_notes_belong_to_the_unit_above_and_repealed_units_keep_their_number() -> None:
    outline = outline_of(ORDER_RU)
    noted, repealed = find(outline, "annex_1__pnt_2__sub_2"), find(outline, "annex_1__pnt_3-1")
    assert noted is not None and noted.notes == ("Сноска. Пункт 2 с изменениями, внесенными приказом от 01.01.2025 № 1.",)
    assert repealed is not None and repealed.text == "Исключен приказом от 01.01.2024 № 5."


def test_a_note_that_names_its_article_goes_to_the_article() -> None:
    outline = outline_of("5-бап. Ұғымдар\n1. Мынадай ұғымдар:\n1) шарт.\nЕскерту. 5-бап жаңа редакцияда.", "kk")
    article = find(outline, "art_5")
    assert article is not None and article.notes == ("Ескерту. 5-бап жаңа редакцияда.",)


def test_new_wording_in_quotation_marks_is_no_unit_of_the_amending_act() -> None:
    outline = outline_of(AMENDING_LAW_RU)
    assert numbered(outline) == [
        "art_1", "art_1__pnt_1", "art_1__pnt_1__sub_1", "art_1__pnt_1__sub_2", "art_1__pnt_1__sub_3",
        "art_1__pnt_2", "art_2",
    ]  # fmt: skip
    inserted = find(outline, "art_1__pnt_1__sub_2")
    assert inserted is not None
    assert [child.text for child in inserted.children][:2] == [
        "«Статья 7-1. Общественный контроль", "1. Общественный контроль осуществляется:",
    ]  # fmt: skip


def test_a_quotation_never_closed_does_not_swallow_the_next_article() -> None:
    text = "Статья 1. Ввести:\n«1) первое;\n2) второе.\nСтатья 2. Порядок\n1. Пункт «А»."
    assert [key for key in numbered(outline_of(text, "ru")) if key.startswith("art_2")] == ["art_2", "art_2__pnt_1"]


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ("Стaтья 12-1. Срок", "art_12-1"),  # Latin a
        ("12-1-бaп. Мерзім", "art_12-1"),
        ("12-бап Мерзім", "art_12"),
        ("СТАТЬЯ 5. СРОК", "art_5"),
        ("Статья 7 исключена Законом.", "art_7"),
        ("7-бап алып тасталды.", "art_7"),
        ("Статья 7 Кодекса применяется к договорам.", None),
        ("5-бап мынадай редакцияда жазылсын:", None),
        ("2-тaрау. Тәртіп", "chp_2"),
        ("Глава IV. Порядок", "chp_4"),
        ("ІV тарау. Тәртіп", "chp_4"),  # Cyrillic І
        ("1-БӨЛIМ. ЖАЛПЫ", "sec_1"),  # Latin I
        ("1-бӛлім. Жалпы", "sec_1"),  # ӛ of old fonts
        ("1-болим. Жалпы", "sec_1"),  # typed without Kazakh letters
        ("II бөлім", "sec_2"),
        ("РАЗДЕЛ ВТОРОЙ", "sec_2"),
        ("Подраздел 1. Общее", "subsec_1"),
        ("2-кіші бөлім. Жалпы", "subsec_2"),
        ("§ 3. Сроки", "para_3"),
        ("1-параграф. Мерзімдер", "para_1"),
        ("Общая часть", "part_1"),
        ("ЕРЕКШЕ БӨЛІК", "part_1"),
        ("83-1. Пункт.", "pnt_83-1"),
        ("2025. Год.", None),
        ("12.05.2026 вступает в силу.", None),
        ("1,5 процента.", None),
    ],
)
def test_marks_of_units_in_mixed_scripts(line: str, key: str | None) -> None:
    found = numbered(outline_of(f"О чём\n\n{line}\nСлова текста."))
    assert found == ([key] if key else [])


def test_inserted_subpoints() -> None:
    assert keys(outline_of("1. Орган:\n10) раз;\n10-1) два;", "ru")) == ["pnt_1", "pnt_1__sub_10", "pnt_1__sub_10-1"]


def test_numbers_are_shown_as_printed_but_in_one_script() -> None:
    outline = outline_of("ІІ бөлім\nЖалпы ережелер\n1-бап", "kk")
    section = find(outline, "sec_2")
    assert section is not None
    assert (section.number, section.number.isascii(), section.heading) == ("II", True, "Жалпы ережелер")


def test_the_next_part_of_a_point_is_told_from_the_last_item_of_its_list() -> None:
    outline = outline_of("1. Орган:\n1) принимает;\n2) отвечает.\nПри этом срок не продлевается.\n2. Иное:\n1) раз.\nдва;\n", "ru")
    assert keys(outline) == [
        "pnt_1", "pnt_1__sub_1", "pnt_1__sub_2", "pnt_1__ind_2", "pnt_2", "pnt_2__sub_1", "pnt_2__sub_1__ind_2",
    ]  # fmt: skip


def test_an_article_heading_is_told_from_text_on_the_same_line() -> None:
    text = "Статья 1. Понятия\n1. Пункт.\nСтатья 2. Внести изменения:\n1) раз.\nСтатья 3. Исключена.\nСтатья 4\nСрок действия\nТекст."
    outline = outline_of(text, "ru")
    shown = [(unit.number, unit.heading, unit.text) for unit in outline.provisions]
    assert shown == [
        ("1", "Понятия", ""), ("2", "", "Внести изменения:"), ("3", "", "Исключена."), ("4", "Срок действия", "Текст."),
    ]  # fmt: skip


def test_a_typed_table_of_contents_is_left_out() -> None:
    text = "О правилах\n\nСодержание\nГлава 1. Общее\nГлава 2. Порядок\n\nГлава 1. Общее\n1. Пункт.\nГлава 2. Порядок\n2. Пункт."
    assert keys(outline_of(text, "ru")) == ["chp_1", "pnt_1", "chp_2", "pnt_2"]


def test_english_texts_of_both_traditions() -> None:
    kazakh = outline_of("Law\n\nArticle 1. Terms\n1. Terms used:\n1) draft;\n2) comment.\nArticle 2. Scope\n1. It applies.")
    assert keys(kazakh) == ["art_1", "art_1__pnt_1", "art_1__pnt_1__sub_1", "art_1__pnt_1__sub_2", "art_2", "art_2__pnt_1"]
    british = outline_of(
        "Markets Act\n\nPART 1\nGENERAL\n1.—(1) This Act applies to—\n(a) markets, and\n(b) fairs held—\n(i) by day, or\n"
        "(ii) by night.\n(2) It binds the Crown.\n2. This Act may be cited as the Markets Act.\n\n"
        "SCHEDULE 1\n\n1.—(1) A paragraph.\n(2) Another.\n"
    )
    assert keys(british) == [
        "part_1", "art_1", "art_1__pnt_1", "art_1__pnt_1__sub_a", "art_1__pnt_1__sub_b",
        "art_1__pnt_1__sub_b__sub_i", "art_1__pnt_1__sub_b__sub_ii", "art_1__pnt_2", "art_2",
        "annex_1", "annex_1__pnt_1", "annex_1__pnt_1__sub_1", "annex_1__pnt_1__sub_2",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Осы Қағидалар заңға сәйкес әзірленді.", "kk"),
        ("осы кагидалар зан бойынша жасалды жане казакстан туралы болып табылады", "kk"),
        ("Настоящие Правила разработаны в соответствии с Законом.", "ru"),
        ("These Rules are made under the Law.", "en"),
    ],
)
def test_the_language_is_told_by_letters_and_small_words(text: str, language: str) -> None:
    assert outline_of(text).language == language


def test_a_text_uploaded_for_the_wrong_language_is_warned_of() -> None:
    assert [warning.code for warning in outline_of(ORDER_RU, "kk").warnings] == ["other_language"]
    assert outline_of(ORDER_KK, "kk").warnings == ()
    assert outline_of("1. Тест.", "en").warnings == ()


def test_a_text_without_units_is_kept_whole_with_a_warning() -> None:
    outline = outline_of("Просто письмо.\n\nБез статей и пунктов.")
    assert [warning.code for warning in outline.warnings] == ["nothing_recognised"]
    assert [provision.text for provision in outline.provisions] == ["Просто письмо.", "Без статей и пунктов."]


def test_no_word_of_a_text_is_lost() -> None:
    for text in (ORDER_KK, ORDER_RU, AMENDING_LAW_RU):
        outline = outline_of(text)
        kept = " ".join(
            " ".join([unit.number, unit.heading, unit.text, *unit.notes]) for unit, _, _ in walk(outline.provisions)
        )
        words = set(kept.replace("\n", " ").split()) | set(outline.title.split())
        structural = {"Глава", "Параграф", "Приложение", "Статья"}
        lost = [
            word for word in text.split()
            if word not in words and word not in structural and word.rstrip(".)") not in words and "-" not in word
        ]  # fmt: skip
        assert lost == []


def test_windows_1251_and_utf16_are_read() -> None:
    for encoding in ("cp1251", "utf-16", "utf-8-sig"):
        outline = read_outline("Статья 1. Понятия\nТекст.".encode(encoding), "act.txt")
        assert keys(outline) == ["art_1"]


def test_invisible_characters_are_removed_from_what_is_shown() -> None:
    outline = outline_of("1. Ста\u200bтья \u202eобратно\u202c и\u00ad перенос.", "ru")
    assert outline.provisions[0].text == "Статья обратно и перенос."
    assert clean("а\u2060б") == "аб"


def test_folding_keeps_the_length() -> None:
    sample = "ƏəҢңӨөҰұҮүҺһІіӛњѓєќ Yкіметі İstanbul ß №12¹ — “x”"
    assert len(fold(sample)) == len(sample)
    assert fold("Ескертпe") == fold("ЕСКЕРТПЕ") == "ескертпе"
    assert [roman_value(fold(number)) for number in ("XIV", "ХІХ", "IIII", "мир")] == [14, 19, None, None]


@pytest.mark.parametrize("hostile", ["'\"><script>alert(1)</script>", "_" * 5000, "«" * 5000, "1." * 5000, "(a" * 5000, "1-1-" * 4000])
def test_odd_lines_are_text(hostile: str) -> None:
    outline = outline_of(f"1. Пункт.\n{hostile}\n2. Пункт.", "ru")
    assert [key for key in keys(outline) if key in ("pnt_1", "pnt_2")] == ["pnt_1", "pnt_2"]
