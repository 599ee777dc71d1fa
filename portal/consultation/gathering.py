"""Which family of near-identical drafts does a published draft belong to?

A draft joins the family of the first draft it is near-identical to, in Kazakh or in Russian; only drafts a family may
gather round keep a fingerprint, so that two hundred copies are found by one. The first published text decides; later
versions leave a draft where it is.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import delete, func, update

from portal.consultation.models import Consultation, Family, Fingerprint, FingerprintBand
from portal.drafts.fingerprint import ALIKE, Signature, alike, bands, fingerprint, from_bytes, to_bytes
from portal.drafts.models import Version, VersionText
from portal.drafts.policy import AUTHENTIC
from portal.drafts.structure import outline_from_json
from portal.kernel.db import db

MOST_CANDIDATES = 100


def gather_draft(draft_id: int) -> int | None:
    """The id of the family the draft stands in now, None for one that is like no other; done before, nothing changes."""
    row = db.session.execute(
        db.select(Consultation.family_id, Fingerprint.draft_id)
        .outerjoin(Fingerprint, Fingerprint.draft_id == Consultation.draft_id)
        .where(Consultation.draft_id == draft_id)
        .limit(1)
    ).one_or_none()
    if row is None or row.family_id is not None or row.draft_id is not None:
        return row.family_id if row else None
    signatures = dict(_signatures(draft_id))
    first = _find_alike(signatures, draft_id)
    if first is None:
        _keep(draft_id, signatures)
        return None
    _join(first, draft_id)
    return first


def list_ungathered(after: int, limit: int) -> list[int]:
    """The next public drafts by id, for gathering all of them anew."""
    query = db.select(Consultation.draft_id).where(Consultation.draft_id > after).order_by(Consultation.draft_id)
    return list(db.session.scalars(query.limit(limit)))


def forget_families() -> None:
    """Take every draft out of its family, to gather them anew."""
    db.session.execute(update(Consultation).where(Consultation.family_id.is_not(None)).values(family_id=None))
    for table in (FingerprintBand, Fingerprint, Family):
        db.session.execute(delete(table))


def count_families() -> tuple[int, int, int]:
    """How many families there are, how many drafts stand in them, how many in the largest."""
    found = db.session.execute(db.select(func.count(), func.sum(Family.size), func.max(Family.size)).select_from(Family)).one()
    return found[0], found[1] or 0, found[2] or 0


def _signatures(draft_id: int) -> Iterator[tuple[str, Signature]]:
    """The first published texts are read past the memory of texts: nobody may ever open them."""
    texts = db.session.execute(
        db.select(VersionText.language, VersionText.outline)
        .join(Version, Version.id == VersionText.version_id)
        .where(Version.draft_id == draft_id, Version.number == 1, VersionText.language.in_(AUTHENTIC))
    )
    for language, outline in texts:
        if (signature := fingerprint(outline_from_json(outline))) is not None:
            yield language, signature


def _find_alike(signatures: dict[str, Signature], draft_id: int) -> int | None:
    """The draft most alike of those that share a band; an index lookup, whatever the number of drafts."""
    best: tuple[float, int] = (0.0, 0)
    for language, signature in signatures.items():
        candidates = db.session.execute(
            db.select(Fingerprint.draft_id, Fingerprint.signature)
            .join(FingerprintBand, FingerprintBand.draft_id == Fingerprint.draft_id)
            .where(
                FingerprintBand.value.in_(bands(signature)),
                Fingerprint.language == language,
                Fingerprint.draft_id != draft_id,
            )
            .distinct()
            .order_by(Fingerprint.draft_id)
            .limit(MOST_CANDIDATES)
        )
        for other, stored in candidates:
            best = max(best, (alike(signature, from_bytes(stored)), -other))
    return -best[1] if best[0] >= ALIKE else None


def _keep(draft_id: int, signatures: dict[str, Signature]) -> None:
    for language, signature in signatures.items():
        db.session.add(Fingerprint(draft_id=draft_id, language=language, signature=to_bytes(signature)))
    values = {value for signature in signatures.values() for value in bands(signature)}
    db.session.add_all(FingerprintBand(value=value, draft_id=draft_id) for value in values)
    db.session.flush()


def _join(first: int, draft_id: int) -> None:
    family = db.session.get(Family, first)
    if family is None:
        family = Family(id=first, size=1)
        db.session.add(family)
        db.session.flush()
        _place(first, first)
    family.size += 1
    _place(draft_id, first)
    db.session.flush()


def _place(draft_id: int, family_id: int) -> None:
    db.session.execute(
        update(Consultation)
        .where(Consultation.draft_id == draft_id)
        .values(family_id=family_id)
        .execution_options(synchronize_session="fetch")
    )
