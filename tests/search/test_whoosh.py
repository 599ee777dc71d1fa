"""Does the index find what was put in, and only that, whatever happens to its files?"""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from portal.search.backends import Changes, IndexUnusable, RebuildRunning, Wish
from portal.search.backends.whoosh import MOST_SMALL, WhooshEngine
from portal.search.documents import Document, HitKind, Reference, comment_group, document_of
from portal.search.terms import parse
from tests.search.hostile import HOSTILE

TEXTS = {
    1: ("kk", "Жолаушы жол ақысын көлікке кіргенде төлейді."),
    2: ("ru", "Пассажир оплачивает проезд при входе в транспорт."),
    3: ("ru", "Проезд детей до семи лет не оплачивается, пассажир предъявляет документ."),
    4: ("en", "The passenger pays the fare on boarding."),
    5: ("kk", "Кызметкерлердин жумысы жаксы"),
}


def _document(id_: int, text: str, language: str = "ru", head: str = "") -> Document:
    return document_of(Reference(HitKind.comment, id_, 1, language), comment_group(id_), head, text, None)


@pytest.fixture
def engine(tmp_path: Path) -> WhooshEngine:
    engine = WhooshEngine(tmp_path / "search")
    engine.rebuild([_document(id_, text, language) for id_, (language, text) in TEXTS.items()], lambda count: None, 7)
    return engine


def _update(engine: WhooshEngine, groups: list[str], documents: list[Document]) -> None:
    assert engine.feed(lambda fed: Changes(groups or ["none"], documents, fed + 1))


def _ids(engine: WhooshEngine, text: str, **wish: object) -> set[int]:
    found = engine.search(parse(text), Wish(**wish))  # type: ignore[arg-type]
    assert found.total == len(found.candidates)
    return {candidate.reference.object_id for candidate in found.candidates}


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("пассажиры", {2, 3}),
        ("пассажирами проездом", {2, 3}),
        ("жолаушылардың", {1}),
        ("passengers", {4}),
        ("қызметкерлер", {5}),
        ("қызметкерлердің жұмысы", {5}),
        ("жумыс", {5}),
        ('"при входе"', {2}),
        ('"входе при"', set()),
        ('"пассажир" оплачивать', {2, 3}),
        ("в", {2}),
        ("налог", set()),
    ],
)
def test_finds_all_forms_and_exact_phrases(engine: WhooshEngine, text: str, ids: set[int]) -> None:
    assert _ids(engine, text) == ids


def test_all_words_or_any(engine: WhooshEngine) -> None:
    assert _ids(engine, "пассажир жолаушы") == set()
    assert _ids(engine, "пассажир жолаушы", needs_all=False) == {1, 2, 3}


def test_narrows_by_kind_and_language(engine: WhooshEngine) -> None:
    assert _ids(engine, "проезд", language="kk") == set()
    assert _ids(engine, "проезд", language="ru", kinds=(HitKind.comment,)) == {2, 3}
    assert _ids(engine, "проезд", kinds=(HitKind.draft, HitKind.reply)) == set()
    assert _ids(engine, "налог", language="ru") == set()


def test_counts_what_it_does_not_return(engine: WhooshEngine) -> None:
    found = engine.search(parse("проезд"), Wish(limit=1))
    assert (len(found.candidates), found.total) == (1, 2)


def test_a_word_of_the_head_weighs_more(engine: WhooshEngine) -> None:
    _update(engine, [], [_document(8, "Совсем другое.", head="О тарифах"), _document(9, "Единый тариф.")])
    found = engine.search(parse("тариф"), Wish())
    assert [candidate.reference.object_id for candidate in found.candidates] == [8, 9]


def test_changes_are_seen_at_once_and_repeating_them_changes_nothing(engine: WhooshEngine) -> None:
    for _ in range(3):
        changed = [_document(2, "Совсем о другом."), _document(6, "О проезде.")]
        _update(engine, [comment_group(2), comment_group(6)], changed)
    assert _ids(engine, "проезд") == {3, 6}
    assert _ids(engine, "другое") == {2}
    assert engine.count() == len(TEXTS) + 1


def test_what_is_taken_out_is_gone(engine: WhooshEngine) -> None:
    _update(engine, [comment_group(id_) for id_ in TEXTS], [])
    assert engine.count() == 0
    assert _ids(engine, "проезд") == set()


