"""Does the page answer, and say nothing wrong, whatever is typed and whatever becomes of the files of the index?"""

from __future__ import annotations

import gc
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from portal.kernel.settings import Settings
from portal.search.index import engine, rebuild
from portal.web.flask_app import PortalApp
from tests.client import PageClient
from tests.make import Maker

TYPED = {
    "a million characters": "пассажир" * 125_000,
    "ten thousand words": "пассажир жолаушы " * 5_000,
    "ten thousand different words": " ".join(f"сөз{number}" for number in range(10_000)),
    "punctuation": "!?.,;:…—–()[]{}<>/\\|@#$%^&*~`'\"«»",
    "direction": "\u202e\u200f\u061c\u2067пассажир\u2069\u200e",
    "quotes": '"пассажир «жолаушы ((( [[ {',
    "star": "*",
    "not": "NOT",
    "bomb": "((((((((((a+)+)+)+)+)+)+)+)+)+)+$" * 20 + "!",
    "two commonest words": '"и в"',
    "surrogate": "\udcff пассажир",
    "nothing": "\x00",
}


@pytest.fixture(params=["whoosh", "tantivy"])
def settings(request: pytest.FixtureRequest, settings: Settings) -> Settings:
    """All of it holds with either engine."""
    return replace(settings, search=request.param)


def _shown(client: PageClient, typed: str) -> str:
    for kind in ("", "comment"):
        answer = client.get("/search", query_string={"q": typed.encode("utf-8", "surrogateescape"), "kind": kind})
        assert answer.status_code == 200, typed[:100]
    assert client.get("/search", query_string={"q": typed.encode("utf-8", "surrogateescape")}).status_code == 200
    return client.main_words


def test_whatever_is_typed_is_answered(indexed: PortalApp, client: PageClient, make: Maker) -> None:
    make.comment(make.open(), text="Пассажир и в автобусе, и в поезде.", language="ru")
    shown = {name: _shown(client, typed) for name, typed in TYPED.items()}
    for name in ("a million characters", "ten thousand words", "ten thousand different words"):
        assert "Your query was too long" in shown[name]
    for name in ("direction", "two commonest words", "quotes", "ten thousand words"):
        assert "Nothing found" not in shown[name], name


def _taken_away(live: Path) -> None:
    shutil.rmtree(live.parent)


def _emptied(live: Path) -> None:
    shutil.rmtree(live)


def _cut_off(live: Path) -> None:
    for file in live.iterdir():
        if file.suffix and not file.name.endswith(".lock"):
            with file.open("r+b") as handle:
                handle.truncate(file.stat().st_size // 3)


def _of_another_version(live: Path) -> None:
    live.rename(live.with_name("index-0-older"))
    (live.parent / "current").write_text("index-0-older")


def _read_only(live: Path) -> None:
    for path in (*live.iterdir(), live, live.parent):
        path.chmod(0o555 if path.is_dir() else 0o444)


@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("was_open", [False, True])
@pytest.mark.parametrize("harm", [_taken_away, _emptied, _cut_off, _of_another_version, _read_only])
def test_a_spoilt_index_is_never_said_to_hold_nothing(
    indexed: PortalApp, client: PageClient, make: Maker, harm: Callable[[Path], None], was_open: bool
) -> None:
    make.open()
    if was_open:
        assert "Nothing found" not in _shown(client, "пассажир")
    else:
        engine().store.forget()
    live = engine().folder.live()
    try:
        harm(live)
        shown = _shown(client, "пассажир")
        assert "Nothing found" not in shown
        assert harm is _read_only or "The search index is being rebuilt" in shown or was_open
    finally:
        for path in (live.parent, live):
            if path.exists():
                path.chmod(0o755)
    gc.collect()
    rebuild()
    assert client.get("/search?q=пассажир").status_code == 200
    assert client.page.findall(".//mark")
