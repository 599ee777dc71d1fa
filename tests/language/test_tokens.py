"""Does every word and number keep its place in the text as it was written?"""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from portal.language.tokens import tokens


def _texts(text: str) -> list[str]:
    return [token.text for token in tokens(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("статья 12-1", ["статья", "12-1"]),
        ("№ 480-V ҚРЗ", ["480-v", "қрз"]),
        ("№480‑V", ["480-v"]),
        ("83-1-баптың 2) тармақшасы", ["83-1", "баптың", "2", "тармақшасы"]),
        ("ст.12, п. 3", ["ст", "12", "п", "3"]),
        ("22.11.2026 ж.", ["22.11.2026", "ж"]),
        ("НҚА-ға, АҚШ-пен", ["нқа", "ақш"]),
        ("5-ке, 2-го, 1-ші", ["5", "2", "1"]),
        ("құқықтық-техникалық", ["құқықтық", "техникалық"]),
        ("don’t e-mail", ["don't", "e", "mail"]),
        ("А4 covid19", ["а", "4", "covid", "19"]),
        ("٣-бап", ["3", "бап"]),
        ("… — «» \u202e\u200b 🤩", []),
        ("_под_черк_", ["под", "черк"]),
        ("", []),
    ],
)
def test_finds_words_and_numbers(text: str, expected: list[str]) -> None:
    assert _texts(text) == expected


def test_offsets_point_into_the_original() -> None:
    text = "«Пi\u00adкiр» — НҚА-ға, 83-1-бап."
    spans = [text[token.start : token.end] for token in tokens(text)]
    assert spans == ["Пi\u00adкiр", "НҚА-ға", "83-1", "бап"]


def test_an_ending_hangs_on_numbers_and_abbreviations_only() -> None:
    assert _texts("Бала-ға") == ["бала", "ға"]
    assert _texts("3 ға") == ["3", "ға"]


@settings(max_examples=300, deadline=None)
@given(some.text(max_size=200))
def test_any_text_has_ordered_tokens_inside_it(text: str) -> None:
    end = 0
    for token in tokens(text):
        assert end <= token.start < token.end <= len(text)
        assert token.text
        end = token.end


def test_a_long_run_of_one_character_is_read_in_a_moment() -> None:
    assert len(list(tokens("'" * 500_000))) == 0
    assert len(list(tokens("1-" * 250_000))) == 1
    assert len(list(tokens("a'" * 250_000))) == 1
