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


@pytest.mark.parametrize(
    ("text", "words", "without", "without_phrases"),
    [
        ("проезд -тариф", ["проезд"], ["тариф"], ()),
        ('проезд -"жол ақысы"', ["проезд"], [], (("жол", "ақысы"),)),
        ("-проезд", ["проезд"], [], ()),
        ("--жол", ["жол"], [], ()),
        ("закон 480-V об изменении", ["закон", "480-v", "изменении"], [], ()),
        ("налог - сбор", ["налог", "сбор"], [], ()),
        ("+жол -проезд -", ["жол"], ["проезд"], ()),
        ("социально-экономический", ["социально", "экономический"], [], ()),
    ],
)
def test_a_minus_takes_out(
    text: str, words: list[str], without: list[str], without_phrases: tuple[tuple[str, ...], ...]
) -> None:
    query = parse(text)
    assert [word.surface for word in query.words] == words
    assert [word.surface for word in query.without] == without
    assert query.without_phrases == without_phrases


@pytest.mark.parametrize(
    ("text", "conditions", "words"),
    [
        ("проезд kind:comment", [("kind", "comment")], ["проезд"]),
        ("вид:норма проезд", [("kind", "provision")], ["проезд"]),
        ("түрі:пікір жол", [("kind", "comment")], ["жол"]),
        ("turi:пікір жол", [], ["turi", "пікір", "жол"]),
        ('body:"Министерство транспорта" проезд', [("body", "Министерство транспорта")], ["проезд"]),
        ("орган:«Көлік министрлігі» жол", [("body", "Көлік министрлігі")], ["жол"]),
        ("status:open год:2024 тариф", [("status", "open"), ("year", "2024")], ["тариф"]),
        ("Статус:ОТКРЫТО тариф", [("status", "open")], ["тариф"]),
        ("тілі:қазақша жол", [("language", "kk")], ["жол"]),
        ("decision:accepted есть:ответы", [("decision", "accepted"), ("has", "answers")], []),
        ("draft:12 проект:2026-00017 тариф", [("draft", "2026-00017")], ["тариф"]),
        ("year:24 kind:dragon stems:жол", [], ["year", "24", "kind", "dragon", "stems", "жол"]),
        ("http://example.org time:10", [], ["http", "example", "org", "time", "10"]),
        ("kind: comment", [], ["kind", "comment"]),
        ("-status:open -kind:comment тариф", [("status", "open"), ("kind", "comment")], ["тариф"]),
        ("-язык:каз язык:каз", [("language", "kk"), ("language", "kk")], []),
    ],
)
def test_fields_for_those_who_know(text: str, conditions: list[tuple[str, str]], words: list[str]) -> None:
    query = parse(text)
    assert [(each.name.value, each.value) for each in query.conditions] == conditions
    assert [word.surface for word in query.words] == words


def test_a_field_that_is_not_to_be_read_is_words() -> None:
    query = parse("body:дракон тариф", frozenset())
    assert query.conditions == () and [word.surface for word in query.words] == ["body", "дракон", "тариф"]


@pytest.mark.parametrize(
    ("text", "place", "rest"),
    [
        ("статья 57 налогового кодекса", ("art", "57"), ["налогового", "кодекса"]),
        ("ст. 12-1 закона", ("art", "12-1"), ["закона"]),
        ("салық кодексінің 57-бабы", ("art", "57"), ["салық", "кодексінің"]),
        ("57-бап", ("art", "57"), []),
        ("Article 57 of the tax code", ("art", "57"), ["tax", "code"]),
        ("пункт 3 правил", ("pnt", "3"), ["правил"]),
        ("налог 57", None, ["налог", "57"]),
        ("статья расходов", None, ["статья", "расходов"]),
    ],
)
def test_a_place_of_an_act(text: str, place: tuple[str, str] | None, rest: list[str]) -> None:
    query = parse(text)
    assert (query.place and (query.place.kind, query.place.number)) == place
    assert [word.surface for word in query.rest.words] == rest
    if query.place:
        assert query.place.is_of(f"chp_1__{query.place.kind}_{query.place.number}")
        assert not query.place.is_of(f"chp_1__{query.place.kind}_{query.place.number}__pnt_1")


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_typed_is_an_error(text: str) -> None:
    query = parse(text)
    assert len(query.words) <= MOST_WORDS
    assert len(query.typed) <= LONGEST_QUERY
    assert query.typed.isprintable()
    assert query.is_empty == (not query.marked)
