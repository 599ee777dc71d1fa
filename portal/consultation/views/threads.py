"""How are comments shown to one reader, with their answers, decisions, votes and what may be done with them?

The objects are those of `components/comment.html` and `components/answer.html`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from flask import g, url_for
from flask_babel import gettext as _
from flask_babel import ngettext, pgettext

from portal.consultation.anchors import Layout
from portal.consultation.queries.changes import find_later_version
from portal.consultation.queries.comments import (
    CommentRow,
    HiddenReason,
    Order,
    ReplyRow,
    list_by_id,
    map_hidden_reasons,
    map_replies_and_votes,
)
from portal.consultation.queries.reading import Dossier
from portal.consultation.views.addresses import provision_address
from portal.consultation.wording import Segment, changes
from portal.drafts.comparative import LANGUAGES as TABLE_LANGUAGES
from portal.drafts.queries.comparative import find_row_at, map_row_names, table_row_of
from portal.web.formats import format_number
from portal.web.pages import here

NESTED = 3  # answers below that stand beside their parent: a phone is narrow


@dataclass(frozen=True, slots=True)
class AnswerView:
    """The agency's answer."""

    body: str
    unit: str
    decision: str
    reason: str
    lang: str
    answered_at: datetime
    change_url: str | None


@dataclass(frozen=True, slots=True)
class CommentView:
    """A comment as this reader sees it. `about` is (name of the place, address) where the page does not say it itself."""

    id: str
    author: str
    author_note: str
    text: str
    lang: str
    posted_at: datetime
    stance: str
    url: str
    proposed: tuple[Segment, ...]
    is_edited: bool
    hidden_reason: str
    is_withdrawn: bool
    vote_url: str | None
    vote_choices: tuple[tuple[str, str, int | None], ...]
    my_vote: str | None
    reply_url: str | None
    edit_url: str | None
    report_url: str | None
    answer: AnswerView | None
    replies: tuple[CommentView, ...]
    more: tuple[str, str] | None  # (words, address) of answers that stand on the comment's own page only
    answers_to: tuple[str, str] | None  # (author, address) of the comment this answers, where that is not above it
    about: tuple[str, str] | None
    carried: str  # what became of the provision in the version shown


@dataclass(frozen=True, eq=False)
class Scene:
    """Who reads which draft, and where they come back to after a vote.

    `layouts` are the texts laid out, by language, to set proposed wordings against. `carried` says by provision key what
    became of it where comments are shown at a later version.
    """

    dossier: Dossier
    language: str
    back: str
    layouts: Mapping[str, Layout] = field(default_factory=dict)
    carried: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def comments_url(self) -> str:
        """What the id of a comment is added to for its address: built once, for a page shows dozens."""
        return url_for("consultation.comment", comment_id=0).removesuffix("0")

    @cached_property
    def compared_numbers(self) -> tuple[int, int] | None:
        """The version under discussion and the latest one after it; None while there is none. Asked only where it matters."""
        return find_later_version(self.dossier.draft.id, self.dossier.file.consultation.version_id)

    @cached_property
    def row_names(self) -> Mapping[str, str]:
        """Names of the rows of the comparative table by key; asked only where a comment stands at one."""
        return map_row_names(self.dossier.file.consultation.version_id, self.language)

    @cached_property
    def back_query(self) -> str:
        """The query of a vote: where the reader comes back to."""
        return "?" + urlencode({"next": self.back})

    @cached_property
    def takes_comments(self) -> bool:
        """Can this person comment now? A visitor may try: signing in comes first."""
        return self.dossier.file.is_open and (not g.actor.is_signed_in or g.actor.may("comment.post"))

    @cached_property
    def takes_votes(self) -> bool:
        return self.dossier.file.is_open and g.actor.may("comment.vote")


@dataclass(frozen=True)
class _Known:
    """What belongs to the comments of one page, each fetched once."""

    replies: Mapping[int, ReplyRow]
    reasons: Mapping[int, HiddenReason]
    votes: Mapping[int, int]
    answered: Mapping[int, CommentRow]  # the comment that one of the page answers, by the id of the answer
    shown: Mapping[int, int]  # how many answers to a comment are on the page


