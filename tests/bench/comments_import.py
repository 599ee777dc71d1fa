"""How many comments a second does `flask comments import` bring in on SQLite, and what does each cost?

Prints one JSON line. Run: `python -m tests.bench.comments_import [COMMENTS]`.
"""

from __future__ import annotations

import json
import random
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from flask_migrate import upgrade

from portal import create_app
from portal.accounts.actor import OPERATOR
from portal.consultation.models import Comment, Tally
from portal.drafts.actions.reference import add_body
from portal.drafts.queries.texts import latest_version, provision_keys
from portal.kernel.console import writing
from portal.kernel.db import db
from portal.kernel.settings import Settings
from tests.make import TEXT_KK, TEXT_RU

WORDS = (TEXT_RU + TEXT_KK).split()
SETTINGS = Settings(Path("/nonexistent"), "", "only for a benchmark", testing=True, limits_enabled=False)


def write_comments(path: Path, count: int, keys: list[str]) -> None:
    """A file of comments of some 60 words, a third of them answers, spread over the provisions."""
    chance = random.Random(20_261_122)
    with path.open("w", encoding="utf-8") as file:
        for number in range(count):
            parent = f"c{chance.randrange(number)}" if number and chance.random() < 0.33 else None
            comment = {
                "external_id": f"c{number}", "author": f"Житель {number % 5000}", "parent": parent,
                "text": " ".join(chance.choices(WORDS, k=60)), "language": chance.choice(["kk", "ru"]),
                "stance": chance.choice(["for", "against", "neutral", ""]), "provision": chance.choice([*keys, ""]),
                "created_at": f"2026-0{chance.randint(1, 9)}-1{chance.randint(0, 9)}T10:00:00",
                "votes_for": chance.randrange(40), "votes_against": chance.randrange(20),
            }  # fmt: skip
            file.write(json.dumps(comment, ensure_ascii=False) + "\n")


def main(count: int) -> None:
    """Migrate an empty database, publish a draft, import, count."""
    with tempfile.TemporaryDirectory() as folder:
        instance = Path(folder)
        app = create_app(replace(SETTINGS, instance=instance, database_url=f"sqlite:///{instance / 'portal.sqlite3'}"))
        run = app.test_cli_runner().invoke
        (instance / "ru.txt").write_text(TEXT_RU)
        with app.app_context():
            upgrade()
            with writing():
                add_body(OPERATOR, code="bench", kind="ministry", names={"kk": "Министрлік", "ru": "Министерство"})
        made = run(args=["drafts", "import", "--body", "bench", "--type", "order", "--title-kk", "Қағидалар",
                         "--title-ru", "Правила", "--ru", str(instance / "ru.txt"), "--json"])  # fmt: skip
        draft_id = json.loads(made.stdout)["draft"]
        with app.app_context():
            keys = sorted(provision_keys(latest_version(draft_id).id))
        write_comments(instance / "comments.jsonl", count, keys)
        began = time.perf_counter()
        result = run(args=["comments", "import", str(instance / "comments.jsonl"), "--draft", str(draft_id), "--json"])
        seconds = time.perf_counter() - began
        with app.app_context():
            tally = db.session.get(Tally, draft_id)
            stored = db.session.scalar(db.select(db.func.count()).select_from(Comment))
        answer = json.loads(result.stdout)
        assert tally is not None and tally.comments == stored == answer["imported"] == count and not answer["errors"]
        figures = {"bench": "comments_import", "comments": count, "seconds": round(seconds, 2)}
        print(json.dumps({**figures, "per_second": round(count / seconds)}))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000)
