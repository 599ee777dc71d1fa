"""Is nothing lost when who writes the index is killed, its folder is taken away, or may not be written to?"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from portal.search.backends import Changes, IndexUnusable, Wish
from portal.search.backends.clauses import Field, Term
from portal.search.backends.engine import IndexEngine
from portal.search.documents import comment_group
from tests.search.killed import LEAST, STORES, numbered

ROOT = Path(__file__).resolve().parents[2]
ALL = Term(Field.exact, "остановка")
NOBODY = 65534


@pytest.fixture(params=sorted(STORES))
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> IndexEngine:
    engine = IndexEngine(tmp_path / "index", STORES[request.param]())
    engine.rebuild(map(numbered, range(LEAST)), lambda done: None, LEAST)
    return engine


def _found(engine: IndexEngine) -> set[int]:
    found = engine.search(ALL, Wish(limit=100_000))
    assert found.total == len(found.candidates) == engine.count()
    return {each.reference.object_id for each in found.candidates}


def _kill_while(engine: IndexEngine, act: str, seconds: float) -> None:
    command = [sys.executable, "-m", "tests.search.killed", str(engine.folder.path), engine.store.name, act]
    process = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL)
    before = engine.folder.fed(engine.folder.live()), engine.folder.live().name
    deadline = time.monotonic() + 20
    while (engine.fed(), engine.folder.live().name) == before and time.monotonic() < deadline:
        time.sleep(0.01)  # it has begun when it has done something
    time.sleep(seconds)
    assert process.poll() is None, "it ended by itself"
    process.send_signal(signal.SIGKILL)
    process.wait()


@pytest.mark.parametrize("seconds", [0.05, 0.11, 0.23])
def test_killed_while_feeding_it_lost_nothing(engine: IndexEngine, seconds: float) -> None:
    _kill_while(engine, "feed", seconds)
    fed = engine.fed()
    assert fed > LEAST
    assert _found(engine) in (set(range(fed)), set(range(fed + 1)))
    assert engine.feed(lambda fed: Changes([comment_group(fed)], [numbered(fed)], fed + 1))
    assert _found(engine) == set(range(fed + 1))
    assert engine.is_sound()


@pytest.mark.parametrize("seconds", [0.05, 0.4])
def test_killed_while_building_the_old_index_is_whole_and_the_next_build_clears_up(
    engine: IndexEngine, seconds: float
) -> None:
    _kill_while(engine, "rebuild", seconds)
    assert _found(engine) == set(range(LEAST))
    assert not engine.is_rebuilding()
    engine.rebuild(map(numbered, range(LEAST)), lambda done: None, LEAST)
    assert len(list(engine.folder.path.glob("index-*"))) == 1
    assert engine.is_sound()


def test_the_folder_is_taken_away(engine: IndexEngine) -> None:
    assert _found(engine)
    shutil.rmtree(engine.folder.path)
    with pytest.raises(IndexUnusable):
        engine.search(ALL, Wish())
    assert not engine.is_usable()
    engine.rebuild(map(numbered, range(3)), lambda done: None, 3)
    assert _found(engine) == {0, 1, 2}


def test_the_files_are_taken_away_below_the_pointer(engine: IndexEngine) -> None:
    shutil.rmtree(engine.folder.live())
    with pytest.raises(IndexUnusable):
        engine.search(ALL, Wish())
    with pytest.raises(Exception, match=r"."):
        engine.feed(lambda fed: Changes([comment_group(1)], [numbered(1)], fed + 1))
    assert not engine.is_usable()


def test_files_cut_off_below_an_open_index_do_not_end_the_process(engine: IndexEngine) -> None:
    assert _found(engine)
    for path in engine.folder.live().iterdir():
        if path.suffix in {".seg", ".idx", ".pos", ".term", ".fast", ".store"}:
            os.truncate(path, 10)
    for _ in range(2):
        with pytest.raises(IndexUnusable):
            engine.search(ALL, Wish())
    assert not engine.is_usable()
    engine.rebuild(map(numbered, range(3)), lambda done: None, 3)
    assert _found(engine) == {0, 1, 2}


def test_another_process_searches_while_one_writes(engine: IndexEngine) -> None:
    other = IndexEngine(engine.folder.path, STORES[engine.store.name]())
    for number in range(LEAST, LEAST + 5):
        engine.feed(lambda fed: Changes([comment_group(fed)], [numbered(fed)], fed + 1))
        assert _found(other) == set(range(number + 1))
    engine.rebuild(map(numbered, range(10)), lambda done: None, 10)
    assert _found(other) == set(range(10))


@pytest.mark.skipif(os.getuid() != 0, reason="only root can become somebody without permission")
@pytest.mark.parametrize("opened_before", [True, False])
def test_a_folder_that_may_not_be_written_to_is_searched_and_says_so(engine: IndexEngine, opened_before: bool) -> None:
    for path in (engine.folder.path, *engine.folder.path.rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)
    for path in engine.folder.path.parents:
        if path.stat().st_uid == 0 and path != Path("/"):
            path.chmod(path.stat().st_mode | 0o055)
    if opened_before:
        assert _found(engine)
    child = os.fork()
    if child == 0:
        os._exit(_as_nobody(engine, opened_before))
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def _as_nobody(engine: IndexEngine, opened_before: bool) -> int:
    """In a child that may write nothing; how many checks failed first."""
    os.setgid(NOBODY)
    os.setuid(NOBODY)
    fresh = engine if opened_before else IndexEngine(engine.folder.path, STORES[engine.store.name]())
    if fresh.count() != LEAST or fresh.folder.is_writable():
        return 1
    if not opened_before and fresh.search(ALL, Wish()).total != LEAST:  # threads do not survive a fork
        return 3
    try:
        fresh.rebuild([], lambda done: None, 0)
    except IndexUnusable:
        return 0
    return 2