def show_comments(
    scene: Scene,
    rows: Sequence[CommentRow],
    answers: Iterable[CommentRow] = (),
    *,
    answering: Collection[int] = (),
    with_place: bool = False,
    places: Mapping[int, int] | None = None,
) -> tuple[CommentView, ...]:
    """The rows in their order, each with those of `answers` under it: under their parent, or as `places` says.

    `answering` are the ids of comments that have to say whom they answer.
    """
    answers = list(answers)
    known = _gather([*rows, *answers], answering)
    under: dict[int, list[CommentRow]] = {}
    for row in answers:
        under.setdefault((places or {}).get(row.id) or row.parent_id or 0, []).append(row)
    return tuple(_view(scene, row, known, under, with_place=with_place) for row in rows)


@dataclass(frozen=True)
class Tree:
    """A page of a tree of answers; `places` says under which comment each of `under` stands."""

    first: tuple[CommentRow, ...]
    under: tuple[CommentRow, ...]
    places: Mapping[int, int]
    answering: frozenset[int]


def nest(rows: Sequence[CommentRow], top: int) -> Tree:
    """Nest one page of the answers to the comment `top`, given in reading order.

    Those deeper than NESTED stand beside their parent, those whose parent is on another page stand first: both have to
    say whom they answer.
    """
    depth, places, moved = {top: 0}, {}, set()
    for row in rows:
        parent = row.parent_id or top
        if parent not in depth:
            depth[row.id] = 1
            moved.add(row.id)
        elif depth[parent] >= NESTED:
            depth[row.id], places[row.id] = NESTED, places[parent]
            moved.add(row.id)
        else:
            depth[row.id] = depth[parent] + 1
            if parent != top:
                places[row.id] = parent
    first = tuple(row for row in rows if row.id not in places)
    return Tree(first, tuple(row for row in rows if row.id in places), places, frozenset(moved))


def order_links(now: Order) -> tuple[tuple[str, str, bool], ...]:
    """(label, address, is it the present one) of the orders of a thread."""
    labels = {
        Order.supported: _("Most supported"),
        Order.newest: pgettext("comments", "Newest"),
        Order.answered: pgettext("comments", "Answered"),
    }
    return tuple(
        (label, here(order=None if order is Order.supported else order.value, page=None) + "#thread", order is now)
        for order, label in labels.items()
    )


def _gather(rows: Sequence[CommentRow], answering: Collection[int]) -> _Known:
    shown = [row.id for row in rows]
    hidden = [row.id for row in rows if row.hidden_at is not None]
    replies, votes = map_replies_and_votes(shown, g.actor.id if g.actor.may("comment.vote") else None)
    parents = {row.id: row.parent_id for row in rows if row.id in answering and row.parent_id}
    found = {row.id: row for row in list_by_id(list(set(parents.values())))}
    answered = {id_: found[parent] for id_, parent in parents.items() if parent in found}
    answers = Counter(row.parent_id for row in rows if row.parent_id)
    return _Known(replies, map_hidden_reasons(hidden), votes, answered, answers)


def _view(
    scene: Scene,
    row: CommentRow,
    known: _Known,
    under: Mapping[int, Sequence[CommentRow]],
    *,
    with_place: bool = False,
) -> CommentView:
    replies = tuple(_view(scene, reply, known, under) for reply in under.get(row.id, ()))
    url = f"{scene.comments_url}{row.id}"
    parent = known.answered.get(row.id)
    has_more = row.replies > known.shown.get(row.id, 0)
    return CommentView(
        **_said(scene, row, known),
        **_doable(scene, row, known),
        url=url,
        answer=_answer(scene, known.replies.get(row.id)) if not row.is_gone else None,
        replies=replies,
        more=(_answers(row.replies), f"{url}#answers") if has_more else None,
        answers_to=(shown_author(parent), f"{scene.comments_url}{parent.id}") if parent else None,
        about=_about(scene, row) if with_place else None,
        carried=scene.carried.get(row.provision_key, "") if row.root_id is None else "",
    )


def _answers(count: int) -> str:
    return ngettext("%(count)s answer", "%(count)s answers", count, count=format_number(count))


