"""Does a reader find what is public, all of it, and nothing else?"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from portal.accounts.actor import OPERATOR
from portal.consultation.actions.comments import CommentDraft, edit_comment, withdraw_comment
from portal.consultation.actions.moderation import hide_comment, restore_comment
from portal.consultation.actions.replies import ReplyDraft, post_reply
from portal.consultation.models import Comment
from portal.consultation.queries.drafts import DraftFile
from portal.drafts.actions.drafts import withdraw_draft
from portal.drafts.queries.reference import find_type
from portal.kernel import clock
from portal.kernel.db import db, transaction_mode
from portal.kernel.progress import reported
from portal.kernel.settings import Settings
from portal.ledger.followers import lag, rewind
from portal.search.backends import IndexUnusable, Wish
from portal.search.documents import HitKind, Text
from portal.search.index import FOLLOWER, REBUILD, catch_up, engine, keep_index, rebuild
from portal.search.queries import Search, SearchOrder, search
from portal.search.ranking import clause_of
from portal.search.sources import all_texts, texts_of_comments
from portal.search.statuses import Status
from portal.search.visible import Filter
from portal.web.flask_app import PortalApp
from tests.make import Maker, actor_of
from tests.shared_data import shared


@pytest.fixture(params=["whoosh", "tantivy"])
def settings(request: pytest.FixtureRequest, settings: Settings) -> Settings:
    """All of it holds with either engine."""
    return replace(settings, search=request.param)


def _found(found: Search) -> list[tuple[str, int, str]]:
    return [
        (hit.reference.kind.value, hit.reference.object_id, hit.reference.provision)
        for hit in found.page(0, 100).hits
    ]  # fmt: skip


def test_a_draft_being_prepared_is_not_found_until_it_is_announced(indexed: PortalApp, make: Maker) -> None:
    draft = make.draft()
    assert _found(search("жолаушы")) == []
    file = make.open(body=make.body())
    assert {draft_id for _, draft_id, _ in _found(search("жолаушыларды"))} == {file.draft.id}
    assert draft.id != file.draft.id


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("жолаушылардың", ("provision", "pnt_1")),
        ("жолаушынын тасымалдануы", ("provision", "pnt_1")),
        ("оплачивали проезды", ("provision", "pnt_3")),
        ("перевозчику", ("provision", "pnt_2")),
        ("тасымалдаушылардан", ("provision", "pnt_2")),
        ("carriages of passengers", ("draft", "")),
        ('"пассажир оплачивает"', ("provision", "pnt_3")),
    ],
)
def test_any_form_in_three_languages(indexed: PortalApp, make: Maker, text: str, expected: tuple[str, str]) -> None:
    make.open()
    assert expected in {(kind, key) for kind, _, key in _found(search(text))}


def test_thirty_forms_of_a_noun_find_the_draft_that_holds_one(indexed: PortalApp, make: Maker) -> None:
    forms: dict[str, list[str]] = {}
    for line in shared("data/morphology/kk_unimorph/kaz.noun-70.tsv").read_text(encoding="utf-8").splitlines():
        lemma, form, _ = line.split("\t")
        forms.setdefault(lemma, []).append(form)
    lemmas = [lemma for lemma in forms if len(forms[lemma]) >= 24 and len(lemma) > 4][5::50][:10]
    text = "\n\n".join(f"{number}. Осында {forms[lemma][7]} бар." for number, lemma in enumerate(lemmas, 1))
    make.open(texts={"kk": f"Қағидалар\n\n{text}\n", "ru": "Правила\n\n1. Слова.\n"})
    missed = [
        (lemma, form)
        for number, lemma in enumerate(lemmas, 1)
        for form in forms[lemma]
        if ("provision", f"pnt_{number}") not in {(kind, key) for kind, _, key in _found(search(form))}
    ]
    assert missed == []


def test_a_comment_is_found_changed_and_gone(indexed: PortalApp, make: Maker) -> None:
    file, actor = make.open(), make.actor()
    comment = make.comment(file, actor, text="Остановка далеко от поликлиники.", language="ru")
    assert ("comment", comment.id, "") in _found(search("остановки поликлиник"))
    edit_comment(actor, file=file, comment=comment, typed=CommentDraft(text="Троллейбус лучше.", language="ru"))
    make.commit()
    assert _found(search("поликлиника")) == []
    assert ("comment", comment.id, "") in _found(search("троллейбусы"))
    withdraw_comment(actor, file=file, comment=comment)
    make.commit()
    assert _found(search("троллейбусы")) == []


def test_what_is_hidden_is_not_found_even_by_a_stale_index(indexed: PortalApp, make: Maker) -> None:
    file, moderator = make.open(), make.actor("moderator")
    comment = make.comment(file, text="Троллейбус грубияна.", language="ru")
    _reply(make, file, comment, "Про троллейбус ответ дан.")
    assert {kind for kind, _, _ in _found(search("троллейбус"))} == {"comment", "reply"}
    hide_comment(moderator, comment=comment, rule=2, reason="Грубость.", language="ru")
    db.session.commit()  # the followers are not woken: the index still has both
    assert engine().search(clause_of(search("троллейбус").query), Wish()).total == 2
    assert search("троллейбус").seen == ()
    make.commit()
    assert engine().search(clause_of(search("троллейбус").query), Wish()).total == 0
    restore_comment(moderator, comment=comment, rule=2, reason="Ошибка.", language="ru")
    make.commit()
    assert {kind for kind, _, _ in _found(search("троллейбус"))} == {"comment", "reply"}


def test_one_thing_is_found_once_in_the_language_of_the_reader(indexed: PortalApp, make: Maker) -> None:
    make.open(kk="Комиссия туралы", ru="О комиссии", en="On the commission")
    for language in ("kk", "ru"):
        hits = search("комиссия", language=language).page(0, 20).hits
        assert [(hit.reference.kind, hit.reference.language) for hit in hits] == [(HitKind.draft, language)]


def test_filters_narrow_and_combine(indexed: PortalApp, make: Maker) -> None:
    first = make.open(opens_on=clock.today())
    later = make.closed(type="law")
    order, law = find_type("order"), find_type("law")
    assert order is not None and law is not None
    make.comment(first, text="О пассажирах.", language="ru")

    def drafts(**wanted: object) -> set[int]:
        found = search("пассажир", Filter(**wanted))  # type: ignore[arg-type]
        return {each.candidate.reference.draft_id for each in found.seen}

    assert drafts() == {first.draft.id, later.draft.id}
    assert drafts(type_id=law.id) == {later.draft.id}
    assert drafts(status=Status.open) == {first.draft.id}
    assert drafts(status=Status.answering, type_id=order.id) == set()
    assert drafts(body_id=first.draft.body_id) == {first.draft.id, later.draft.id}
    assert drafts(body_id=99_999) == set()
    assert drafts(kind=HitKind.comment) == {first.draft.id}
    assert drafts(language="kk") == set()
    assert drafts(since=clock.today()) == {first.draft.id, later.draft.id}
    assert drafts(until=clock.today() - timedelta(days=1)) == set()


def test_a_draft_from_an_archive_says_so_and_is_narrowed_down_by_it(indexed: PortalApp, make: Maker) -> None:
    waiting, long_ago = make.closed(), make.open(opens_on=date(2019, 3, 4), closes_on=date(2019, 4, 1))
    assert long_ago.consultation.is_archived and not waiting.consultation.is_archived
    make.comment(make.open(), text="Пассажир.", language="ru")

    def drafts(status: Status) -> set[int]:
        return {each.candidate.reference.draft_id for each in search("пассажир", Filter(status=status)).seen}

    assert drafts(Status.answering) == {waiting.draft.id}
    assert drafts(Status.archived) == {long_ago.draft.id}
    typed = search("пассажир статус:архив")
    assert {each.candidate.reference.draft_id for each in typed.seen} == {long_ago.draft.id}
    statuses = {hit.of.draft.id: hit.of.status for hit in search("пассажир").page(0, 50).hits}
    assert statuses[waiting.draft.id] is Status.answering and statuses[long_ago.draft.id] is Status.archived


def test_newest_first(indexed: PortalApp, make: Maker) -> None:
    file = make.open()
    ids = [make.comment(file, text=f"Троллейбус {'троллейбус ' * n}", language="ru").id for n in (3, 1, 2)]
    newest = search("троллейбус", order=SearchOrder.newest)
    assert [object_id for _, object_id, _ in _found(newest)] == ids[::-1]


def test_all_words_else_any_of_them_and_says_so(indexed: PortalApp, make: Maker) -> None:
    file = make.open()
    make.comment(file, text="Троллейбус хорош.", language="ru")
    both = search("троллейбус хороший")
    assert not both.is_any and len(both.seen) == 1
    some = search("троллейбус электричка")
    assert some.is_any and len(some.seen) == 1
    assert search("троллейбус электричка", needs_all=True).shown == ()
    none = search("электричка дирижабль")
    assert not none.is_any and none.seen == ()


def test_a_question_is_answered_by_the_best_text_before_one_that_has_all_its_words(
    indexed: PortalApp, make: Maker
) -> None:
    file = make.open()
    padding = "Прочее содержание письма. " * 60
    listing = make.comment(file, text=f"Троллейбус. {padding} Билет. {padding} Льгота.", language="ru")
    answer = make.comment(file, text="Льгота на билет: льгота даётся, билет со льготой.", language="ru")
    asked = search("Льгота на билет в троллейбусе?")
    assert [each.candidate.reference.object_id for each in asked.seen] == [answer.id, listing.id] and asked.is_any
    words = search("льгота билет троллейбус")
    assert [each.candidate.reference.object_id for each in words.shown] == [listing.id, answer.id] and not words.is_any


def test_counts_are_by_kind_whatever_kind_is_asked_for(indexed: PortalApp, make: Maker) -> None:
    file = make.open()
    make.comment(file, text="Пассажир прав.", language="ru")
    found = search("пассажир", Filter(kind=HitKind.comment))
    assert len(found.seen) == 1
    assert found.counts[HitKind.comment] == 1
    assert found.counts[HitKind.provision] == 3


def test_a_withdrawn_draft_stays_to_be_found(indexed: PortalApp, make: Maker) -> None:
    file = make.open()
    withdraw_draft(OPERATOR, draft=file.draft, reason={"kk": "Себебі", "ru": "Причина"})
    make.commit()
    assert search("пассажир", Filter(status=Status.withdrawn)).seen


def test_following_twice_changes_nothing(indexed: PortalApp, make: Maker) -> None:
    make.comment(make.open(), text="Троллейбус.", language="ru")
    count = engine().count()
    rewind(FOLLOWER, 0)
    make.commit()
    assert lag(FOLLOWER) == 0
    assert engine().count() == count


def test_without_an_index_search_says_so_and_the_worker_builds_it(app: PortalApp, make: Maker) -> None:
    with pytest.raises(IndexUnusable):
        search("пассажир")
    keep_index()
    assert search("пассажир").seen == ()
    make.open()
    assert search("пассажир").seen


def test_a_large_portal_has_its_index_built_by_a_job(
    app: PortalApp, make: Maker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("portal.search.index.SMALL_PORTAL", 0)
    make.open()
    assert not engine().is_usable()  # the follower left it
    keep_index()
    assert not engine().is_usable()
    db.session.commit()  # as the worker does; the queue runs at once here
    assert search("пассажир").seen


def test_a_build_that_failed_is_not_begun_again_at_once(
    app: PortalApp, make: Maker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("portal.search.index.SMALL_PORTAL", 0)
    make.open()
    db.session.rollback()
    with pytest.raises(OSError), reported(REBUILD, 1):
        raise OSError("no space left on device")
    keep_index()
    db.session.commit()
    assert not engine().is_usable()
    db.session.rollback()
    with clock.frozen(clock.now() + timedelta(minutes=2)):
        keep_index()
        db.session.commit()
    assert engine().is_usable()


def test_the_follower_builds_what_a_small_portal_lacks(app: PortalApp, make: Maker) -> None:
    make.open()
    assert search("пассажир").seen
    assert lag(FOLLOWER) == 0


def test_what_is_written_while_an_index_is_built_is_fed_afterwards(
    indexed: PortalApp, make: Maker, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, written = make.open(), []

    def documents() -> Iterator[Text]:
        """Reading is over when the comment is posted, and the follower carries it into the old index."""
        yield from list(all_texts())
        db.session.rollback()
        with transaction_mode("write"):
            written.append(make.comment(file, text="Троллейбус.", language="ru").id)

    monkeypatch.setattr("portal.search.index.sources.all_texts", documents)
    rebuild()
    assert search("троллейбус").seen == ()
    keep_index()
    assert ("comment", written[0], "") in _found(search("троллейбус"))


def test_an_index_from_a_backup_catches_up(indexed: PortalApp, make: Maker) -> None:
    file = make.open()
    engine().rebuild([], lambda count: None, fed=0)
    assert search("пассажир").seen == ()
    keep_index()
    assert {each.candidate.reference.draft_id for each in search("пассажир").seen} == {file.draft.id}


def test_an_index_ahead_of_the_database_is_built_anew(indexed: PortalApp, make: Maker) -> None:
    make.open()
    engine().rebuild([], lambda count: None, fed=10_000)
    keep_index()
    assert engine().fed() < 10_000
    assert search("пассажир").seen


def test_feeding_the_index_holds_up_no_writer(indexed: PortalApp, make: Maker, monkeypatch: pytest.MonkeyPatch) -> None:
    file = make.open()
    wrote: list[int] = []

    def slow(comment_ids: Collection[int]) -> Iterator[Text]:
        if comment_ids:
            with closing(sqlite3.connect(Path(indexed.instance_path) / "portal.sqlite3", timeout=0)) as other, other:
                wrote.append(other.execute("UPDATE tally SET votes_for = votes_for").rowcount)
        yield from texts_of_comments(comment_ids)

    monkeypatch.setattr("portal.search.index.sources.texts_of_comments", slow)
    make.comment(file, text="Троллейбус.", language="ru")
    assert wrote == [1]
    assert search("троллейбус").seen


def test_catching_up_needs_no_worker(indexed: PortalApp, make: Maker) -> None:
    file = make.open()
    comment_id = make.comment(file, text="Троллейбус.", language="ru").id
    engine().rebuild([], lambda count: None, fed=0)
    catch_up()
    assert ("comment", comment_id, "") in _found(search("троллейбус"))


def test_the_excerpt_names_the_place_it_is_from(indexed: PortalApp, make: Maker) -> None:
    make.open()
    hit = search("перевозчик", Filter(language="ru")).page(0, 1).hits[0]
    assert hit.reference.provision == "pnt_2"
    assert hit.provision == "pnt_2__sub_2"
    assert "перевозчик – лицо" in hit.excerpt.text
    assert any(piece.is_found for piece in hit.excerpt.pieces)


def _reply(make: Maker, file: DraftFile, comment: Comment, text: str) -> None:
    drafter = actor_of(make.user("drafter", body=make.body()))
    post_reply(drafter, file=file, comment=comment, typed=ReplyDraft(text=text, decision="noted", language="ru"))
    make.commit()
