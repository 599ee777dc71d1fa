"""Which running discussions would a change of a rule or of the calendar move, in the words of a warning?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from portal.consultation.clock_rules import Move
from portal.consultation.clocks import What
from portal.consultation.queries.clocks import ChannelChange, DraftMoves, PeriodChange, Preview, list_would_move
from portal.web.formats import format_day, format_number
from portal.web.locale import current_language

SHOWN = 10


@dataclass(frozen=True, slots=True)
class MovedDraft:
    """A draft whose days would move: its name, where it is, from which days to which."""

    name: str
    url: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Moving:
    """The warning before a change: how many would move out of how many that run, and the first of them."""

    title: str
    running: str
    drafts: tuple[MovedDraft, ...]
    more: str


def would_move(
    *, change: PeriodChange | None = None, channel: ChannelChange | None = None,
    transfers: Mapping[date, bool | None] | None = None,
) -> Moving | None:  # fmt: skip
    """What has to be seen before the change is made; None when nothing that runs would move."""
    preview = list_would_move(change=change, channel=channel, transfers=transfers, limit=SHOWN)
    if not preview.total:
        return None
    more = preview.total - len(preview.drafts)
    return Moving(
        _title(preview, channel is not None),
        ngettext(
            "Out of %(count)s whose periods still run. What has run out stays as it is.",
            "Out of %(count)s whose periods still run. What has run out stays as it is.",
            preview.running, count=format_number(preview.running),
        ),
        tuple(_draft(each) for each in preview.drafts),
        ngettext("and %(count)s more", "and %(count)s more", more, count=format_number(more)) if more else "",
    )  # fmt: skip


def _title(preview: Preview, of_opinions: bool) -> str:
    count = format_number(preview.total)
    if of_opinions:
        return ngettext(
            "Opinions on %(count)s draft will be due on another day", "Opinions on %(count)s drafts will be due on another day",
            preview.total, count=count,
        )  # fmt: skip
    return ngettext(
        "%(count)s running discussion will get other days", "%(count)s running discussions will get other days",
        preview.total, count=count,
    )  # fmt: skip


def _draft(moves: DraftMoves) -> MovedDraft:
    places = {"kk": 0, "ru": 1, "en": 2}
    titles = moves.titles
    title = titles[places[current_language()]] or titles[0] or titles[1] or moves.number
    words = [_words(move) for move in (*moves.moves, *(move for _opinion, move in moves.opinions))]
    return MovedDraft(title, url_for("consultation.draft", draft_id=moves.draft_id), tuple(words))


def _words(move: Move) -> str:
    names = {
        What.opening: _("first day"), What.discussion: _("last day of the discussion"), What.answers: _("answers due"),
        What.report: _("report due"), What.opinion: _("opinion due"),
    }  # fmt: skip
    return _("%(what)s: %(old)s → %(new)s", what=names[move.what], old=format_day(move.from_on), new=format_day(move.to_on))
