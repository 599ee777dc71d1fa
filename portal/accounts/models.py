"""What is stored about a person with an account?"""

from __future__ import annotations

import secrets
from datetime import datetime

from sqlalchemy import Enum, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from portal.accounts.roles import Role
from portal.kernel.clock import now
from portal.kernel.db import Instant, db


class User(db.Model):
    """A person. E-mail is kept in lower case; `session_key` changes to end every session at once."""

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    password_hash: Mapped[str | None] = mapped_column(String(255))
    role: Mapped[Role] = mapped_column(Enum(Role, native_enum=False, length=20), default=Role.citizen)
    # the body a drafter acts for; the table belongs to `drafts`, higher on the ladder
    body_id: Mapped[int | None] = mapped_column(ForeignKey("body.id"), index=True)
    language: Mapped[str] = mapped_column(String(2), default="kk")
    wants_letters: Mapped[bool] = mapped_column(default=True)  # answers and reports; never what concerns the account
    session_key: Mapped[str] = mapped_column(String(43), unique=True, default=lambda: secrets.token_urlsafe(32))
    created_at: Mapped[datetime] = mapped_column(Instant, default=now)
    confirmed_at: Mapped[datetime | None] = mapped_column(Instant)
    blocked_at: Mapped[datetime | None] = mapped_column(Instant)
    signed_in_at: Mapped[datetime | None] = mapped_column(Instant)


class EndedSession(db.Model):
    """A session somebody signed out of: a copy of its cookie, good by its signature until then, opens nothing."""

    code: Mapped[str] = mapped_column(String(22), primary_key=True)
    until: Mapped[datetime] = mapped_column(Instant)


class AddressRequest(db.Model):
    """A letter somebody asked for by typing an address.

    The ledger names it by this code and not by the person, so that the public log tells neither whose address was
    typed nor whether the portal knows it. A person has the latest one only.
    """

    code: Mapped[str] = mapped_column(String(32), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(Instant, default=now)


class AccountEvent(db.Model):
    """One line in the history of an account: what those who manage people did to it, and why."""

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    action: Mapped[str] = mapped_column(String(10))  # role | blocked | unblocked
    role: Mapped[Role | None] = mapped_column(Enum(Role, native_enum=False, length=20))  # the new one
    body_id: Mapped[int | None] = mapped_column(ForeignKey("body.id"))
    reason: Mapped[str] = mapped_column(Text, default="")
    manager_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))  # null: an operator
    at: Mapped[datetime] = mapped_column(Instant, default=now)
