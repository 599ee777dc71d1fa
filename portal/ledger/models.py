"""What does the ledger store?"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, Integer, LargeBinary, SmallInteger, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from portal.kernel.db import Instant, db
from portal.ledger.entries import EntryView, leaf_data
from portal.ledger.merkle import leaf_hash

Serial = BigInteger().with_variant(Integer, "sqlite")


class Entry(db.Model):
    """One act. Never changed after its number is given; the number is its leaf's index in the tree."""

    __tablename__ = "ledger_entry"
    __table_args__ = (
        Index(None, "kind", "number"),
        Index(None, "subject", "number"),
    )

    id: Mapped[int] = mapped_column(Serial, primary_key=True)
    number: Mapped[int | None] = mapped_column(BigInteger, unique=True)
    kind: Mapped[str] = mapped_column(String(40))
    subject: Mapped[str] = mapped_column(String(140))
    at: Mapped[datetime] = mapped_column(Instant)
    facts: Mapped[str] = mapped_column(Text)

    @property
    def leaf(self) -> bytes:
        """The leaf hash, recomputed from what is stored now; the recorded one is the node of level 0."""
        return leaf_hash(leaf_data(self.kind, self.subject, self.at, self.facts))

    def view(self) -> EntryView:
        """The entry as others read it; only once it has its number."""
        if self.number is None:
            raise ValueError("the entry has no number yet")
        return EntryView(self.number, self.kind, self.subject, self.at, self.facts)


class Salt(db.Model):
    """What turns an entry's digests back into checkable facts; erasing it forgets the person, not the act."""

    __tablename__ = "ledger_salt"

    entry_id: Mapped[int] = mapped_column(Serial, ForeignKey(Entry.id), primary_key=True, autoincrement=False)
    salt: Mapped[bytes] = mapped_column(LargeBinary(16))


class Node(db.Model):
    """A complete subtree of the Merkle tree; those of level 0 are the leaves."""

    __tablename__ = "ledger_node"
    __table_args__ = {"sqlite_with_rowid": False}

    level: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    position: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    hash: Mapped[bytes] = mapped_column(LargeBinary(32))


class Head(db.Model):
    """The signed root of the tree over the first `size` entries."""

    __tablename__ = "ledger_head"

    size: Mapped[int] = mapped_column(Serial, primary_key=True, autoincrement=False)
    root: Mapped[bytes] = mapped_column(LargeBinary(32))
    at: Mapped[datetime] = mapped_column(Instant)
    signature: Mapped[bytes] = mapped_column(LargeBinary(64))


class Cursor(db.Model):
    """How far a follower has read: `number` is the entry it reads next."""

    __tablename__ = "ledger_cursor"

    follower: Mapped[str] = mapped_column(String(60), primary_key=True)
    number: Mapped[int] = mapped_column(BigInteger, default=0)
