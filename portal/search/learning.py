"""Which words are there in the public texts, and which word of one language means which of the other?

Both are learned from the texts the index is built of. A pair is learned where titles and headings of the same thing in
Kazakh and Russian have the two words together more often than with any other (Dice); a tie teaches nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import timedelta
from typing import Any

from flask import current_app
from sqlalchemy import delete, insert, update

from portal.consultation.models import Comment, Reply
from portal.kernel.clock import now
from portal.kernel.db import db, transaction_mode
from portal.kernel.models import JobState
from portal.kernel.progress import find_progress, is_under_way, note_waiting, reported
from portal.language.analysis import analyse
from portal.language.stop_words import STOP_WORDS
from portal.language.tokens import tokens
from portal.ledger.entries import EntryView
from portal.ledger.kinds import Kind
from portal.search.documents import Text
from portal.search.index import SMALL_PORTAL
from portal.search.models import Concept, CorpusWord
from portal.search.sources import all_texts, count_sources

LEARN = "search.learn"  # the job, and its progress
MOST_WORDS = 200_000
MOST_FORMS = 2_000_000  # held while counting; beyond, those met once are let go
MOST_PAIRS = 500_000
MOST_UNITS = 60_000  # titles and headings in both languages
LONGEST_UNIT = 16  # words
LEAST, LONGEST = 3, 40  # letters of a word
TIMES, DICE = 3, 0.5  # how often a pair is met at least, and how seldom its words without each other
REST = {True: timedelta(minutes=10), False: timedelta(days=1)}  # of a small portal, of a large one
ROWS = 5_000  # written at once

_HIDING = frozenset({Kind.COMMENT_HIDDEN, Kind.COMMENT_WITHDRAWN})


class Lessons:
    """What the texts teach, counted as they pass."""

    def __init__(self) -> None:
        self.forms: Counter[str] = Counter()
        self.pairs: Counter[tuple[str, str]] = Counter()
        self.stems: dict[str, Counter[str]] = {"kk": Counter(), "ru": Counter()}
        self.shapes: dict[str, dict[str, Counter[str]]] = {"kk": {}, "ru": {}}
        self.units = 0
        self._heads: dict[tuple[int, str], str] = {}
        self._draft = 0

    def take(self, text: Text) -> None:
        """Learn from one text; the languages of a draft come one after another."""
        for token in tokens(f"{text.head}\n{text.body}"):
            if not token.is_number and LEAST <= len(token.text) <= LONGEST:
                self.forms[token.text] += 1
        if len(self.forms) > MOST_FORMS:
            self.forms = Counter({form: count for form, count in self.forms.items() if count > 1})
        reference = text.reference
        if text.head and text.language in self.stems:
            if reference.draft_id != self._draft:
                self._draft, self._heads = reference.draft_id, {}
            other = self._heads.get((reference.draft_id, reference.provision))
            if text.language == "kk":
                self._heads[reference.draft_id, reference.provision] = text.head
            elif other and self.units < MOST_UNITS:
                self._pair(other, text.head)

    def _pair(self, kazakh: str, russian: str) -> None:
        first, second = self._stems(kazakh, "kk"), self._stems(russian, "ru")
        if not (first and second) or max(len(first), len(second)) > LONGEST_UNIT:
            return
        self.units += 1
        self.stems["kk"].update(first)
        self.stems["ru"].update(second)
        self.pairs.update((one, two) for one in first for two in second)
        if len(self.pairs) > MOST_PAIRS:
            self.pairs = Counter({pair: count for pair, count in self.pairs.items() if count > 1})

    def _stems(self, text: str, language: str) -> set[str]:
        found = set()
        for term in analyse(text, language):
            if term.language and term.surface not in STOP_WORDS and LEAST <= len(term.surface) <= LONGEST:
                found.add(term.stems[0])
                self.shapes[language].setdefault(term.stems[0], Counter())[term.surface] += 1
        return found

    def words(self) -> Iterator[dict[str, Any]]:
        """Rows of CorpusWord, the commonest words."""
        for form, count in self.forms.most_common(MOST_WORDS):
            yield {"text": form, "initial": form[0], "size": len(form), "count": count}

    def concepts(self) -> Iterator[dict[str, Any]]:
        """Rows of Concept in both directions."""
        for at, language, other in ((0, "kk", "ru"), (1, "ru", "kk")):
            best: dict[str, tuple[float, str]] = {}
            for pair, count in self.pairs.items():
                dice = 2 * count / (self.stems["kk"][pair[0]] + self.stems["ru"][pair[1]])
                known = best.get(pair[at], (0.0, ""))
                if count >= TIMES and dice >= known[0]:
                    best[pair[at]] = dice, "" if dice == known[0] else pair[1 - at]
            for stem, (dice, partner) in best.items():
                if dice >= DICE and partner:
                    shape = self.shapes[other][partner].most_common(1)[0][0]
                    yield {"language": language, "stem": stem, "other": shape}


def learn(progress: Callable[[int], object] = lambda count: None) -> int:
    """Learn everything anew; how many words. Holds no write lock while it reads; says how many texts it has read."""
    db.session.rollback()
    with transaction_mode("read"):
        total = count_sources()
        db.session.rollback()
        lessons = Lessons()
        with reported(LEARN, total) as advance:
            for number, text in enumerate(all_texts(), 1):
                lessons.take(text)
                advance(min(number, total))
                if number % 500 == 0:
                    progress(number)
            db.session.rollback()
            with transaction_mode("write"):
                count = _replace(CorpusWord, lessons.words())
                _replace(Concept, lessons.concepts())
                db.session.commit()
            advance(total)
            progress(total)
    return count


def unlearn(entries: Sequence[EntryView]) -> None:
    """Take out of the dictionary the words of comments hidden or withdrawn, and of their answers, at once: who types the
    first letters of a word must not be told what only a hidden text says. Words others use are back after learning.
    """
    last = find_progress(LEARN)
    learned_at = last.started_at if last is not None and last.state is JobState.done else None
    hiding = [entry for entry in entries if entry.kind in _HIDING]
    hidden = {int(entry.subject_id) for entry in hiding if learned_at is None or entry.at >= learned_at}
    if not hidden:
        return
    said = db.session.execute(
        db.select(Comment.organisation, Comment.text, Comment.proposed_text).where(Comment.id.in_(hidden))
    )
    texts = ["\n".join(filter(None, row)) for row in said]
    texts += db.session.scalars(db.select(Reply.text).where(Reply.comment_id.in_(hidden)))
    forms = Counter(token.text for text in texts for token in tokens(text))
    for form, count in forms.items():
        less = {CorpusWord.count: CorpusWord.count - count}
        db.session.execute(update(CorpusWord).where(CorpusWord.text == form).values(less))
    db.session.execute(delete(CorpusWord).where(CorpusWord.count <= 0))


def keep_learning() -> None:
    """Called by the worker every turn: learns when the texts have become other than they were, and not too often."""
    last = find_progress(LEARN)
    total = count_sources()
    is_small = total <= SMALL_PORTAL
    if not total or is_under_way(last):
        return
    if last is not None:
        is_same = last.state is JobState.done and last.total == total
        if is_same or now() - last.changed_at < REST[is_small]:
            return
    if is_small:
        learn()
    else:
        note_waiting(LEARN)
        current_app.extensions["jobs"].enqueue(LEARN)


def learn_by_job() -> None:
    """For the worker's queue."""
    learn()


def _replace(table: type[Any], rows: Iterable[dict[str, Any]]) -> int:
    db.session.execute(delete(table))
    written, batch = 0, []
    for row in rows:
        batch.append(row)
        if len(batch) == ROWS:
            db.session.execute(insert(table), batch)
            written, batch = written + len(batch), []
    if batch:
        db.session.execute(insert(table), batch)
    return written + len(batch)
