"""What does a newcomer see first, and where are the standing pages?"""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, Response, current_app, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from portal.consultation.cards import DraftCard, draft_card
from portal.consultation.phases import Phase
from portal.consultation.queries.lists import DraftFilter, ListOrder, list_drafts
from portal.consultation.wording import Segment
from portal.drafts.queries.reference import work_calendar
from portal.home.queries import Numbers, Outcome, list_outcomes, numbers
from portal.home.standing import NAMES, read_standing_page
from portal.kernel.errors import NotFound
from portal.web.access import public
from portal.web.formats import format_number, format_share
from portal.web.locale import current_language
from portal.web.pages import Page, show

blueprint = Blueprint("home", __name__)
CLOSING_SOON = 6
AHEAD = 3


@dataclass(frozen=True)
class Stat:
    """A number with what it counts."""

    value: str
    text: str


@dataclass(frozen=True)
class OutcomeView:
    """A comment that changed a text."""

    segments: tuple[Segment, ...]
    note: str
    url: str
    lang: str


@dataclass(frozen=True)
class HomePage:
    """The first page."""

    drafts: tuple[DraftCard, ...]
    ahead: tuple[DraftCard, ...]  # announced, not open yet
    ahead_url: str
    all_open: str
    stats: tuple[Stat, ...]
    outcomes: tuple[OutcomeView, ...]


@blueprint.get("/")
@public
def home() -> Page:
    """What closes soon, how it works, what was changed lately."""
    language = current_language()
    calendar = work_calendar()
    rows, ahead = (
        list_drafts(DraftFilter(phase=phase, is_folded=True), ListOrder.closing, limit=most)
        for phase, most in ((Phase.open, CLOSING_SOON), (Phase.announced, AHEAD))
    )
    counted = numbers()
    return show(
        "home/home.html",
        HomePage(
            drafts=tuple(draft_card(row, language, calendar, is_folded=True) for row in rows),
            ahead=tuple(draft_card(row, language, calendar, is_folded=True) for row in ahead),
            ahead_url=url_for("consultation.drafts", phase=Phase.announced.value),
            all_open=ngettext(
                "All %(count)s draft", "All %(count)s drafts", counted.open_drafts,
                count=format_number(counted.open_drafts),
            ),
            stats=_stats(counted),
            outcomes=tuple(_outcome(outcome) for outcome in list_outcomes(language)),
        ),
    )  # fmt: skip


@blueprint.get("/<any(about, help, rules, accessibility, privacy, terms):name>")
@public
def standing_page(name: str) -> Page:
    """A standing page in the reader's language."""
    if name not in NAMES:
        raise NotFound("There is no page at this address, or it is no longer public.")
    return show("home/standing.html", read_standing_page(name, current_language()))


@blueprint.get("/robots.txt")
@public
def robots() -> Response:
    """What machines may read: all that is public, but no forms and searches."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in ("/search", "/desk", "/sign-in", "/register")), ""]
    return current_app.response_class("\n".join(lines), mimetype="text/plain")


def _stats(counted: Numbers) -> tuple[Stat, ...]:
    record = counted.record
    stats = [
        Stat(
            format_number(counted.open_drafts),
            ngettext("draft is open for discussion", "drafts are open for discussion", counted.open_drafts),
        ),
        Stat(
            format_number(counted.comments_this_year),
            ngettext("comment was posted this year", "comments were posted this year", counted.comments_this_year),
        ),
    ]
    if record.share_in_time is not None:
        text = _(
            "of comments were answered in time (%(timely)s out of %(due)s)",
            timely=format_number(record.in_time), due=format_number(record.due),
        )  # fmt: skip
        stats.append(Stat(format_share(record.share_in_time), text))
    stats.append(
        Stat(
            format_number(record.changed_text),
            ngettext(
                "comment was accepted, out of %(answered)s answered",
                "comments were accepted, out of %(answered)s answered",
                record.changed_text,
                answered=format_number(record.answered),
            ),
        )
    )
    return tuple(stats)


def _outcome(outcome: Outcome) -> OutcomeView:
    agreed = ngettext("%(count)s person agreed", "%(count)s people agreed", outcome.agree, count=format_number(outcome.agree))
    return OutcomeView(
        outcome.segments, f"{outcome.draft_title} · {agreed}",
        url_for("consultation.comment", comment_id=outcome.comment_id), outcome.language,
    )  # fmt: skip
