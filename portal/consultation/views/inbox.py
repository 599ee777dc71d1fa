"""HTTP of an agency's desk: the comments received, over all drafts and draft by draft, and the answers to them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import flash, g, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext, pgettext

from portal.consultation.actions.replies import ReplyDraft, reply_to_comments
from portal.consultation.deadlines import Deadline, answers_deadline
from portal.consultation.inbox_forms import InboxFilterForm, ReplyForm
from portal.consultation.models import Comment, DecisionKind, Reply, Stance
from portal.consultation.policy import ensure_reads_inbox, ensure_seen, ensure_together
from portal.consultation.queries.comments import get_comment
from portal.consultation.queries.inbox import (
    PAGE,
    DeskDraft,
    InboxFilter,
    InboxOrder,
    InboxRow,
    Standing,
    count_inbox,
    count_same_reason,
    find_next,
    find_reply,
    list_answered_alike,
    list_desk_drafts,
    list_draft_choices,
    list_inbox,
    list_to_answer,
)
from portal.consultation.queries.reading import Dossier, get_dossier
from portal.consultation.views.blueprint import blueprint
from portal.consultation.views.desk import (
    HeadView,
    LetterView,
    ListView,
    first_words,
    head_view,
    list_rows,
    list_view,
    read_desk,
    signed,
    support_words,
    titled,
)
from portal.consultation.views.work import OFTEN, WorkView, may_answer, repeated_words, stamp, work_view
from portal.consultation.words import DECISIONS, LANGUAGE_NAMES, STANCES
from portal.drafts.calendar import WorkCalendar
from portal.drafts.queries.bodies import list_body_choices
from portal.drafts.queries.reference import work_calendar
from portal.kernel.errors import NotFound
from portal.web.access import access
from portal.web.formats import format_number
from portal.web.forms import attempt
from portal.web.limits import limit
from portal.web.locale import current_language
from portal.web.pages import PageNumbers, here, page_numbers, show

REPLYING = "120 per 5 minutes"
NOBODY = 0  # the body of a drafter who has none


@dataclass(frozen=True, slots=True)
class DraftLine:
    """A draft that waits for answers."""

    url: str
    title: str
    lang: str | None
    body: str
    answered: int
    total: int
    deadline: Deadline


@dataclass(frozen=True, slots=True)
class InboxPage:
    """The comments received over all drafts; `pills` and `orders` are as in the components."""

    drafts: tuple[DraftLine, ...]
    total: str
    letters: tuple[LetterView, ...]
    pills: tuple[tuple[str, str, bool, None], ...]
    orders: tuple[tuple[str, str, bool], ...]
    numbers: PageNumbers
    hidden: tuple[tuple[str, str], ...]
    clear_url: str | None
    shows_bodies: bool


@dataclass(frozen=True, slots=True)
class DeskPage:
    """The two-column desk of one draft."""

    head: HeadView
    list: ListView
    filters: Any
    work: WorkView
    is_chosen: bool


@blueprint.get("/desk/comments")
@access("inbox.read")
def inbox() -> Any:
    """Comments of my body's drafts, those whose answers are due first at the head, unless asked otherwise."""
    sees_all = g.actor.may("admin.read")
    form = _filter_form(sees_all)
    wanted, order = _wanted(form, sees_all), _order()
    calendar = work_calendar()
    numbers = page_numbers(count_inbox(wanted), PAGE)
    rows = list_inbox(wanted, order, offset=(numbers.number - 1) * PAGE)
    drafts = list_desk_drafts(wanted.body_id)
    page = InboxPage(
        drafts=tuple(_draft_line(draft, calendar) for draft in drafts),
        total=ngettext("%(count)s comment", "%(count)s comments", numbers.total, count=format_number(numbers.total)),
        letters=tuple(_letter(row, calendar) for row in rows),
        pills=_pills(wanted.standing),
        orders=_orders(order),
        numbers=numbers,
        hidden=tuple((name, request.args[name]) for name in ("status", "order") if request.args.get(name)),
        clear_url=url_for("consultation.inbox") if any(form.picked(each.name) for each in form) else None,
        shows_bodies=sees_all,
    )
    return show("consultation/inbox.html", page, form)


