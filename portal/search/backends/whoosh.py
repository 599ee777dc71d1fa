"""How does Whoosh 2.7.4 keep and find the documents?

It has traps, and this module steps round them:
- `update_document` costs a third of a second a row: documents go out by one query and come in, in one writer;
- the default merge can stall a commit for a minute: only small segments are merged here, never large ones;
- its analysers are slow: fields take tokens that are analysed already;
- a searcher is not safe for two threads and dear to open: each thread keeps one and refreshes it by generation;
- `AndMaybe` loses documents and `Require` finds those that lack what is required: what only raises a score stands in
  the same `Or` as what finds, and what only narrows is an `And` of no weight;
- its collectors for filters and time limits undo each other: the matches are read here, one by one;
- segments in several files (`compound=False`) are opened bit by bit, so a reader loses them when a merge removes them:
  segments are single files, mapped into memory at once.
"""

from __future__ import annotations

import heapq
import logging
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from whoosh import query as ask
from whoosh.fields import ID, FieldType, Schema
from whoosh.formats import Frequency, Positions
from whoosh.index import FileIndex, create_in, open_dir
from whoosh.reading import SegmentReader
from whoosh.scoring import BM25F
from whoosh.searching import SearchContext, Searcher
from whoosh.system import pack_uint
from whoosh.util.text import utf8encode

from portal.search.backends import Candidate, Changes, Found, IndexUnusable, Wish
from portal.search.backends.folder import IndexFolder
from portal.search.documents import Document, Reference, Words
from portal.search.terms import Query, Word

log = logging.getLogger(__name__)

FORMAT = "1"  # changes with the schema or the analysis: an index of another format is built anew
TIME_LIMIT = 3.0  # seconds for one search
LOCK_PATIENCE = 30.0  # seconds a writer waits for another
BATCH = 20_000  # documents of a rebuild between commits: bounds its memory
SMALL = 2_000  # documents of a segment that may be merged
MOST_SMALL = 6  # small segments left unmerged

HEAD_WEIGHT = 2.0
HEAD_EXACT_WEIGHT = 1.0
EXACT_WEIGHT = 0.6
LOOSE_WEIGHT = 0.2
# Comments have no head, which makes every head look long beside the average: its length hardly counts.
WEIGHTING = BM25F(head_B=0.1, head_exact_B=0.1)
GAP = 100  # places between head and body, so that no phrase bridges them


class Tokens(FieldType):
    """A field of words that are analysed already: counted, or with their places for phrases."""

    def __init__(self, has_places: bool = False) -> None:
        self.format = Positions() if has_places else Frequency()
        self.has_places = has_places
        self.analyzer = None
        self.scorable = True
        self.stored = False
        self.unique = False
        self.vector = None
        self.column_type = None
        self.spelling = False

    def index(self, value: Any, **_: Any) -> Iterator[tuple[bytes, int, float, bytes]]:
        if not self.has_places:
            for word, count in Counter(value).items():
                yield utf8encode(word)[0], count, float(count), pack_uint(count)
            return
        places: defaultdict[str, list[int]] = defaultdict(list)
        for place, word in value:
            places[word].append(place)
        for word, found in places.items():
            yield utf8encode(word)[0], len(found), float(len(found)), self.format.encode(found)


SCHEMA = Schema(
    reference=ID(stored=True),
    group=ID(),
    kind=ID(),
    language=ID(),
    head=Tokens(),
    stems=Tokens(),
    loose=Tokens(),
    head_exact=Tokens(),
    exact=Tokens(has_places=True),
)


