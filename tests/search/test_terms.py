"""Is a query understood, whatever is typed?"""

from __future__ import annotations

import pytest

from portal.search.terms import LONGEST_QUERY, MOST_WORDS, parse
from tests.search.hostile import HOSTILE


def _surfaces(text: str) -> list[str]:
    return [word.surface for word in parse(text).words]


@pytest.mark.parametrize(
    ("text", "words", "phrases"),
    [
        ("жол ақысы", ["жол", "ақысы"], ()),
        ("о налогах и сборах", ["налогах", "сборах"], ()),
        ("и в", ["и", "в"], ()),
        ("the rules of carriage", ["rules", "carriage"], ()),
        ('"в двойном размере"', [], (("в", "двойном", "размере"),)),
        ("«жол ақысы» тариф", ["тариф"], (("жол", "ақысы"),)),
        ("“a fare” „тариф“", [], (("a", "fare"), ("тариф",))),
        ('тариф "нет пары', ["тариф", "нет", "пары"], ()),
        ('"" «»', [], ()),
        ("проезд Проезд ПРОЕЗД", ["проезд"], ()),
        ("статья 12-1", ["статья", "12-1"], ()),
        ("", [], ()),
    ],
)
def test_words_and_phrases(text: str, words: list[str], phrases: tuple[tuple[str, ...], ...]) -> None:
    query = parse(text)
    assert [word.surface for word in query.words] == words
    assert query.phrases == phrases


def test_forms_of_one_word_are_asked_for_once() -> None:
    assert len(parse("проезд проезда проезду").words) < 3
    assert len(parse("қаланың қалаға").words) == 1


def test_a_long_query_is_cut_and_says_so() -> None:
    assert parse("а" * 1_000_000).was_cut
    assert len(parse("слово " * 1_000_000).typed) <= LONGEST_QUERY
    assert not parse("а" * LONGEST_QUERY).was_cut
    many = parse(" ".join(f"б{n}" for n in range(60)))
    assert len(many.words) == MOST_WORDS
    assert many.was_cut


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_typed_is_an_error(text: str) -> None:
    query = parse(text)
    assert len(query.words) <= MOST_WORDS
    assert len(query.typed) <= LONGEST_QUERY
    assert query.typed.isprintable()
    assert query.is_empty == (not query.marked)
