"""Which rows does the comparative table of a draft have: element, wording in force, proposed wording?

A draft is either the base act in a new wording, or an amending act that orders changes of it. Pure: outlines in, rows out.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from portal.drafts.comparative.amending import rows_of_amendments
from portal.drafts.comparative.amendments import is_amending
from portal.drafts.comparative.new_wording import rows_of_new_wording
from portal.drafts.comparative.rows import LANGUAGES, Finding, Row, RowChange, Side
from portal.drafts.structure import Outline

__all__ = ["LANGUAGES", "Finding", "Manner", "Row", "RowChange", "Side", "build_rows", "tell_manner"]


class Manner(StrEnum):
    """How the draft stands to the base act."""

    new_wording = "new_wording"
    amending = "amending"


def tell_manner(draft: Mapping[str, Outline]) -> Manner:
    """An amending act, if any of its languages says so."""
    return Manner.amending if any(map(is_amending, draft.values())) else Manner.new_wording


def build_rows(base: Mapping[str, Outline], draft: Mapping[str, Outline], manner: Manner) -> tuple[Row, ...]:
    """The rows in the order of the draft. `base` and `draft` are by language; at least one language is in both."""
    return (rows_of_amendments if manner is Manner.amending else rows_of_new_wording)(base, draft)
