"""How does tantivy keep and find the documents?

What is to be known of it:
- fields take our own words, parted by spaces; nothing is stored of a text;
- numbers of a document (`kind`, `draft`, `at` ...) are fast fields, so candidates are read without its slow store;
- documents are told from one another by `group`: one term takes all of a group out;
- a search cannot be stopped: it runs beside, and whoever waits is answered after `TIME_LIMIT` with what the drafts
  themselves give; `AT_ONCE` searches run at once at most;
- opening an index for reading needs a lock file: an index in a folder without permission to write is opened through a
  folder of links;
- a writer is opened for each change and waits for the merges it began: they would be lost with it;
- it panics over some damaged files, and what it raises then is no Exception.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from tantivy import Document as Row
from tantivy import Index, IndexWriter, Order, Query, Searcher

from portal.search.backends import Candidate, Changes, Found, Wish
from portal.search.backends.clauses import Clause
from portal.search.backends.tantivy_files import is_intact, linked, made, opened
from portal.search.backends.tantivy_queries import KINDS, LANGUAGE_NUMBERS, NUMBERS, Compiler, narrowed
from portal.search.documents import Document, HitKind, Reference

TIME_LIMIT = 3.0  # seconds for one search
PARTIAL_LIMIT = 1.0  # more seconds for what is answered instead
AT_ONCE = 8
WRITER_BYTES = 30_000_000
BUILD_BYTES = 200_000_000
BATCH = 200_000  # documents of a rebuild between commits
EVERYTHING = 2_000_000_000


class TantivyStore:
    """Indexes of tantivy; `version` changes with the fields or the analysis."""

    name = "tantivy"
    version = "t3"

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: tuple[Path, int, Index, object] | None = None
        self._searches = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="search")

    def build(self, folder: Path, documents: Iterable[Document], progress: Callable[[int], object]) -> int:
        """Commits every `BATCH` documents, so that what waits for the disk is bounded."""
        count = 0
        with _writer(made(folder), BUILD_BYTES) as writer:
            for document in documents:
                writer.add_document(_row(document))
                count += 1
                if count % BATCH == 0:
                    writer.commit()
                if count % 500 == 0:
                    progress(count)
            writer.commit()
        progress(count)
        return count

    def change(self, folder: Path, changes: Changes) -> frozenset[str]:
        """Take out and put in, in one commit; the files of merged segments go at once."""
        left = set(changes.groups)
        with _writer(_attempt(lambda: opened(folder)), WRITER_BYTES) as writer:
            for group in sorted(changes.groups):
                writer.delete_documents_by_term("group", group)
            for document in changes.documents:
                left.discard(document.group)
                writer.add_document(_row(document))
            writer.commit()
        return frozenset(left)

    def search(self, folder: Path, clause: Clause, wish: Wish) -> Found:
        """Within `TIME_LIMIT`; later, what the drafts themselves answer in `PARTIAL_LIMIT` more, marked as partial."""
        index = self._index(folder)
        searcher = index.searcher()
        compiler = Compiler(index.schema, searcher)
        query = compiler.compile(clause)
        running = self._searches.submit(_search, index, searcher, query, wish)
        try:
            return _marked(_result(running, TIME_LIMIT), compiler.is_cut)
        except TimeoutError:
            running.cancel()
        only_drafts = replace(wish, kinds=(HitKind.draft,))
        running = self._searches.submit(_search, index, searcher, query, only_drafts)
        try:
            return _marked(_result(running, PARTIAL_LIMIT), True)
        except TimeoutError:
            running.cancel()
            return Found((), 0, is_partial=True)

    def count(self, folder: Path) -> int:
        return int(self._index(folder).searcher().num_docs)

    def prints(self, folder: Path) -> Iterator[tuple[Reference, int]]:
        """In any order; holds the addresses of all documents in memory, some 100 bytes for each."""
        searcher = self._index(folder).searcher()
        addresses = [address for _, address in searcher.search(Query.all_query(), EVERYTHING, count=False).hits]
        for start in range(0, len(addresses), 1000):
            some = addresses[start : start + 1000]
            yield from zip(_references(searcher, some), searcher.fast_field_values("print", some), strict=True)

    def is_sound(self, folder: Path) -> bool:
        """Reads every file: each ends in the sum of its bytes."""
        try:
            self.forget()
            self.count(folder)
        except Exception:
            return False
        return is_intact(folder)

    def forget(self) -> None:
        with self._lock:
            self._kept = None

    def _index(self, folder: Path) -> Index:
        """The index in its newest state: its table of contents is written anew with each commit."""
        state = (folder / "meta.json").stat().st_mtime_ns
        with self._lock:
            kept = self._kept
            if kept is not None and kept[:2] == (folder, state):
                return kept[2]
            links = linked(folder)
            index = _attempt(lambda: opened(Path(links.name) if links else folder))
            self._kept = (folder, state, index, links)
        return index


@contextmanager
def _writer(index: Index, size: int) -> Iterator[IndexWriter]:
    """The one writer; what was not committed is gone. Its lock is let go only when its threads have come to an end."""
    writer = index.writer(size, 1)
    try:
        yield writer
    except BaseException:
        writer.rollback()
        raise
    finally:
        _attempt(writer.wait_merging_threads)


def _row(document: Document) -> Row:
    """Words of the head count in `stems` too: a query must find them among the words of the text."""
    reference, row = document.reference, Row()
    for words in (document.head, document.body):
        for name in ("stems", "loose", "family", "exact"):
            if text := getattr(words, name):
                row.add_text(name, text)
    if document.head.exact:
        row.add_text("head", document.head.stems)
        row.add_text("head_exact", document.head.exact)
    row.add_text("group", document.group)
    if reference.provision:
        row.add_text("provision", reference.provision)
    row.add_unsigned("kind", NUMBERS[reference.kind])
    row.add_unsigned("language", LANGUAGE_NUMBERS[reference.language])
    row.add_unsigned("object", reference.object_id)
    row.add_unsigned("draft", reference.draft_id)
    row.add_unsigned("at", document.at)
    row.add_unsigned("print", document.print)
    return row


def _search(index: Index, searcher: Searcher, query: Query, wish: Wish) -> Found:
    of_any_kind = narrowed(index.schema, query, wish, with_kinds=False)
    kinds = _counted(searcher, of_any_kind)
    total = sum(count for kind, count in kinds.items() if not wish.kinds or kind in wish.kinds)
    if not total or not wish.limit:
        return Found((), total, kinds=kinds)
    wished = narrowed(index.schema, query, wish, with_kinds=True)
    if wish.is_newest:
        hits = searcher.search(wished, wish.limit, count=False, order_by_field="at", order=Order.Desc).hits
    else:
        hits = searcher.search(wished, wish.limit, count=False).hits
    references = _references(searcher, [address for _, address in hits])
    scores = (float(score) for score, _ in hits)
    candidates = tuple(Candidate(*each) for each in zip(references, scores, strict=True))
    return Found(candidates, total, kinds=kinds)


def _counted(searcher: Searcher, query: Query) -> dict[HitKind, int]:
    answer = searcher.aggregate(query, {"kinds": {"terms": {"field": "kind", "size": len(KINDS)}}})
    return {KINDS[int(bucket["key"])]: int(bucket["doc_count"]) for bucket in answer["kinds"]["buckets"]}


def _references(searcher: Searcher, addresses: Sequence[Any]) -> list[Reference]:
    """Only a provision has its key in the store."""
    some = list(addresses)
    columns = [searcher.fast_field_values(name, some) for name in ("kind", "object", "draft", "language")]
    languages = list(LANGUAGE_NUMBERS)
    found = []
    for address, kind, object_id, draft, language in zip(some, *columns, strict=True):
        hit = KINDS[int(kind)]
        key = searcher.doc(address).get_first("provision") if hit is HitKind.provision else ""
        found.append(Reference(hit, int(object_id), int(draft), languages[int(language)], key or ""))
    return found


def _marked(found: Found, is_partial: bool) -> Found:
    return Found(found.candidates, found.total, found.is_partial or is_partial, found.kinds)


def _result(running: Future[Found], seconds: float) -> Found:
    found: Found = _attempt(lambda: running.result(seconds))
    return found


def _attempt(act: Callable[[], Any]) -> Any:
    """What it does; a panic becomes an error like any other."""
    try:
        return act()
    except (Exception, KeyboardInterrupt, SystemExit):
        raise
    except BaseException as panic:
        raise RuntimeError(f"tantivy stumbled: {panic}") from panic
