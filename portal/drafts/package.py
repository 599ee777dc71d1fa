"""Which parts of a draft's package are there, and which are missing?

The package: the text in Kazakh and in Russian (both authentic; English is a courtesy text), the passport, the
explanatory note, the comparative table when an act is amended, calculations where business costs change, attached
expert opinions. A missing part is shown as missing, never hidden.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Literal

from portal.drafts.models import PASSPORT_ROWS, AttachmentKind
from portal.drafts.policy import AUTHENTIC

State = Literal["done", "missing", "optional"]


@dataclass(frozen=True, slots=True)
class Part:
    """One part; `code` is text-kk, text-ru, text-en, passport, note or another kind of attachment.

    `lacks` names the authentic languages in which the part is still missing.
    """

    code: str
    state: State
    lacks: tuple[str, ...] = ()

    @property
    def is_gate(self) -> bool:
        """Does the law forbid to post the package without it (art. 24(3))?"""
        return self.code in {f"text-{language}" for language in AUTHENTIC}


def parts_of(
    texts: Collection[str], passport: Mapping[str, Mapping[str, str]], attachments: Collection[tuple[AttachmentKind, str]]
) -> tuple[Part, ...]:
    """The package in its official order.

    `texts` are the languages there is a text in; `attachments` are (kind, language or "").
    """
    kinds = {kind for kind, _ in attachments}
    notes = {language for kind, language in attachments if kind is AttachmentKind.note}
    without_note = tuple(language for language in AUTHENTIC if "" not in notes and language not in notes)
    without_passport = tuple(
        language for language in AUTHENTIC if any(not passport.get(language, {}).get(row) for row in PASSPORT_ROWS)
    )
    return (
        *(Part(f"text-{language}", "done" if language in texts else "missing") for language in AUTHENTIC),
        Part("text-en", "done" if "en" in texts else "optional"),
        Part("passport", "missing" if without_passport else "done", without_passport),
        Part("note", "missing" if without_note else "done", without_note),
        *(
            Part(kind.value, "done" if kind in kinds else "optional")
            for kind in (AttachmentKind.comparative_table, AttachmentKind.calculation, AttachmentKind.opinion)
        ),
    )


def missing_texts(parts: Collection[Part]) -> tuple[Part, ...]:
    """The parts without which no discussion may be opened."""
    return tuple(part for part in parts if part.is_gate and part.state == "missing")
