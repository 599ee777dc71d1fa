"""How does an administrator set how long the opinions of each channel may take, and what silence means?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import g, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from portal.admin.forms import ChannelForm
from portal.admin.moving import Moving, would_move
from portal.admin.views.blueprint import Band, band, blueprint
from portal.admin.views.reference import Table, named
from portal.consultation.actions.opinions import save_opinion_channel
from portal.consultation.clock_words import rule_words
from portal.consultation.models import OpinionChannel
from portal.consultation.queries.clocks import ChannelChange
from portal.consultation.queries.opinions import get_channel, list_channels
from portal.drafts.policy import is_period
from portal.web.access import access
from portal.web.locale import current_language
from portal.web.pages import Page, show


@dataclass(frozen=True)
class ChannelLine:
    """A channel in the list."""

    name: str
    url: str
    period: str
    silence: str
    rule: str


@dataclass(frozen=True)
class ChannelsPage:
    """Every channel in its order."""

    band: Band
    lines: tuple[ChannelLine, ...]


@blueprint.get("/admin/channels")
@access("admin.read")
def channels() -> Page:
    """Every channel with its period."""
    return show("admin/channels.html", ChannelsPage(band(_("Channels of opinions"), "admin.channels"), tuple(map(_line, list_channels()))))


@blueprint.get("/admin/channels/<int:channel_id>")
@access("admin.read")
def channel(channel_id: int) -> Page:
    """One channel."""
    found = get_channel(channel_id)
    data = {**named(found), "days": found.days, "rule": found.rule, "silence_agrees": found.silence_agrees}
    return CHANNELS.show(ChannelForm(data=data), found)


@blueprint.post("/admin/channels/<int:channel_id>")
@access("reference.manage")
def save_channel(channel_id: int) -> Any:
    """Save it, after what would move was seen."""
    return CHANNELS.take(ChannelForm(), get_channel(channel_id))


def _save(form: ChannelForm, row: OpinionChannel | None) -> None:
    assert row is not None  # the law has its channels: none is added here
    save_opinion_channel(
        g.actor, channel=row, days=form.days.data or 0, silence_agrees=bool(form.silence_agrees.data), rule=form.rule.data or "",
        names=form.names(),
    )  # fmt: skip


def _would_move(form: ChannelForm, row: OpinionChannel) -> Moving | None:
    """Only another period moves anything; a period out of bounds is the action's to refuse."""
    days = form.days.data or 0
    if form.sure.data or days == row.days or not is_period(days):
        return None
    return would_move(channel=ChannelChange(row.id, days))


def _line(channel: OpinionChannel) -> ChannelLine:
    silence = _("counts as agreement") if channel.silence_agrees else _("the opinion is overdue")
    return ChannelLine(
        channel.name(current_language()), url_for("admin.channel", channel_id=channel.id),
        ngettext("%(num)s working day", "%(num)s working days", channel.days), silence, rule_words(channel.rule),
    )  # fmt: skip


CHANNELS: Table[OpinionChannel, ChannelForm] = Table(
    "admin.channels", "admin/channel.html", _l("Channels of opinions"), _l("Channels of opinions"), _l("The channel is saved."),
    _save, _would_move,
)  # fmt: skip
