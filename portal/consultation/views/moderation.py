"""HTTP of moderation: the public log, the moderators' queue, and hiding a comment and showing it again."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import flash, g, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from portal.consultation.actions import moderation as actions
from portal.consultation.inbox_forms import RULES, LogFilterForm, ModerationForm, PlainForm
from portal.consultation.models import Comment
from portal.consultation.queries.comments import get_comment
from portal.consultation.queries.moderation import (
    PAGE,
    LogRow,
    QueueRow,
    count_flagged,
    count_log,
    find_last_event,
    list_flagged,
    list_log,
    list_log_drafts,
    list_newest,
    map_flag_reasons,
)
from portal.consultation.views.addresses import onward
from portal.consultation.views.blueprint import blueprint
from portal.consultation.views.desk import first_words, signed, titled
from portal.web.access import access, public
from portal.web.formats import format_number
from portal.web.forms import attempt
from portal.web.locale import current_language
from portal.web.pages import PageNumbers, page_numbers, show


@dataclass(frozen=True, slots=True)
class LogLine:
    """One line of the log; `rule` is "3. Advertising"."""

    at: datetime
    is_hidden: bool
    rule: str
    reason: str
    lang: str
    comment_id: int
    comment_url: str
    draft_title: str
    draft_lang: str | None
    draft_url: str


@dataclass(frozen=True, slots=True)
class LogPage:
    """The public moderation log."""

    lines: tuple[LogLine, ...]
    total: str
    numbers: PageNumbers
    clear_url: str | None


@dataclass(frozen=True, slots=True)
class QueueLine:
    """A comment as a moderator looks at it; addresses of acts are None for those who only read."""

    id: int
    author: str
    posted_at: datetime
    lang: str
    paragraphs: tuple[str, ...]
    proposed: str
    url: str
    draft_title: str
    draft_lang: str | None
    flags: str
    reasons: tuple[str, ...]
    hide_url: str | None
    keep_url: str | None


@dataclass(frozen=True, slots=True)
class QueuePage:
    """Reported comments and the newest ones."""

    flagged: tuple[QueueLine, ...]
    flagged_total: str
    newest: tuple[QueueLine, ...]
    numbers: PageNumbers


@dataclass(frozen=True, slots=True)
class ModerationPage:
    """The comment to be hidden or shown again."""

    comment_id: int
    author: str
    posted_at: datetime
    lang: str
    paragraphs: tuple[str, ...]
    url: str
    was_hidden_for: str
    action: str
    back: str


@blueprint.get("/moderation")
@public
def moderation_log() -> Any:
    """Everything hidden and shown again, with the reason; never the hidden words."""
    form = LogFilterForm(request.args)
    form.draft.choices = [
        ("", _("All drafts")),
        *((str(id_), f"{number} · {first_words(titled(titles)[0])}") for id_, number, titles in list_log_drafts()),
    ]
    picked = form.picked("draft")
    draft_id = int(picked) if picked else None
    numbers = page_numbers(count_log(draft_id), PAGE)
    page = LogPage(
        lines=tuple(map(_log_line, list_log(draft_id, offset=(numbers.number - 1) * PAGE))),
        total=ngettext("%(count)s entry", "%(count)s entries", numbers.total, count=format_number(numbers.total)),
        numbers=numbers,
        clear_url=url_for("consultation.moderation_log") if picked else None,
    )
    return show("consultation/moderation_log.html", page, form)


@blueprint.get("/moderation/queue")
@access("moderation.read")
def moderation_queue() -> Any:
    """Reported comments, those reported by most people first, then the newest ones."""
    numbers = page_numbers(count_flagged(), PAGE)
    flagged = list_flagged(offset=(numbers.number - 1) * PAGE)
    reasons = map_flag_reasons([row.id for row in flagged])
    page = QueuePage(
        flagged=tuple(_queue_line(row, reasons.get(row.id, ())) for row in flagged),
        flagged_total=_reported(numbers.total),
        newest=tuple(_queue_line(row) for row in list_newest()),
        numbers=numbers,
    )
    return show("consultation/moderation_queue.html", page)


@blueprint.get("/comments/<int:comment_id>/hide")
@access("comment.hide")
def hide_comment(comment_id: int) -> Any:
    """The form to hide a comment."""
    comment = get_comment(comment_id)
    if comment.hidden_at is not None:
        return redirect(url_for("consultation.show_comment", comment_id=comment_id))
    return _ask_to_hide(comment, _new_form())


@blueprint.post("/comments/<int:comment_id>/hide")
@access("comment.hide")
def send_hide(comment_id: int) -> Any:
    """Hide a comment for a point of the rules of conduct, with the reason in public."""
    done = _("The comment is hidden. Its author gets a letter with the reason.")
    return _send(comment_id, actions.hide_comment, _ask_to_hide, done, url_for("consultation.moderation_queue"))


@blueprint.get("/comments/<int:comment_id>/show")
@access("comment.hide")
def show_comment(comment_id: int) -> Any:
    """The form to show a comment again, with the point for which it was hidden."""
    comment = get_comment(comment_id)
    if comment.hidden_at is None:
        return redirect(url_for("consultation.comment", comment_id=comment_id))
    form = _new_form()
    event = find_last_event(comment_id)
    form.rule.data = str(event.rule) if event else None
    return _ask_to_show(comment, form)


@blueprint.post("/comments/<int:comment_id>/show")
@access("comment.hide")
def send_show(comment_id: int) -> Any:
    """Show a hidden comment again, with the reason in public."""
    after = url_for("consultation.comment", comment_id=comment_id)
    return _send(comment_id, actions.restore_comment, _ask_to_show, _("The comment is shown again."), after)


@blueprint.post("/comments/<int:comment_id>/keep")
@access("comment.hide")
def keep_comment(comment_id: int) -> Any:
    """Find that a reported comment keeps to the rules: it leaves the queue."""
    comment, form = get_comment(comment_id), PlainForm()
    with attempt(form) as tried:
        actions.dismiss_flags(g.actor, comment=comment)
    if tried.done:
        flash(_("The comment stays; the complaints are settled."), "success")
    else:
        flash(" ".join(form.form_errors), "error")
    return redirect(onward(url_for("consultation.moderation_queue")))


def _new_form() -> ModerationForm:
    form = ModerationForm()
    form.language.data = current_language()
    return form


def _send(
    comment_id: int, act: Callable[..., None], again: Callable[[Comment, ModerationForm], Any], sentence: str, after: str
) -> Any:
    """Act on a comment by what was typed, or show the form again with what is wrong with it."""
    comment, form = get_comment(comment_id), ModerationForm()
    if form.was_sent_and_is_valid():
        with attempt(form) as tried:
            act(g.actor, comment=comment, rule=form.point, reason=form.reason.data or "", language=form.language.data)
        if tried.done:
            flash(sentence, "success")
            return redirect(onward(after))
    return again(comment, form)


def _ask_to_hide(comment: Comment, form: ModerationForm) -> Any:
    return show("consultation/moderation_hide.html", _moderation_page(comment, "hide_comment"), form)


def _ask_to_show(comment: Comment, form: ModerationForm) -> Any:
    return show("consultation/moderation_show.html", _moderation_page(comment, "show_comment"), form)


def _moderation_page(comment: Comment, endpoint: str) -> ModerationPage:
    g.section = url_for("consultation.moderation_queue")
    event = find_last_event(comment.id) if comment.hidden_at is not None else None
    return ModerationPage(
        comment_id=comment.id,
        author=signed(comment.author_name, comment.organisation),
        posted_at=comment.created_at,
        lang=comment.language,
        paragraphs=_lines(comment.text),
        url=url_for("consultation.comment", comment_id=comment.id),
        was_hidden_for=f"{_rule(event.rule)}. {event.reason}" if event is not None else "",
        action=url_for(f"consultation.{endpoint}", comment_id=comment.id),
        back=onward(url_for("consultation.moderation_queue")),
    )


def _log_line(row: LogRow) -> LogLine:
    title, lang = titled(row.titles)
    return LogLine(
        at=row.at,
        is_hidden=row.action == "hidden",
        rule=_rule(row.rule),
        reason=row.reason,
        lang=row.language,
        comment_id=row.comment_id,
        comment_url=url_for("consultation.comment", comment_id=row.comment_id),
        draft_title=title,
        draft_lang=lang,
        draft_url=url_for("consultation.draft", draft_id=row.draft_id),
    )


def _queue_line(row: QueueRow, reasons: Iterable[str] = ()) -> QueueLine:
    title, lang = titled(row.titles)
    may_hide = g.actor.may("comment.hide")
    return QueueLine(
        id=row.id,
        author=signed(row.author_name, row.organisation),
        posted_at=row.created_at,
        lang=row.language,
        paragraphs=_lines(row.text),
        proposed=row.proposed_text,
        url=url_for("consultation.comment", comment_id=row.id),
        draft_title=title,
        draft_lang=lang,
        flags=_reports(row.flags) if row.flags else "",
        reasons=tuple(reasons),
        hide_url=url_for("consultation.hide_comment", comment_id=row.id) if may_hide else None,
        keep_url=url_for("consultation.keep_comment", comment_id=row.id) if may_hide and row.flags else None,
    )


def _rule(number: int) -> str:
    words = RULES.get(number)
    return _("Point %(number)s: %(words)s", number=number, words=words) if words else _("Point %(number)s", number=number)


def _reported(count: int) -> str:
    return ngettext("%(count)s comment with complaints", "%(count)s comments with complaints", count, count=format_number(count))


def _reports(count: int) -> str:
    return ngettext("%(count)s complaint", "%(count)s complaints", count, count=format_number(count))


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line for line in text.splitlines() if line.strip())
