"""Are similar comments found, and only those?"""

from __future__ import annotations

import csv
import random
from collections import Counter
from itertools import count, product

from hypothesis import given
from hypothesis import strategies as st

from portal.consultation.similar import LEAST, Group, Letter, group_similar, likeness, words_of
from tests.shared_data import shared

LETTER = "Қолма-қол төлегендер үшін екі еселік тарифті алып тастауды сұраймыз, бұл қарттар мен ауыл тұрғындарына ауыр тиеді"


def groups_of(*texts: str, place: str = "point_10") -> tuple[Group, ...]:
    return group_similar([Letter(number, place, text) for number, text in enumerate(texts, 1)])


def test_copies_are_one_group_whatever_the_case_and_the_letters_typed() -> None:
    loose = LETTER.replace("қ", "к").replace("ұ", "у").upper()
    mixed = LETTER.replace("а", "a").replace("і", "i")
    assert groups_of(LETTER, "Мүлде басқа пікір айтылған", loose, mixed) == (Group(1, (3, 4), ()),)


def test_near_copies_follow_the_oldest_and_the_least_alike_stands_first() -> None:
    little = LETTER + ", рақмет"
    more = LETTER.replace("екі еселік", "он пайыздан асатын") + ", рақмет"
    (group,) = groups_of(LETTER, little, more)
    assert group == Group(1, (), (3, 2))
    assert group.count == 3 and group.ids == (1, 3, 2) and group.others == (3, 2)


def test_different_words_and_other_provisions_stay_apart() -> None:
    assert groups_of(LETTER, "Тарифті алып тастау дұрыс емес деп санаймын") == ()
    letters = [Letter(1, "point_10", LETTER), Letter(2, "point_11", LETTER)]
    assert group_similar(letters) == ()


def test_texts_without_words_and_of_one_word() -> None:
    assert groups_of("!!!", "???", "Қарсымын", "қарсымын!", "Қолдаймын") == (Group(1, (2,), ()), Group(3, (4,), ()))


def test_larger_groups_come_first() -> None:
    groups = groups_of("бірінші хат мәтіні", "екінші хат мәтіні осы", "екінші хат мәтіні осы", "бірінші хат мәтіні", "екінші хат мәтіні осы")
    assert [group.count for group in groups] == [3, 2]


def test_chains_do_not_form() -> None:
    words = [f"сөз{number}" for number in range(60)]
    texts = [" ".join(words[start : start + 30]) for start in range(0, 30, 5)]
    first = words_of(texts[0])
    for group in groups_of(*texts):
        leader = _pairs(words_of(texts[group.first - 1]))
        assert all(likeness(leader, _pairs(words_of(texts[id_ - 1]))) >= LEAST for id_ in group.near)
    assert len(groups_of(*texts)[0].ids) < len(texts) and first


@given(st.lists(st.lists(st.sampled_from("абвгд"), min_size=1, max_size=8), max_size=12))
def test_nothing_is_lost_or_counted_twice(texts: list[list[str]]) -> None:
    sentences = [" ".join(words) for words in texts]
    ids = [id_ for group in groups_of(*sentences) for id_ in group.ids]
    assert len(ids) == len(set(ids))
    alone = set(range(1, len(sentences) + 1)) - set(ids)
    for one, other in product(alone, alone):
        if one < other:
            assert words_of(sentences[one - 1]) != words_of(sentences[other - 1])


@given(st.lists(st.lists(st.sampled_from("абвгд"), min_size=3, max_size=9), min_size=2, max_size=8))
def test_the_filter_overlooks_no_similar_leader(texts: list[list[str]]) -> None:
    """What is left alone is similar to no comment that was shown before it for a group."""
    sentences = [" ".join(words) for words in texts]
    groups = groups_of(*sentences)
    grouped = {id_ for group in groups for id_ in group.ids}
    for number, sentence in enumerate(sentences, 1):
        if number in grouped:
            continue
        for group in groups:
            if group.first < number:
                other = _pairs(words_of(sentences[group.first - 1]))
                assert likeness(_pairs(words_of(sentence)), other) < LEAST


def test_a_campaign_is_found_among_two_thousand_letters() -> None:
    shuffled = random.Random(7)
    vocabulary = [f"сөз{number}" for number in range(3000)]
    numbers = count(1)
    letters = [Letter(next(numbers), "", " ".join(shuffled.choices(vocabulary, k=60))) for _ in range(1200)]
    for _ in range(800):
        words = LETTER.split()
        words[shuffled.randrange(len(words))] = shuffled.choice(vocabulary)
        letters.append(Letter(next(numbers), "", " ".join(words)))
    groups = group_similar(letters)
    assert len(groups) == 1 and groups[0].count >= 790


def _pairs(words: tuple[str, ...]) -> frozenset[tuple[str, ...]]:
    return frozenset(zip(words, words[1:], strict=False)) or frozenset({words})


def test_a_real_campaign_is_gathered_without_what_others_wrote() -> None:
    """Letters to a US agency, which others clustered by hand and by embedding; see the data's own note."""
    path = shared("data/comments/us-mass-mail/EPA-HQ-OPP-2015-0481-0050.csv")
    with path.open(encoding="utf-8", errors="replace") as file:
        rows = list(csv.DictReader(file))
    groups = group_similar([Letter(number, "", row["text"]) for number, row in enumerate(rows)])
    assert groups[0].count > 100
    together = sum(Counter(rows[id_]["clust"] for id_ in group.ids).most_common(1)[0][1] for group in groups)
    assert together / sum(group.count for group in groups) > 0.95
