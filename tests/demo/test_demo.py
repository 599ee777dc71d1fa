"""Is the demonstration a portal that was really used: every phase, every decision, and a ledger that verifies?"""

from __future__ import annotations

import re
import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func

from portal import create_app
from portal.accounts.actor import OPERATOR
from portal.accounts.models import User
from portal.consultation.models import (
    ClockMove,
    Comment,
    CommentVote,
    Conclusion,
    Consultation,
    DecisionKind,
    DraftVote,
    Family,
    ModerationEvent,
    Opinion,
    Reply,
    Stance,
    Tally,
)
from portal.consultation.phases import Phase
from portal.consultation.queries.drafts import get_file
from portal.demo.actions import load_demonstration
from portal.demo.people import ACCOUNTS, PASSWORD
from portal.drafts.alignment import list_differences
from portal.drafts.models import (
    Acknowledgement,
    AdoptedAct,
    Body,
    Draft,
    DraftLink,
    FormerName,
    GateOverride,
    LinkKind,
    TableRow,
    Version,
    VersionText,
)
from portal.drafts.queries.texts import provision_keys
from portal.drafts.structure import Kind, outline_from_json, walk
from portal.kernel import clock
from portal.kernel.db import db, transaction_mode
from portal.kernel.errors import Conflict
from portal.ledger.followers import run_followers
from portal.ledger.models import Entry
from portal.reports.models import Report
from portal.web.flask_app import PortalApp
from tests.client import PageClient
from tests.conftest import SETTINGS
from tests.law.test_catalogues import IMPOSTORS, MIXED
from tests.page import check_page

LANGUAGES = ("kk", "ru", "en")


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory, migrated: Path) -> Iterator[PortalApp]:
    """A portal with the demonstration in it."""
    folder = tmp_path_factory.mktemp("demo")
    shutil.copy(migrated, folder / "portal.sqlite3")
    app = create_app(replace(SETTINGS, instance=folder, database_url=f"sqlite:///{folder / 'portal.sqlite3'}"))
    app.test_client_class = PageClient
    with app.app_context(), transaction_mode("write"):
        load_demonstration(OPERATOR)
        db.session.commit()
        run_followers(app)
        yield app
        db.session.remove()
        db.engine.dispose()


def _all(query: Any) -> list[Any]:
    return list(db.session.scalars(query))


def test_it_is_large_enough(demo: PortalApp) -> None:
    count = {model: db.session.scalar(db.select(func.count()).select_from(model)) for model in (Body, Draft, Comment, Report)}
    assert count[Body] >= 8
    assert count[Draft] >= 14
    assert count[Comment] >= 150
    assert len(_all(db.select(Report).where(Report.published_at.is_not(None)))) >= 2
    assert len({body.kind for body in _all(db.select(Body))}) >= 3
    articles = [
        sum(unit.kind is Kind.article for unit, _depth, _parent in walk(outline_from_json(text.outline).provisions))
        for text in _all(db.select(VersionText))
    ]
    assert max(articles) >= 40


def test_it_shows_every_state(demo: PortalApp) -> None:
    phases = {get_file(draft_id).phase for draft_id in _all(db.select(Draft.id).where(Draft.is_public))}
    assert phases == {Phase.announced, Phase.open, Phase.answering, Phase.report_published, Phase.adopted, Phase.withdrawn}
    assert {reply.decision for reply in _all(db.select(Reply))} == set(DecisionKind)
    assert {stance for stance in _all(db.select(Comment.stance).distinct())} >= set(Stance)
    assert set(_all(db.select(Comment.language).distinct())) >= {"kk", "ru"}
    assert db.session.scalar(db.select(func.count(Comment.id)).where(Comment.hidden_at.is_not(None))) >= 2
    assert db.session.scalar(db.select(func.count(Comment.id)).where(Comment.parent_id.is_not(None))) >= 20
    assert db.session.scalar(db.select(func.count(Comment.id)).where(Comment.proposed_text != "")) >= 10
    assert db.session.scalar(db.select(func.max(Comment.depth))) >= 2


def test_it_shows_the_procedure(demo: PortalApp) -> None:
    """A changed text, a longer and a shorter discussion, opinions, silence, exceptions and a duty not done."""
    at = clock.now()
    second = _all(db.select(Version).where(Version.number == 2, Version.published_at.is_not(None)))
    assert second and {"kk", "ru"} <= second[0].note.keys()
    changed = {reply.changed_provision for reply in _all(db.select(Reply).where(Reply.draft_id == second[0].draft_id))} - {""}
    assert len(changed & set(provision_keys(second[0].id))) >= 4
    moves = _all(db.select(ClockMove).where(ClockMove.cause == "extended"))
    assert moves and all({"kk", "ru"} <= move.reason.keys() for move in moves)
    opinions = _all(db.select(Opinion))
    assert {opinion.conclusion for opinion in opinions} == {*Conclusion, None}
    assert any(each.silence_agrees and each.received_on is None and each.due_at <= at for each in opinions)
    windows = _all(db.select(Consultation))
    assert [window.least_days for window in windows if window.ground] == [3]
    assert [window for window in windows if window.answers_due_at <= at and window.answered_at is None and get_file(window.draft_id).phase is Phase.answering]
    assert _all(db.select(GateOverride)) and [each for each in _all(db.select(Acknowledgement)) if each.reason]
    assert _all(db.select(FormerName))