@blueprint.get("/desk/drafts/<int:draft_id>/comments")
@access("inbox.read")
def draft_inbox(draft_id: int) -> Any:
    """One draft's comments beside the one chosen by `?comment=`, else the first of the list."""
    dossier = get_dossier(draft_id)
    ensure_reads_inbox(g.actor, dossier.draft.body_id)
    asked = request.args.get("comment", "")
    comment = get_comment(int(asked)) if asked.isascii() and asked.isdigit() and len(asked) < 16 else None
    return _show_desk(dossier, comment)


@blueprint.get("/desk/comments/<int:comment_id>/reply")
@access("inbox.read")
def reply_desk(comment_id: int) -> Any:
    """The desk with this comment chosen: where the form of `reply` stands."""
    comment = get_comment(comment_id)
    return redirect(url_for("consultation.draft_inbox", draft_id=comment.draft_id, comment=comment.id, _anchor="work"))


@blueprint.post("/desk/comments/<int:comment_id>/reply")
@access("reply.post")
@limit(REPLYING)
def reply(comment_id: int) -> Any:
    """Answer a comment and those chosen with it, or change the answer; then on to the next unanswered one."""
    comment = get_comment(comment_id)
    dossier = get_dossier(comment.draft_id)
    ensure_reads_inbox(g.actor, dossier.draft.body_id)
    form = ReplyForm()
    if form.was_sent_and_is_valid():
        with attempt(form) as tried:
            answered = _reply(dossier, comment, form)
        if tried.done:
            return _go_on(dossier, comment, form, answered)
    return _show_desk(dossier, comment, form)


def _show_desk(dossier: Dossier, comment: Comment | None, sent: ReplyForm | None = None) -> Any:
    if comment is not None and comment.draft_id != dossier.draft.id:
        raise NotFound("There is no such comment.")
    g.section = url_for("consultation.inbox")
    desk = read_desk(dossier)
    numbers, rows = list_rows(desk)
    is_chosen = comment is not None
    in_group = request.args.get("group") == "1"
    if comment is None and rows:
        comment, in_group = get_comment(rows[0].id), rows[0].id in desk.by_leader and desk.gathers
    group = desk.by_leader.get(comment.id) if comment is not None and in_group else None
    form = sent or (ReplyForm() if comment is not None and may_answer(desk, comment) else None)
    page = DeskPage(
        head=head_view(desk),
        list=list_view(desk, numbers, rows, comment.id if comment else None, form),
        filters=desk.filters,
        work=work_view(desk, comment, group, form) if comment is not None else WorkView(),
        is_chosen=is_chosen,
    )
    return show("consultation/inbox_draft.html", page, form)


def _reply(dossier: Dossier, comment: Comment, form: ReplyForm) -> list[Reply]:
    standing = find_reply(comment.id)
    typed = ReplyDraft(
        decision=form.decision.data or "",
        text=form.text.data or "",
        language=form.language.data or current_language(),
        unit=form.unit.data or "",
        changed_provision=form.changed_provision.data or "",
    )
    ensure_seen(standing, form.seen.data, typed.text, stamp(standing))
    chosen = form.chosen(comment.id)
    ensure_together(len(chosen))
    comments = [comment, *list_to_answer(dossier.draft.id, [id_ for id_ in chosen if id_ != comment.id])]
    if standing is not None and form.alike.data:
        comments += list_answered_alike(standing)
    return reply_to_comments(g.actor, file=dossier.file, comments=comments, typed=typed)


def _go_on(dossier: Dossier, comment: Comment, form: ReplyForm, answered: Sequence[Reply]) -> Any:
    """Say what was done, and open the next comment that waits."""
    flash(
        ngettext("The answer is published.", "The answer is published under %(count)s comments.", len(answered),
                 count=format_number(len(answered))),
        "success",
    )  # fmt: skip
    repeated = count_same_reason(dossier.draft.body_id, form.text.data or "", [reply.comment_id for reply in answered])
    if repeated >= OFTEN:
        flash(repeated_words(repeated), "warning")
    desk = read_desk(dossier)
    if desk.wanted.standing is not Standing.unanswered:
        return redirect(desk.url(comment.id))
    following = find_next(desk.selection, desk.order, after=comment)
    in_group = following is not None and following in desk.by_leader and desk.gathers
    return redirect(desk.url(following, group=in_group))


