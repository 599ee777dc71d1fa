"""Is a text laid out so that every provision can be read, named and commented on?"""

from __future__ import annotations

import pytest

from portal.consultation.anchors import Layout, lay_out
from portal.consultation.wording import LONGEST, changes
from portal.drafts.structure import Kind, Outline, Provision, assign_keys


def unit(kind: Kind, number: str = "", *children: Provision, heading: str = "", text: str = "", **more: object) -> Provision:
    return Provision("", kind, number, heading, text, children, **more)  # type: ignore[arg-type]


LAW = (
    unit(
        Kind.chapter, "1",
        unit(
            Kind.article, "1",
            unit(Kind.subpoint, "1", text="first term;"),
            unit(Kind.subpoint, "2", unit(Kind.indent, text="a part of the second;"), text="second term;"),
            heading="Terms", text="The terms are:",
        ),
        unit(
            Kind.article, "2",
            unit(Kind.point, "1", unit(Kind.indent, text="A second part."), text="The law applies."),
            unit(Kind.point, "2", text="Not to taxis."),
            heading="Scope",
        ),
        heading="General",
    ),
    unit(
        Kind.annex, "1",
        unit(Kind.indent, text="A form."),
        unit(Kind.table, rows=(("No", "Name"), ("1", "Bus"))),
        unit(Kind.point, "1", text="How to fill it in."),
    ),
)  # fmt: skip


@pytest.fixture
def layout() -> Layout:
    return lay_out(assign_keys(Outline("en", "On transport", LAW, ())))


def test_an_article_is_one_block_with_its_subpoints_and_points_are_blocks_of_their_own(layout: Layout) -> None:
    assert [block.key for block in layout.blocks] == [
        "chp_1", "art_1", "art_2", "art_2__pnt_1", "art_2__pnt_2", "annex_1", "annex_1__ind_1", "annex_1__tbl_1",
        "annex_1__pnt_1",
    ]  # fmt: skip
    article = layout.blocks[1]
    assert [(line.mark, line.depth) for line in article.under] == [("1)", 1), ("2)", 1), ("", 2)]
    assert article.paragraphs == ("The terms are:",)


def test_headings_follow_one_another_without_a_gap(layout: Layout) -> None:
    levels = {block.key: block.level for block in layout.blocks}
    assert (levels["chp_1"], levels["art_1"], levels["annex_1"]) == (2, 3, 2)


def test_a_link_to_comment_stands_where_there_are_words(layout: Layout) -> None:
    takes = {block.key for block in layout.blocks if block.takes_comments}
    assert takes == {"art_1", "art_2__pnt_1", "art_2__pnt_2", "annex_1", "annex_1__pnt_1"}


def test_every_provision_is_found_in_its_block(layout: Layout) -> None:
    for key in layout.chains:
        assert layout.block_of(key) is not None, key
    inner = next(key for key in layout.chains if key.endswith("sub_2__ind_2"))
    block = layout.block_of(inner)
    assert block is not None and block.key == "art_1"
    assert layout.block_of("art_99") is None


def test_a_place_is_named_in_the_language_of_the_reader(layout: Layout) -> None:
    assert layout.name("art_2__pnt_1", "kk") == "2-бап, 1-тармақ"
    assert layout.name("art_2__pnt_1", "ru") == "Ст. 2, п. 1"
    assert layout.name("nowhere", "ru") == "nowhere"


def test_the_words_of_a_provision_hold_those_of_its_inner_units(layout: Layout) -> None:
    assert layout.words("art_1").splitlines() == [
        "Terms", "The terms are:", "1) first term;", "2) second term;", "a part of the second;"
    ]  # fmt: skip
    assert layout.words("art_2__pnt_2") == "Not to taxis."
    assert layout.words("nowhere") == ""


def test_the_contents_are_the_chapters_with_the_comments_under_them(layout: Layout) -> None:
    assert [(entry.key, entry.label) for entry in layout.entries] == [("chp_1", "Chapter 1. General"), ("annex_1", "Annex 1")]
    heat = layout.heat({"": 5, "art_1__sub_1": 2, "art_2": 3, "annex_1": 1, "gone": 7})
    assert heat == {"chp_1": 5, "annex_1": 1}
    assert layout.entry_of("art_2__pnt_1") == "chp_1"
    assert layout.entry_of("") == ""


def test_without_chapters_the_contents_are_the_articles() -> None:
    layout = lay_out(assign_keys(Outline("en", "", (unit(Kind.article, "1", heading="One", text="x"),), ())))
    assert [entry.label for entry in layout.entries] == ["Article 1. One"]


def test_points_outside_chapters_are_gathered_by_the_ten() -> None:
    points = tuple(unit(Kind.point, str(number), text="x") for number in range(1, 13))
    act = (unit(Kind.indent, text="By this order:"), *points, unit(Kind.annex, "1", unit(Kind.point, "1", text="y")))
    layout = lay_out(assign_keys(Outline("ru", "", act, ())))
    assert [entry.label for entry in layout.entries] == ["Пункты 1–10", "Пункты 11–12", "Приложение 1"]
    assert layout.heat({"pnt_10": 4, "pnt_11": 2, "annex_1__pnt_1": 1}) == {"pnt_1": 4, "pnt_11": 2, "annex_1": 1}
    assert layout.entry_of("pnt_12") == "pnt_11"
    alone = lay_out(assign_keys(Outline("kk", "", points[:1], ())))
    assert [entry.label for entry in alone.entries] == ["1-тармақ"]


def test_places_near_a_provision_are_what_holds_it_and_what_it_holds(layout: Layout) -> None:
    assert layout.neighbourhood("art_1")[:4] == [("chp_1", 0), ("art_1", 1), ("art_1__sub_1", 2), ("art_1__sub_2", 2)]
    assert layout.neighbourhood("nowhere") == []


def test_a_proposal_shows_what_it_strikes_and_what_it_puts_in() -> None:
    present = "The fare in cash must not exceed the electronic fare more than twice for any passenger on any route of the city by day and by night."
    proposed = present.replace("more than twice", "by more than ten per cent")
    segments = changes(present, proposed)
    assert ("deleted", "twice") in segments
    assert ("inserted", "ten per cent") in segments
    assert segments[0][1].startswith("… ") and segments[-1][1].endswith("…")


def test_a_proposal_that_shares_little_replaces_the_whole() -> None:
    assert changes("Passengers pay on boarding.", "Everybody rides free of charge.") == (
        ("equal", "Everybody rides free of charge."),
    )
    assert changes("", "New words.") == (("equal", "New words."),)


def test_a_number_typed_before_the_words_is_no_change() -> None:
    segments = changes("Children ride free.", "2) Children ride free.", "2)")
    assert [(kind, words.strip()) for kind, words in segments] == [("equal", "Children ride free.")]


def test_very_long_texts_are_not_compared_word_by_word() -> None:
    long = "word " * (LONGEST + 1)
    assert changes(long, long + "end") == (("equal", long + "end"),)
