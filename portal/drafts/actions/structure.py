"""How is the structure of a text corrected before it is public, and how are the two languages' differences settled?"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence

from sqlalchemy.orm import defer

from portal.accounts.actor import AnyActor
from portal.drafts.alignment import Difference
from portal.drafts.digests import outline_digest
from portal.drafts.editing import Operation, edit_outline, name_of, operation_to_json
from portal.drafts.models import Acknowledgement, Draft, TextEdits, VersionText
from portal.drafts.policy import ensure_acknowledges, ensure_changeable, ensure_edits, ensure_same_text
from portal.drafts.queries.editing import Acknowledged, get_prepared_outline, read_step, sort_differences
from portal.drafts.queries.texts import latest_version
from portal.drafts.structure import Outline, outline_from_json, outline_to_json, place_of, walk
from portal.kernel.clock import now
from portal.kernel.db import db
from portal.kernel.errors import Conflict, Invalid, NotFound, Refused, TooLarge
from portal.ledger.entries import Fact
from portal.ledger.kinds import Kind
from portal.ledger.record import record

MOST_EDITS = 2_000  # steps kept for one text


def edit_structure(actor: AnyActor, *, draft: Draft, language: str, digest: str, operation: Operation) -> str:
    """Take one step in a text that still has this digest; the key of the unit it leaves in view.

    Raises Conflict when somebody changed the text meanwhile, Invalid for a step that does not fit it.
    """
    ensure_edits(actor, draft.body_id)
    text, edits = _prepared(draft, language, digest)
    outline = get_prepared_outline(text.version_id, language, digest)
    edited = edit_outline(outline, (operation,))
    if edits is None:
        edits = TextEdits(text_id=text.id, imported=text.outline, operations=[], done=0)
        db.session.add(edits)
    if edits.done >= MOST_EDITS:
        raise TooLarge("This text was corrected %(max)s times. Correct the file and upload it again.", max=MOST_EDITS)
    unit = [each for each, _, _ in walk(outline.provisions)][operation.place]
    step = {"operation": operation_to_json(operation), "kind": unit.kind.value, "number": unit.number}
    _store(draft, text, edited.outline)
    if text.digest == digest:
        raise Invalid("This step changes nothing.")
    edits.operations, edits.done, edits.edited_at = [*edits.operations[: edits.done], step], edits.done + 1, now()
    db.session.flush()
    record(Kind.STRUCTURE_EDITED, _subject(text), {**_facts(draft, text), "step": name_of(operation)})
    return edited.key


def undo_edit(actor: AnyActor, *, draft: Draft, language: str, digest: str) -> str:
    """Take the last step back; the key of the unit it had changed."""
    ensure_edits(actor, draft.body_id)
    text, edits = _prepared(draft, language, digest)
    if edits is None or edits.done == 0:
        raise Refused("There is nothing to undo.")
    key = _replay(draft, text, edits, edits.done - 1)
    record(Kind.STRUCTURE_EDIT_UNDONE, _subject(text), _facts(draft, text))
    return key


def redo_edit(actor: AnyActor, *, draft: Draft, language: str, digest: str) -> str:
    """Take the step that was undone last once more; the key of the unit it leaves in view."""
    ensure_edits(actor, draft.body_id)
    text, edits = _prepared(draft, language, digest)
    if edits is None or edits.done == len(edits.operations):
        raise Refused("There is nothing to do again.")
    key = _replay(draft, text, edits, edits.done + 1)
    record(Kind.STRUCTURE_EDIT_REDONE, _subject(text), _facts(draft, text))
    return key


def reset_structure(actor: AnyActor, *, draft: Draft, language: str, digest: str) -> None:
    """Back to what the importer saw; every step can still be done again."""
    ensure_edits(actor, draft.body_id)
    text, edits = _prepared(draft, language, digest)
    if edits is None or edits.done == 0:
        raise Refused("There is nothing to undo.")
    _replay(draft, text, edits, 0)
    record(Kind.STRUCTURE_RESET, _subject(text), _facts(draft, text))


def acknowledge_differences(
    actor: AnyActor, *, draft: Draft, outlines: Mapping[str, Outline], fingerprints: Sequence[str], reason: str
) -> int:
    """Say of differences between the Kazakh and the Russian text that they are meant, and why, in public; how many.

    Raises Conflict for one that is no longer there: a text was changed meanwhile.
    """
    ensure_edits(actor, draft.body_id)
    version = latest_version(draft.id)
    ensure_changeable(version)
    ensure_acknowledges(fingerprints, reason)
    open_ones = {each.fingerprint: each for each in sort_differences(version.id, outlines).open}
    if not open_ones.keys() >= {*fingerprints}:
        raise Conflict("The texts were changed meanwhile. Look at the differences as they are now.")
    meant = [open_ones[each] for each in dict.fromkeys(fingerprints)]
    facts = _acknowledge(actor, draft, version.id, meant, reason)
    record(Kind.DIFFERENCES_ACKNOWLEDGED, f"version:{version.id}", facts, secrets={"reason": reason})
    return len(meant)


def withdraw_acknowledgement(actor: AnyActor, *, draft: Draft, acknowledgement_id: int) -> None:
    """Take an acknowledgement back; the difference has to be settled again."""
    ensure_edits(actor, draft.body_id)
    version = latest_version(draft.id)
    ensure_changeable(version)
    found = db.session.get(Acknowledgement, acknowledgement_id)
    if found is None or found.version_id != version.id:
        raise NotFound("There is no such acknowledgement.")
    db.session.delete(found)
    db.session.flush()
    record(Kind.ACKNOWLEDGEMENT_WITHDRAWN, f"version:{version.id}", {"draft": draft.id, "difference": found.fingerprint})


def settle_differences(actor: AnyActor, *, draft: Draft, outlines: Mapping[str, Outline], imported: bool) -> None:
    """Before a version is published: refuse while differences are open, drop acknowledgements of what is no more.

    Those taken over from the version before are written down for this one. An import acknowledges by the operator what the other portal had published so.
    """
    ensure_edits(actor, draft.body_id)
    version = latest_version(draft.id)
    found = sort_differences(version.id, outlines)
    if found.open and not imported:
        raise Refused(
            "The Kazakh and the Russian text differ in structure in %(n)s place. Correct the texts or acknowledge it.",
            plural="The Kazakh and the Russian text differ in structure in %(n)s places. Correct the texts or acknowledge them.",
            n=len(found.open),
        )
    kept = [each.id for each in found.acknowledged]
    db.session.execute(
        db.delete(Acknowledgement).where(Acknowledgement.version_id == version.id, Acknowledgement.id.not_in(kept))
    )
    for each in found.acknowledged:
        if each.from_version:
            _take_over(version.id, each)
    if found.open:
        facts = _acknowledge(None, draft, version.id, found.open, "")
        record(Kind.DIFFERENCES_ACKNOWLEDGED, f"version:{version.id}", facts)


def follow_keys(version_id: int, outlines: Mapping[str, Outline]) -> None:
    """After units took the keys they had in the version before: acknowledgements name them by these."""
    now_called = {place_of(unit): unit.key for each in outlines.values() for unit, _, _ in walk(each.provisions)}
    for row in db.session.scalars(db.select(Acknowledgement).where(Acknowledgement.version_id == version_id)):
        row.key = now_called.get(row.key, row.key)
    db.session.flush()


def forget_edits(text_id: int, *, is_agreed: bool) -> None:
    """Before a text is uploaded anew: its corrections belong to the old file. Refused while nobody agreed to lose them."""
    edits = db.session.get(TextEdits, text_id)
    if edits is None:
        return
    if edits.done and not is_agreed:
        raise Refused(
            "The structure of this text was corrected here in %(n)s step. Confirm that the new file takes its place.",
            plural="The structure of this text was corrected here in %(n)s steps. Confirm that the new file takes its place.",
            n=edits.done,
        )
    db.session.delete(edits)
    db.session.flush()


def _take_over(version_id: int, known: Acknowledged) -> None:
    """Say of this version, too, what somebody said of the one before; `id` is of the row there."""
    said = db.session.get_one(Acknowledgement, known.id)
    db.session.add(
        Acknowledgement(
            version_id=version_id, fingerprint=known.fingerprint, code=known.warning.code, key=known.warning.key,
            params=dict(known.warning.params), acknowledged_by=said.acknowledged_by, acknowledged_at=said.acknowledged_at,
            reason=said.reason,
        )
    )  # fmt: skip


def _acknowledge(
    actor: AnyActor | None, draft: Draft, version_id: int, differences: Sequence[Difference], reason: str
) -> dict[str, Fact]:
    """Store it; the facts for the entry."""
    db.session.add_all(
        Acknowledgement(
            version_id=version_id, fingerprint=each.fingerprint, code=each.warning.code, key=each.warning.key,
            params=dict(each.warning.params), reason=reason, acknowledged_by=actor.id if actor else None,
        )
        for each in differences
    )  # fmt: skip
    db.session.flush()
    together = hashlib.sha256("\n".join(sorted(each.fingerprint for each in differences)).encode()).hexdigest()
    return {"draft": draft.id, "count": len(differences), "differences": together}


def _prepared(draft: Draft, language: str, digest: str) -> tuple[VersionText, TextEdits | None]:
    """The text being prepared, which still has this digest, and the steps taken in it.

    It is locked until the request ends: two steps at once would each undo the other.
    """
    version = latest_version(draft.id)
    ensure_changeable(version)
    text = db.session.scalar(
        db.select(VersionText)
        .where(VersionText.version_id == version.id, VersionText.language == language)
        .options(defer(VersionText.outline))  # megabytes, which a step replaces
        .with_for_update()
    )
    if text is None:
        raise NotFound("There is no text in this language.")
    ensure_same_text(text.digest, digest)
    edits = db.select(TextEdits).where(TextEdits.text_id == text.id).options(defer(TextEdits.imported))
    return text, db.session.scalar(edits)


def _replay(draft: Draft, text: VersionText, edits: TextEdits, done: int) -> str:
    """Put the first `done` steps on the imported text; the key of the unit that the step taken or undone was about."""
    operations = [read_step(each).operation for each in edits.operations]
    edited = edit_outline(outline_from_json(edits.imported), operations[:done])
    key = edited.key
    if done < edits.done:
        keys = [unit.key for unit, _, _ in walk(edited.outline.provisions)]
        key = keys[operations[done].place]
    edits.done, edits.edited_at = done, now()
    _store(draft, text, edited.outline)
    return key


def _store(draft: Draft, text: VersionText, outline: Outline) -> None:
    document = outline_to_json(outline)
    text.outline, text.digest = document, outline_digest(document)
    draft.updated_at = now()
    db.session.flush()


def _subject(text: VersionText) -> str:
    return f"version:{text.version_id}"


def _facts(draft: Draft, text: VersionText) -> dict[str, Fact]:
    return {"draft": draft.id, "language": text.language, "text": text.digest}