def test_it_shows_what_belongs_together(demo: PortalApp) -> None:
    """A consultative document and its bill, one decision of four maslikhats, a comparative table with its reasons."""
    links = _all(db.select(DraftLink))
    assert [(link.kind, get_file(link.from_id).phase, get_file(link.to_id).phase) for link in links] == [
        (LinkKind.consultative, Phase.report_published, Phase.announced)
    ]
    assert _all(db.select(Family.size)) == [4]
    adopted = db.session.scalars(db.select(AdoptedAct)).one()
    assert adopted.published_at and get_file(adopted.draft_id).phase is Phase.adopted
    assert all(counts["reworded"] >= 3 for counts in adopted.counts.values()) and adopted.counts.keys() == {"kk", "ru"}
    rows = _all(db.select(TableRow))
    assert {row.change for row in rows} >= {"reworded", "added", "removed"}
    assert all(row.reason_kk and row.reason_ru for row in rows)


def test_its_drafter_has_a_draft_to_work_on(demo: PortalApp) -> None:
    prepared = db.session.scalars(db.select(Draft).where(Draft.is_public.is_(False))).one()
    drafter = db.session.scalars(db.select(User).where(User.email == "drafter@talqy.example")).one()
    assert prepared.body_id == drafter.body_id
    version = db.session.scalars(db.select(Version).where(Version.draft_id == prepared.id)).one()
    outlines = {
        text.language: outline_from_json(text.outline)
        for text in _all(db.select(VersionText).where(VersionText.version_id == version.id))
    }
    assert outlines.keys() == {"kk", "ru"}
    assert list_differences(outlines), "there is something to correct in the structure editor"


def test_both_authentic_texts_share_their_keys(demo: PortalApp) -> None:
    for version in _all(db.select(Version)):
        texts = _all(db.select(VersionText).where(VersionText.version_id == version.id))
        assert {text.language for text in texts} >= {"kk", "ru"}
        kk, ru = ({unit.key for unit, _depth, _parent in walk(outline_from_json(text.outline).provisions)} for text in sorted(texts, key=lambda t: t.language)[-2:])
        assert len(kk ^ ru) <= 0.1 * len(kk | ru), (version.draft_id, sorted(kk ^ ru)[:10])


def test_what_people_speak_of_is_there(demo: PortalApp) -> None:
    for comment in _all(db.select(Comment)):
        assert not comment.provision_key or comment.provision_key in provision_keys(comment.version_id)
        window = db.session.scalar(db.select(Consultation).where(Consultation.draft_id == comment.draft_id))
        assert window.opens_at <= comment.created_at < window.closes_at, comment.id
        if comment.parent_id:
            parent = db.session.get(Comment, comment.parent_id)
            assert parent is not None
            assert (parent.draft_id, parent.provision_key) == (comment.draft_id, comment.provision_key)
            assert parent.created_at < comment.created_at
    for reply in _all(db.select(Reply)):
        comment = db.session.get(Comment, reply.comment_id)
        assert comment is not None and comment.created_at < reply.posted_at <= clock.now()
        assert not reply.changed_provision or reply.changed_provision in provision_keys(comment.version_id)


def test_the_counts_are_what_can_be_counted(demo: PortalApp) -> None:
    """What lists show was added up act by act; here it is counted anew."""
    visible = [c for c in _all(db.select(Comment)) if c.hidden_at is None and c.withdrawn_at is None]
    answered = set(_all(db.select(Reply.comment_id)))
    votes = Counter((vote.draft_id, vote.value) for vote in _all(db.select(DraftVote)))
    for tally in _all(db.select(Tally)):
        own = [c for c in visible if c.draft_id == tally.draft_id]
        assert tally.comments == len(own)
        assert tally.answered == sum(c.id in answered for c in own)
        assert (tally.votes_for, tally.votes_against) == (votes[tally.draft_id, 1], votes[tally.draft_id, -1])
    on_comments = Counter((vote.comment_id, vote.value) for vote in _all(db.select(CommentVote)))
    replies = Counter(c.parent_id for c in visible if c.parent_id)
    for comment in _all(db.select(Comment)):
        counted = tuple(on_comments[comment.id, value] for value in (1, -1, 0))
        assert (comment.agree, comment.disagree, comment.passes) == counted
        assert comment.replies == replies[comment.id]


