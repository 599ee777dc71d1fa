"""Do both engines keep the contract: find what was put in, in the same order, whatever happens to their files?"""

from __future__ import annotations

import gc
import random
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from itertools import pairwise
from pathlib import Path

import pytest

from portal.search.backends import Changes, Found, IndexUnusable, RebuildRunning, Store, Wish
from portal.search.backends.clauses import AllOf, AnyOf, Begun, Clause, Field, Phrase, Term
from portal.search.backends.engine import IndexEngine
from portal.search.backends.tantivy import TantivyStore
from portal.search.backends.tantivy import _search as tantivy_search
from portal.search.backends.whoosh import MOST_SMALL, WhooshStore
from portal.search.documents import Document, HitKind, Reference, Text, comment_group, document_of
from portal.search.ranking import clause_of
from portal.search.terms import parse
from tests.search.hostile import HOSTILE

TEXTS = {
    1: ("kk", "Жолаушы жол ақысын көлікке кіргенде төлейді."),
    2: ("ru", "Пассажир оплачивает проезд при входе в транспорт."),
    3: ("ru", "Проезд детей до семи лет не оплачивается, пассажир предъявляет документ."),
    4: ("en", "The passenger pays the fare on boarding."),
    5: ("kk", "Кызметкерлердин жумысы жаксы"),
}


def _document(id_: int, text: str, language: str = "ru", head: str = "", **more: object) -> Document:
    kind = more.pop("kind", HitKind.comment)
    reference = Reference(kind, id_, int(more.pop("draft", 1)), language, str(more.pop("provision", "")))  # type: ignore
    return document_of(Text(reference, comment_group(id_), head, text, None, **more))  # type: ignore[arg-type]


def _built(folder: Path, store: Store) -> IndexEngine:
    engine = IndexEngine(folder / store.name, store)
    engine.rebuild([_document(id_, text, language) for id_, (language, text) in TEXTS.items()], lambda count: None, 7)
    return engine


