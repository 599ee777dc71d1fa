"""How does an administrator enter the yearly decrees that move days off?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import flash, g, redirect, request, url_for
from flask_babel import format_date, pgettext
from flask_babel import gettext as _

from portal.admin.forms import DayForm, RemoveDayForm
from portal.admin.moving import Moving, would_move
from portal.admin.views.blueprint import Band, band, blueprint
from portal.drafts.actions.reference import remove_transferred_day, save_transferred_day
from portal.drafts.calendar import Reason
from portal.drafts.models import TransferredDay
from portal.drafts.queries.reference import list_transferred_days, work_calendar
from portal.drafts.reference_policy import EARLIEST_TRANSFER
from portal.drafts.year import Month, Special, months_of
from portal.kernel.clock import today
from portal.kernel.errors import NotFound
from portal.web.access import access
from portal.web.formats import KK_MONTHS, format_day
from portal.web.forms import attempt
from portal.web.locale import current_language
from portal.web.pages import Page, show

Years = tuple[tuple[str, str, bool, int | None], ...]


@dataclass(frozen=True, slots=True)
class MonthLine:
    """A month: its name, how many days are worked and off, the days to look at with why."""

    name: str
    working: int
    off: int
    days: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class MovedDay:
    """A day entered by hand."""

    day: str
    words: str
    reason: str
    url: str


@dataclass(frozen=True)
class DaysPage:
    """A year: its months, what was entered by hand; `moving` is what has to be seen before a day is entered."""

    band: Band
    year: int
    years: Years
    months: tuple[MonthLine, ...]
    working: int
    moved: tuple[MovedDay, ...]
    moving: Moving | None


@dataclass(frozen=True)
class RemoveDayPage:
    """A day to be taken out, and what would move."""

    band: Band
    back: tuple[str, str]
    day: str
    words: str
    reason: str
    moving: Moving | None


@blueprint.get("/admin/days")
@access("admin.read")
def days() -> Page:
    """The calendar of a year."""
    return _show(DayForm(formdata=None), _year())


@blueprint.post("/admin/days")
@access("reference.manage")
def save_day() -> Any:
    """Enter a day, after what would move was seen."""
    form = DayForm()
    year = form.on.data.year if form.on.data and _is_known(form.on.data.year) else _year()
    if not form.was_sent_and_is_valid():
        return _show(form, year)
    on, is_working, moving = form.on.data, form.is_working.data == "working", None
    with attempt(form) as tried:
        moving = None if form.sure.data else would_move(transfers={on: is_working})
        if moving is None:
            save_transferred_day(g.actor, on=on, is_working=is_working, reason=form.reason.data or "")
    if not tried.done or moving is not None:
        return _show(form, year, moving)
    flash(_("The day is entered."), "success")
    return redirect(url_for("admin.days", year=year))


@blueprint.get("/admin/days/<on>/remove")
@access("reference.manage")
def remove_day_form(on: str) -> Page:
    """What taking a day out would move."""
    return _show_removal(_get_day(on), RemoveDayForm(formdata=None))


@blueprint.post("/admin/days/<on>/remove")
@access("reference.manage")
def remove_day(on: str) -> Any:
    """Take a day out of the table."""
    found, form = _get_day(on), RemoveDayForm()
    with attempt(form) as tried:
        remove_transferred_day(g.actor, on=found.on)
    if not tried.done:
        return _show_removal(found, form)
    flash(_("The day is as the calendar has it."), "success")
    return redirect(url_for("admin.days", year=date.fromisoformat(on).year))


def _get_day(on: str) -> TransferredDay:
    found = next((day for day in list_transferred_days() if day.on.isoformat() == on), None)
    if found is None:
        raise NotFound("This day was not moved.")
    return found


def _year() -> int:
    text = request.args.get("year", "")
    year = int(text) if text.isascii() and text.isdigit() and len(text) == 4 else today().year
    return year if _is_known(year) else today().year


def _is_known(year: int) -> bool:
    return EARLIEST_TRANSFER <= year <= today().year + 5


def _show(form: DayForm, year: int, moving: Moving | None = None) -> Page:
    transfers = {day.on: day for day in list_transferred_days()}
    months = months_of(year, work_calendar())
    near = range(max(EARLIEST_TRANSFER, year - 2), min(today().year + 5, year + 2) + 1)
    page = DaysPage(
        band=band(_("Days off"), "admin.days"),
        year=year,
        years=tuple((str(each), url_for("admin.days", year=each), each == year, None) for each in near),
        months=tuple(_month(month, transfers) for month in months),
        working=sum(month.working for month in months),
        moved=tuple(_moved(day) for day in transfers.values() if day.on.year == year),
        moving=moving,
    )
    return show("admin/days.html", page, form, status=None if moving is None else 200)


def _show_removal(found: TransferredDay, form: RemoveDayForm) -> Page:
    moved = _moved(found)
    back = (_("Days off"), url_for("admin.days", year=found.on.year))
    page = RemoveDayPage(
        band(_("Take a day out"), "admin.days"), back, moved.day, moved.words, moved.reason, would_move(transfers={found.on: None})
    )
    return show("admin/remove_day.html", page, form)


def _moved(day: TransferredDay) -> MovedDay:
    words = pgettext("day", "a working day") if day.is_working else pgettext("day", "a day off")
    return MovedDay(format_day(day.on), words, day.reason, url_for("admin.remove_day_form", on=day.on.isoformat()))


def _month(month: Month, transfers: dict[date, TransferredDay]) -> MonthLine:
    language = current_language()
    name = KK_MONTHS[month.first.month - 1] if language == "kk" else str(format_date(month.first, "LLLL"))
    days = tuple((format_day(special.on), _why(special, transfers)) for special in month.specials)
    return MonthLine(name[:1].upper() + name[1:], month.working, month.off, days)


def _why(special: Special, transfers: dict[date, TransferredDay]) -> str:
    """Why a day is what it is: the holiday's name, or the decree that moved it."""
    entered = transfers.get(special.on)
    reason = f": {entered.reason}" if entered and entered.reason else ""
    if special.off is None:
        return (_("working day, moved") if entered else _("working day by the calendar")) + reason
    if special.off.reason is Reason.transferred:
        return _("day off, moved") + reason
    return special.off.name(current_language())