def test_every_hidden_comment_has_its_reason_in_its_language(demo: PortalApp) -> None:
    for comment in _all(db.select(Comment).where(Comment.hidden_at.is_not(None))):
        events = _all(db.select(ModerationEvent).where(ModerationEvent.comment_id == comment.id))
        assert events and events[-1].reason and 1 <= events[-1].rule <= 9


def test_the_record_holds(demo: PortalApp) -> None:
    done = demo.test_cli_runner().invoke(args=["ledger", "verify", "--json"])
    assert done.exit_code == 0, done.output
    entries = _all(db.select(Entry).order_by(Entry.number))
    assert [entry.number for entry in entries] == list(range(len(entries)))
    instants = [entry.at for entry in entries]
    assert instants == sorted(instants), "the record tells things in the order in which they happened"


def test_one_can_sign_in_with_every_account(demo: PortalApp) -> None:
    for email, role, _name, _body in ACCOUNTS:
        client = demo.test_client()
        client.set_cookie("language", "en")
        assert client.post("/sign-in", data={"email": email, "password": PASSWORD}).status_code == 302
        assert client.get("/account").status_code == 200
    with_password = _all(db.select(User.email).where(User.password_hash.is_not(None)))
    assert sorted(with_password) == sorted(email for email, *_ in ACCOUNTS)


def test_addresses_reach_nobody(demo: PortalApp) -> None:
    """RFC 2606: no letter to these leaves for anybody."""
    assert {email.rpartition("@")[2].rpartition(".")[2] for email in _all(db.select(User.email))} == {"example"}


def test_words_are_written_in_their_own_letters(demo: PortalApp) -> None:
    texts = [(f"comment {c.id}", c.text + " " + c.proposed_text) for c in _all(db.select(Comment)) if c.language != "en"]
    texts += [(f"reply {r.id}", r.text + " " + r.unit) for r in _all(db.select(Reply)) if r.language != "en"]
    for draft in _all(db.select(Draft)):
        texts += [(f"draft {draft.id}", f"{draft.title_kk} {draft.title_ru} {draft.summary_kk} {draft.summary_ru}")]
    wrong = [f"{where}: {found.group()}" for where, text in texts for found in [MIXED.search(text)] if found]
    wrong += [f"{where}: {set(text) & IMPOSTORS}" for where, text in texts if set(text) & IMPOSTORS]
    assert not wrong, "\n".join(wrong)


def test_drafts_have_titles_and_summaries_in_three_languages(demo: PortalApp) -> None:
    for draft in _all(db.select(Draft)):
        for language in LANGUAGES:
            assert getattr(draft, f"title_{language}"), (draft.id, language)
            assert getattr(draft, f"summary_{language}"), (draft.id, language)
        assert re.fullmatch(r"20\d\d-\d{5}", draft.number)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_of_it_is_sound(demo: PortalApp, language: str) -> None:
    client = demo.test_client()
    client.set_cookie("language", language)
    client.inspects = False
    urls = ["/", "/drafts?phase=all", "/bodies", "/reports", "/moderation", "/ledger", "/duties", "/drafts/2/versions/1/compare/2"]
    urls += ["/drafts/1/adopted", "/drafts/18/family", "/drafts/22/table"]
    for draft_id in _all(db.select(Draft.id).where(Draft.is_public)):
        urls += [f"/drafts/{draft_id}", f"/drafts/{draft_id}/comments?order=newest"]
        if get_file(draft_id).consultation.reported_at:
            urls.append(f"/drafts/{draft_id}/report")
        urls.append(f"/drafts/{draft_id}/versions")
    wrong = []
    for url in urls:
        answer = client.get(url)
        try:
            assert answer.status_code == 200
            check_page(answer.text, language)
        except AssertionError as error:
            wrong.append(f"{url}: {error}")
    assert not wrong, "\n".join(wrong)


def test_it_goes_into_an_empty_portal_only(demo: PortalApp) -> None:
    before = db.session.scalar(db.select(func.count(Entry.id)))
    with pytest.raises(Conflict):
        load_demonstration(OPERATOR)
    db.session.rollback()
    done = demo.test_cli_runner().invoke(args=["demo", "load"])
    assert done.exit_code == 2
    assert "empty portal only" in done.output + done.stderr
    assert db.session.scalar(db.select(func.count(Entry.id))) == before


def test_it_can_be_loaded_on_a_holiday(app: PortalApp) -> None:
    """Its days are counted from the day of loading: here a minute after midnight in Astana, on Nauryz, a weekend behind."""
    with clock.frozen(datetime(2027, 3, 21, 19, 1, tzinfo=UTC)):
        made = load_demonstration(OPERATOR)
        db.session.commit()
        phases = {get_file(draft_id).phase for draft_id in _all(db.select(Draft.id).where(Draft.is_public))}
        assert made["drafts"] >= 14 and len(phases) == 6
        for window in _all(db.select(Consultation)):
            assert window.opens_at < window.closes_at
        assert db.session.scalar(db.select(func.max(Comment.created_at))) <= clock.now()
