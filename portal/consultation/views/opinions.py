"""How does a drafter note an opinion asked for, and record the answer?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import flash, g, redirect, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from portal.consultation.actions.opinions import OpinionAnswer, record_opinion, remove_opinion, request_opinion
from portal.consultation.clock_forms import ConfirmForm, OpinionAnswerForm, OpinionForm
from portal.consultation.clock_policy import LONGEST_AGO, LONGEST_OPINION, ensure_keeps_opinions
from portal.consultation.models import OpinionChannel
from portal.consultation.queries.opinions import OpinionRow, find_channel, get_opinion, list_channels
from portal.consultation.views.blueprint import blueprint
from portal.drafts.desk_head import DeskHead, desk_head
from portal.drafts.queries.desk import DeskFile, get_desk_file
from portal.drafts.words import LANGUAGES as LANGUAGE_NAMES
from portal.kernel.clock import today
from portal.kernel.errors import Invalid
from portal.web.access import access
from portal.web.formats import format_day
from portal.web.forms import attempt
from portal.web.limits import UPLOADING, limit
from portal.web.locale import current_language
from portal.web.pages import show


@dataclass(frozen=True)
class AskPage:
    """The form of a request; `periods` say how long each channel has."""

    head: DeskHead
    periods: tuple[tuple[str, str], ...]
    earliest: date
    latest: date


@dataclass(frozen=True)
class AnswerPage:
    """The form of an answer to one request."""

    head: DeskHead
    channel: str
    addressee: str
    sent: date
    due: date
    latest: date
    longest: int


@blueprint.get("/desk/drafts/<int:draft_id>/opinions/new")
@access("draft.edit")
def ask_opinion(draft_id: int) -> Any:
    """The form that notes a request."""
    desk = get_desk_file(g.actor, draft_id)
    ensure_keeps_opinions(g.actor, desk.draft)
    return _show_request(desk, OpinionForm(data={"sent_on": today()}))


@blueprint.post("/desk/drafts/<int:draft_id>/opinions/new")
@access("draft.edit")
def send_request(draft_id: int) -> Any:
    """Note the request; its last day follows from the channel."""
    desk = get_desk_file(g.actor, draft_id)
    ensure_keeps_opinions(g.actor, desk.draft)
    form = _filled(OpinionForm(), list_channels())
    if not form.was_sent_and_is_valid():
        return _show_request(desk, form)
    with attempt(form) as tried:
        channel = find_channel(form.channel.data)
        if channel is None:
            raise Invalid("Choose the channel.", field="channel")
        opinion = request_opinion(
            g.actor, draft=desk.draft, channel=channel, addressee=form.addressee.data or "", sent_on=form.sent_on.data
        )
    if not tried.done:
        return _show_request(desk, form)
    flash(_("The request is noted. The answer is due by %(date)s.", date=format_day(opinion.due_on)), "success")
    return redirect(url_for("consultation.terms", draft_id=draft_id))


@blueprint.get("/desk/drafts/<int:draft_id>/opinions/<int:opinion_id>")
@access("draft.edit")
def opinion(draft_id: int, opinion_id: int) -> Any:
    """The form that records an answer."""
    desk = get_desk_file(g.actor, draft_id)
    ensure_keeps_opinions(g.actor, desk.draft)
    return _show_answer(desk, get_opinion(draft_id, opinion_id), OpinionAnswerForm(data={"received_on": today()}))


@blueprint.post("/desk/drafts/<int:draft_id>/opinions/<int:opinion_id>")
@access("draft.edit")
@limit(UPLOADING)
def send_opinion(draft_id: int, opinion_id: int) -> Any:
    """Record the answer."""
    desk = get_desk_file(g.actor, draft_id)
    ensure_keeps_opinions(g.actor, desk.draft)
    row, form = get_opinion(draft_id, opinion_id), _with_languages(OpinionAnswerForm())
    if not form.was_sent_and_is_valid():
        return _show_answer(desk, row, form)
    sent = form.file.data
    answer = OpinionAnswer(
        received_on=form.received_on.data, conclusion=form.conclusion.data, text=form.text.data or "",
        language=form.language.data or "", name=sent.filename or "" if sent else "", data=sent.read() if sent else b"",
    )  # fmt: skip
    with attempt(form) as tried:
        record_opinion(g.actor, draft=desk.draft, opinion=row.opinion, answer=answer)
    if not tried.done:
        return _show_answer(desk, row, form)
    flash(_("The opinion is recorded."), "success")
    return redirect(url_for("consultation.terms", draft_id=draft_id))


@blueprint.post("/desk/drafts/<int:draft_id>/opinions/<int:opinion_id>/remove")
@access("draft.edit")
def remove_request(draft_id: int, opinion_id: int) -> Any:
    """Take a request back before the draft is public."""
    desk = get_desk_file(g.actor, draft_id)
    ensure_keeps_opinions(g.actor, desk.draft)
    row, form = get_opinion(draft_id, opinion_id), ConfirmForm()
    with attempt(form) as tried:
        remove_opinion(g.actor, draft=desk.draft, opinion=row.opinion)
    message = (_("The request is removed."), "success") if tried.done else (str(form.form_errors[0]), "error")
    flash(*message)
    return redirect(url_for("consultation.terms", draft_id=draft_id))


def _show_request(desk: DeskFile, form: OpinionForm) -> Any:
    channels = list_channels()
    page = AskPage(
        head=desk_head(desk, "consultation.terms"),
        periods=tuple((channel.name(current_language()), _period(channel)) for channel in channels),
        earliest=today() - LONGEST_AGO,
        latest=today(),
    )
    return show("consultation/ask_opinion.html", page, _filled(form, channels))


def _filled(form: OpinionForm, channels: list[OpinionChannel]) -> OpinionForm:
    named = [(channel.code, channel.name(current_language())) for channel in channels]
    form.channel.choices = [("", _("Choose the channel")), *named]
    return form


def _period(channel: OpinionChannel) -> str:
    words = ngettext("%(num)s working day", "%(num)s working days", channel.days)
    silence = _("silence counts as agreement")
    return f"{words}; {silence}" if channel.silence_agrees else words


def _with_languages(form: OpinionAnswerForm) -> OpinionAnswerForm:
    form.language.choices = [("", _("Several or none")), *LANGUAGE_NAMES.items()]
    return form


def _show_answer(desk: DeskFile, row: OpinionRow, form: OpinionAnswerForm) -> Any:
    page = AnswerPage(
        head=desk_head(desk, "consultation.terms"),
        channel=row.channel.name(current_language()),
        addressee=row.opinion.addressee,
        sent=row.opinion.sent_on,
        due=row.opinion.due_on,
        latest=today(),
        longest=LONGEST_OPINION,
    )
    return show("consultation/record_opinion.html", page, _with_languages(form))
