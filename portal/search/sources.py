"""What of the database belongs into the index now: only what every reader may see?

Everything comes in ascending order of ids, a chunk of rows at a time, each read in a transaction of its own: a build of
half an hour neither holds the database's log back nor needs more memory than one of a minute.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from sqlalchemy import Row, Select, and_, func

from portal.consultation.models import Comment, Consultation, Reply
from portal.drafts.models import LANGUAGES, PASSPORT_ROWS, Draft, VersionText
from portal.drafts.structure import outline_from_json
from portal.kernel.db import db
from portal.search.documents import HitKind, Reference, Text, comment_group, draft_group, reply_group, units

CHUNK = 1000  # rows read at a time by a rebuild
CHUNK_OF_TEXTS = 20  # whole laws
_HEAD = (
    Draft.id, Draft.number, Draft.passport, Draft.title_kk, Draft.title_ru, Draft.title_en,
    Draft.summary_kk, Draft.summary_ru, Draft.summary_en, Consultation.announced_at,
)  # fmt: skip


def all_texts() -> Iterator[Text]:
    """Everything, drafts first; ends the present transaction after every chunk."""
    for draft_ids in _chunks(db.select(Draft.id).where(Draft.is_public), Draft.id, CHUNK_OF_TEXTS):
        yield from texts_of_drafts(draft_ids)
    for comment_ids in _chunks(db.select(Comment.id), Comment.id, CHUNK):
        yield from texts_of_comments(comment_ids)
    for reply_ids in _chunks(db.select(Reply.id), Reply.id, CHUNK):
        yield from texts_of_replies(reply_ids)


def texts_of_drafts(draft_ids: Collection[int]) -> Iterator[Text]:
    """The drafts themselves and the provisions of the version under discussion, in each language."""
    if not draft_ids:
        return
    rows = db.session.execute(
        db.select(*_HEAD)
        .outerjoin(Consultation, Consultation.draft_id == Draft.id)
        .where(Draft.id.in_(draft_ids), Draft.is_public)
    ).all()
    for row in rows:
        yield from _heads(row)
    announced = {row.id: row.announced_at for row in rows}
    for draft_id, language, outline in _outlines(list(announced)):
        for unit in units(outline_from_json(outline)):
            reference = Reference(HitKind.provision, draft_id, draft_id, language, unit.key)
            yield Text(reference, draft_group(draft_id), unit.heading, unit.text, language, announced[draft_id])


def texts_of_comments(comment_ids: Collection[int]) -> Iterator[Text]:
    """Comments that are neither hidden nor withdrawn. The language an author chose need not be that of the words."""
    if not comment_ids:
        return
    rows = db.session.execute(
        db.select(
            Comment.id, Comment.draft_id, Comment.language, Comment.created_at,
            Comment.organisation, Comment.text, Comment.proposed_text,
        )
        .join(Draft, Draft.id == Comment.draft_id)
        .where(Comment.id.in_(comment_ids), is_comment_visible(), Draft.is_public)
        .order_by(Comment.id)
    ).all()  # fmt: skip
    for id_, draft_id, language, at, organisation, text, proposed in rows:
        reference = Reference(HitKind.comment, id_, draft_id, language)
        body = "\n".join(each for each in (text, proposed, organisation) if each)
        yield Text(reference, comment_group(id_), "", body, None, at)


def texts_of_replies(reply_ids: Collection[int]) -> Iterator[Text]:
    """Answers to comments that can be seen."""
    if not reply_ids:
        return
    rows = db.session.execute(
        db.select(Reply.id, Reply.draft_id, Reply.language, Reply.posted_at, Reply.text)
        .join(Comment, Comment.id == Reply.comment_id)
        .join(Draft, Draft.id == Reply.draft_id)
        .where(Reply.id.in_(reply_ids), is_comment_visible(), Draft.is_public)
        .order_by(Reply.id)
    ).all()
    for id_, draft_id, language, at, text in rows:
        yield Text(Reference(HitKind.reply, id_, draft_id, language), reply_group(id_), "", text, None, at)


def list_reply_ids(comment_ids: Collection[int]) -> list[int]:
    """The answers to these comments."""
    if not comment_ids:
        return []
    return list(db.session.scalars(db.select(Reply.id).where(Reply.comment_id.in_(comment_ids))))


def count_sources() -> int:
    """How many drafts, comments and answers there are: what a rebuild has to read."""
    return sum(db.session.scalar(db.select(func.count()).select_from(table)) or 0 for table in (Draft, Comment, Reply))


def is_comment_visible() -> Any:
    """The condition that readers see a comment."""
    return and_(Comment.hidden_at.is_(None), Comment.withdrawn_at.is_(None))


def passport_text(passport: Mapping[str, Mapping[str, str]], language: str) -> str:
    """What the passport says in a language, row after row."""
    rows = passport.get(language) or {}
    return "\n".join(rows[row] for row in PASSPORT_ROWS if rows.get(row))


def _heads(row: Row[Any]) -> Iterator[Text]:
    for language in LANGUAGES:
        title, summary = getattr(row, f"title_{language}"), getattr(row, f"summary_{language}")
        body = "\n".join(each for each in (summary, passport_text(row.passport, language)) if each)
        if title or body:
            reference = Reference(HitKind.draft, row.id, row.id, language)
            yield Text(reference, draft_group(row.id), title, f"{body}\n{row.number}", language, row.announced_at)


def _outlines(draft_ids: Collection[int]) -> Iterator[tuple[int, str, dict[str, Any]]]:
    rows = db.session.execute(
        db.select(Consultation.draft_id, VersionText.language, VersionText.outline)
        .join(VersionText, VersionText.version_id == Consultation.version_id)
        .where(Consultation.draft_id.in_(draft_ids))
        .order_by(Consultation.draft_id, VersionText.language)
    )
    for draft_id, language, outline in rows:
        yield draft_id, language, outline


def _chunks(query: Select[tuple[int]], column: Any, size: int) -> Iterator[list[int]]:
    """Ids in ascending order, `size` at a time; neither cursor nor transaction stays open in between."""
    last = 0
    while ids := list(db.session.scalars(query.where(column > last).order_by(column).limit(size))):
        yield ids
        db.session.rollback()
        last = ids[-1]