class WhooshEngine:
    """The index below one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = IndexFolder(folder, f"index-{FORMAT}-")
        self._of_thread = threading.local()

    def search(self, query: Query, wish: Wish) -> Found:
        """Raises IndexUnusable."""
        if query.is_empty:
            return Found((), 0)
        live = self.folder.live()
        try:
            return self._search(query, wish)
        except Exception as error:  # Whoosh raises whatever a damaged file makes it stumble over
            self._forget()
            if self.folder.live() != live:  # swapped away under our hands
                return self._search(query, wish)
            log.exception("the index cannot be read")
            self._note_damage()
            raise IndexUnusable(str(error)) from error

    def feed(self, read: Callable[[int], Changes | None]) -> bool:
        """Carry in what `read` gives for the number of the entry to be fed next; was there anything?

        Nobody else feeds meanwhile, so that older words never come in over newer ones. Raises IndexUnusable.
        """
        with self.folder.locked("update.lock", LOCK_PATIENCE):
            live = self.folder.live()
            changes = read(self.folder.fed(live))
            if changes is None:
                return False
            index = self._open()
            try:
                _change(index, changes)
            except Exception:
                self._note_damage()
                raise
            self.folder.note_fed(live, changes.fed)
            return True

    def fed(self) -> int:
        """The number of the entry the live index has to be fed next. Raises IndexUnusable."""
        return self.folder.fed(self.folder.live())

    def rebuild(self, documents: Iterable[Document], progress: Callable[[int], None], fed: int) -> int:
        """Build beside and swap in; how many documents. `fed`: how many entries the ledger had before reading began.

        Raises RebuildRunning.
        """
        with self.folder.locked("rebuild.lock", 0), self.folder.beside() as target:
            count = _build(target, documents, progress)
            self.folder.note_fed(target, fed)
            with self.folder.locked("update.lock", LOCK_PATIENCE):
                self.folder.swap_in(target)
        return count

    def count(self) -> int:
        """How many documents there are. Raises IndexUnusable."""
        return int(self._open().doc_count())

    def is_usable(self) -> bool:
        """Is there an index of this format that opens?"""
        try:
            self._open()
        except IndexUnusable:
            return False
        return True

    def _search(self, query: Query, wish: Wish) -> Found:
        searcher = self._searcher()
        matching, is_partial = _matching(searcher, _compile(query, wish))
        best = heapq.nlargest(wish.limit, matching)
        candidates = [
            Candidate(Reference.load(searcher.stored_fields(-number)["reference"]), score) for score, number in best
        ]
        return Found(tuple(candidates), len(matching), is_partial)

    def _searcher(self) -> Searcher:
        """This thread's searcher, of the newest state of the live index."""
        live = self.folder.live()
        kept: tuple[Path, Searcher] | None = getattr(self._of_thread, "kept", None)
        if kept is not None and kept[0] == live:
            searcher = kept[1] if kept[1].up_to_date() else kept[1].refresh()
        else:
            self._forget()
            searcher = self._open().searcher(weighting=WEIGHTING)
        self._of_thread.kept = (live, searcher)
        return searcher

    def _forget(self) -> None:
        kept = getattr(self._of_thread, "kept", None)
        self._of_thread.kept = None
        if kept is not None:
            kept[1].close()

    def _open(self) -> FileIndex:
        live = self.folder.live()
        try:
            return open_dir(live, schema=SCHEMA)
        except Exception as error:  # EmptyIndexError, or what a damaged table of contents raises
            raise IndexUnusable(str(error)) from error

    def _note_damage(self) -> None:
        """Mark the live index so that it is built anew, if not even its kinds can be counted."""
        live = self.folder.live()
        try:
            with self._open().searcher() as searcher:
                for term in searcher.lexicon("kind"):
                    sum(1 for _ in searcher.postings("kind", term).all_ids())
        except Exception:
            log.exception("the index is damaged and will be built anew")
            self.folder.condemn(live)


def _change(index: FileIndex, changes: Changes) -> None:
    if not changes.groups:
        return
    writer = index.writer(limitmb=128)
    try:
        writer.delete_by_query(ask.Or([ask.Term("group", group) for group in sorted(changes.groups)]))
        for document in changes.documents:
            _add(writer, document)
    except BaseException:
        writer.cancel()
        raise
    writer.commit(mergetype=_merge_small)


