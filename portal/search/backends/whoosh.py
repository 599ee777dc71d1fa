"""How does Whoosh 2.7.4 keep and find the documents?

It has traps, and this module steps round them:
- `update_document` costs a third of a second a row: documents go out by one query and come in, in one writer;
- the default merge can stall a commit for a minute: only small segments are merged here, never large ones;
- its analysers are slow: fields take tokens that are analysed already;
- a searcher is not safe for two threads and dear to open: each thread keeps one and refreshes it by generation;
- `AndMaybe` loses documents and `Require` finds those that lack what is required: what only raises a score stands in
  the same `Or` as what finds, and what only narrows is an `And` of no weight or a column read beside the match;
- its collectors for filters and time limits undo each other: the matches are read here, one by one;
- segments in several files (`compound=False`) are opened bit by bit, so a reader loses them when a merge removes them:
  segments are single files, mapped into memory at once.
"""

from __future__ import annotations

import heapq
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from whoosh import query as ask
from whoosh.index import FileIndex, create_in, open_dir
from whoosh.reading import SegmentReader
from whoosh.searching import SearchContext, Searcher

from portal.search.backends import Candidate, Changes, Found, Wish
from portal.search.backends.clauses import MOST_BEGUN, AllOf, AnyOf, Begun, Clause, Phrase, Term
from portal.search.backends.whoosh_fields import SCHEMA, WEIGHTING
from portal.search.documents import Document, HitKind, Reference, Words

TIME_LIMIT = 3.0  # seconds for one search
BATCH = 20_000  # documents of a rebuild between commits: bounds its memory
SMALL = 2_000  # documents of a segment that may be merged
MOST_SMALL = 6  # small segments left unmerged
GAP = 100  # places between head and body, so that no phrase bridges them

KINDS = tuple(HitKind)
_NUMBER = {kind: number for number, kind in enumerate(KINDS)}


class WhooshStore:
    """Indexes of Whoosh; `version` changes with the fields or the analysis."""

    name = "whoosh"
    version = "4"

    def __init__(self) -> None:
        self._of_thread = threading.local()

    def build(self, folder: Path, documents: Iterable[Document], progress: Callable[[int], object]) -> int:
        """Commits every `BATCH` documents and merges nothing."""
        index = create_in(folder, SCHEMA)
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

    def change(self, folder: Path, changes: Changes) -> frozenset[str]:
        """Take out and put in, in one commit."""
        writer = _open(folder).writer(limitmb=128)
        left = set(changes.groups)
        try:
            writer.delete_by_query(ask.Or([ask.Term("group", group) for group in sorted(changes.groups)]))
            for document in changes.documents:
                left.discard(document.group)
                _add(writer, document)
        except BaseException:
            writer.cancel()
            raise
        writer.commit(mergetype=_merge_small)
        return frozenset(left)

    def search(self, folder: Path, clause: Clause, wish: Wish) -> Found:
        """Reads all that answers, for `TIME_LIMIT` seconds at most."""
        searcher = self._searcher(folder)
        compiler = _Compiler(searcher)
        query = compiler.compile(clause)
        if query is None:
            return Found((), 0)
        if wish.language:
            query = ask.And([query, ask.Term("language", wish.language, boost=0.0)])
        matches = _matches(searcher, query.normalize(), wish)
        candidates = [
            Candidate(Reference.load(searcher.stored_fields(-number)["reference"]), score)
            for _, number, score in heapq.nlargest(wish.limit, matches.found)
        ]
        kinds = {KINDS[number]: count for number, count in matches.kinds.items()}
        return Found(tuple(candidates), len(matches.found), matches.is_partial or compiler.is_cut, kinds)

    def count(self, folder: Path) -> int:
        return int(_open(folder).doc_count())

    def prints(self, folder: Path) -> Iterator[tuple[Reference, int]]:
        with _open(folder).searcher() as searcher:
            for fields in searcher.reader().all_stored_fields():
                yield Reference.load(fields["reference"]), int(fields["print"])

    def is_sound(self, folder: Path) -> bool:
        """Can the kinds of all documents be counted?"""
        try:
            with _open(folder).searcher() as searcher:
                for term in searcher.lexicon("language"):
                    sum(1 for _ in searcher.postings("language", term).all_ids())
        except Exception:
            return False
        return True

    def forget(self) -> None:
        kept = getattr(self._of_thread, "kept", None)
        self._of_thread.kept = None
        if kept is not None:
            kept[1].close()

    def _searcher(self, folder: Path) -> Searcher:
        """This thread's searcher, of the newest state of the index."""
        kept: tuple[Path, Searcher] | None = getattr(self._of_thread, "kept", None)
        if kept is not None and kept[0] == folder:
            searcher = kept[1] if kept[1].up_to_date() else kept[1].refresh()
        else:
            self.forget()
            searcher = _open(folder).searcher(weighting=WEIGHTING)
        self._of_thread.kept = (folder, searcher)
        return searcher


