"""What is stored for searching beside the index: words of the corpus, pairs of concepts, searches people keep?"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Enum, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.kernel.clock import now
from portal.kernel.db import Instant, db


class CorpusWord(db.Model):
    """A folded word of the public texts and how often it stands there; learned anew from time to time."""

    __table_args__ = (Index("ix_corpus_word_like", "initial", "size", "count"),)

    text: Mapped[str] = mapped_column(String(40), primary_key=True)
    initial: Mapped[str] = mapped_column(String(1))  # its first letter: those mistyped are looked for among its like
    size: Mapped[int]
    count: Mapped[int]


class Concept(db.Model):
    """What a word of one language is called in the other, as titles and headings in both teach."""

    language: Mapped[str] = mapped_column(String(2), primary_key=True)
    stem: Mapped[str] = mapped_column(String(40), primary_key=True)
    other: Mapped[str] = mapped_column(String(40))  # the commonest form of the word in the other language


class Frequency(StrEnum):
    """How often new results are written of at most."""

    daily = "daily"
    weekly = "weekly"
    never = "never"


class SavedSearch(db.Model):
    """A search whose new results a person gets by mail; `parameters` is its address without the path.

    `seen_until`: what is newer was not mailed yet. `name`: what the person calls it, "" if nothing.
    """

    __table_args__ = (UniqueConstraint("user_id", "parameters"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    language: Mapped[str] = mapped_column(String(2))
    created_at: Mapped[datetime] = mapped_column(Instant, default=now)
    seen_until: Mapped[datetime] = mapped_column(Instant, default=now, index=True)
    frequency: Mapped[Frequency] = mapped_column(
        Enum(Frequency, native_enum=False, length=10), default=Frequency.daily, server_default="daily"
    )
    name: Mapped[str] = mapped_column(String(100), default="", server_default="")
    parameters: Mapped[str] = mapped_column(String(1500))