def _build(target: Path, documents: Iterable[Document], progress: Callable[[int], None]) -> int:
    index = create_in(target, SCHEMA)
    writer = index.writer(limitmb=128)
    count = 0
    try:
        for document in documents:
            _add(writer, document)
            count += 1
            if count % BATCH == 0:
                writer.commit(merge=False)
                writer = index.writer(limitmb=128)
            if count % 500 == 0:
                progress(count)
    except BaseException:
        writer.cancel()
        raise
    writer.commit(merge=False)
    progress(count)
    return count


def _add(writer: Any, document: Document) -> None:
    """Words of the head count in `stems` too: a query must find them among the words of the text."""
    reference, head, body = document.reference, document.head, document.body
    start = head.exact[-1][0] + GAP if head.exact else 0
    writer.add_document(
        reference=reference.dump(),
        group=document.group,
        kind=reference.kind.value,
        language=reference.language,
        head=head.stems or None,
        head_exact=_surfaces(head) or None,
        stems=head.stems + body.stems or None,
        loose=head.loose + body.loose or None,
        exact=head.exact + tuple((start + place, word) for place, word in body.exact) or None,
    )


def _surfaces(words: Words) -> tuple[str, ...]:
    return tuple(word for _, word in words.exact)


def _merge_small(writer: Any, segments: list[Any]) -> list[Any]:
    """Merge the small segments once there are many; bounded by `MOST_SMALL` times `SMALL` documents."""
    small = [segment for segment in segments if segment.doc_count_all() <= SMALL]
    empty = [segment for segment in segments if segment.doc_count() == 0]
    if len(small) <= MOST_SMALL:
        return [segment for segment in segments if segment not in empty]
    for segment in small:
        if segment.doc_count():
            reader = SegmentReader(writer.storage, writer.schema, segment)
            writer.add_reader(reader)
            reader.close()
    return [segment for segment in segments if segment not in small and segment not in empty]


def _matching(searcher: Searcher, query: ask.Query) -> tuple[list[tuple[float, int]], bool]:
    """(score, negated document number, so that of equals the oldest is greatest) of all matches; did time run out?"""
    context = SearchContext(weighting=searcher.weighting, top_query=query)
    deadline = time.monotonic() + TIME_LIMIT
    found: list[tuple[float, int]] = []
    for part, offset in searcher.leaf_searchers():
        matcher = query.matcher(part, context)
        while matcher.is_active():
            found.append((matcher.score(), -(offset + matcher.id())))
            matcher.next()
            if len(found) % 256 == 0 and time.monotonic() > deadline:
                return found, True
    return found, False


def _compile(query: Query, wish: Wish) -> ask.Query:
    """All clauses, or any of them, in the kinds and language wished."""
    clauses = [_any_form(word) for word in query.words]
    clauses += [_phrase(phrase) for phrase in query.phrases]
    narrowed: list[ask.Query] = [ask.And(clauses) if wish.needs_all else ask.Or(clauses)]
    if wish.kinds:
        narrowed.append(ask.Or([ask.Term("kind", kind.value, boost=0.0) for kind in wish.kinds]))
    if wish.language:
        narrowed.append(ask.Term("language", wish.language, boost=0.0))
    return ask.And(narrowed).normalize()


def _any_form(word: Word) -> ask.Query:
    """A word in any form. Its stem in a head and its very form raise the score; they find nothing new, because all
    words of a head are among `stems`, and equal forms have equal stems.
    """
    if word.is_stop_word:
        return ask.Term("exact", word.surface)
    stems = sorted(word.wanted.stems)
    terms: list[ask.Query] = [ask.Term("stems", stem) for stem in stems]
    terms += [ask.Term("loose", stem, boost=LOOSE_WEIGHT) for stem in sorted(word.wanted.loose)]
    terms += [ask.Term("head", stem, boost=HEAD_WEIGHT) for stem in stems]
    terms.append(ask.Term("head_exact", word.surface, boost=HEAD_EXACT_WEIGHT))
    terms.append(ask.Term("exact", word.surface, boost=EXACT_WEIGHT))
    return ask.Or(terms)


def _phrase(surfaces: tuple[str, ...]) -> ask.Query:
    if len(surfaces) == 1:
        return ask.Term("exact", surfaces[0])
    return ask.Phrase("exact", list(surfaces))
