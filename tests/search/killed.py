"""What feeds or rebuilds an index until it is killed: `python -m tests.search.killed FOLDER STORE ACT`?"""

from __future__ import annotations

import sys
from itertools import count
from pathlib import Path

from portal.search.backends import Changes, Store
from portal.search.backends.engine import IndexEngine
from portal.search.backends.tantivy import TantivyStore
from portal.search.backends.whoosh import WhooshStore
from portal.search.documents import Document, HitKind, Reference, Text, comment_group, document_of

STORES: dict[str, type[Store]] = {"whoosh": WhooshStore, "tantivy": TantivyStore}
LEAST = 300  # documents of a rebuild


def numbered(id_: int) -> Document:
    """A document that has its own word and one that all have."""
    reference = Reference(HitKind.comment, id_, 1, "ru")
    return document_of(Text(reference, comment_group(id_), "", f"Остановка особая{id_}", "ru"))


def main(folder: str, store: str, act: str) -> None:
    """Each change puts in the document of its number, each rebuild all documents so far."""
    engine = IndexEngine(Path(folder), STORES[store]())
    if act == "feed":
        for _ in count():
            engine.feed(lambda fed: Changes([comment_group(fed)], [numbered(fed)], fed + 1))
    for _ in count():
        fed = engine.fed()
        engine.rebuild(map(numbered, range(fed)), lambda done: None, fed)


if __name__ == "__main__":
    main(*sys.argv[1:])