def test_many_small_changes_are_merged(engine: WhooshEngine) -> None:
    for id_ in range(10, 40):
        _update(engine, [comment_group(id_)], [_document(id_, f"Замечание номер {id_} о проезде.")])
    assert _ids(engine, "замечание") == set(range(10, 40))
    live = engine.folder.live()
    assert len(list(live.glob("*.seg"))) <= MOST_SMALL + 1


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_queries_are_only_queries(engine: WhooshEngine, text: str) -> None:
    for needs_all in (True, False):
        engine.search(parse(text), Wish(needs_all=needs_all))
    assert engine.is_usable()


def test_without_an_index_it_says_so(tmp_path: Path) -> None:
    engine = WhooshEngine(tmp_path / "none")
    assert not engine.is_usable()
    for act in (lambda: engine.search(parse("а"), Wish()), lambda: engine.feed(lambda fed: None), engine.count):
        with pytest.raises(IndexUnusable):
            act()


def test_an_index_of_another_version_is_not_read(engine: WhooshEngine) -> None:
    (engine.folder.path / "current").write_text("index-0-abc 3")
    with pytest.raises(IndexUnusable):
        engine.search(parse("проезд"), Wish())


@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("pattern", ["*.toc", "*.seg"])
@pytest.mark.parametrize("damage", ["truncate", "garble", "delete"])
def test_a_damaged_index_is_found_out_and_built_anew(engine: WhooshEngine, pattern: str, damage: str) -> None:
    for path in engine.folder.live().glob(pattern):
        if damage == "delete":
            path.unlink()
        elif damage == "truncate":
            path.write_bytes(path.read_bytes()[: path.stat().st_size // 3])
        else:
            path.write_bytes(b"\xff\x13" * (path.stat().st_size // 2))
    with pytest.raises(IndexUnusable):
        engine.search(parse("проезд"), Wish())
    assert not engine.is_usable()
    engine.rebuild([_document(1, "Проезд.")], lambda count: None, 0)
    assert _ids(engine, "проезд") == {1}
    gc.collect()  # Whoosh leaves a file open that it could not read


def test_a_rebuild_that_fails_leaves_the_old_index(engine: WhooshEngine) -> None:
    def broken() -> Iterator[Document]:
        yield _document(1, "Проезд.")
        raise RuntimeError("the database went away")

    with pytest.raises(RuntimeError):
        engine.rebuild(broken(), lambda count: None, 0)
    assert _ids(engine, "проезд") == {2, 3}
    assert len(list(engine.folder.path.glob("index-*"))) == 1


def test_two_rebuilds_at_once_are_refused_and_searching_goes_on(engine: WhooshEngine) -> None:
    def meanwhile() -> Iterator[Document]:
        assert _ids(engine, "проезд") == {2, 3}
        _update(engine, [comment_group(2)], [])
        with pytest.raises(RebuildRunning):
            WhooshEngine(engine.folder.path).rebuild([], lambda count: None, 0)
        yield _document(4, "Проезд.")

    engine.rebuild(meanwhile(), lambda count: None, 12)
    assert _ids(engine, "проезд") == {4}


def test_an_index_knows_what_it_has_to_be_fed_next(engine: WhooshEngine) -> None:
    assert engine.fed() == 7
    _update(engine, [comment_group(1)], [])
    assert engine.fed() == 8
    assert not engine.feed(lambda fed: None)
    engine.rebuild([], lambda count: None, 5)
    assert engine.fed() == 5


def test_a_change_that_fails_is_fed_again(engine: WhooshEngine) -> None:
    def broken() -> Iterator[Document]:
        yield _document(2, "Совсем о другом.")
        raise RuntimeError("the database went away")

    with pytest.raises(RuntimeError):
        engine.feed(lambda fed: Changes([comment_group(2)], broken(), 99))
    assert engine.fed() == 7
    assert _ids(engine, "проезд") == {2, 3}


def test_threads_search_while_another_writes(engine: WhooshEngine) -> None:
    failures: list[BaseException] = []

    def look() -> None:
        try:
            for _ in range(60):
                assert 3 in _ids(engine, "проезд")
        except BaseException as error:
            failures.append(error)

    readers = [threading.Thread(target=look) for _ in range(4)]
    for reader in readers:
        reader.start()
    for id_ in range(50, 60):
        _update(engine, [comment_group(id_)], [_document(id_, "О проезде.")])
    engine.rebuild([_document(3, "Проезд.")], lambda count: None, 0)
    for reader in readers:
        reader.join()
    assert failures == []