def _filter_form(sees_all: bool) -> InboxFilterForm:
    language = current_language()
    form = InboxFilterForm(request.args)
    bodies = list_body_choices(language, with_ended=True) if sees_all else []
    form.body.choices = [("", _("All bodies")), *bodies]
    picked = form.picked("body")
    body_id = (int(picked) if picked else None) if sees_all else g.actor.body_id or NOBODY
    form.draft.choices = [
        ("", _("All drafts")),
        *((str(id_), f"{number} · {first_words(titled(titles)[0])}") for id_, number, titles in list_draft_choices(body_id)),
    ]
    form.decision.choices = [("", _("All outcomes")), *((kind.value, words) for kind, words in DECISIONS.items())]
    form.stance.choices = [("", _("All stances")), *((kind.value, words) for kind, words in STANCES.items())]
    form.language.choices = [("", _("All languages")), *LANGUAGE_NAMES.items()]
    return form


def _wanted(form: InboxFilterForm, sees_all: bool) -> InboxFilter:
    body, draft, decision, stance = (form.picked(name) for name in ("body", "draft", "decision", "stance"))
    asked = request.args.get("status", "")
    standing = Standing(asked) if asked in set(Standing) else Standing.unanswered
    return InboxFilter(
        body_id=(int(body) if body else None) if sees_all else g.actor.body_id or NOBODY,
        draft_id=int(draft) if draft else None,
        # nothing unanswered has an outcome: whoever asks for one means the answered
        standing=Standing.answered if decision and standing is Standing.unanswered else standing,
        decision=DecisionKind(decision) if decision else None,
        stance=Stance(stance) if stance else None,
        language=form.picked("language"),
    )


def _order() -> InboxOrder:
    asked = request.args.get("order", "")
    return InboxOrder(asked) if asked in set(InboxOrder) else InboxOrder.due


def _pills(now: Standing) -> tuple[tuple[str, str, bool, None], ...]:
    labels = {
        Standing.unanswered: pgettext("comments", "Unanswered"),
        Standing.answered: pgettext("comments", "Answered"),
        Standing.all: pgettext("comments", "All"),
    }
    return tuple(
        (label, here(status=None if each is Standing.unanswered else each.value, decision=None, page=None), each is now, None)
        for each, label in labels.items()
    )


def _orders(now: InboxOrder) -> tuple[tuple[str, str, bool], ...]:
    labels = {
        InboxOrder.due: _("Due first"),
        InboxOrder.oldest: _("Oldest first"),
        InboxOrder.supported: _("Most supported"),
        InboxOrder.newest: _("Newest first"),
    }
    return tuple(
        (label, here(order=None if each is InboxOrder.due else each.value, page=None), each is now)
        for each, label in labels.items()
    )


def _draft_line(draft: DeskDraft, calendar: WorkCalendar) -> DraftLine:
    title, lang = titled(draft.titles)
    return DraftLine(
        url=url_for("consultation.draft_inbox", draft_id=draft.id),
        title=title,
        lang=lang,
        body=draft.body.name(current_language()),
        answered=draft.answered,
        total=draft.comments,
        deadline=answers_deadline(draft.answers_due_on, draft.rule, calendar),
    )


def _letter(row: InboxRow, calendar: WorkCalendar) -> LetterView:
    title, _lang = titled(row.titles)
    waits = row.is_waiting and row.decision is None
    deadline = answers_deadline(row.answers_due_on, "", calendar) if waits else None
    parts = [_("No %(number)s", number=row.id), signed(row.author_name, row.organisation), first_words(title, 60)]
    return LetterView(
        url=url_for("consultation.draft_inbox", draft_id=row.draft_id, comment=row.id, _anchor="work"),
        title=first_words(row.excerpt),
        note=" · ".join(parts),
        stance=row.stance.value if row.stance else "",
        support=support_words(row.agree),
        lang=row.language,
        is_chosen=False,
        status=str(DECISIONS[row.decision]) if row.decision else deadline.left if deadline and deadline.urgent else "",
    )
