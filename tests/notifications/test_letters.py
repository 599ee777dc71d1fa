"""Does every letter read as it was written down, in three languages? (`UPDATE_GOLDEN=1` writes it down anew.)"""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from portal.consultation.models import DecisionKind
from portal.notifications.changed import ChangedPlace
from portal.notifications.compose import COMPOSERS, _day_on, _outcome
from portal.notifications.letters import write_farewell, write_letter
from portal.notifications.outbox import OPTIONAL
from portal.web.flask_app import PortalApp
from tests.law.source import ROOT

GOLDEN = ROOT / "tests" / "golden" / "mail"
LANGUAGES = ("kk", "ru", "en")
PORTAL = "http://127.0.0.1:8000"
DRAFTS = {
    "kk": "Жолаушыларды тасымалдау қағидаларын бекіту туралы",
    "ru": "Об утверждении Правил перевозки пассажиров",
    "en": "On approval of the rules of carriage of passengers",
}
BODIES = {"kk": "Көлік министрлігі", "ru": "Министерство транспорта", "en": "Ministry of Transport"}
KINDS = (
    "confirm_address", "existing_account", "reset_password", "password_changed", "account_blocked", "reply_posted",
    "comment_hidden", "comment_restored", "report_published", "discussion_extended",
    "adopted_text_published", "version_published", "search_results",
)  # fmt: skip


def values_for(kind: str, language: str) -> dict[str, Any]:
    posted = datetime(2026, 11, 22, 10, tzinfo=UTC)
    values: dict[str, dict[str, Any]] = {
        "confirm_address": {"link": f"{PORTAL}/confirm/TOKEN", "days": 3},
        "existing_account": {"sign_in": f"{PORTAL}/sign-in", "forgot": f"{PORTAL}/forgot-password"},
        "reset_password": {"link": f"{PORTAL}/reset-password/TOKEN", "hours": 2},
        "password_changed": {"name": "Айгүл", "forgot": f"{PORTAL}/forgot-password"},
        "account_blocked": {"name": "Айгүл", "reason": "Жарнама таратқан."},
        "reply_posted": {
            "name": "Айгүл", "date": _day_on(posted, language), "draft": DRAFTS[language], "body": BODIES[language],
            "outcome": _outcome(DecisionKind.partly_accepted, language), "link": f"{PORTAL}/comments/7",
        },
        "comment_hidden": {
            "name": "Айгүл", "draft": DRAFTS[language], "reason": "Балағат сөздер бар.", "rule": 3,
            "rules": f"{PORTAL}/rules", "link": f"{PORTAL}/comments/7",
        },
        "comment_restored": {
            "name": "Айгүл", "draft": DRAFTS[language], "reason": "Қате жасырылған.", "link": f"{PORTAL}/comments/7",
        },
        "report_published": {"draft": DRAFTS[language], "link": f"{PORTAL}/drafts/3/report"},
        "adopted_text_published": {
            "draft": DRAFTS[language], "reference": "№ 318, 22.11.2026", "link": f"{PORTAL}/drafts/3/adopted",
        },
        "version_published": {
            "name": "Айгүл", "draft": DRAFTS[language], "number": 2, "note": "Жол жүру ақысы нақтыланды.", "more": 0,
            "places": (ChangedPlace("3", "…", f"{PORTAL}/drafts/3/versions/1/compare/2?unit=pnt_3"),),
            "link": f"{PORTAL}/drafts/3/versions/2/comments",
        },
        "search_results": {
            "name": "Айгүл", "list": f"{PORTAL}/account/searches",
            "searches": [
                {"words": "тариф", "count": 2, "drafts": [(DRAFTS[language], 2)], "link": f"{PORTAL}/search?order=newest&q=тариф",
                 "stop": f"{PORTAL}/account/searches/1/stop/TOKEN"},
                {"words": "", "count": 1, "drafts": [], "link": f"{PORTAL}/search?order=newest&body=2",
                 "stop": f"{PORTAL}/account/searches/2/stop/TOKEN"},
            ],
        },
        "discussion_extended": {
            "draft": DRAFTS[language], "day": "14.12.2026", "reason": "Пікірлер көп.",
            "link": f"{PORTAL}/drafts/3",
        },
    }  # fmt: skip
    return values[kind]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_a_letter_reads_as_written_down(app: PortalApp, kind: str, language: str) -> None:
    letter = write_letter(kind, language, values_for(kind, language))
    text = f"{letter.subject}\n\n{letter.text}"
    if kind in OPTIONAL:
        text += "\n" + write_farewell(language, f"{PORTAL}/letters/TOKEN")
    _compare(GOLDEN / f"{kind}.{language}.txt", text)


def _compare(path: Path, text: str) -> None:
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_text(text, "utf-8")
    assert text == path.read_text("utf-8")


def test_every_letter_is_written_down(app: PortalApp) -> None:
    templates = {path.stem for path in (ROOT / "templates" / "mail").glob("*.txt")} - {"layout", "stop"}
    assert templates == set(KINDS)
    assert len(list(GOLDEN.glob("*.txt"))) == len(KINDS) * len(LANGUAGES)
    assert len(COMPOSERS) == 13


@pytest.mark.parametrize("kind", KINDS)
def test_letters_are_plain(app: PortalApp, kind: str) -> None:
    for language in LANGUAGES:
        letter = write_letter(kind, language, values_for(kind, language))
        assert "\n" not in letter.subject and letter.subject.strip() == letter.subject != ""
        assert not any(mark in letter.text for mark in ("<p>", "&amp;", "&#", "{{", "%(", "  \n", "\n\n\n"))
        links = [line for line in letter.text.splitlines() if line.startswith("http")]
        assert all(" " not in link for link in links), "a link stands on a line of its own"
        assert letter.text.rstrip().splitlines()[-2] == f"Talqy · {PORTAL}"


def test_values_are_shown_not_run(app: PortalApp) -> None:
    evil = "{{ 7 * 7 }} %(name)s <b>&</b> \x1b[31m\x07\r\nBcc: all@example.kz"
    values = {**values_for("reply_posted", "en"), "draft": evil, "name": evil}
    letter = write_letter("reply_posted", "en", values)
    assert "49" not in letter.text and "{{ 7 * 7 }} %(name)s <b>&</b>" in letter.text
    assert not any(ord(c) < 32 and c != "\n" for c in letter.text)
    assert "\n" not in letter.subject and "\r" not in letter.subject


def test_long_titles_leave_a_readable_subject(app: PortalApp) -> None:
    values = {**values_for("report_published", "ru"), "draft": "очень длинное название " * 40}
    subject = write_letter("report_published", "ru", values).subject
    assert len(subject) <= 200 and subject.endswith("…")


@pytest.mark.parametrize("decision", list(DecisionKind))
def test_every_outcome_has_words(app: PortalApp, decision: DecisionKind) -> None:
    words = {_outcome(decision, language) for language in LANGUAGES}
    assert len(words) == 3 and decision.value not in words
