from __future__ import annotations

import pytest

from portal.drafts.importers import read_outline
from portal.drafts.importers.markdown import is_markdown
from portal.drafts.importers.markdown_words import plain
from portal.drafts.structure import Kind, Outline, find, walk
from tests.shared_data import shared

LAW = """---
title: "О рынках"
lang: ru
tags:
  - law
---

# Раздел 1. Общее

## Глава 1. Основы

### Статья 1. Понятия

> [!info] Раздел 1 > Глава 1
> Источник: [сайт](https://example.kz)

<a id="p-1"></a>1. **Понятия**, используемые в *Законе*[^1]:

1) [рынок](https://example.kz/1) – место;

1-1) ярмарка – торг.

Иное не понимается.

2\\. Второй пункт.

| № | Вид |
|---|-----|
| 1 | Рынок |

### Статья 2-1. Исключена Законом.

[^1]: В редакции 2026 года.

---
[Содержание](../index.md) · [Глава](_glava.md)
"""


def outline_of(text: str, language: str | None = None) -> Outline:
    return read_outline(text.encode(), "act.md", language)


def keys(outline: Outline) -> list[str]:
    return [unit.key for unit, _, _ in walk(outline.provisions) if unit.number]


def test_a_law_in_markdown() -> None:
    outline = outline_of(LAW)
    assert (outline.title, outline.language) == ("О рынках", "ru")
    assert keys(outline) == [
        "sec_1", "chp_1", "art_1", "art_1__pnt_1", "art_1__pnt_1__sub_1", "art_1__pnt_1__sub_1-1", "art_1__pnt_2", "art_2-1",
    ]  # fmt: skip
    point = find(outline, "art_1__pnt_1")
    assert point is not None and (point.text, point.notes) == ("Понятия, используемые в Законе:", ("В редакции 2026 года.",))
    table = next(unit for unit, _, _ in walk(outline.provisions) if unit.kind is Kind.table)
    assert table.rows == (("№", "Вид"), ("1", "Рынок"))


def test_boxes_links_and_heads_are_no_text() -> None:
    outline = outline_of(LAW)
    said = " ".join(unit.text for unit, _, _ in walk(outline.provisions))
    assert not any(word in said for word in ("Содержание", "Источник", "tags", "[", "**"))
    article = find(outline, "art_1")
    assert article is not None and any("Источник: сайт" in note for note in article.notes)


def test_items_keep_the_numbers_they_were_typed_with() -> None:
    outline = outline_of("# Правила\n\n3. Три:\n\n2) два;\n5) пять.\n\n7. Семь.\n    продолжение с отступом\n", "ru")
    assert keys(outline) == ["pnt_3", "pnt_3__sub_2", "pnt_3__sub_5", "pnt_7"]


def test_a_quotation_is_new_wording() -> None:
    outline = outline_of("# О поправках\n\n1. Изложить так:\n\n> 3. Новое.\n>\n> 4. Ещё.\n\n2. Приказ вводится в действие.", "ru")
    assert keys(outline) == ["pnt_1", "pnt_2"]


@pytest.mark.parametrize(
    ("typed", "seen"),
    [
        ("**Статья 1.** _Понятия_", "Статья 1. Понятия"), ("1\\. Текст \\*", "1. Текст *"), ("a*b*c 5*6", "a*b*c 5*6"),
        ("Министр ________ И. Иванов", "Министр ________ И. Иванов"), ("![рис](a.png)Текст", "Текст"), ("`код` &amp; <br>x", "код & \nx"),
        ("см. [статью](b.md) и <https://a.kz>", "см. статью и https://a.kz"), ("цена < 5 и > 3", "цена < 5 и > 3"),
        ("snake_case_name", "snake_case_name"),
    ],
)  # fmt: skip
def test_the_words_a_reader_sees(typed: str, seen: str) -> None:
    assert plain(typed) == seen


@pytest.mark.parametrize("text", ["1. Пункт.\n2. Пункт *.\n---\nконец", "Статья 1\n\nТекст [1] с_подчёркиванием", "# нет", "C# и #1"])
def test_plain_text_is_not_taken_for_markdown(text: str) -> None:
    assert is_markdown(text) is text.startswith("# ")


@pytest.mark.parametrize(
    "hostile", ["[" * 100_000, "*a" * 50_000, "|a" * 50_000 + "\n" + "|-" * 50_000, "> " * 50_000, "`" * 100_000, "<a " * 50_000]
)
def test_odd_lines_are_text(hostile: str) -> None:
    assert "pnt_2" in keys(outline_of(f"# А\n\n1. Пункт.\n\n{hostile}\n\n2. Пункт.", "ru"))


def test_a_real_file_of_the_tax_code() -> None:
    folder = shared("data/legal-kk-ru/kz-tax-code-2025")
    path = next(folder.rglob("st-110.md"))
    outline = read_outline(path.read_bytes(), path.name)
    assert keys(outline)[:3] == ["art_110", "art_110__pnt_1", "art_110__pnt_2"]
    assert sum(unit.kind is Kind.point for unit, _, _ in walk(outline.provisions)) == 4
    assert sum(unit.kind is Kind.subpoint for unit, _, _ in walk(outline.provisions)) == 8
