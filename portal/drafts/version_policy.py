"""When may a draft get a new version, and what must it say and hold?"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from portal.accounts.actor import AnyActor
from portal.drafts.models import Draft, Version
from portal.drafts.policy import AUTHENTIC, ensure_edits
from portal.kernel.errors import Conflict, Invalid, Refused
from portal.kernel.text import ensure_length

LONGEST_NOTE = 4_000  # characters


def ensure_starts_version(actor: AnyActor, draft: Draft, latest: Version) -> None:
    """A published draft that still stands gets its next version from its own body, one at a time."""
    ensure_edits(actor, draft.body_id)
    if not draft.is_public:
        raise Refused("The draft is not public yet: its text can still be replaced.")
    ensure_stands(draft)
    if latest.published_at is None:
        raise Conflict("A new version is being prepared already.")


def ensure_stands(draft: Draft) -> None:
    """A draft that was withdrawn or became an act does not change any more."""
    if draft.withdrawn_at is not None:
        raise Refused("The draft was withdrawn; it gets no new version.")
    if draft.adopted_on is not None:
        raise Refused("The act is adopted; its draft gets no new version.")


def ensure_prepared(version: Version) -> None:
    """Only a later version that is not published yet is worked on."""
    if version.number == 1 or version.published_at is not None:
        raise Refused("No new version is being prepared. Start one first.")


def ensure_note(note: Mapping[str, str], *, is_whole: bool = False) -> None:
    """What changed and why, language → text; both authentic languages before publication."""
    for language, text in note.items():
        ensure_length(text, LONGEST_NOTE, f"note_{language}")
    missing = [language for language in AUTHENTIC if not note.get(language)]
    if is_whole and missing:
        raise Invalid("Say in Kazakh and in Russian what changed and why.", field=f"note_{missing[0]}")


def ensure_resolved(before: Collection[str], now: Collection[str], left_out: Collection[str]) -> None:
    """Each language of the version before is uploaded anew or carried over; a courtesy text may be left out, aloud."""
    for language in before:
        if language in now:
            continue
        if language in AUTHENTIC:
            raise Refused("Upload the text in each language, or carry it over unchanged.")
        if language not in left_out:
            raise Invalid("Upload the English text, carry it over unchanged, or leave it out.", field="leaves_out")


def ensure_differs(is_same: bool, number: int) -> None:
    """A version says something else than the one before, which is `number`."""
    if is_same:
        raise Refused("The texts are the same as in version %(number)s: there is nothing to publish.", number=number)
