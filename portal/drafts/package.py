"""Which parts of a draft's package are there, and which are missing?

The package: the text in Kazakh and in Russian (both authentic; English is a courtesy text), the passport, the
explanatory note, the comparative table when an act is amended, calculations where business costs change, attached
expert opinions. The act type says without which of them no discussion opens. A missing part is shown as missing, never hidden.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Literal

from portal.drafts.models import ALWAYS_REQUIRED, PASSPORT_ROWS, AttachmentKind
from portal.drafts.policy import AUTHENTIC

State = Literal["done", "missing", "optional"]


@dataclass(frozen=True, slots=True)
class Part:
    """One part; `code` is text-kk, text-ru, text-en, passport, note or another kind of attachment.

    `lacks` names the authentic languages in which the part is still missing; `is_gate`: the act type requires it, so
    no discussion opens without it.
    """

    code: str
    state: State
    lacks: tuple[str, ...] = ()
    is_gate: bool = False


def parts_of(
    texts: Collection[str],
    passport: Mapping[str, Mapping[str, str]],
    attachments: Collection[tuple[AttachmentKind, str]],
    required: Collection[str] = ALWAYS_REQUIRED,
    built: Collection[str] = (),
) -> tuple[Part, ...]:
    """The package in its official order.

    `texts` are the languages there is a text in; `attachments` are (kind, language or ""); `required` are the codes the
    act type asks for; `built` are codes of parts that were made in the portal instead of attached. What every package is
    expected to have (both texts, passport, note) is missing when it is not there, required or not.
    """
    kinds = {kind.value for kind, _ in attachments} | set(built)
    notes = {language for kind, language in attachments if kind is AttachmentKind.note}
    without_note = tuple(language for language in AUTHENTIC if "" not in notes and language not in notes)
    without_passport = tuple(
        language for language in AUTHENTIC if any(not passport.get(language, {}).get(row) for row in PASSPORT_ROWS)
    )

    def part(code: str, is_there: bool, lacks: tuple[str, ...] = (), *, is_expected: bool = False) -> Part:
        absent: State = "missing" if is_expected or code in required else "optional"
        return Part(code, "done" if is_there else absent, lacks, code in required)

    return (
        *(part(f"text-{language}", language in texts, is_expected=True) for language in AUTHENTIC),
        part("text-en", "en" in texts),
        part("passport", not without_passport, without_passport, is_expected=True),
        part("note", not without_note, without_note, is_expected=True),
        *(part(code, code in kinds) for code in ("comparative-table", "calculation", "opinion")),
    )


def missing_required(parts: Collection[Part]) -> tuple[Part, ...]:
    """The parts without which no discussion may be opened."""
    return tuple(part for part in parts if part.is_gate and part.state == "missing")
