"""How are the words of a million texts analysed on all cores, in order and without holding them all?"""

from __future__ import annotations

import logging
import os
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor
from itertools import islice
from multiprocessing import get_context, parent_process

from portal.search.documents import Document, Text, document_of

log = logging.getLogger(__name__)

CHUNK = 200  # texts that go to another process at once
AHEAD = 3  # chunks for each process that are under way
MANY = 10_000  # texts from which on other processes are worth starting
POLITENESS = 5  # who reads pages goes first


def documents_of(texts: Iterable[Text], count: int) -> Iterator[Document]:
    """The documents of the texts in their order; about `count` of them. At most `CHUNK` · `AHEAD` texts for each
    process are held.
    """
    processes = min(4, os.cpu_count() or 1)
    if count < MANY or processes < 2:
        return map(document_of, texts)
    return in_processes(texts, processes)


def in_processes(texts: Iterable[Text], processes: int) -> Iterator[Document]:
    """By so many processes; started afresh, because a copy of a process with threads may hang. By this one where none
    can be started.
    """
    source, running = iter(texts), deque[Future[list[Document]]]()
    with ProcessPoolExecutor(processes, get_context("spawn"), _settle) as pool:
        if not _starts(pool):
            yield from map(document_of, source)
            return
        try:
            while True:
                while len(running) < processes * AHEAD and (chunk := list(islice(source, CHUNK))):
                    running.append(pool.submit(_analysed, chunk))
                if not running:
                    return
                yield from running.popleft().result()
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def _starts(pool: ProcessPoolExecutor) -> bool:
    try:
        return pool.submit(os.getpid).result() > 0
    except (BrokenExecutor, OSError):
        log.warning("no process can be started to analyse texts; this one does it alone")
        return False


def _settle() -> None:
    """In the process that was started: it must not outlive one that is killed."""
    os.nice(POLITENESS)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    if (parent := parent_process()) is not None:
        parent.join()
    os._exit(1)


def _analysed(texts: list[Text]) -> list[Document]:
    return [document_of(text) for text in texts]
