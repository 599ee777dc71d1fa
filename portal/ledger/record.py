"""How does an action leave its entry?

The entry goes into the action's own transaction: both are kept or neither is. Facts are public for ever, so they
are ids, digests, numbers and codes; whatever belongs to a person or is text is a secret, of which the ledger
keeps only a digest under a random salt in a table of its own.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import delete, insert, select

from portal.kernel import clock
from portal.kernel.db import db
from portal.ledger import sequence
from portal.ledger.entries import Fact, Secret, check_subject, facts_text, secret_digest
from portal.ledger.kinds import Kind
from portal.ledger.models import Entry, Salt

SALT_LENGTH = 16


class Act(NamedTuple):
    """One act for `record_many`."""

    kind: Kind
    subject: str
    facts: Mapping[str, Fact] | None = None
    secrets: Mapping[str, Secret] | None = None
    at: datetime | None = None


def record(
    kind: Kind,
    subject: str,
    facts: Mapping[str, Fact] | None = None,
    *,
    secrets: Mapping[str, Secret] | None = None,
    at: datetime | None = None,
) -> Entry:
    """Append one entry about a subject such as `comment:17`; flushes, never commits.

    Secrets that are None are left out. Raises ValueError for a fact that is text or has no canonical form.
    """
    return record_many([Act(kind, subject, facts, secrets, at)])[0]


def record_many(acts: Iterable[Act]) -> list[Entry]:
    """Append entries in order; for imports. Flushes, never commits."""
    session = db.session()
    prepared = [_prepare(Act(*act)) for act in acts]
    entries = [entry for entry, _ in prepared]
    session.flush()
    if sequence.numbers_inline(session):
        sequence.append(session, entries)
    session.add_all(entries)
    session.flush()
    salts = [{"entry_id": entry.id, "salt": salt} for entry, salt in prepared if salt]
    if salts:
        session.execute(insert(Salt), salts)
    return entries


def erase_salts(subject: str) -> int:
    """Forget what the digests of a subject's entries stood for; how many salts were erased."""
    of_subject = select(Entry.id).where(Entry.subject == subject)
    return db.session.execute(delete(Salt).where(Salt.entry_id.in_(of_subject))).rowcount


def matches(entry: Entry, name: str, value: str | int) -> bool:
    """Is this the value behind a digest of the entry? False when its salt has been erased."""
    salt = db.session.scalar(select(Salt.salt).where(Salt.entry_id == entry.id))
    recorded = entry.view().facts.get("digests", {}).get(name)
    return salt is not None and recorded == secret_digest(salt, name, value)


def _prepare(act: Act) -> tuple[Entry, bytes | None]:
    known = {name: value for name, value in (act.secrets or {}).items() if value is not None}
    salt = os.urandom(SALT_LENGTH) if known else None
    digests = {name: secret_digest(salt, name, value) for name, value in known.items()} if salt else {}
    entry = Entry(
        kind=Kind(act.kind).value,
        subject=check_subject(act.subject),
        at=act.at or clock.now(),
        facts=facts_text(act.facts or {}, digests),
    )
    return entry, salt
