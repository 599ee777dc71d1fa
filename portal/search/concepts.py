"""How is what was asked for called in the other language, as far as the portal's own texts teach it?"""

from __future__ import annotations

from portal.kernel.db import db
from portal.search.models import Concept
from portal.search.terms import Query

MOST_WORDS = 6


def in_other_language(query: Query) -> str | None:
    """The words of a query in Russian, or in Kazakh; None unless each of them is known. One statement."""
    words = [word for word in query.words if not word.surface[0].isdigit() and not word.is_stop_word]
    if not 0 < len(words) <= MOST_WORDS or query.phrases:
        return None
    stems = {stem for word in words for stem in word.wanted.stems | word.likely}
    rows = db.session.execute(
        db.select(Concept.language, Concept.stem, Concept.other).where(Concept.stem.in_(sorted(stems)))
    )
    known = {(language, stem): other for language, stem, other in rows}
    for language in ("kk", "ru"):
        others = [
            next((known[language, stem] for stem in sorted(word.likely) if (language, stem) in known), None)
            for word in words
        ]
        if all(others) and [word.surface for word in words] != others:
            return " ".join(dict.fromkeys(other for other in others if other))
    return None
