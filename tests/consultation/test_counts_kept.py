"""Do the counts that are kept beside a draft stay what a count anew would find, whatever happens to its comments?"""

from __future__ import annotations

import random
from collections import Counter

from portal.accounts.actor import OPERATOR
from portal.consultation.actions.comments import withdraw_comment
from portal.consultation.actions.imports import import_comments, known_comments
from portal.consultation.actions.moderation import hide_comment, restore_comment
from portal.consultation.actions.replies import ReplyDraft, post_reply
from portal.consultation.imported import ImportedComment
from portal.consultation.models import Comment, ProvisionTally, Reply, Tally
from portal.consultation.queries.comments import CommentFilter, Order, count_comments, list_comments, list_thread
from portal.consultation.queries.drafts import DraftFile
from portal.kernel.db import db
from tests.make import Maker

PLACES = ("", "pnt_2", "pnt_2__sub_1", "pnt_3")


def test_counts_are_what_a_count_anew_finds(make: Maker) -> None:
    file = make.open()
    live_through(make, file)
    assert kept(file) == counted(file)
    replied = set(db.session.scalars(db.select(Reply.comment_id)))
    assert {c.id for c in db.session.scalars(db.select(Comment).where(Comment.is_answered))} == replied


def test_a_list_is_as_long_as_its_count(make: Maker) -> None:
    file = make.open()
    live_through(make, file)
    wishes = [CommentFilter(), *(CommentFilter(provision=place) for place in PLACES)]
    wishes += [CommentFilter(answered=True), CommentFilter(answered=False, stance="for"), CommentFilter(language="ru")]
    for wanted in wishes:
        for order in Order:
            rows = list_comments(file.draft.id, wanted, order, limit=500)
            assert len(rows) == count_comments(file.draft.id, wanted), (wanted, order)
            assert not any(row.is_gone for row in rows)


def test_threads_stand_in_their_order_with_those_that_are_gone_last(make: Maker) -> None:
    file = make.open()
    live_through(make, file)
    for order in Order:
        rows = list_thread(file.draft.id, "", order, limit=500)
        gone = [row.is_gone for row in rows]
        assert gone == sorted(gone) and any(gone)
        seen = [row for row in rows if not row.is_gone]
        if order is Order.supported:
            assert seen == sorted(seen, key=lambda row: (row.disagree - row.agree, row.id))
        if order is Order.newest:
            assert seen == sorted(seen, key=lambda row: (row.created_at, row.id), reverse=True)


def live_through(make: Maker, file: DraftFile) -> None:
    """Everything that can happen to comments, many times, in no order."""
    chance, drafter, moderator = random.Random(5), make.actor("drafter", body=make.body()), make.actor("moderator")
    authors = [make.actor() for _ in range(3)]
    comments: list[tuple[Comment, int]] = []
    known = known_comments(file.draft.id)
    for number in range(90):
        seen = [(c, who) for c, who in comments if c.hidden_at is None and c.withdrawn_at is None]
        if len(seen) < 12 or chance.random() < 0.3:
            parent = chance.choice(seen)[0] if seen and chance.random() < 0.4 else None
            who = chance.randrange(3)
            more = {"parent": parent} if parent else {"provision_key": chance.choice(PLACES)}
            stance = chance.choice(["", "for", "against"])
            comments.append((make.comment(file, authors[who], text=f"Remark {number}", stance=stance, **more), who))
            continue
        comment, who = chance.choice(seen)
        act = chance.choice(["withdraw", "hide", "restore", "reply", "import"])
        hidden = [c for c, _ in comments if c.hidden_at is not None]
        if act == "withdraw":
            withdraw_comment(authors[who], file=file, comment=comment)
        elif act == "hide":
            hide_comment(moderator, comment=comment, rule=1, reason="Spam", language="en")
        elif act == "restore" and hidden:
            restore_comment(moderator, comment=chance.choice(hidden), rule=1, reason="A mistake", language="en")
        elif act == "reply":
            post_reply(drafter, file=file, comment=comment, typed=ReplyDraft("noted", "Thank you.", "en"))
        else:
            parent_id = next(iter(known.places), "")
            words = ImportedComment(f"x{number}", "From elsewhere", "Somebody", "ru", None, chance.choice(PLACES), parent_id)
            import_comments(OPERATOR, file=file, comments=[words], known=known)
        db.session.flush()
    make.commit()
    db.session.expire_all()


def kept(file: DraftFile) -> dict[str, tuple[int, int]]:
    """What stands beside the draft: (comments, threads) by place, and (comments, answered) of all under "*"."""
    rows = db.session.scalars(db.select(ProvisionTally).where(ProvisionTally.draft_id == file.draft.id))
    places = {row.provision_key: (row.comments, row.threads) for row in rows}
    tally = db.session.get_one(Tally, file.draft.id)
    return {**places, "*": (tally.comments, tally.answered)}


def counted(file: DraftFile) -> dict[str, tuple[int, int]]:
    """The same from the comments themselves."""
    comments = list(db.session.scalars(db.select(Comment).where(Comment.draft_id == file.draft.id)))
    seen = [c for c in comments if c.hidden_at is None and c.withdrawn_at is None]
    assert {c.id for c in seen} == {c.id for c in comments if not c.is_gone}
    replied = set(db.session.scalars(db.select(Reply.comment_id)))
    visible, threads = Counter(c.provision_key for c in seen), Counter(c.provision_key for c in comments if not c.root_id)
    places = {key: (visible[key], threads[key]) for key in {c.provision_key for c in comments}}
    return {**places, "*": (len(seen), sum(c.id in replied for c in seen))}
