"""Which rows does an annex make that an amending act replaces whole, where its units can be told apart?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from portal.drafts.comparative.new_wording import rows_of_new_wording
from portal.drafts.comparative.rows import Row
from portal.drafts.structure import Kind, Outline, Provision, walk

_UNNUMBERED = frozenset({Kind.indent, Kind.table})


@dataclass(frozen=True, slots=True)
class Replaced:
    """An annex in one language: as it is in force, and as the amending act has it among its own annexes."""

    base: Provision
    draft: Provision

    @property
    def is_structured(self) -> bool:
        """Have both numbered units?"""
        return _is_structured(self.base) and _is_structured(self.draft)


def rows_of_annexes(annexes: Mapping[str, Replaced]) -> tuple[Row, ...]:
    """The units that changed, by language; () where an annex cannot be parted in a language, or says the same."""
    if not annexes or not all(each.is_structured for each in annexes.values()):
        return ()
    base = {language: _alone(language, each.base) for language, each in annexes.items()}
    draft = {language: _alone(language, _in_its_place(each)) for language, each in annexes.items()}
    return rows_of_new_wording(base, draft)


def _is_structured(annex: Provision) -> bool:
    return any(unit.kind not in _UNNUMBERED for unit, _, _ in walk(annex.children))


def _in_its_place(annex: Replaced) -> Provision:
    """The new annex as it will stand in the act in force: under its number, and with the words that say whose it is.

    Where the importer saw no heading these words end in the name of the annex: another name is a change.
    """
    old, new = annex.base.text, annex.draft.text
    is_named_alike = bool(annex.draft.heading) or old.rpartition("\n")[2] == new.rpartition("\n")[2]
    return replace(annex.draft, number=annex.base.number, text=old if is_named_alike else new)


def _alone(language: str, annex: Provision) -> Outline:
    return Outline(language, "", (annex,), ())