@pytest.fixture(params=[WhooshStore, TantivyStore], ids=["whoosh", "tantivy"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> IndexEngine:
    return _built(tmp_path, request.param())


def _update(engine: IndexEngine, groups: list[str], documents: list[Document]) -> None:
    assert engine.feed(lambda fed: Changes(groups or ["none"], documents, fed + 1))


def _ids(engine: IndexEngine, text: str, needs_all: bool = True, **wish: object) -> set[int]:
    return set(_ordered(engine, clause_of(parse(text), needs_all), **wish))


def _ordered(engine: IndexEngine, clause: Clause, **wish: object) -> list[int]:
    found = engine.search(clause, Wish(**wish))  # type: ignore[arg-type]
    assert found.total == len(found.candidates)
    return [candidate.reference.object_id for candidate in found.candidates]


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
def test_finds_all_forms_and_exact_phrases(engine: IndexEngine, text: str, ids: set[int]) -> None:
    assert _ids(engine, text) == ids


def test_all_words_or_any(engine: IndexEngine) -> None:
    assert _ids(engine, "пассажир жолаушы") == set()
    assert _ids(engine, "пассажир жолаушы", needs_all=False) == {1, 2, 3}


def test_narrows_by_kind_and_language(engine: IndexEngine) -> None:
    assert _ids(engine, "проезд", language="kk") == set()
    assert _ids(engine, "проезд", language="ru", kinds=(HitKind.comment,)) == {2, 3}
    assert _ids(engine, "проезд", kinds=(HitKind.draft, HitKind.reply)) == set()
    assert _ids(engine, "налог", language="ru") == set()


def _dated(engine: IndexEngine) -> None:
    documents = [
        _document(id_, "Маршрут. " * (20 - id_), draft=id_ % 3, at=datetime(2026, 1, id_ - 9, 12, tzinfo=UTC),
                  kind=HitKind.reply if id_ % 2 else HitKind.comment)
        for id_ in range(10, 16)
    ]  # fmt: skip
    _update(engine, [comment_group(id_) for id_ in range(10, 16)], documents)


def test_narrows_by_draft_and_instant_and_sorts_by_it(engine: IndexEngine) -> None:
    _dated(engine)
    day = partial(datetime, 2026, 1, tzinfo=UTC)
    assert _ids(engine, "маршрут") == set(range(10, 16))
    assert _ids(engine, "маршрут", drafts=frozenset({0, 7})) == {12, 15}
    assert _ids(engine, "маршрут", drafts=frozenset()) == set()
    assert _ids(engine, "маршрут", drafts=frozenset(range(100_000)) - {0}) == {10, 11, 13, 14}
    assert _ids(engine, "маршрут", since=day(3)) == {12, 13, 14, 15}
    assert _ids(engine, "маршрут", since=day(3), until=day(4)) == {12}
    assert _ids(engine, "маршрут", since=day(2, 12), until=day(3, 12)) == {11}
    assert (
        _ids(engine, "маршрут", since=datetime(1960, 1, 1, tzinfo=UTC), until=datetime(1961, 1, 1, tzinfo=UTC)) == set()
    )
    assert _ordered(engine, clause_of(parse("маршрут")), is_newest=True) == [15, 14, 13, 12, 11, 10]
    newest = engine.search(clause_of(parse("маршрут")), Wish(is_newest=True, limit=2))
    assert [each.reference.object_id for each in newest.candidates] == [15, 14]


def test_narrows_to_things_of_each_kind(engine: IndexEngine) -> None:
    _dated(engine)
    everything = frozenset(range(100_000))
    assert _ids(engine, "маршрут", things={HitKind.comment: frozenset({10, 11, 12})}) == {10, 12}
    assert _ids(engine, "маршрут", things={HitKind.reply: everything, HitKind.comment: frozenset({14})}) == {11, 13, 14, 15}
    assert _ids(engine, "маршрут", things={}) == set()
    assert _ids(engine, "маршрут", things={HitKind.comment: frozenset()}) == set()
    found = engine.search(clause_of(parse("маршрут")), Wish(things={HitKind.reply: everything}, kinds=(HitKind.comment,)))
    assert (found.total, found.kinds) == (0, {HitKind.reply: 3})


def test_counts_the_kinds_whatever_kind_is_wished(engine: IndexEngine) -> None:
    _dated(engine)
    for kinds in ((), (HitKind.reply,), (HitKind.draft,)):
        found = engine.search(clause_of(parse("маршрут")), Wish(kinds=kinds))
        assert found.kinds == {HitKind.comment: 3, HitKind.reply: 3}
        assert found.total == (6 if not kinds else 3 if HitKind.reply in kinds else 0)


def test_a_clause_may_ask_anything(engine: IndexEngine) -> None:
    passenger, fare = Term(Field.stems, "пассажир"), Term(Field.stems, "проезд")
    assert set(_ordered(engine, AllOf((passenger,), without=(Phrase(("при", "входе")),)))) == {3}
    assert set(_ordered(engine, AllOf((passenger, AnyOf((fare, Term(Field.stems, "нет"))))))) == {2, 3}
    assert set(_ordered(engine, Begun("пас"))) == {2, 3, 4} - {4}
    assert set(_ordered(engine, AllOf((Begun("опл"), Begun("тр"))))) == {2}
    assert _ordered(engine, Begun("щщ")) == []
    for nothing in (AnyOf(()), AllOf(()), AllOf((AnyOf(()), passenger)), AllOf((), without=(fare,)), Phrase(())):
        assert _ordered(engine, nothing) == []
    assert set(_ordered(engine, AllOf((passenger,), without=(AnyOf(()),)))) == {2, 3}
    assert set(_ordered(engine, AllOf((fare,), without=(fare,)))) == set()


def test_more_beginnings_than_can_be_looked_for_are_said_to_be_partial(engine: IndexEngine) -> None:
    _update(
        engine,
        ["none"],
        [_document(20, " ".join(f"слово{chr(1072 + n // 30)}{chr(1072 + n % 30)}" for n in range(80)))],
    )
    found = engine.search(Begun("слово"), Wish())
    assert found.is_partial and found.total == 1
    assert not engine.search(Begun("словоаб"), Wish()).is_partial


def test_counts_what_it_does_not_return(engine: IndexEngine) -> None:
    found = engine.search(clause_of(parse("проезд")), Wish(limit=1))
    assert (len(found.candidates), found.total) == (1, 2)


def test_a_word_of_the_head_weighs_more(engine: IndexEngine) -> None:
    _update(engine, [], [_document(8, "Совсем другое.", head="О тарифах"), _document(9, "Единый тариф.")])
    found = engine.search(clause_of(parse("тариф")), Wish())
    assert [candidate.reference.object_id for candidate in found.candidates] == [8, 9]


def test_changes_are_seen_at_once_and_repeating_them_changes_nothing(engine: IndexEngine) -> None:
    for _ in range(3):
        changed = [_document(2, "Совсем о другом."), _document(6, "О проезде.")]
        _update(engine, [comment_group(2), comment_group(6)], changed)
    assert _ids(engine, "проезд") == {3, 6}
    assert _ids(engine, "другое") == {2}
    assert engine.count() == len(TEXTS) + 1


def test_what_is_taken_out_is_gone(engine: IndexEngine) -> None:
    _update(engine, [comment_group(id_) for id_ in TEXTS], [])
    assert engine.count() == 0
    assert _ids(engine, "проезд") == set()


def test_many_small_changes_are_merged(engine: IndexEngine) -> None:
    for id_ in range(10, 40):
        _update(engine, [comment_group(id_)], [_document(id_, f"Замечание номер {id_} о проезде.")])
    assert _ids(engine, "замечание") == set(range(10, 40))
    assert len(list(engine.folder.live().glob("*.seg"))) <= MOST_SMALL + 1
    assert len(list(engine.folder.live().glob("*.idx"))) <= 9


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_queries_are_only_queries(engine: IndexEngine, text: str) -> None:
    for needs_all in (True, False):
        engine.search(clause_of(parse(text), needs_all), Wish())
    assert engine.is_usable()


@pytest.mark.parametrize("store", [WhooshStore, TantivyStore])
def test_without_an_index_it_says_so(tmp_path: Path, store: type[Store]) -> None:
    engine = IndexEngine(tmp_path / "none", store())
    assert not engine.is_usable()
    for act in (
        lambda: engine.search(clause_of(parse("а")), Wish()),
        lambda: engine.feed(lambda fed: None),
        engine.count,
    ):
        with pytest.raises(IndexUnusable):
            act()


def test_an_index_of_another_version_is_not_read(engine: IndexEngine) -> None:
    (engine.folder.path / "current").write_text("index-0-abc 3")
    with pytest.raises(IndexUnusable):
        engine.search(clause_of(parse("проезд")), Wish())


@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("kind", ["contents", "segments"])
@pytest.mark.parametrize("damage", ["truncate", "garble", "delete"])
def test_a_damaged_index_is_found_out_and_built_anew(engine: IndexEngine, kind: str, damage: str) -> None:
    patterns = {"contents": ("*.toc", "meta.json"), "segments": ("*.seg", "*.idx", "*.fast", "*.term")}[kind]
    for path in (path for pattern in patterns for path in engine.folder.live().glob(pattern)):
        if damage == "delete":
            path.unlink()
        elif damage == "truncate":
            path.write_bytes(path.read_bytes()[: path.stat().st_size // 3])
        else:
            path.write_bytes(b"\xff\x13" * (path.stat().st_size // 2))
    with pytest.raises(IndexUnusable):
        engine.search(clause_of(parse("проезд")), Wish())
    assert not engine.is_usable()
    engine.rebuild([_document(1, "Проезд.")], lambda count: None, 0)
    assert _ids(engine, "проезд") == {1}
    gc.collect()  # Whoosh leaves a file open that it could not read


def test_a_rebuild_that_fails_leaves_the_old_index(engine: IndexEngine) -> None:
    def broken() -> Iterator[Document]:
        yield _document(1, "Проезд.")
        raise RuntimeError("the database went away")

    with pytest.raises(RuntimeError):
        engine.rebuild(broken(), lambda count: None, 0)
    assert _ids(engine, "проезд") == {2, 3}
    assert len(list(engine.folder.path.glob("index-*"))) == 1


def test_two_rebuilds_at_once_are_refused_and_searching_goes_on(engine: IndexEngine) -> None:
    def meanwhile() -> Iterator[Document]:
        assert _ids(engine, "проезд") == {2, 3}
        _update(engine, [comment_group(2)], [])
        with pytest.raises(RebuildRunning):
            IndexEngine(engine.folder.path, engine.store).rebuild([], lambda count: None, 0)
        yield _document(4, "Проезд.")

    engine.rebuild(meanwhile(), lambda count: None, 12)
    assert _ids(engine, "проезд") == {4}


def test_an_index_knows_what_it_has_to_be_fed_next(engine: IndexEngine) -> None:
    assert engine.fed() == 7
    _update(engine, [comment_group(1)], [])
    assert engine.fed() == 8
    assert not engine.feed(lambda fed: None)
    engine.rebuild([], lambda count: None, 5)
    assert engine.fed() == 5


def test_a_change_that_fails_is_fed_again(engine: IndexEngine) -> None:
    def broken() -> Iterator[Document]:
        yield _document(2, "Совсем о другом.")
        raise RuntimeError("the database went away")

    with pytest.raises(RuntimeError):
        engine.feed(lambda fed: Changes([comment_group(2)], broken(), 99))
    assert engine.fed() == 7
    assert _ids(engine, "проезд") == {2, 3}


def test_threads_search_while_another_writes(engine: IndexEngine) -> None:
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


def _corpus() -> list[Document]:
    """Words with the frequencies of a language, in texts of different lengths, some with headings."""
    chance = random.Random(4)
    words = [f"сөз{chr(1072 + n % 32)}{chr(1072 + n // 32)}" for n in range(600)]
    weights = [1 / (rank + 1) for rank in range(len(words))]

    def text(count: int) -> str:
        return " ".join(chance.choices(words, weights, k=count))

    return [
        _document(id_, text(chance.randint(5, 30)), head=text(4) if id_ % 3 == 0 else "", draft=id_ % 7,
                  kind=HitKind.provision if id_ % 3 == 0 else HitKind.comment, provision=f"art_{id_}" if id_ % 3 == 0 else "")
        for id_ in range(1, 401)
    ]  # fmt: skip


def test_both_engines_find_the_same_in_the_same_order(tmp_path: Path) -> None:
    documents, engines = _corpus(), [_built(tmp_path, WhooshStore()), _built(tmp_path, TantivyStore())]
    for engine in engines:
        engine.rebuild(documents, lambda count: None, 7)
    chance = random.Random(5)
    vocabulary = sorted({word for document in documents for word in document.body.exact.split()})
    for number in range(120):
        asked = " ".join(chance.sample(vocabulary, 1 + number % 3))
        clause = clause_of(parse(f'"{asked}"' if number % 5 == 4 else asked), needs_all=number % 2 == 0)
        ours, theirs = (engine.search(clause, Wish()) for engine in engines)
        assert {each.reference for each in ours.candidates} == {each.reference for each in theirs.candidates}
        assert (ours.total, ours.kinds) == (theirs.total, theirs.kinds)
        place = {each.reference: number for number, each in enumerate(theirs.candidates)}
        score = {each.reference: each.score for each in theirs.candidates}
        for first, second in pairwise(ours.candidates):
            if first.score > 1.1 * second.score and score[first.reference] != score[second.reference]:
                assert place[first.reference] < place[second.reference], (asked, first, second)


def test_a_search_that_takes_too_long_answers_with_drafts_alone_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = _built(tmp_path, TantivyStore())
    _update(engine, ["none"], [_document(30, "Проезд.", kind=HitKind.draft)])
    monkeypatch.setattr("portal.search.backends.tantivy.TIME_LIMIT", 0.0)
    monkeypatch.setattr("portal.search.backends.tantivy.PARTIAL_LIMIT", 30.0)
    monkeypatch.setattr("portal.search.backends.tantivy._search", _slowly(tantivy_search))
    found = engine.search(clause_of(parse("проезд")), Wish())
    assert found.is_partial
    assert [each.reference.object_id for each in found.candidates] == [30]
    monkeypatch.setattr("portal.search.backends.tantivy.PARTIAL_LIMIT", 0.0)
    nothing = engine.search(clause_of(parse("проезд")), Wish())
    assert nothing.is_partial and nothing.total == 0


def test_whoosh_stops_when_time_is_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = _built(tmp_path, WhooshStore())
    _update(engine, ["none"], [_document(id_, "Маршрут.") for id_ in range(100, 700)])
    monkeypatch.setattr("portal.search.backends.whoosh.TIME_LIMIT", -1.0)
    found = engine.search(clause_of(parse("маршрут")), Wish())
    assert found.is_partial and 0 < found.total < 600


def _slowly(act: Callable[..., Found]) -> Callable[..., Found]:
    def slow(*arguments: object) -> Found:
        time.sleep(0.3)
        return act(*arguments)

    return slow