def _open(folder: Path) -> FileIndex:
    return open_dir(folder, schema=SCHEMA)


def _add(writer: Any, document: Document) -> None:
    """Words of the head count in `stems` too: a query must find them among the words of the text."""
    reference, head, body = document.reference, document.head, document.body
    heads, words = head.exact.split(), body.exact.split()
    start = len(heads) + GAP if heads else 0
    writer.add_document(
        reference=reference.dump(),
        print=document.print,
        group=document.group,
        language=reference.language,
        kind=_NUMBER[reference.kind],
        draft=reference.draft_id,
        object=reference.object_id,
        at=document.at,
        head=head.stems.split() or None,
        head_exact=heads or None,
        stems=_all(head, body, "stems") or None,
        loose=_all(head, body, "loose") or None,
        family=_all(head, body, "family") or None,
        exact=[*enumerate(heads), *enumerate(words, start)] or None,
    )


def _all(head: Words, body: Words, name: str) -> list[str]:
    return [*getattr(head, name).split(), *getattr(body, name).split()]


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


@dataclass
class _Matches:
    """(what to order by, negated document number so that of equals the oldest is greatest, score) of all matches."""

    found: list[tuple[float, int, float]] = field(default_factory=list)
    kinds: Counter[int] = field(default_factory=Counter)
    is_partial: bool = False


def _matches(searcher: Searcher, query: ask.Query, wish: Wish) -> _Matches:
    context = SearchContext(weighting=searcher.weighting, top_query=query)
    deadline = time.monotonic() + TIME_LIMIT
    passes = _Passes(wish)
    matches = _Matches()
    read = 0
    for part, offset in searcher.leaf_searchers():
        if not part.doc_count_all():  # a reader of nothing has no columns either
            continue
        matcher = query.matcher(part, context)
        columns = [part.reader().column_reader(name) for name in ("kind", "draft", "object", "at")]
        while matcher.is_active():
            number = matcher.id()
            kind, draft, object_id, at = (column[number] for column in columns)
            if passes.but_kind(draft, at) and passes.thing(kind, object_id):
                matches.kinds[kind] += 1
                if passes.kind(kind):
                    score = matcher.score()
                    matches.found.append((at if wish.is_newest else score, -(offset + number), score))
            matcher.next()
            read += 1
            if read % 256 == 0 and time.monotonic() > deadline:
                matches.is_partial = True
                return matches
    return matches


class _Passes:
    """Which documents are among those wished, by the numbers in their columns."""

    def __init__(self, wish: Wish) -> None:
        self.kinds = {_NUMBER[kind] for kind in wish.kinds}
        self.drafts = wish.drafts
        self.things = None if wish.things is None else {_NUMBER[kind]: ids for kind, ids in wish.things.items()}
        self.since = wish.since.timestamp() if wish.since else 0.0
        self.until = wish.until.timestamp() if wish.until else float("inf")

    def kind(self, kind: int) -> bool:
        return not self.kinds or kind in self.kinds

    def thing(self, kind: int, object_id: int) -> bool:
        return self.things is None or object_id in self.things.get(kind, ())

    def but_kind(self, draft: int, at: int) -> bool:
        return self.since <= at < self.until and (self.drafts is None or draft in self.drafts)


class _Compiler:
    """Clauses as queries of Whoosh; None is what nothing answers. `is_cut`: some words were left out."""

    def __init__(self, searcher: Searcher) -> None:
        self.searcher = searcher
        self.is_cut = False

    def compile(self, clause: Clause) -> ask.Query | None:
        match clause:
            case Term(field, text, weight):
                return ask.Term(field.value, text, boost=weight)
            case Phrase(words, weight):
                return ask.Phrase("exact", list(words), boost=weight) if words else None
            case Begun(text, weight):
                return self._any([ask.Term("exact", word, boost=weight) for word in self._begun(text)])
            case AnyOf(clauses):
                return self._any([query for each in clauses if (query := self.compile(each)) is not None])
            case AllOf(clauses, without):
                return self._all(clauses, without)

    def _any(self, queries: Sequence[ask.Query]) -> ask.Query | None:
        return ask.Or(list(queries)) if queries else None

    def _all(self, clauses: Sequence[Clause], without: Sequence[Clause]) -> ask.Query | None:
        queries = [query for each in clauses if (query := self.compile(each)) is not None]
        if not queries or len(queries) < len(clauses):
            return None
        refused = self._any([query for each in without if (query := self.compile(each)) is not None])
        needed = ask.And(queries)
        return needed if refused is None else ask.AndNot(needed, refused)

    def _begun(self, text: str) -> list[str]:
        words: list[str] = []
        for word in self.searcher.reader().expand_prefix("exact", text):
            if len(words) == MOST_BEGUN:
                self.is_cut = True
                break
            words.append(word.decode("utf-8"))
        return words
