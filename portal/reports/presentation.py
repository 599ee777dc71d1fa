"""How does the frozen document of a report read in the reader's language, whatever it is rendered to?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext, pgettext

from portal.consultation.models import DecisionKind, Stance
from portal.consultation.words import DECISIONS, STANCES
from portal.reports.models import Report
from portal.web.formats import format_day, format_day_table, format_moment, format_number

Rows = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ReportedComment:
    """One line of the table of comments and results."""

    id: int
    author: str
    posted: str
    stance: str
    text: str
    language: str
    proposed: str
    support: str
    decision: str
    reason: str
    reason_language: str
    answered: str


@dataclass(frozen=True, slots=True)
class ReportedProvision:
    """The comments on one provision."""

    key: str
    label: str
    comments: tuple[ReportedComment, ...]


@dataclass(frozen=True, slots=True)
class PresentedReport:
    """The report in one language: headed lists of (name, value), then the table by provision."""

    language: str
    title: str
    draft_id: int
    draft_title: str
    edition: int
    facts: Rows
    numbers: Rows
    decisions: Rows
    provisions: tuple[ReportedProvision, ...]
    hidden: Rows
    proof: Rows


def present(report: Report, document: dict[str, Any], language: str) -> PresentedReport:
    """The report in the language of the present request; `language` picks names kept in each language.

    `document` is what may be shown of the report's own: see `queries.shown_document`.
    """
    return PresentedReport(
        language=language,
        title=_("Report on completion of the public discussion"),
        draft_id=document["draft"]["id"],
        draft_title=document["draft"]["titles"][language],
        edition=report.edition,
        facts=_facts(document, report, language),
        numbers=_numbers(document["numbers"]),
        decisions=_decisions(document["numbers"]),
        provisions=tuple(
            ReportedProvision(
                unit["key"],
                unit["labels"][language] or _("On the whole draft"),
                tuple(_comment(comment, language) for comment in unit["comments"]),
            )
            for unit in document["provisions"]
        ),
        hidden=tuple(
            (
                f"№\u00a0{hidden['id']}",
                _("Rules of conduct, point %(rule)s. %(reason)s", rule=hidden["rule"], reason=hidden["reason"]),
            )
            for hidden in document["hidden"]
        ),
        proof=(
            (_("Entries in the public record when the report was made"), format_number(report.ledger_size)),
            (_("Root of the public record"), report.ledger_root),
            (_("Digest of the report's data (SHA-256)"), report.digest),
        ),
    )


def _facts(document: dict[str, Any], report: Report, language: str) -> Rows:
    draft, window = document["draft"], document["consultation"]
    return (
        (_("Title of the draft"), draft["titles"][language]),
        (_("Registration number"), f"№\u00a0{draft['number']}"),
        (_("Type of act"), draft["type"][language]),
        (_("Developing body"), draft["body"][language]),
        (_("Announced on"), _day(window["announced_on"])),
        (_("Period of the discussion"), f"{_day(window['opens_on'])} – {_day(window['closes_on'])}"),
        (_("Answers due"), _day(window["answers_due_on"])),
        (_("Report made on"), format_moment(report.generated_at)),
    )


def _numbers(numbers: dict[str, Any]) -> Rows:
    answered = sum(numbers["decisions"].values())
    votes = numbers["votes_for"] + numbers["votes_against"]
    stances = numbers["stances"]
    return (
        (_("Comments"), format_number(numbers["comments"])),
        (_("Authors of comments"), format_number(numbers["authors"])),
        (pgettext("stance, counted", "For"), _out_of(stances.get("for", 0), numbers["comments"])),
        (pgettext("stance, counted", "Against"), _out_of(stances.get("against", 0), numbers["comments"])),
        (pgettext("stance, counted", "Neutral"), _out_of(stances.get("neutral", 0), numbers["comments"])),
        (pgettext("stance", "No stance given"), _out_of(stances.get("none", 0), numbers["comments"])),
        (_("Votes for the draft"), _out_of(numbers["votes_for"], votes)),
        (_("Votes against the draft"), _out_of(numbers["votes_against"], votes)),
        (_("Comments answered"), _out_of(answered, numbers["comments"])),
        (_("Answered in time"), _out_of(numbers["answered_in_time"], answered)),
        (_("Hidden by a moderator"), format_number(numbers["hidden"])),
        (_("Withdrawn by their authors"), format_number(numbers["withdrawn"])),
    )


def _decisions(numbers: dict[str, Any]) -> Rows:
    return tuple(
        (str(DECISIONS[kind]), _out_of(numbers["decisions"].get(kind.value, 0), numbers["comments"]))
        for kind in DecisionKind
    )


def _out_of(count: int, total: int) -> str:
    return _("%(count)s out of %(total)s", count=format_number(count), total=format_number(total))


def _comment(comment: dict[str, Any], language: str) -> ReportedComment:
    reply = comment["reply"] or {}
    support = ngettext("%(count)s person agrees", "%(count)s people agree", comment["agree"], count=format_number(comment["agree"]))
    author = ", ".join(filter(None, (comment["author"], comment["organisation"])))
    return ReportedComment(
        id=comment["id"],
        author=author,
        posted=format_day_table(date.fromisoformat(comment["posted_on"])),
        stance=str(STANCES[Stance(comment["stance"])]) if comment["stance"] else "",
        text=_("Hidden by a moderator") if comment.get("hidden") else comment["text"],
        language=language if comment.get("hidden") else comment["language"],
        proposed=comment["proposed_text"],
        support=support,
        decision=str(DECISIONS[DecisionKind(reply["decision"])]) if reply else "",
        reason=reply.get("text", ""),
        reason_language=reply.get("language", comment["language"]),
        answered=", ".join(filter(None, (reply["unit"], format_day_table(date.fromisoformat(reply["answered_on"])))))
        if reply
        else "",
    )


def _day(value: str) -> str:
    return format_day(date.fromisoformat(value))
