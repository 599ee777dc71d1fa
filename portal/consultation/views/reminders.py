"""How does a reader put the days of a discussion into a calendar of their own?"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlsplit

from flask import Response, url_for
from flask_babel import gettext as _

from portal.consultation.phases import Phase
from portal.consultation.queries.reading import Dossier, get_dossier
from portal.consultation.views.addresses import absolute
from portal.consultation.views.blueprint import blueprint
from portal.kernel.clock import now
from portal.kernel.errors import NotFound
from portal.web.access import public
from portal.web.locale import current_language

ON_THE_DAY, THE_DAY_BEFORE = "PT9H", "-PT15H"  # nine in the morning, counted from the midnight a day begins with


@blueprint.get("/drafts/<int:draft_id>/discussion.ics")
@public
def discussion_calendar(draft_id: int) -> Response:
    """The first day, while it is ahead, and the last, each with a reminder (RFC 5545); none once the discussion ended."""
    dossier = get_dossier(draft_id)
    if dossier.file.phase not in {Phase.announced, Phase.open}:
        raise NotFound("There is no such file.")
    return Response(write_calendar(dossier, current_language(), now()), mimetype="text/calendar")


def write_calendar(dossier: Dossier, language: str, instant: datetime) -> str:
    """The events in a reader's language, lines folded and ended as RFC 5545, 3.1 has them."""
    window, title = dossier.file.consultation, dossier.draft.title(language)
    events = [("closes", window.closes_on, _("Last day of the discussion: %(title)s", title=title), THE_DAY_BEFORE)]
    if dossier.file.phase is Phase.announced:
        events.insert(0, ("opens", window.opens_on, _("The discussion opens: %(title)s", title=title), ON_THE_DAY))
    url = absolute(url_for("consultation.draft", draft_id=dossier.draft.id))
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Talqy//discussions//EN", "CALSCALE:GREGORIAN"]
    for name, day, words, reminder in events:
        lines += _event(f"draft-{dossier.draft.id}-{name}@{urlsplit(url).hostname}", day, words, reminder, url, instant)
    return "".join(f"{_folded(line)}\r\n" for line in (*lines, "END:VCALENDAR"))


def _event(uid: str, day: date, words: str, reminder: str, url: str, instant: datetime) -> list[str]:
    """A whole day: its end is the first day after it."""
    summary = words.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")
    return [
        "BEGIN:VEVENT", f"UID:{uid}", f"DTSTAMP:{instant.astimezone(UTC):%Y%m%dT%H%M%SZ}",
        f"DTSTART;VALUE=DATE:{day:%Y%m%d}", f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{summary}", f"URL:{url}", "TRANSP:TRANSPARENT",
        "BEGIN:VALARM", "ACTION:DISPLAY", f"DESCRIPTION:{summary}", f"TRIGGER:{reminder}", "END:VALARM", "END:VEVENT",
    ]  # fmt: skip


def _folded(line: str) -> str:
    """At most 75 octets a line, no character cut in two."""
    parts, part = [], ""
    for character in line:
        if len((part + character).encode()) > 74:
            parts.append(part)
            part = ""
        part += character
    return "\r\n ".join((*parts, part))
