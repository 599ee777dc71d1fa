"""What stands at the right of the desk: the chosen comment or group of similar ones, the law it is about, the answer?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask import g, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from portal.consultation.inbox_forms import ReplyForm
from portal.consultation.models import Comment, Reply
from portal.consultation.phases import Phase
from portal.consultation.policy import LONGEST_REPLY, MOST_TOGETHER
from portal.consultation.queries.comments import list_by_id, map_hidden_reasons
from portal.consultation.queries.inbox import (
    GroupLetter,
    count_same_reason,
    find_last_unit,
    find_reply,
    list_answered_alike,
    list_group_letters,
)
from portal.consultation.similar import Group
from portal.consultation.views.addresses import address_of, provision_address
from portal.consultation.views.changed_choices import changed_choices
from portal.consultation.views.desk import Desk, first_words, signed, similar_words, state, support_words
from portal.consultation.views.threads import AnswerView, Scene, change_address, shown_author
from portal.consultation.wording import Segment, changes
from portal.web.formats import format_day, format_number
from portal.web.locale import current_language

MOST_COMPARED = 50  # letters of a group shown word by word against the first
OFTEN = 3  # comments with the very same reason, from which on the drafter is told
LONGEST_CHOICE = 70  # characters of a provision in a select


@dataclass(frozen=True, slots=True)
class ParentView:
    """The comment that the chosen one answers; no text where it is hidden or withdrawn."""

    author: str
    text: str
    lang: str
    url: str


@dataclass(frozen=True, slots=True)
class CommentPanel:
    """The chosen comment. `law` are the present words of its provision, `proposed` is set against them."""

    heading: str
    author: str
    posted_at: datetime
    is_edited: bool
    stance: str
    lang: str
    paragraphs: tuple[str, ...]
    gone: str
    place: str
    place_url: str
    law: tuple[str, ...]
    law_lang: str
    proposed: tuple[Segment, ...]
    votes: str
    replies: str
    url: str
    entry_number: int | None
    entry_url: str | None
    parent: ParentView | None
    similar: str
    similar_url: str | None


@dataclass(frozen=True, slots=True)
class NearLetter:
    """A comment that differs a little from the one shown for its group; `is_ticked`: it gets the answer."""

    id: int
    author: str
    lang: str
    segments: tuple[Segment, ...]
    url: str
    is_ticked: bool


@dataclass(frozen=True, slots=True)
class GroupPanel:
    """A group of similar comments; the `same` are answered with the first, of the `near` those that are ticked."""

    heading: str
    meta: str
    lang: str
    paragraphs: tuple[str, ...]
    same_ids: tuple[int, ...]
    same_words: str
    same_authors: tuple[str, ...]
    near: tuple[NearLetter, ...]
    near_words: str
    left_out: str
    place: str
    place_url: str
    law: tuple[str, ...]
    law_lang: str
    alone_url: str


@dataclass(frozen=True, slots=True)
class ReplyPanel:
    """The form's surroundings, or why there is none. `alike` counts the other comments with the very same answer."""

    action: str
    button: str
    letter: str
    same_reason: str
    alike: str
    longest: int


@dataclass(frozen=True, slots=True)
class WorkView:
    """The right column."""

    comment: CommentPanel | None = None
    group: GroupPanel | None = None
    answer: AnswerView | None = None
    reply: ReplyPanel | None = None
    closed: str = ""


def work_view(desk: Desk, comment: Comment, group: Group | None, form: ReplyForm | None) -> WorkView:
    """The chosen comment, or the group it stands for, with its answer and `form` where one may be given."""
    reply = find_reply(comment.id)
    if form is not None:
        _prepare(form, desk, comment, reply)
    return WorkView(
        comment=_comment_panel(desk, comment) if group is None else None,
        group=_group_panel(desk, comment, group, form) if group is not None else None,
        answer=_answer(desk, reply) if reply is not None else None,
        reply=_reply_panel(desk, comment, group, reply, form) if form is not None else None,
        closed="" if form is not None else _why_closed(desk, comment),
    )


def may_answer(desk: Desk, comment: Comment) -> bool:
    """Does this reader get a form for the comment?"""
    is_shown = comment.hidden_at is None and comment.withdrawn_at is None
    return desk.is_answerable and is_shown and g.actor.may("reply.post") and g.actor.acts_for(desk.dossier.draft.body_id)


def stamp(reply: Reply | None) -> str:
    """When the answer was given or changed last: what the form's field `seen` says; "" without an answer."""
    return (reply.edited_at or reply.posted_at).isoformat() if reply is not None else ""


def repeated_words(count: int) -> str:
    """That the reason stands under other comments too, and what comes of it."""
    return ngettext(
        "The same reason stands under %(count)s other comment. Identical answers are counted in public.",
        "The same reason stands under %(count)s other comments. Identical answers are counted in public.",
        count, count=format_number(count),
    )  # fmt: skip


