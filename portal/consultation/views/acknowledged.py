"""Where do the two authentic texts of a version differ in structure, as the drafter acknowledged before it was published?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for

from portal.consultation.queries.reading import TextRef
from portal.drafts.findings import find_words
from portal.drafts.queries.editing import list_acknowledged
from portal.drafts.queries.texts import get_outline
from portal.kernel.remembered import A_WHILE, remembered


@dataclass(frozen=True, slots=True)
class AcknowledgedView:
    """A difference in words with its place; `reason` is "" where an operator brought the texts in so."""

    place: str
    words: str
    reason: str
    url: str


def show_acknowledged(draft_id: int, text: TextRef, texts: Sequence[TextRef]) -> tuple[AcknowledgedView, ...]:
    """The acknowledged differences of a published version; `texts` are all of its texts, `text` the one being read."""
    # of a published version nothing is acknowledged any more, and nothing taken back
    digests = tuple(each.digest for each in texts)
    acknowledged = remembered(
        ("acknowledged", text.version_id, digests), lambda: list_acknowledged(text.version_id), lambda found: A_WHILE
    )
    if not acknowledged:
        return ()
    outlines = {each.language: get_outline(each.version_id, each.language, each.digest) for each in texts}
    said = find_words((each.warning for each in acknowledged), outlines)
    return tuple(
        AcknowledgedView(
            words.place, words.words, each.reason,
            url_for(
                "consultation.version", draft_id=draft_id, number=text.number, language=text.language,
                provision=each.warning.key, _anchor=each.warning.key,
            ),
        )
        for each, words in zip(acknowledged, said, strict=True)
    )  # fmt: skip
