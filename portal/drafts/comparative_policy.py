"""Who may work on a comparative table, and what may stand in it?"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from portal.accounts.actor import AnyActor
from portal.drafts.comparative import LANGUAGES, RowChange
from portal.drafts.models import Draft, Version
from portal.drafts.policy import ensure_changeable, ensure_edits
from portal.kernel.errors import Conflict, Invalid, Refused, TooLarge
from portal.kernel.text import ensure_length

LONGEST_ELEMENT = 1_000  # characters
LONGEST_CELL = 200_000
MOST_ROWS = 5_000


def ensure_works_on(actor: AnyActor, draft: Draft, version: Version) -> None:
    """A table is worked on by the body that drafts the act, until its version is published."""
    ensure_edits(actor, draft.body_id)
    ensure_changeable(version)


def ensure_base(base: Collection[str], texts: Collection[str]) -> None:
    """There is something to compare, in a language of the draft."""
    if not base:
        raise Invalid("Upload the act in force, or choose an adopted act or a draft of the portal.", field="file_kk")
    if not texts:
        raise Refused("Upload a text first.")
    if not set(base) & set(texts):
        raise Invalid("The draft has no text in the language of this act.", field=f"file_{next(iter(base))}")


def ensure_language(language: str, warnings: Collection[str]) -> None:
    """The act in force is in the language it was given for."""
    if "other_language" in warnings:
        raise Invalid("The act in this file seems to be in another language.", field=f"file_{language}")


def ensure_rows(count: int) -> None:
    """A table says something, and no more than people can work through."""
    if count == 0:
        raise Refused("The draft and the act in force say the same, or nothing in the draft was recognised as a change.")
    if count > MOST_ROWS:
        raise TooLarge("The table would have more than %(max)s rows. Is this the right act?", max=MOST_ROWS)


def ensure_may_lose(lost: int, is_agreed: bool) -> None:
    """What was written by hand goes only when somebody agreed to it."""
    if lost and not is_agreed:
        raise Refused(
            "Building the table anew would lose what was written by hand in %(n)s row. Confirm it first.",
            plural="Building the table anew would lose what was written by hand in %(n)s rows. Confirm it first.",
            n=lost,
        )


def ensure_cells(cells: Mapping[str, str], change: str) -> None:
    """A row says what it is about; its words are bounded. `cells` are named as in the model."""
    if change not in set(RowChange):
        raise Invalid("Choose what the draft does.", field="change")
    for name, text in cells.items():
        most = LONGEST_ELEMENT if name.startswith("element_") else LONGEST_CELL
        ensure_length(text, most, name)
    if not any(cells.get(f"{cell}_{language}") for cell in ("present", "proposed") for language in LANGUAGES):
        raise Invalid("Enter the wording in force or the proposed one.", field="proposed_kk")


def ensure_same_row(revision: int, seen: int) -> None:
    """Who changes a row has seen it as it is."""
    if revision != seen:
        raise Conflict("Somebody changed this row meanwhile. Look at it as it is now.")
