"""What changed between two texts of an act: unit by unit, and word by word where a unit was reworded?

`compare` takes two versions whose units share keys, as the versions of a draft do. `compare_texts` takes any two texts
in the same language, such as two files, or a draft and the act it became: it finds first which unit became which.
"""

from __future__ import annotations

from portal.drafts.compare.change import Change
from portal.drafts.compare.marks import Segment, mark
from portal.drafts.compare.rows import LineChange
from portal.drafts.compare.texts import compare_texts, comparison_to_json, say_the_same
from portal.drafts.compare.units import Comparison, Marks, UnitChange, compare
from portal.drafts.compare.wordings import Paragraph, one_wording, paragraphs

__all__ = [
    "Change",
    "Comparison",
    "LineChange",
    "Marks",
    "Paragraph",
    "Segment",
    "UnitChange",
    "compare",
    "compare_texts",
    "comparison_to_json",
    "mark",
    "one_wording",
    "paragraphs",
    "say_the_same",
]