def _prepare(form: ReplyForm, desk: Desk, comment: Comment, reply: Reply | None) -> None:
    """Fill in what is known, unless the form has been sent."""
    form.changed_provision.choices = _provision_choices(desk, comment.provision_key)
    form.seen.data = stamp(reply)
    if form.is_submitted():
        return
    if reply is None:
        form.language.data = comment.language if comment.language in {"kk", "ru"} else current_language()
        form.unit.data = find_last_unit(g.actor.id, desk.dossier.draft.body_id)
        form.changed_provision.data = ""
        return
    form.decision.data, form.text.data, form.language.data = reply.decision.value, reply.text, reply.language
    form.unit.data, form.changed_provision.data = reply.unit, reply.changed_provision


def _comment_panel(desk: Desk, comment: Comment) -> CommentPanel:
    group = desk.group_of.get(comment.id)
    law, law_lang = _law(desk, comment)
    gone = _gone(comment)
    mark = desk.layouts[law_lang].mark(comment.provision_key) if law else ""
    return CommentPanel(
        heading=_("Comment No %(number)s", number=comment.id),
        author=signed(comment.author_name, comment.organisation),
        posted_at=comment.created_at,
        is_edited=comment.edited_at is not None,
        stance=comment.stance.value if comment.stance and not gone else "",
        lang=comment.language,
        paragraphs=() if gone else _lines(comment.text),
        gone=gone,
        place=desk.place(comment.provision_key),
        place_url=provision_address(comment.draft_id, comment.provision_key),
        law=law,
        law_lang=law_lang,
        proposed=() if gone or not comment.proposed_text else changes("\n".join(law), comment.proposed_text, mark),
        votes=_votes(comment),
        replies=_answers(comment.replies),
        url=url_for("consultation.comment", comment_id=comment.id),
        entry_number=comment.entry_number,
        entry_url=_entry_url(comment.entry_number),
        parent=_parent(comment.parent_id) if comment.parent_id else None,
        similar=similar_words(group.count) if group else "",
        similar_url=desk.url(group.first, group=True) + "#work" if group else None,
    )


def _group_panel(desk: Desk, comment: Comment, group: Group, form: ReplyForm | None) -> GroupPanel:
    letters = {letter.id: letter for letter in list_group_letters(group.ids[:MOST_TOGETHER])}
    same = [letters[id_] for id_ in group.same if id_ in letters]
    near = [letters[id_] for id_ in group.near if id_ in letters]
    ticked = set(form.also.data or ()) if form is not None and form.is_submitted() else {*group.ids}
    law, law_lang = _law(desk, comment)
    dates = sorted(letter.created_at for letter in letters.values())
    return GroupPanel(
        heading=_group_heading(len(letters)),
        meta=_("first on %(first)s, last on %(last)s", first=format_day(dates[0]), last=format_day(dates[-1])),
        lang=comment.language,
        paragraphs=_lines(comment.text),
        same_ids=tuple(letter.id for letter in same),
        same_words=_same_words(1 + len(same)),
        same_authors=tuple(signed(l.author_name, l.organisation) for l in [letters[group.first], *same]),
        near=tuple(
            _near(desk, comment.text if at < MOST_COMPARED else "", letter, letter.id in ticked)
            for at, letter in enumerate(near)
        ),
        near_words=_near_words(len(near)) if near else "",
        left_out=_left_out(group.count - len(letters)),
        place=desk.place(comment.provision_key),
        place_url=provision_address(comment.draft_id, comment.provision_key),
        law=law,
        law_lang=law_lang,
        alone_url=desk.url(comment.id) + "#work",
    )


def _near(desk: Desk, first: str, letter: GroupLetter, is_ticked: bool) -> NearLetter:
    author = signed(letter.author_name, letter.organisation)
    segments = changes(first, letter.text) if first else (("equal", first_words(letter.text)),)
    return NearLetter(letter.id, author, letter.language, segments, desk.url(letter.id) + "#work", is_ticked)


def _reply_panel(
    desk: Desk, comment: Comment, group: Group | None, reply: Reply | None, form: ReplyForm
) -> ReplyPanel:
    besides = form.chosen(comment.id) if group is None else [comment.id, *group.ids]
    repeated = count_same_reason(desk.dossier.draft.body_id, form.text.data or "", besides)
    alike = len(list_answered_alike(reply)) if reply is not None else 0
    action = url_for("consultation.reply", comment_id=comment.id, **state(), **({"group": "1"} if group else {}))
    return ReplyPanel(
        action=action,
        button=_("Publish the answer") if reply is None else _("Publish the changed answer"),
        letter=_("Authors with an account get a letter.") if group else _letter(comment),
        same_reason=repeated_words(repeated) if repeated >= OFTEN else "",
        alike=_alike(alike),
        longest=LONGEST_REPLY,
    )


