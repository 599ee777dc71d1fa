"""Does `flask drafts import` publish and open in one transaction, and leave nothing behind when refused?"""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import Result

from portal.consultation.phases import Phase
from portal.consultation.queries.drafts import get_file
from portal.drafts.models import Draft
from portal.drafts.queries.reference import closing_day, find_type
from portal.drafts.queries.texts import list_text_languages
from portal.kernel.clock import today
from portal.kernel.db import db
from portal.ledger.models import Entry
from portal.web.flask_app import PortalApp
from tests.client import PageClient
from tests.make import TEXT_KK, TEXT_RU, Maker


def run(app: PortalApp, *args: object) -> Result:
    db.session.rollback()
    result = app.test_cli_runner().invoke(args=[str(arg) for arg in args])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    paths = {"kk": tmp_path / "kk.txt", "ru": tmp_path / "ru.txt"}
    paths["kk"].write_text(TEXT_KK)
    paths["ru"].write_text(TEXT_RU)
    return paths


def arguments(**more: object) -> list[object]:
    given = {"body": "transport", "type": "order", "title-kk": "Қағидалар", "title-ru": "Правила", **more}
    return ["drafts", "import", *(part for name, value in given.items() for part in (f"--{name}", value))]


def test_a_draft_is_published_and_opened(app: PortalApp, client: PageClient, make: Maker, files: dict[str, Path]) -> None:
    make.body()
    result = run(app, *arguments(**files), "--open-for", 20, "--json")
    assert result.exit_code == 0 and result.stderr == ""
    answer = json.loads(result.stdout)
    assert answer == {"draft": answer["draft"], "url": f"http://127.0.0.1:8000/drafts/{answer['draft']}"}
    file = get_file(answer["draft"])
    assert file.phase is Phase.open
    assert (file.consultation.opens_on, file.consultation.closes_on) == (today(), today() + timedelta(days=20))
    assert set(list_text_languages(file.consultation.version_id)) == {"kk", "ru"}
    kinds = list(db.session.scalars(db.select(Entry.kind).order_by(Entry.number)))
    wanted = ["draft-created", "text-uploaded", "text-uploaded", "version-published", "consultation-announced"]
    assert [kind for kind in kinds if kind != "consultation-opened"] == wanted
    assert client.get(f"/drafts/{answer['draft']}").status_code == 200


def test_without_days_the_period_is_the_types(app: PortalApp, make: Maker, files: dict[str, Path]) -> None:
    make.body()
    answer = json.loads(run(app, *arguments(ru=files["ru"]), "--json").stdout)
    order = find_type("order")
    assert order is not None
    assert get_file(answer["draft"]).consultation.closes_on == closing_day(order, today())


def test_one_text_is_enough_and_words_are_printed(app: PortalApp, make: Maker, files: dict[str, Path]) -> None:
    make.body()
    result = run(app, *arguments(en=files["ru"]), "--area", "transport")
    assert result.exit_code == 0
    assert "is published and open for discussion: http://127.0.0.1:8000/drafts/" in result.stdout


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"body": "nobody"}, "no body “nobody”"),
        ({"type": "ukase"}, "no act type “ukase”"),
        ({"area": "space"}, "no policy area “space”"),
        ({"title-kk": "  "}, "Enter the title."),
        ({"ru": "/nonexistent.docx"}, "/nonexistent.docx"),
        ({"open-for": "-1"}, "-1"),
        ({"open-for": "soon"}, "soon"),
    ],
)
def test_a_refusal_leaves_nothing(
    app: PortalApp, make: Maker, files: dict[str, Path], changes: dict[str, object], words: str
) -> None:
    make.body()
    result = run(app, *arguments(**{"ru": files["ru"], **changes}), "--json")
    assert result.exit_code == 2 and result.stdout == ""
    assert words in result.stderr
    assert db.session.scalar(db.select(db.func.count()).select_from(Draft)) == 0


def test_an_unreadable_second_file_undoes_the_first(app: PortalApp, make: Maker, files: dict[str, Path]) -> None:
    make.body()
    entries = db.session.scalar(db.select(db.func.count()).select_from(Entry))
    files["ru"].write_bytes(b"%PDF-1.4 not a text")
    result = run(app, *arguments(**files), "--json")
    assert result.exit_code == 2 and result.stdout == ""
    assert len(result.stderr.splitlines()) == 1 and "damaged" in result.stderr and "ru.txt" in result.stderr
    assert db.session.scalar(db.select(db.func.count()).select_from(Draft)) == 0
    assert db.session.scalar(db.select(db.func.count()).select_from(Entry)) == entries


def test_a_file_is_needed(app: PortalApp, make: Maker) -> None:
    make.body()
    result = run(app, *arguments())
    assert result.exit_code == 2 and "--kk, --ru or --en" in result.stderr
