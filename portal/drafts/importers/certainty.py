"""How sure is it that the structure is recognised rightly, and why?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from portal.drafts.structure import Kind, Outline, Provision, Warning_, walk

# Fewer numbered units than this prove little, however well they fit.
_FEW = 3
_ODD = frozenset({"number_repeated", "number_skipped", "more_warnings"})
_OWN = frozenset({"own_file", "carries_structure"})
_ASIDE = frozenset({Kind.table, Kind.annex})


def weighed(outline: Outline, *, headed: int, standing_out: int) -> Outline:
    """The outline with a confidence from 0 to 1 and the reasons for it; what speaks against the whole comes first.

    What counts: the share of the text that lies in numbered units, whether the numbers follow one another, whether the
    headings of `headed` units stand out in the file (`standing_out` of them do), whether the language is the one said.
    """
    numbered = sum(1 for unit, _, _ in walk(outline.provisions) if unit.number)
    if not numbered:
        return replace(outline, confidence=0.1, reasons=(Warning_("no_units"),))
    share = _share_in_units(outline.provisions)
    reasons = [Warning_("share_recognised", params={"percent": round(share * 100)})]
    confidence = 0.35 + 0.45 * share
    odd = sum(warning.code in _ODD for warning in outline.warnings)
    if odd:
        reasons.append(Warning_("numbers_jump", params={"count": odd}))
        confidence -= min(0.3, 2 * odd / numbered)
    else:
        reasons.append(Warning_("numbers_in_order"))
        confidence += 0.1
    if headed:
        stands_out = standing_out * 2 >= headed
        reasons.append(Warning_("headings_stand_out" if stands_out else "headings_plain"))
        confidence += 0.1 if stands_out else 0.04
    elif not odd:
        confidence += 0.06
    if numbered < _FEW:
        reasons.insert(0, Warning_("few_units"))
        confidence = min(confidence, 0.6)
    if any(warning.code == "other_language" for warning in outline.warnings):
        reasons.insert(0, Warning_("language_unsure"))
        confidence -= 0.2
    return replace(outline, confidence=round(min(max(confidence, 0.0), 1.0), 2), reasons=tuple(reasons))


def told(outline: Outline, code: str) -> Outline:
    """The outline of a file that says its structure itself; `code` names why that is sure."""
    is_empty = not any(unit.number for unit, _, _ in walk(outline.provisions))
    reasons = (Warning_(code), *([Warning_("no_units")] if is_empty else []))
    return replace(outline, confidence=0.6 if is_empty else 1.0 if code in _OWN else 0.97, reasons=reasons)


def warned(outline: Outline, warnings: tuple[Warning_, ...]) -> Outline:
    """The outline with what its reader has to say of the file; less sure where the file contradicts itself."""
    outline = replace(outline, warnings=(*warnings, *outline.warnings))
    if not any(warning.code == "carried_differs" for warning in warnings):
        return outline
    confidence = max(round((outline.confidence or 0.0) - 0.2, 2), 0.0)
    return replace(outline, confidence=confidence, reasons=(Warning_("carried_unused"), *outline.reasons))


def _share_in_units(provisions: Sequence[Provision]) -> float:
    """The share of the letters of the text, tables and the words of annexes' own headers aside, that a number governs."""
    governed = whole = 0
    below: list[tuple[Provision, bool]] = [(unit, False) for unit in provisions]
    while below:
        unit, is_governed = below.pop()
        is_governed = is_governed or (bool(unit.number) and unit.kind not in _ASIDE)
        if unit.kind not in _ASIDE:
            whole += len(unit.text)
            governed += len(unit.text) * is_governed
        below.extend((child, is_governed) for child in unit.children)
    return governed / whole if whole else 1.0
