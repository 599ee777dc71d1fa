"""Does a query with signs, fields and places find what was meant?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from portal.consultation.actions.replies import ReplyDraft, post_reply
from portal.consultation.models import DecisionKind
from portal.consultation.queries.drafts import DraftFile
from portal.drafts.models import Body
from portal.kernel import clock
from portal.kernel.db import db
from portal.kernel.settings import Settings
from portal.search import queries, visible
from portal.search.documents import HitKind
from portal.search.queries import Search, SearchOrder, search
from portal.search.visible import Filter
from portal.web.flask_app import PortalApp
from tests.make import Maker, actor_of

TAX = """Налоговый кодекс

Статья 56. Плательщики

1. Плательщиками являются лица.

Статья 57. Сроки

1. Срок равен месяцу.
"""
OTHER = """Водный кодекс

Статья 57. Реки

1. Реки текут.
"""
KAZAKH = """Салық кодексі

56-бап. Төлеушілер

1. Тұлғалар төлейді.

57-бап. Мерзімдер

1. Мерзімі бір ай.
"""


@pytest.fixture(params=["whoosh", "tantivy"])
def settings(request: pytest.FixtureRequest, settings: Settings) -> Settings:
    """All of it holds with either engine."""
    return replace(settings, search=request.param)


def _found(found: Search) -> list[tuple[str, int, str]]:
    references = [each.candidate.reference for each in found.seen]
    return [(each.kind.value, each.object_id, each.provision) for each in references]


def _reply(make: Maker, file: DraftFile, comment: object, decision: DecisionKind = DecisionKind.accepted) -> None:
    drafter = actor_of(make.user("drafter", body=make.body()))
    typed = ReplyDraft(decision=decision, text="Тариф пересмотрен.", language="ru")
    post_reply(drafter, file=file, comment=comment, typed=typed)  # type: ignore[arg-type]
    make.commit()


def test_a_minus_takes_out_what_has_the_word(indexed: PortalApp, make: Maker) -> None:
    file = make.open()
    good = make.comment(file, text="Троллейбус удобен.", language="ru")
    make.comment(file, text="Троллейбус опаздывает.", language="ru")
    assert _found(search("троллейбус -опоздать -опаздывает")) == [("comment", good.id, "")]
    assert _found(search('троллейбусы -"троллейбус опаздывает"')) == [("comment", good.id, "")]
    assert len(_found(search("-троллейбус"))) == 2


def test_fields_narrow_down_as_filters_do(indexed: PortalApp, make: Maker) -> None:
    file = make.open()
    comment = make.comment(file, text="Пассажир прав.", language="ru")
    assert _found(search("пассажир вид:комментарий")) == [("comment", comment.id, "")]
    assert search("пассажир body:дракон").query.words[1].surface == "body"
    by_body = search("пассажир орган:«министерство транспорта»")
    assert by_body.wanted.body_id == file.draft.body_id and by_body.seen
    assert search(f"пассажир draft:{file.draft.number}").wanted.draft_id == file.draft.id
    assert search("пассажир type:law").seen == ()
    assert search("пассажир тип:приказ").seen
    assert search(f"пассажир год:{clock.today().year}").seen
    assert search("пассажир год:1999").seen == ()
    assert search("пассажир status:open kind:draft").seen


def test_decisions_and_answers(indexed: PortalApp, make: Maker) -> None:
    file = make.open(opens_on=clock.today(), closes_on=clock.today())
    one = make.comment(file, text="Тариф велик.", language="ru")
    other = make.comment(file, text="Тариф мал.", language="ru")
    assert search("тариф has:answers", Filter(kind=HitKind.comment)).seen == ()
    with clock.frozen(clock.now() + timedelta(days=2)):
        _reply(make, file, other, DecisionKind.noted)
    assert {kind for kind, _, _ in _found(search("тариф decision:noted"))} == {"comment", "reply"}
    assert search("тариф decision:accepted").seen == ()
    assert _found(search("тариф", Filter(is_waiting=True))) == [("comment", one.id, "")]


def test_what_belongs_to_a_body_counts_as_its_own(indexed: PortalApp, make: Maker) -> None:
    ministry = make.body()
    committee = Body(code="roads", kind="committee", name_kk="Жол комитеті", name_ru="Комитет дорог", parent_id=ministry.id)
    db.session.add(committee)
    make.commit()
    file = make.open(body=committee)
    assert {each.candidate.reference.draft_id for each in search("пассажир", Filter(body_id=ministry.id)).seen} == {file.draft.id}
    ministry.parent_id = committee.id  # a circle is a mistake, not an endless search
    make.commit()
    assert search("пассажир", Filter(body_id=ministry.id)).seen


@pytest.mark.parametrize("text", ["статья 57 налогового кодекса", "ст. 57 налоговый кодекс", "салық кодексінің 57-бабы"])
def test_an_article_of_a_code_leads(indexed: PortalApp, make: Maker, text: str) -> None:
    tax = make.open(texts={"kk": KAZAKH, "ru": TAX}, kk="Салық кодексі туралы", ru="О налоговом кодексе")
    water = make.open(texts={"kk": KAZAKH, "ru": OTHER}, kk="Су кодексі туралы", ru="О водном кодексе")
    first = _found(search(text, language="ru"))[0]
    assert first[:2] == ("provision", tax.draft.id) and first[2].endswith("art_57")
    within = search("статья 57", Filter(draft_id=water.draft.id), language="ru").seen[0].candidate.reference
    assert (within.draft_id, within.provision[-6:]) == (water.draft.id, "art_57")


def test_where_few_have_all_words_others_follow(indexed: PortalApp, make: Maker) -> None:
    file = make.open()
    both = make.comment(file, text="Троллейбус и трамвай.", language="ru")
    one = make.comment(file, text="Только троллейбус.", language="ru")
    found = search("троллейбус трамвай")
    assert _found(found) == [("comment", both.id, "")] and not found.is_any
    assert [each.candidate.reference.object_id for each in found.also] == [one.id]
    assert len(found.shown) == 2 and found.page(0, 10).total == 1
    assert search("троллейбус").also == ()


def test_without_words_the_newest_are_shown(indexed: PortalApp, make: Maker) -> None:
    older = make.open(opens_on=clock.today())
    newer = make.open()
    comment = make.comment(newer, text="Что-то.", language="ru")
    found = search("", Filter(body_id=newer.draft.body_id), language="ru")
    assert found.is_browsing and {each[1] for each in _found(found)} == {older.draft.id, newer.draft.id}
    assert found.seen[0].candidate.reference.language == "ru"
    assert _found(search("вид:комментарий")) == [("comment", comment.id, "")]
    assert search("", Filter(kind=HitKind.reply)).seen == ()
    assert search("").seen == () and not search("").is_browsing


def test_orders(indexed: PortalApp, make: Maker) -> None:
    ended = make.closed()
    quiet = make.open()
    busy = make.open(opens_on=clock.today())
    for number in range(3):
        make.comment(busy, text=f"Слово {number}.", language="ru")

    def drafts(order: SearchOrder) -> list[int]:
        seen = search("перевозки", Filter(kind=HitKind.draft), order, "ru").seen
        return [each.candidate.reference.draft_id for each in seen]

    assert drafts(SearchOrder.closing)[-1] == ended.draft.id
    assert drafts(SearchOrder.discussed)[0] == busy.draft.id
    assert set(drafts(SearchOrder.newest)) == {ended.draft.id, quiet.draft.id, busy.draft.id}


def test_words_hidden_by_a_moderator_are_not_browsed(
    indexed: PortalApp, make: Maker, hide: Callable[..., None]
) -> None:
    comment = make.comment(make.open(), text="Грубость.", language="ru")
    assert search("kind:comment").seen
    hide(comment)
    assert search("kind:comment").seen == ()


@pytest.fixture
def hide() -> Callable[..., None]:
    """Hide a comment as a moderator does."""

    def act(comment: object) -> None:
        comment.hidden_at = clock.now()  # type: ignore[attr-defined]
        db.session.commit()

    return act


@pytest.mark.parametrize(
    ("without", "left"),
    [
        ("-kind:comment", {"provision"}),
        ("-kind:provision", {"comment"}),
        ("-status:open", set()),
        ("-status:adopted", {"provision", "comment"}),
        ("-body:transport", set()),
        ("-body:дракон", set()),
        ("-area:1", {"provision", "comment"}),
        ("-has:answers", {"provision", "comment"}),
        ("-language:kk", {"provision", "comment"}),
        ("-year:1999 -kind:comment", {"provision"}),
    ],
)
def test_a_condition_with_a_minus_leaves_out(indexed: PortalApp, make: Maker, without: str, left: set[str]) -> None:
    file = make.open()
    make.comment(file, text="Перевозчик опоздал.", language="ru")
    found = search(f"перевозчик {without}", language="ru")
    if "дракон" not in without:
        assert {each.candidate.reference.kind.value for each in found.seen} == left
    kinds = {each.candidate.reference.kind.value for each in search(without, language="ru").seen}
    assert kinds <= {"draft", "comment"} and ("status:open" in without or "body:" in without or kinds)


@pytest.mark.parametrize("told", [20_000, 0], ids=["by the engine", "by the database"])
def test_filters_find_what_is_far_from_the_best(
    indexed: PortalApp, make: Maker, monkeypatch: pytest.MonkeyPatch, told: int
) -> None:
    """However many things a filter leaves, and however far down they stand."""
    monkeypatch.setattr(visible, "MOST_TOLD", told)
    monkeypatch.setattr(queries, "MOST_CANDIDATES", 3)
    file, other = make.open(), make.open()
    comments = [make.comment(file, text="Тариф, тариф, тариф!", language="ru") for _ in range(8)]
    last = make.comment(other, text="Тариф " + "и многое другое " * 50, language="ru")
    _reply(make, other, last, DecisionKind.noted)
    wanted = {
        Filter(decision=DecisionKind.noted): {"comment", "reply"},
        Filter(has_answers=True, kind=HitKind.comment): {"comment"},
        Filter(body_id=other.draft.body_id, draft_id=other.draft.id): {"comment", "reply"},
        Filter(is_waiting=True, kind=HitKind.comment): {"comment"},
    }
    for filter_, kinds in wanted.items():
        found = search("тариф", filter_)
        assert {each.candidate.reference.kind for each in found.seen} == kinds
        assert not found.is_partial
    assert len(search("тариф", Filter(is_waiting=True)).seen) == (len(comments) if told == 0 else 3)


def test_what_was_not_looked_at_is_said(indexed: PortalApp, make: Maker, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, most in (("MOST_CANDIDATES", 2), ("MOST_LOOKED_AT", 4)):
        monkeypatch.setattr(queries, name, most)
    monkeypatch.setattr(visible, "MOST_TOLD", 0)
    file = make.open()
    for _ in range(8):
        make.comment(file, text="Тариф, тариф!", language="ru")
    last = make.comment(file, text="Тариф " + "и многое другое " * 50, language="ru")
    _reply(make, file, last, DecisionKind.noted)
    found = search("тариф", Filter(decision=DecisionKind.noted, kind=HitKind.comment))
    assert found.is_partial or found.seen


def test_kinds_that_are_not_known_wholly_are_not_counted(
    indexed: PortalApp, make: Maker, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = make.open()
    comments = [make.comment(file, text="Тариф, тариф!", language="ru") for _ in range(5)]
    _reply(make, file, comments[0])
    assert search("тариф").counts == {HitKind.draft: 0, HitKind.provision: 0, HitKind.comment: 5, HitKind.reply: 1}
    monkeypatch.setattr(queries, "MOST_CANDIDATES", 3)
    assert HitKind.comment not in search("тариф").counts
    found = search("тариф", Filter(kind=HitKind.reply))
    assert len(found.seen) == 1 and found.counts[HitKind.reply] == 1 and not found.is_at_least


def test_one_kind_is_not_said_to_be_cut_because_there_are_others(indexed: PortalApp, make: Maker) -> None:
    file = make.open()
    comments = [make.comment(file, text="Тариф, тариф!", language="ru") for _ in range(2)]
    _reply(make, file, comments[0])
    found = search("тариф", Filter(kind=HitKind.comment))
    assert len(found.seen) == 2 and not found.is_at_least