def _answer(desk: Desk, reply: Reply) -> AnswerView:
    change = reply.changed_provision
    return AnswerView(
        body=desk.dossier.body.name(current_language()),
        unit=reply.unit,
        decision=reply.decision.value,
        reason=reply.text,
        lang=reply.language,
        answered_at=reply.edited_at or reply.posted_at,
        change_url=change_address(Scene(desk.dossier, current_language(), ""), change) if change else None,
    )


def _why_closed(desk: Desk, comment: Comment) -> str:
    """Why there is no form."""
    if _gone(comment):
        return ""
    phase = desk.dossier.file.phase
    if phase in {Phase.report_published, Phase.adopted}:
        return _("The report is published; its decisions can no longer be changed.")
    if phase is Phase.withdrawn:
        return _("The draft was withdrawn; its comments are no longer answered.")
    return _("You can read the comments received. They are answered by the body that drafts the act.")


def _gone(comment: Comment) -> str:
    if comment.withdrawn_at is not None:
        return _("The author withdrew the comment.")
    if comment.hidden_at is not None:
        reason = map_hidden_reasons([comment.id]).get(comment.id)
        return _("The comment is hidden by a moderator.") + (f" {reason.reason}" if reason else "")
    return ""


def _law(desk: Desk, comment: Comment) -> tuple[tuple[str, ...], str]:
    """The words of the provision in the language of the comment, or in the first there is."""
    for code in (comment.language, current_language(), "kk", "ru"):
        layout = desk.layouts.get(code)
        if layout is not None and comment.provision_key and (words := layout.words(comment.provision_key)):
            return _lines(words), code
    return (), "kk"


def _parent(parent_id: int) -> ParentView | None:
    for row in list_by_id([parent_id]):
        words = "" if row.is_gone else first_words(row.text)
        return ParentView(shown_author(row), words, row.language, url_for("consultation.comment", comment_id=row.id))
    return None


def _provision_choices(desk: Desk, key: str) -> dict[str, list[tuple[str, str]]]:
    """Where the comment stands first, then every point and article; a law has thousands of units within these."""
    language = current_language()
    layout = next((desk.layouts[code] for code in (language, "kk", "ru", "en") if code in desk.layouts), None)
    choices: dict[str, list[tuple[str, str]]] = {"": [("", _("No provision"))]}
    if (changed := changed_choices(desk.dossier)) is not None:
        choices[changed[0]] = changed[1]
    if layout is None:
        return choices
    taken = {each for each, _words in changed[1]} if changed else set()
    near = [place for place, _depth in layout.neighbourhood(key) if place not in taken] if key else []
    rest = [block.key for block in layout.blocks if block.takes_comments and block.key not in {*near, *taken}]
    for title, keys in ((_("Near the comment"), near), (_("All provisions"), rest)):
        if keys:
            choices[title] = [(each, _choice(desk.place(each), layout.words(each))) for each in keys]
    return choices


def _choice(place: str, words: str) -> str:
    line = " ".join(words.split())
    return f"{place}. {line[:LONGEST_CHOICE].rstrip()}…" if len(line) > LONGEST_CHOICE else f"{place}. {line}".strip()


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line for line in text.splitlines() if line.strip())


def _entry_url(number: int | None) -> str | None:
    return address_of("ledger.entry", number=number) if number is not None else None


def _votes(comment: Comment) -> str:
    against = ngettext("%(count)s against", "%(count)s against", comment.disagree, count=format_number(comment.disagree))
    return " · ".join(part for part in (support_words(comment.agree), against if comment.disagree else "") if part)


def _answers(count: int) -> str:
    words = ngettext("%(count)s comment in answer", "%(count)s comments in answer", count, count=format_number(count))
    return words if count else ""


def _letter(comment: Comment) -> str:
    return _("The author gets a letter.") if comment.author_id is not None else ""


def _alike(count: int) -> str:
    if not count:
        return ""
    return ngettext(
        "Change the same answer under %(count)s other comment too",
        "Change the same answer under %(count)s other comments too",
        count, count=format_number(count),
    )  # fmt: skip


def _group_heading(count: int) -> str:
    return ngettext("One answer to %(count)s comment", "One answer to %(count)s comments", count, count=format_number(count))


def _same_words(count: int) -> str:
    return ngettext("The same words: %(count)s comment", "The same words: %(count)s comments", count, count=format_number(count))


def _near_words(count: int) -> str:
    return ngettext("Differ a little: %(count)s comment", "Differ a little: %(count)s comments", count, count=format_number(count))


def _left_out(count: int) -> str:
    if count <= 0:
        return ""
    return ngettext(
        "One form answers at most %(most)s comments; %(count)s more of the group will come after it.",
        "One form answers at most %(most)s comments; %(count)s more of the group will come after it.",
        count, count=format_number(count), most=format_number(MOST_TOGETHER),
    )  # fmt: skip
