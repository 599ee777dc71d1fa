"""Are decisions after one pattern known again, and others kept apart?"""

from __future__ import annotations

from itertools import combinations

import pytest

from portal.drafts.fingerprint import ALIKE, alike, bands, fingerprint, from_bytes, to_bytes
from portal.drafts.importers import read_outline
from tests.drafts.decisions import HOUSING_KK, HOUSING_RU, OTHERS_RU, decision
from tests.make import TEXT_RU

Signature = tuple[int, ...]


def signature(text: str, language: str = "ru") -> Signature:
    found = fingerprint(read_outline(text.encode(), "text.txt", language))
    assert found is not None
    return found


def meet(one: Signature, other: Signature) -> bool:
    return not set(bands(one)).isdisjoint(bands(other))


@pytest.mark.parametrize(("pattern", "language"), [(HOUSING_RU, "ru"), (HOUSING_KK, "kk"), *((each, "ru") for each in OTHERS_RU)])
def test_the_same_text_with_another_place_sums_and_dates_is_near_identical(pattern: str, language: str) -> None:
    found = [signature(decision(number, pattern, language=language), language) for number in range(16)]
    pairs = list(combinations(found, 2))
    assert min(alike(*pair) for pair in pairs) >= ALIKE
    assert all(meet(*pair) for pair in pairs)


def test_a_point_of_its_own_does_not_leave_the_family() -> None:
    first = signature(decision(0))
    for number in range(1, 16):
        other = signature(decision(number, adds=True))
        assert alike(first, other) >= ALIKE and meet(first, other)


def test_different_decisions_of_one_body_are_no_family() -> None:
    for number in range(8):
        texts = [signature(decision(number, pattern)) for pattern in (HOUSING_RU, *OTHERS_RU)]
        for one, other in combinations(texts, 2):
            assert alike(one, other) < ALIKE / 2


def test_letters_that_look_alike_and_missing_ones_do_not_count() -> None:
    text = decision(3, HOUSING_KK, language="kk")
    typed = text.replace("қ", "к").replace("ү", "у").replace("і", "i")
    assert alike(signature(text, "kk"), signature(typed, "kk")) > 0.9


def test_a_short_text_is_not_known_by_anything() -> None:
    assert fingerprint(read_outline(TEXT_RU.encode(), "text.txt", "ru")) is None


def test_a_fingerprint_is_stored_and_stays_the_same_for_ever() -> None:
    found = signature(decision(0))
    assert from_bytes(to_bytes(found)) == found and len(to_bytes(found)) == 256
    assert all(0 <= each < 1 << 63 for each in bands(found))
    assert bands(found)[0] == bands(from_bytes(to_bytes(found)))[0]
