"""What can be asked about people?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, Select, column, func, or_, table, true
from sqlalchemy.orm import aliased

from portal.accounts.actor import Actor
from portal.accounts.models import AccountEvent, AddressRequest, EndedSession, User
from portal.accounts.roles import Role
from portal.kernel.db import db
from portal.kernel.errors import NotFound

MOST_BODIES = 5000
MOST_EVENTS = 200
LARGEST_ID = 2**31 - 1

# The model of bodies stands higher on the ladder; all that is needed here is what one is called and became part of.
_body = table(
    "body", column("id"), column("code"), column("name_kk"), column("name_ru"), column("name_en"), column("successor_id")
)  # fmt: skip


@dataclass(frozen=True)
class Person:
    """One line of the list of people."""

    id: int
    name: str
    email: str
    role: Role
    body_name: str
    created_at: datetime
    is_confirmed: bool
    is_blocked: bool


@dataclass(frozen=True)
class EventLine:
    """One line in the history of an account; `manager` is empty for an operator."""

    action: str
    role: Role | None
    body_name: str
    reason: str
    manager: str
    at: datetime


def find_actor(session_key: str, code: str, language: str) -> Actor | None:
    """Whose session it is, with the name of their body in a language; None when it ended or they are blocked."""
    ended = db.select(EndedSession.code).where(EndedSession.code == code).exists()
    own = db.select(User.body_id).where(User.session_key == session_key).scalar_subquery()
    merged = acted_for(own).subquery()
    rows = db.session.execute(
        db.select(
            User.id, User.role, User.name, User.body_id, User.language, User.confirmed_at, _body_name(language),
            merged.c.id.label("acted_for"),
        )
        .outerjoin(_body, _body.c.id == User.body_id)
        .outerjoin(merged, true())
        .where(User.session_key == session_key, User.blocked_at.is_(None), ~ended)
    ).all()  # fmt: skip
    if not rows:
        return None
    row = rows[0]
    return Actor(
        id=row.id, role=row.role, name=row.name, body_id=row.body_id, body_name=row.body_name or "",
        language=row.language, is_confirmed=row.confirmed_at is not None,
        merged_bodies=frozenset(each.acted_for for each in rows) - {row.body_id, None},
    )  # fmt: skip


def acted_for(body_id: int | ScalarSelect[Any]) -> Select[tuple[int]]:
    """The ids of a body and of all that became part of it, directly or not: those who work for it act for all of them.

    A subquery; ends where bodies stand in a circle.
    """
    found = db.select(_body.c.id).where(_body.c.id == body_id).cte("acted_for", recursive=True)
    found = found.union(db.select(_body.c.id).where(_body.c.successor_id == found.c.id))
    return db.select(found.c.id)


def find_by_address(email: str) -> User | None:
    """The person with this address, which must be in its normal form."""
    return db.session.scalar(db.select(User).where(User.email == email))


def get_user(user_id: int) -> User:
    """The person; raises NotFound."""
    user = db.session.get(User, user_id) if user_id <= LARGEST_ID else None
    if user is None:
        raise NotFound("There is no such person.")
    return user


def find_requester(code: str) -> User | None:
    """Who is to get the letter that was asked for; None for an unknown address or an older request."""
    return db.session.scalar(
        db.select(User).join(AddressRequest, AddressRequest.user_id == User.id).where(AddressRequest.code == code)
    )


def find_block_reason(user_id: int) -> str:
    """Why the person was blocked last; empty when they never were."""
    latest = db.select(AccountEvent.reason).where(AccountEvent.user_id == user_id, AccountEvent.action == "blocked")
    return db.session.scalar(latest.order_by(AccountEvent.id.desc()).limit(1)) or ""


def find_body_id(code: str) -> int | None:
    """The id of the body with this code."""
    return db.session.scalar(db.select(_body.c.id).where(_body.c.code == code))


def body_exists(body_id: int) -> bool:
    """Is there such a body?"""
    return db.session.scalar(db.select(_body.c.id).where(_body.c.id == body_id)) is not None


def list_body_names(language: str) -> list[tuple[int, str]]:
    """(id, name) of every body, by name."""
    name = _body_name(language)
    rows = db.session.execute(db.select(_body.c.id, name).order_by(name).limit(MOST_BODIES))
    return [(body_id, body_name) for body_id, body_name in rows]


def list_people_of(body_id: int) -> list[User]:
    """Everybody who works for a body, blocked or not."""
    return list(db.session.scalars(db.select(User).where(User.body_id == body_id).order_by(User.id).limit(MOST_BODIES)))


def count_people(words: str, role: Role | None) -> int:
    """How many people match."""
    return db.session.scalar(_matching(db.select(func.count(User.id)), words, role)) or 0


def list_people(words: str, role: Role | None, language: str, *, offset: int, size: int) -> list[Person]:
    """People whose name or address has the words, the latest first."""
    query = db.select(
        User.id, User.name, User.email, User.role, _body_name(language), User.created_at,
        User.confirmed_at.is_not(None).label("is_confirmed"), User.blocked_at.is_not(None).label("is_blocked"),
    ).outerjoin(_body, _body.c.id == User.body_id)  # fmt: skip
    rows = db.session.execute(_matching(query, words, role).order_by(User.id.desc()).offset(offset).limit(size))
    return [
        Person(row.id, row.name, row.email, row.role, row.body_name or "", row.created_at, bool(row.is_confirmed),
               bool(row.is_blocked))
        for row in rows
    ]  # fmt: skip


def list_events(user_id: int, language: str) -> list[EventLine]:
    """What was done to an account, the latest first."""
    manager = aliased(User)
    rows = db.session.execute(
        db.select(AccountEvent, manager.name.label("manager"), _body_name(language))
        .outerjoin(manager, manager.id == AccountEvent.manager_id)
        .outerjoin(_body, _body.c.id == AccountEvent.body_id)
        .where(AccountEvent.user_id == user_id)
        .order_by(AccountEvent.id.desc())
        .limit(MOST_EVENTS)
    )
    return [
        EventLine(event.action, event.role, body_name or "", event.reason, name or "", event.at)
        for event, name, body_name in rows
    ]


def _body_name(language: str) -> ColumnElement[str]:
    names = {"kk": _body.c.name_kk, "ru": _body.c.name_ru, "en": _body.c.name_en}
    return func.coalesce(func.nullif(names.get(language, _body.c.name_kk), ""), _body.c.name_ru).label("body_name")


def _matching(query: Select, words: str, role: Role | None) -> Select:
    if role is not None:
        query = query.where(User.role == role)
    if not words:
        return query
    # SQLite folds the case of Latin letters only
    spellings = {words, words.lower(), words.upper(), words.title()}
    return query.where(
        or_(
            User.email.contains(words.lower(), autoescape=True),
            *(User.name.contains(spelling, autoescape=True) for spelling in sorted(spellings)),
        )
    )
