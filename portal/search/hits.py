"""What is shown of the things found: their names, the words round what was asked for, whose they are?"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import tuple_

from portal.consultation.models import Comment, Consultation, DecisionKind, Reply
from portal.consultation.phases import dates_of, phase_at
from portal.drafts.labels import label
from portal.drafts.models import ActType, Body, Draft, Version, VersionText
from portal.drafts.structure import Kind, outline_from_json
from portal.kernel.clock import now
from portal.kernel.db import db
from portal.language.analysis import Wanted
from portal.search.documents import HitKind, Reference, Unit, units
from portal.search.excerpts import Excerpt, Piece, excerpt, marked
from portal.search.sources import passport_text
from portal.search.statuses import Status, status_of
from portal.search.visible import Seen


@dataclass(frozen=True, slots=True)
class DraftOfHit:
    """The draft a hit belongs to. `version` is the number of the version under discussion."""

    draft: Draft
    body: Body
    act_type: ActType
    status: Status
    version: int
    announced_at: datetime


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found. `provision` is the place within it that the excerpt is from; `comment_id` of answers too."""

    reference: Reference
    score: float
    at: datetime
    of: DraftOfHit
    title: tuple[Piece, ...]
    excerpt: Excerpt
    provision: str = ""
    comment_id: int | None = None
    decision: DecisionKind | None = None

    @property
    def plain_title(self) -> str:
        return "".join(piece.text for piece in self.title)


def load_hits(
    seen: Sequence[Seen], query: Sequence[Wanted], provisions: Mapping[Reference, Unit] | None = None
) -> list[Hit]:
    """The hits in the order given, without those that are gone meanwhile. At most four queries; three where the
    `provisions` are read already.
    """
    references = [each.candidate.reference for each in seen]
    drafts = _drafts({reference.draft_id for reference in references})
    found = _Texts(
        provisions=load_units(references) if provisions is None else provisions,
        comments=_comments({each.object_id for each in references if each.kind is HitKind.comment}),
        replies=_replies({each.object_id for each in references if each.kind is HitKind.reply}),
    )
    hits = (_hit(each, drafts.get(each.candidate.reference.draft_id), found, query) for each in seen)
    return [hit for hit in hits if hit is not None]


def find_draft_title(draft_id: int | None, language: str) -> str:
    """The title of a draft everybody may read; "" where there is none."""
    draft = None
    if draft_id is not None:
        draft = db.session.scalar(db.select(Draft).where(Draft.id == draft_id, Draft.is_public))
    return draft.title(language) if draft else ""


@dataclass(frozen=True, slots=True)
class _Texts:
    provisions: Mapping[Reference, Unit]
    comments: Mapping[int, tuple[str, str]]  # author, text
    replies: Mapping[int, tuple[int, str]]  # comment, text


def _hit(seen: Seen, of: DraftOfHit | None, found: _Texts, query: Sequence[Wanted]) -> Hit | None:
    reference = seen.candidate.reference
    if of is None:
        return None
    if reference.kind is HitKind.draft:
        return _draft_hit(seen, of, query)
    if reference.kind is HitKind.provision:
        unit = found.provisions.get(reference)
        return _provision_hit(seen, of, unit, query) if unit else None
    if reference.kind is HitKind.comment:
        author, text = found.comments.get(reference.object_id, ("", ""))
        words = excerpt(text, query, None)
        return Hit(
            reference, seen.candidate.score, seen.at, of, (Piece(author),), words,
            comment_id=reference.object_id, decision=seen.decision,
        ) if text else None  # fmt: skip
    comment_id, text = found.replies.get(reference.object_id, (0, ""))
    if not text:
        return None
    name = (Piece(of.body.name(reference.language)),)
    return Hit(
        reference, seen.candidate.score, seen.at, of, name, excerpt(text, query, None),
        comment_id=comment_id, decision=seen.decision,
    )  # fmt: skip


def _draft_hit(seen: Seen, of: DraftOfHit, query: Sequence[Wanted]) -> Hit:
    language = seen.candidate.reference.language
    title = marked(of.draft.title(language), query, language)
    summary = of.draft.summary(language)
    words = excerpt(summary, query, language)
    if not words.is_found:
        of_passport = excerpt(passport_text(of.draft.passport, language), query, language)
        words = of_passport if of_passport.is_found or not summary else words
    return Hit(seen.candidate.reference, seen.candidate.score, seen.at, of, title, words)