def _said(scene: Scene, row: CommentRow, known: _Known) -> dict[str, Any]:
    hidden = row.hidden_at is not None
    return {
        "id": f"comment-{row.id}",
        "author": shown_author(row),
        "author_note": row.organisation if not row.is_gone else "",
        "text": "" if row.is_gone else row.text,
        "lang": row.language,
        "posted_at": row.created_at,
        "stance": row.stance.value if row.stance and not row.is_gone else "",
        "proposed": () if row.is_gone else _proposed(scene, row),
        "is_edited": row.edited_at is not None and not row.is_gone,
        "hidden_reason": _reason(known.reasons.get(row.id)) if hidden else "",
        "is_withdrawn": row.withdrawn_at is not None,
    }


def _doable(scene: Scene, row: CommentRow, known: _Known) -> dict[str, Any]:
    is_own = row.author_id is not None and row.author_id == g.actor.id
    url = f"{scene.comments_url}{row.id}"
    may_act = scene.takes_comments and not row.is_gone
    votes = scene.takes_votes and not is_own and not row.is_gone
    vote = known.votes.get(row.id)
    may_report = g.actor.may("comment.report") and not is_own and not row.is_gone
    return {
        "vote_url": f"{url}/vote{scene.back_query}" if votes else None,
        "vote_choices": vote_choices(row),
        "my_vote": None if vote is None else str(vote),
        "reply_url": f"{url}/answer" if may_act else None,
        "edit_url": f"{url}/edit" if may_act and is_own else None,
        "report_url": f"{url}/report" if may_report else None,
    }


def vote_choices(row: CommentRow) -> tuple[tuple[str, str, int | None], ...]:
    """(value, label, count) of the votes on a comment; how many passed is not shown."""
    return (
        ("1", pgettext("vote on a comment", "Agree"), row.agree),
        ("-1", pgettext("vote on a comment", "Disagree"), row.disagree),
        ("0", pgettext("vote on a comment", "Pass"), None),
    )


def shown_author(row: CommentRow) -> str:
    """The author's name; a withdrawn comment keeps its place but gives up the name."""
    return _("Author") if row.withdrawn_at is not None else row.author_name


def _answer(scene: Scene, reply: ReplyRow | None) -> AnswerView | None:
    if reply is None:
        return None
    change = reply.changed_provision
    return AnswerView(
        body=scene.dossier.body.name(scene.language),
        unit=reply.unit,
        decision=reply.decision.value,
        reason=reply.text,
        lang=reply.language,
        answered_at=reply.posted_at,
        change_url=change_address(scene, change) if change else None,
    )


def change_address(scene: Scene, key: str) -> str:
    """Where a reader sees what a comment changed: in the comparison with the next version, or in the text until there is one."""
    numbers, draft_id = scene.compared_numbers, scene.dossier.draft.id
    if numbers is None:
        return provision_address(draft_id, key)
    return url_for("consultation.compare_versions", draft_id=draft_id, number=numbers[0], other=numbers[1], unit=key)


def _proposed(scene: Scene, row: CommentRow) -> tuple[Segment, ...]:
    if not row.proposed_text:
        return ()
    layout = scene.layouts.get(row.language)
    if layout is None or not row.provision_key:
        return changes("", row.proposed_text)
    return changes(layout.words(row.provision_key), row.proposed_text, layout.mark(row.provision_key))


def _reason(reason: HiddenReason | None) -> str:
    if reason is None:
        return _("not stated")
    return _("%(reason)s (rules of conduct, point %(number)s)", reason=reason.reason.rstrip(" ."), number=reason.rule)


def _about(scene: Scene, row: CommentRow) -> tuple[str, str]:
    return place_name(scene, row.provision_key), provision_address(row.draft_id, row.provision_key)


def place_name(scene: Scene, key: str) -> str:
    """What a place is called in the reader's language; the whole draft has a name of its own."""
    if not key:
        return _("The whole draft")
    if table_row_of(key) is not None:
        name = scene.row_names.get(key)
        return _("Comparative table: %(element)s", element=name) if name else _("Comparative table")
    layouts = [scene.layouts[code] for code in (scene.language, "kk", "ru", "en") if code in scene.layouts]
    return next((layout.name(key, scene.language) for layout in layouts if key in layout), key)


def proposed_words(scene: Scene, key: str, language: str) -> str:
    """The wording that a row of the comparative table proposes in a language; "" for any other place."""
    row = find_row_at(scene.dossier.file.consultation.version_id, key) if key else None
    return row.cell("proposed", language if language in TABLE_LANGUAGES else "ru") if row is not None else ""
