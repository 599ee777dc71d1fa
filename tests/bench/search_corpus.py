"""How is a portal filled with drafts and comments in the words of real texts, to measure its search?

Sentences are taken from the Tax Code, the Constitution, Kazakh encyclopedia passages and Kazakh and Russian comments in
../shared, so that words come as often as they do; where these are not there, from a text of its own.
"""

from __future__ import annotations

import csv
import json
import random
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice, pairwise
from pathlib import Path
from typing import Any

from sqlalchemy import insert

from portal import create_app
from portal.consultation.models import Comment, Consultation
from portal.drafts.models import ActType, Body, Draft, Version
from portal.kernel.clock import now, today
from portal.kernel.db import db
from portal.kernel.settings import Settings
from portal.web.flask_app import PortalApp

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"
OWN_TEXT = "Жолаушы жол ақысын көлікке кіргенде төлейді. Пассажир оплачивает проезд при входе в транспорт. "
DRAFTS_OF = 150 / 1150  # drafts among all documents
CHUNK = 5_000
BODIES = 200


@dataclass(frozen=True)
class Language:
    """Real sentences of one language; `words` are its forms, commonest first."""

    sentences: tuple[str, ...]
    words: tuple[str, ...]


def read_language(code: str) -> Language:
    """All sentences there are in kk or ru."""
    text = "\n".join(_texts(code)) or OWN_TEXT * 50
    sentences = tuple(each.strip() for each in re.split(r"(?<=[.!?;])\s+|\n+", text) if len(each.split()) > 2)
    words = Counter(word for sentence in sentences for word in re.findall(r"[^\W\d_]+", sentence.lower()))
    return Language(sentences, tuple(word for word, _ in words.most_common()))


def _texts(code: str) -> Iterator[str]:
    if not SHARED.exists():
        return
    if code == "ru":
        for path in sorted((SHARED / "legal-kk-ru/kz-tax-code-2025").rglob("st-*.md")):
            yield path.read_text(encoding="utf-8").rpartition("---")[2]
        with (SHARED / "comments/ru-ruarg/train.tsv").open(encoding="utf-8") as file:
            yield from (row["text"] for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
        return
    yield (SHARED / "legal-kk-ru/kz-constitution-2022.kk.txt").read_text(encoding="utf-8")
    for line in (SHARED / "search/kazqad-validation/passages.jsonl").read_text(encoding="utf-8").splitlines():
        yield json.loads(line)["text"]
    with (SHARED / "comments/kk-kazsandra/04_pc_valid.csv").open(encoding="utf-8") as file:
        yield from (row["text"] for row in csv.DictReader(file))


class Corpus:
    """`documents` in all, of about `words` words each; the same ones every time."""

    def __init__(self, documents: int, words: int) -> None:
        self.drafts = max(1, round(documents * DRAFTS_OF))
        self.comments = documents - self.drafts
        self.words = words
        self.languages = {code: read_language(code) for code in ("kk", "ru")}
        self.chance = random.Random(20_261_122)

    def text(self, code: str, words: int) -> str:
        """Whole sentences, at least so many words."""
        sentences, count = [], 0
        while count < words:
            sentence = self.chance.choice(self.languages[code].sentences)
            sentences.append(sentence)
            count += sentence.count(" ") + 1
        return " ".join(sentences)

    def fill(self) -> None:
        """Put everything into the empty database of the present application."""
        _put(ActType, iter([{"id": 1, "code": "order", "name_kk": "Бұйрық", "name_ru": "Приказ", "name_en": "Order",
                             "discussion_days": 10, "answer_days": 10, "rule": "", "position": 1}]))  # fmt: skip
        bodies = ({"id": n, "code": f"body-{n}", "kind": "ministry", "name_kk": f"{n}-министрлік",
                   "name_ru": f"Министерство {n}"} for n in range(1, BODIES + 1))  # fmt: skip
        _put(Body, bodies)
        _put(Draft, map(self._draft, range(1, self.drafts + 1)))
        _put(Version, ({"id": n, "draft_id": n, "number": 1, "published_at": now()} for n in range(1, self.drafts + 1)))
        _put(Consultation, map(self._consultation, range(1, self.drafts + 1)))
        _put(Comment, map(self._comment, range(1, self.comments + 1)))

    def _draft(self, number: int) -> dict[str, Any]:
        code = "kk" if number % 2 else "ru"
        other = "ru" if code == "kk" else "kk"
        return {
            "id": number, "number": f"2026-{number:06}", "type_id": 1, "body_id": number % BODIES + 1,
            "is_public": True, f"title_{code}": self.text(code, 8)[:500], f"title_{other}": "",
            f"summary_{code}": self.text(code, max(20, self.words // 2)), f"summary_{other}": "",
            "passport": {code: {"content": self.text(code, max(20, self.words // 2))}},
        }  # fmt: skip

    def _consultation(self, number: int) -> dict[str, Any]:
        opens = today() - timedelta(days=number % 3000)
        closes = opens + timedelta(days=14)
        at = now() - timedelta(days=number % 3000)
        return {
            "id": number, "draft_id": number, "version_id": number, "announced_at": at, "opens_on": opens,
            "closes_on": closes, "opens_at": at, "closes_at": at + timedelta(days=14), "answers_due_on": closes,
            "answers_due_at": at + timedelta(days=28),
        }  # fmt: skip

    def _comment(self, number: int) -> dict[str, Any]:
        code = self.chance.choice(("kk", "ru"))
        draft = number % self.drafts + 1
        return {
            "id": number, "draft_id": draft, "version_id": draft, "author_name": "Житель", "language": code,
            "created_at": now() - timedelta(minutes=number), "text": self.text(code, self.chance.randint(
                self.words // 2, self.words * 3 // 2)),
        }  # fmt: skip

    def queries(self, count: int) -> dict[str, list[str]]:
        """What people may ask: words neither commonest nor rarest, pairs and phrases that stand in some sentence."""
        asked: dict[str, list[str]] = {"word": [], "and": [], "phrase": []}
        while len(asked["phrase"]) < count:
            language = self.languages[self.chance.choice(("kk", "ru"))]
            words = re.findall(r"[^\W\d_]+", self.chance.choice(language.sentences).lower())
            rare = [word for word in words if len(word) > 3 and word not in language.words[:100]]
            if len(rare) < 2:
                continue
            asked["word"].append(rare[0])
            asked["and"].append(" ".join(self.chance.sample(rare, 2)))
            asked["phrase"].append('"' + " ".join(self.chance.choice(list(pairwise(words)))) + '"')
        common = [word for language in self.languages.values() for word in language.words[:20]]
        asked["common_phrase"] = [f'"{first} {second}"' for first, second in pairwise(common)]
        asked["common_words"] = [" ".join(pair) for pair in pairwise(common)]
        return asked


def portal_in(folder: Path, search: str) -> PortalApp:
    """A portal with an empty database."""
    settings = Settings(folder, f"sqlite:///{folder / 'portal.sqlite3'}", "only for a benchmark", testing=True,
                        limits_enabled=False, search=search)  # fmt: skip
    app = create_app(settings)
    with app.app_context():
        db.create_all()
        db.session.commit()
    return app


def _put(model: Any, rows: Iterator[dict[str, Any]]) -> None:
    with db.engine.connect() as connection:
        while chunk := list(islice(rows, CHUNK)):
            connection.execute(insert(model), chunk)
        connection.commit()