def _provision_hit(seen: Seen, of: DraftOfHit, unit: Unit, query: Sequence[Wanted]) -> Hit:
    language = seen.candidate.reference.language
    words = excerpt(unit.text, query, language)
    title = marked(unit.heading, query, language) if unit.heading else ()
    place = _part_at(unit, words.at) if words.is_found else unit.key
    return Hit(seen.candidate.reference, seen.candidate.score, seen.at, of, title, words, provision=place)


def _part_at(unit: Unit, place: int) -> str:
    """The key of the part a place of the unit's text is in."""
    end = 0
    for key, text in unit.parts:
        end += len(text) + 1
        if place < end:
            return key
    return unit.key


def _drafts(ids: Collection[int]) -> dict[int, DraftOfHit]:
    if not ids:
        return {}
    rows = db.session.execute(
        db.select(Draft, Body, ActType, Consultation, Version.number)
        .join(Body, Body.id == Draft.body_id)
        .join(ActType, ActType.id == Draft.type_id)
        .join(Consultation, Consultation.draft_id == Draft.id)
        .join(Version, Version.id == Consultation.version_id)
        .where(Draft.id.in_(ids), Draft.is_public)
    )
    instant = now()
    return {
        draft.id: DraftOfHit(
            draft, body, act_type, status_of(phase_at(dates_of(draft, consultation), instant), consultation.is_archived),
            version, consultation.announced_at,
        )
        for draft, body, act_type, consultation, version in rows
    }  # fmt: skip


def load_units(references: Iterable[Reference]) -> dict[Reference, Unit]:
    """The provisions among the references. One query; each text is read once, one after another, and only its branches
    with the units are made into trees.
    """
    keys: dict[tuple[int, str], dict[str, Reference]] = {}
    for each in references:
        if each.kind is HitKind.provision:
            keys.setdefault((each.draft_id, each.language), {})[each.provision] = each
    if not keys:
        return {}
    rows = db.session.execute(
        db.select(Consultation.draft_id, VersionText.language, VersionText.outline)
        .join(VersionText, VersionText.version_id == Consultation.version_id)
        .where(tuple_(Consultation.draft_id, VersionText.language).in_(sorted(keys))),
        execution_options={"yield_per": 1},
    )
    found: dict[Reference, Unit] = {}
    for draft_id, language, outline in rows:
        wanted = keys[draft_id, language]
        for *above, provision in _chains(outline["provisions"], wanted):
            small = outline_from_json({**outline, "provisions": [provision], "warnings": []})
            found[wanted[provision["key"]]] = _placed(next(units(small)), above, language)
    return found


def _chains(
    provisions: Sequence[dict[str, Any]], keys: Collection[str], above: tuple[dict[str, Any], ...] = ()
) -> Iterator[tuple[dict[str, Any], ...]]:
    """Each provision with one of the keys, after those it stands in."""
    for provision in provisions:
        if provision["key"] in keys:
            yield (*above, provision)
        yield from _chains(provision["children"], keys, (*above, provision))


def _placed(unit: Unit, above: Sequence[dict[str, Any]], language: str) -> Unit:
    """A point of an annex says of which: its number alone would be taken for that of the act."""
    annex = next((each for each in above if each["kind"] == Kind.annex), None)
    if annex is None:
        return unit
    name = label(Kind.annex, annex["number"], language)
    heading = ", ".join(filter(None, (name[:1].upper() + name[1:], unit.heading[:1].lower() + unit.heading[1:])))
    return replace(unit, heading=heading)


def _comments(ids: Collection[int]) -> dict[int, tuple[str, str]]:
    if not ids:
        return {}
    rows = db.session.execute(
        db.select(Comment.id, Comment.author_name, Comment.text, Comment.proposed_text).where(Comment.id.in_(ids))
    )
    return {id_: (author, "\n".join(filter(None, (text, proposed)))) for id_, author, text, proposed in rows}


def _replies(ids: Collection[int]) -> dict[int, tuple[int, str]]:
    if not ids:
        return {}
    rows = db.session.execute(db.select(Reply.id, Reply.comment_id, Reply.text).where(Reply.id.in_(ids)))
    return {id_: (comment_id, text) for id_, comment_id, text in rows}
