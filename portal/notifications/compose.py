"""Which letters does an entry of the ledger call for?

Each composer reads one entry and writes the letters that wait in the outbox; seeing the entry again, it writes none.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from flask_babel import force_locale, pgettext
from sqlalchemy import insert, literal

from portal.accounts.models import User
from portal.accounts.queries import find_block_reason, find_requester
from portal.accounts.tokens import LIFETIME, Purpose, make_token
from portal.consultation.models import DecisionKind
from portal.drafts.models import Draft
from portal.kernel import clock
from portal.kernel.db import db
from portal.ledger.entries import EntryView
from portal.ledger.kinds import Kind
from portal.notifications import queries
from portal.notifications.changed import letters_about
from portal.notifications.letters import endpoint_link, page_link, write_letter
from portal.notifications.models import Message
from portal.web.formats import format_day, format_day_on
from portal.web.locale import LANGUAGES

TOO_OLD = timedelta(days=7)  # what happened longer ago, or is read again, is no news
LONGEST_TITLE = 140


def compose(entry: EntryView) -> None:
    """Write the letters an entry calls for, if it calls for any and is not too old."""
    composer = COMPOSERS.get(entry.kind)
    if composer is not None and clock.now() - entry.at < TOO_OLD:
        composer(entry)


def _registered(entry: EntryView) -> None:
    _ask_to_confirm(entry, _subject_user(entry))


def _ask_to_confirm(entry: EntryView, user: User | None) -> None:
    if user is not None and user.confirmed_at is None:
        link = endpoint_link("accounts.confirm", token=make_token(Purpose.confirm, user))
        _write(entry, user, "confirm_address", {"link": link, "days": LIFETIME[Purpose.confirm].days})


def _confirmation_requested(entry: EntryView) -> None:
    if entry.subject_kind == "user":
        _registered(entry)
        return
    owner = find_requester(entry.subject_id)
    if owner is not None and owner.confirmed_at is None and owner.created_at == entry.at:
        _ask_to_confirm(entry, owner)  # the account was made then
    elif owner is not None:
        links = {
            "sign_in": endpoint_link("accounts.sign_in"),
            "forgot": endpoint_link("accounts.forgot_password"),
        }
        _write(entry, owner, "existing_account", links)


def _reset_requested(entry: EntryView) -> None:
    owner = find_requester(entry.subject_id)
    if owner is not None:
        link = endpoint_link("accounts.new_password", token=make_token(Purpose.reset, owner))
        hours = int(LIFETIME[Purpose.reset].total_seconds()) // 3600
        _write(entry, owner, "reset_password", {"link": link, "hours": hours})


def _password_changed(entry: EntryView) -> None:
    user = _subject_user(entry)
    if user is not None:
        _write(entry, user, "password_changed", {"name": user.name, "forgot": endpoint_link("accounts.forgot_password")})


def _blocked(entry: EntryView) -> None:
    user = _subject_user(entry)
    if user is not None and user.blocked_at is not None:
        _write(entry, user, "account_blocked", {"name": user.name, "reason": find_block_reason(user.id)})


def _replied(entry: EntryView) -> None:
    found = queries.find_answered(int(entry.subject_id))
    if found is None or found.comment.withdrawn_at is not None or not _wants(found.author):
        return
    language = found.author.language
    values = {
        "name": found.author.name,
        "date": _day_on(found.comment.created_at, language),
        "draft": _title(found.draft, language),
        "outcome": _outcome(found.reply.decision, language),
        "body": found.body.name(language),
        "link": page_link(f"/comments/{found.comment.id}"),
    }
    _write(entry, found.author, "reply_posted", values)


def _moderated(entry: EntryView) -> None:
    kind, action = ("comment_hidden", "hidden") if entry.kind == Kind.COMMENT_HIDDEN else ("comment_restored", "restored")
    found = queries.find_moderated(int(entry.subject_id), action)
    if found is None:
        return
    values = {
        "name": found.author.name,
        "draft": _title(found.draft, found.author.language),
        "reason": found.event.reason,
        "rule": found.event.rule,
        "rules": page_link("/rules"),
        "link": page_link(f"/comments/{found.comment.id}"),
    }
    _write(entry, found.author, kind, values)


def _reported(entry: EntryView) -> None:
    draft = db.session.get(Draft, entry.facts.get("draft"))
    if draft is not None:
        link = page_link(f"/drafts/{draft.id}/report")
        _write_participants(entry, draft, "report_published", lambda language: {"link": link})


def _adopted(entry: EntryView) -> None:
    draft = db.session.get(Draft, entry.facts.get("draft"))
    if draft is not None:
        values = {"link": page_link(f"/drafts/{draft.id}/adopted"), "reference": draft.adopted_reference}
        _write_participants(entry, draft, "adopted_text_published", lambda language: values)


def _changed(entry: EntryView) -> None:
    draft, number = db.session.get(Draft, entry.facts.get("draft")), int(entry.facts.get("number", 1))
    if draft is None or number == 1:
        return
    for user, values in letters_about(draft.id, number):
        _write(entry, user, "version_published", {"name": user.name, "draft": _title(draft, user.language), **values})


def _moved(entry: EntryView) -> None:
    """The discussion goes on longer: by an extension, or by a changed rule or calendar."""
    draft = db.session.get(Draft, entry.facts.get("draft"))
    last_day = entry.facts.get("to") or entry.facts.get("discussion")
    if draft is None or last_day is None:
        return
    link, reasons = page_link(f"/drafts/{draft.id}"), queries.reason_of_move(draft.id, date.fromisoformat(last_day))

    def values(language: str) -> Mapping[str, Any]:
        with force_locale(language):
            day = format_day(date.fromisoformat(last_day))
        return {"link": link, "day": day, "reason": reasons.get(language) or next(iter(reasons.values()), "")}

    _write_participants(entry, draft, "discussion_extended", values)


def _write_participants(
    entry: EntryView, draft: Draft, kind: str, values: Callable[[str], Mapping[str, Any]]
) -> None:
    """One statement for each language, however many took part: the letter names nobody."""
    for language in LANGUAGES:
        letter = write_letter(kind, language, {"draft": _title(draft, language), **values(language)})
        row = {
            "entry_number": entry.number, "kind": kind, "language": language, "subject": letter.subject,
            "body": letter.text, "created_at": clock.now(), "next_at": clock.now(), "attempts": 0, "error": "",
        }  # fmt: skip
        readers = db.select(
            User.id, User.email, *(literal(value, Message.__table__.c[name].type) for name, value in row.items())
        ).where(
            User.language == language,
            queries.wants_letters(),
            queries.participants(draft.id),
            User.id.not_in(queries.readers_with_letter(entry.number, kind)),
        )
        db.session.execute(insert(Message).from_select(["user_id", "address", *row], readers, include_defaults=False))


COMPOSERS: Mapping[str, Callable[[EntryView], None]] = {
    Kind.ACCOUNT_REGISTERED: _registered,
    Kind.ADDRESS_CONFIRMATION_REQUESTED: _confirmation_requested,
    Kind.PASSWORD_RESET_REQUESTED: _reset_requested,
    Kind.PASSWORD_CHANGED: _password_changed,
    Kind.ACCOUNT_BLOCKED: _blocked,
    Kind.REPLY_POSTED: _replied,
    Kind.COMMENT_HIDDEN: _moderated,
    Kind.COMMENT_RESTORED: _moderated,
    Kind.VERSION_PUBLISHED: _changed,
    Kind.REPORT_PUBLISHED: _reported,
    Kind.ADOPTED_TEXT_PUBLISHED: _adopted,
    Kind.CONSULTATION_EXTENDED: _moved,
    Kind.CLOCKS_MOVED: _moved,
}


def _write(entry: EntryView, user: User, kind: str, values: Mapping[str, Any]) -> None:
    if queries.has_letter(entry.number, user.id, kind):
        return
    letter = write_letter(kind, user.language, values)
    db.session.add(
        Message(
            entry_number=entry.number, user_id=user.id, address=user.email, kind=kind, language=user.language,
            subject=letter.subject, body=letter.text, created_at=clock.now(), next_at=clock.now(),
        )
    )  # fmt: skip


def _subject_user(entry: EntryView) -> User | None:
    return db.session.get(User, int(entry.subject_id))


def _wants(user: User) -> bool:
    return user.wants_letters and user.confirmed_at is not None and user.blocked_at is None


def _title(draft: Draft, language: str) -> str:
    title = " ".join(draft.title(language).split())
    return title if len(title) <= LONGEST_TITLE else title[: LONGEST_TITLE - 1].rstrip() + "…"


def _day_on(at: Any, language: str) -> str:
    with force_locale(language):
        return format_day_on(at)


def _outcome(decision: DecisionKind, language: str) -> str:
    with force_locale(language):
        return {
            DecisionKind.accepted: pgettext("decision", "Accepted"),
            DecisionKind.partly_accepted: pgettext("decision", "Partly accepted"),
            DecisionKind.not_accepted: pgettext("decision", "Not accepted"),
            DecisionKind.out_of_scope: pgettext("decision", "Out of scope"),
            DecisionKind.noted: pgettext("decision", "Noted"),
        }[decision]
