"""How are dates, times and numbers written in the reader's language (TERMS.md, "Dates")?"""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache

from babel.dates import format_date as babel_date
from babel.numbers import format_decimal, format_percent
from flask import Flask
from flask_babel import get_locale

from portal.kernel.clock import OFFICIAL_TIME, legal_day

NO_BREAK = "\u00a0"
KK_MONTHS = (
    "қаңтар", "ақпан", "наурыз", "сәуір", "мамыр", "маусым",
    "шілде", "тамыз", "қыркүйек", "қазан", "қараша", "желтоқсан",
)  # fmt: skip
KK_ON = (
    "қаңтарда", "ақпанда", "наурызда", "сәуірде", "мамырда", "маусымда",
    "шілдеде", "тамызда", "қыркүйекте", "қазанда", "қарашада", "желтоқсанда",
)  # fmt: skip
KK_UNTIL = (
    "қаңтарға", "ақпанға", "наурызға", "сәуірге", "мамырға", "маусымға",
    "шілдеге", "тамызға", "қыркүйекке", "қазанға", "қарашаға", "желтоқсанға",
)  # fmt: skip


def _language() -> str:
    locale = get_locale()
    return str(locale.language) if locale else "en"


@lru_cache(maxsize=4096)
def _written(day: date, pattern: str, language: str) -> str:
    return babel_date(day, pattern, locale=language)


def _as_day(value: date | datetime) -> date:
    return legal_day(value) if isinstance(value, datetime) else value


def format_day(value: date | datetime) -> str:
    """In labels and lists: 2026 ж. 22 қараша · 22 ноября 2026 г. · 22 November 2026."""
    day, language = _as_day(value), _language()
    if language == "kk":
        return f"{day.year}{NO_BREAK}ж. {day.day}{NO_BREAK}{KK_MONTHS[day.month - 1]}"
    pattern = "d\u00a0MMMM y\u00a0'г'." if language == "ru" else "d\u00a0MMMM y"
    return _written(day, pattern, language)


def format_day_long(value: date | datetime) -> str:
    """Within sentences: 2026 жылғы 22 қараша · 22 ноября 2026 года · 22 November 2026."""
    day, language = _as_day(value), _language()
    if language == "kk":
        return f"{day.year} жылғы {day.day}{NO_BREAK}{KK_MONTHS[day.month - 1]}"
    pattern = "d\u00a0MMMM y 'года'" if language == "ru" else "d\u00a0MMMM y"
    return _written(day, pattern, language)


def format_day_on(value: date | datetime) -> str:
    """The day something happened: 2026 жылғы 22 қарашада · 22 ноября 2026 года · on 22 November 2026."""
    day, language = _as_day(value), _language()
    if language == "kk":
        return f"{day.year} жылғы {day.day}{NO_BREAK}{KK_ON[day.month - 1]}"
    return f"on {format_day(day)}" if language == "en" else format_day_long(day)


def format_until(value: date | datetime) -> str:
    """The last day of a period, itself included, as the laws say it.

    9 желтоқсанға дейін (қоса алғанда) · до 9 декабря включительно · until 9 December inclusive.
    """
    day, language = _as_day(value), _language()
    if language == "kk":
        return f"{day.day}{NO_BREAK}{KK_UNTIL[day.month - 1]} дейін (қоса алғанда)"
    written = _written(day, "d\u00a0MMMM", language)
    return f"до {written} включительно" if language == "ru" else f"until {written} inclusive"


def format_day_table(value: date | datetime) -> str:
    """In tables and forms: 22.11.2026, in English 22/11/2026."""
    return _as_day(value).strftime("%d/%m/%Y" if _language() == "en" else "%d.%m.%Y")


def format_moment(value: datetime) -> str:
    """A day with its time in official time: 2026 ж. 22 қараша, 18:05."""
    return f"{format_day(value)}, {value.astimezone(OFFICIAL_TIME):%H:%M}"


def format_number(value: int | float) -> str:
    """Thousands by a no-break space, decimal comma in kk and ru."""
    return _decimal(value, _language())


@lru_cache(maxsize=4096)
def _decimal(value: int | float, language: str) -> str:
    """Kept, because a page says many small numbers and Babel takes its time over each."""
    return format_decimal(value, locale=language)


def format_share(value: float) -> str:
    """A share of one as per cent: 46 % (ru), 46% (kk, en)."""
    return format_percent(value, "#,##0\u00a0%" if _language() == "ru" else "#,##0%", locale=_language())


def register_formats(app: Flask) -> None:
    """Make the formats filters of every template."""
    app.jinja_env.filters.update(
        day=format_day,
        day_long=format_day_long,
        day_on=format_day_on,
        day_table=format_day_table,
        until=format_until,
        moment=format_moment,
        number=format_number,
        percent=format_share,
        iso=lambda value: value.isoformat(),
    )
