"""When may a body be renamed, moved or ended, what may an act type ask for, and which days may be moved?"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, timedelta

from portal.drafts.calendar import WorkCalendar
from portal.drafts.models import Body
from portal.drafts.policy import LONGEST_REFERENCE
from portal.kernel.errors import Invalid, Refused
from portal.kernel.text import ensure_length

REQUIRABLE = ("text-kk", "text-ru", "passport", "note", "comparative-table", "calculation", "opinion")
LONGEST_RULE = 200
LAST_POSITION = 9_999
LONGEST_BREAK = 30  # days on end without a working day that a calendar can have
EARLIEST_DAY = date(1990, 1, 1)
EARLIEST_TRANSFER = 2014  # the year from which the portal has drafts


def ensure_body_stands(body: Body) -> None:
    """What ended is history: it gets no other name, place or bodies under it."""
    if body.dissolved_on is not None:
        raise Refused("The body “%(name)s” has ended.", name=body.name_ru)


def ensure_not_below_itself(body_id: int, parent_id: int, above_parent: Collection[int]) -> None:
    """A tree has no circles."""
    if body_id == parent_id or body_id in above_parent:
        raise Invalid("A body cannot stand under itself or under a body that belongs to it.", field="parent")


def ensure_successor(body_id: int, successor: Body, above_successor: Collection[int]) -> None:
    """A body is merged into another one that exists and does not belong to it."""
    if body_id == successor.id or body_id in above_successor:
        raise Invalid("A body cannot be merged into itself or into a body that belongs to it.", field="successor")
    ensure_body_stands(successor)


def ensure_body_renamed(body: Body, names: Mapping[str, str], on: date, today: date, reason: str) -> None:
    """A name is borne from a day after the one from which the last was borne."""
    if (names.get("kk", ""), names.get("ru", "")) == (body.name_kk, body.name_ru):
        raise Invalid("This is the name the body has already.", field="name_ru")
    _ensure_day_of_change(body, on, today)
    _ensure_short_reason(reason)


def ensure_body_ends(body: Body, on: date, today: date, reason: str) -> None:
    """A body ends on a day, by an act that is named."""
    _ensure_day_of_change(body, on, today)
    if not reason:
        raise Invalid("Name the act: what it is called, its date and number.", field="reason")
    _ensure_short_reason(reason)


def _ensure_day_of_change(body: Body, on: date, today: date) -> None:
    if on > today:
        raise Invalid("The day cannot be in the future; enter the change when it happens.", field="on")
    if on < EARLIEST_DAY:
        raise Invalid("Check the year.", field="on")
    if body.named_on is not None and on <= body.named_on:
        raise Invalid("The body has had its present name since %(date)s; choose a later day.", field="on", date=body.named_on)


def _ensure_short_reason(reason: str) -> None:
    ensure_length(reason, LONGEST_REFERENCE, "reason")


def ensure_required_parts(codes: Collection[str]) -> None:
    """An act type may ask for what a package can have."""
    if unknown := [code for code in codes if code not in REQUIRABLE]:
        raise Invalid("There is no part of the package called “%(part)s”.", field="required_parts", part=unknown[0][:40])


def ensure_rule(rule: str, field: str) -> None:
    """The article a period comes from is named in a few words."""
    ensure_length(rule, LONGEST_RULE, field)


def ensure_position(position: int) -> None:
    """The place in lists is a small number."""
    if not 0 <= position <= LAST_POSITION:
        raise Invalid("The place in the list is a number from 0 to 9,999.", field="position")


def ensure_transfer(on: date, reason: str, today: date) -> None:
    """A day is moved by a decree of about now."""
    if not EARLIEST_TRANSFER <= on.year <= today.year + 5:
        raise Invalid("Choose a day from %(first)s to %(last)s.", field="on", first=str(EARLIEST_TRANSFER), last=str(today.year + 5))
    ensure_length(reason, LONGEST_RULE, "reason")


def ensure_leaves_working_days(calendar: WorkCalendar, on: date) -> None:
    """No deadline could be counted through a time without a working day."""
    run = 0
    for ahead in range(-LONGEST_BREAK, LONGEST_BREAK + 1):
        run = 0 if calendar.is_working(on + timedelta(days=ahead)) else run + 1
        if run > LONGEST_BREAK:
            raise Refused("This would leave more than %(days)s days on end without a working day; no period could be counted.", days=LONGEST_BREAK)
