"""What does the reading page of a law of 300 provisions with 2,000 comments cost: queries, bytes, server time?

    python -m tests.bench.reading_page [COMMENTS]
    python -m tests.bench.reading_page code [COMMENTS]

The second measures the Tax Code repeated to 850 articles: its first page, a page in its middle, the same in two languages
side by side, its contents, and words found in the whole of it.

The words are those of the demonstration, so that they compress as real ones do. Bytes are the first view without
fonts: page, style sheets, scripts and the mark. Times are medians of whole requests, compression included: by the clock,
and of the processor (what the clock would show on a core of one's own).
"""

from __future__ import annotations

import gzip
import json
import random
import re
import sys
import tempfile
import time
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import cycle
from pathlib import Path
from statistics import median
from typing import Any

import brotli
from flask.testing import FlaskClient
from flask_migrate import upgrade
from sqlalchemy import insert, update

from portal import create_app
from portal.accounts.actor import OPERATOR
from portal.accounts.models import User
from portal.consultation.actions.comments import count_at_provision
from portal.consultation.actions.windows import announce_consultation
from portal.consultation.models import Comment, Reply, Tally
from portal.consultation.queries import reading
from portal.drafts.actions.drafts import DraftCard, create_draft
from portal.drafts.actions.versions import add_attachment, outline_digest
from portal.drafts.importers import read_outline
from portal.drafts.models import AttachmentKind, Body, Draft, VersionText
from portal.drafts.queries import texts
from portal.drafts.queries.reference import find_type
from portal.drafts.structure import Outline, Provision, assign_keys, outline_to_json, walk
from portal.kernel.clock import now, today
from portal.kernel.db import db, transaction_mode
from portal.kernel.settings import ROOT, Settings
from portal.web.flask_app import PortalApp
from tests.bench.export_speed import ARTICLES, code_of
from tests.statements import counted

CONTENT = ROOT / "portal" / "demo" / "content"
PROVISIONS = 300
COMMENTS = 2000
REQUESTS = 60


@dataclass(frozen=True)
class Visit:
    """What one kind of visit cost."""

    queries: int
    queries_cold: int
    median_ms: float
    median_cpu_ms: float
    html: bytes


def law(language: str) -> Outline:
    """The acts of the demonstration one after another, cut at PROVISIONS."""
    left = PROVISIONS
    kept: list[Provision] = []
    for path in sorted(CONTENT.glob(f"*/text.{language}.txt"), key=lambda path: (-path.stat().st_size, path.name)):
        outline = read_outline(path.read_bytes(), path.name, language)
        for provision in outline.provisions:
            cut, left = _cut(provision, left)
            kept += [cut] if cut else []
    return assign_keys(Outline(language, outline.title, tuple(kept), ()))


def _cut(provision: Provision, left: int) -> tuple[Provision | None, int]:
    if left == 0:
        return None, 0
    left, children = left - 1, []
    for child in provision.children:
        cut, left = _cut(child, left)
        children += [cut] if cut else []
    return replace(provision, children=tuple(children)), left


def make_draft(texts_of: Callable[[str], Outline] = law) -> Draft:
    """An open draft with both texts, a passport, a summary and an explanatory note."""
    card = tomllib.loads((CONTENT / "bus-rules" / "draft.toml").read_text("utf-8"))
    act_type = find_type("law")
    assert act_type is not None
    body = Body(code="transport", kind="ministry", name_kk="Көлік министрлігі", name_ru="Министерство транспорта")
    db.session.add(body)
    db.session.flush()
    titles = {language: card[f"title_{language}"] for language in ("kk", "ru")}
    summaries = {language: card[f"summary_{language}"] for language in ("kk", "ru")}
    draft = create_draft(OPERATOR, body=body, card=DraftCard(act_type.id, titles, summaries, card["passport"]))
    for language in ("kk", "ru"):
        document = outline_to_json(texts_of(language))
        version = texts.latest_version(draft.id)
        db.session.add(
            VersionText(version_id=version.id, language=language, outline=document, digest=outline_digest(document))
        )
        add_attachment(OPERATOR, draft=draft, kind=AttachmentKind.note, language=language, text=card["note"][language])
    db.session.flush()
    announce_consultation(OPERATOR, draft=draft, opens_on=today(), closes_on=today() + timedelta(days=30), imported=True)
    return draft


def add_comments(draft: Draft, count: int, outline: Outline | None = None) -> str:
    """Comments as people leave them, most on few provisions; returns the key of the busiest."""
    chance = random.Random(7)
    version_id = texts.latest_version(draft.id).id
    keys = [p.key for p, _, _ in walk((outline or law("kk")).provisions) if p.text]
    busiest = keys[len(keys) // 2]
    words = _words()
    rows: list[dict[str, Any]] = []
    for number in range(1, count + 1):
        key = chance.choice(["", busiest, busiest, chance.choice(keys)])
        parents = [row for row in rows[-50:] if row["provision_key"] == key and row["root_id"] is None]
        parent = chance.choice(parents) if parents and chance.random() < 0.25 else None
        said = next(words)
        rows.append({
            "id": number, "draft_id": draft.id, "version_id": version_id, "provision_key": key,
            "parent_id": parent and parent["id"], "root_id": parent and parent["id"], "depth": 1 if parent else 0,
            "author_name": said["author"], "organisation": "", "language": said["language"], "stance": said.get("stance") or None,
            "text": said["text"], "proposed_text": said.get("proposed") or "", "created_at": now() - timedelta(minutes=number),
            "agree": chance.randrange(200), "disagree": chance.randrange(90), "passes": 0, "replies": 0,
            "hidden_at": now() if number % 97 == 0 else None, "is_answered": number % 3 == 0,
        })  # fmt: skip
        if parent:
            parent["replies"] += 1
    for start in range(0, count, 1000):
        db.session.execute(insert(Comment), rows[start : start + 1000])
    threads = Counter(row["provision_key"] for row in rows if row["root_id"] is None)
    for key, shown in Counter(row["provision_key"] for row in rows if row["hidden_at"] is None).items():
        count_at_provision(draft.id, key, shown, threads[key])
    answered = [row["id"] for row in rows if row["is_answered"]]
    db.session.execute(insert(Reply), [_reply(draft, id_) for id_ in answered])
    db.session.execute(update(Tally).values(comments=count, answered=len(answered), votes_for=1284, votes_against=722))
    return busiest


def _words() -> Iterator[dict[str, Any]]:
    said: list[dict[str, Any]] = []
    for path in sorted(CONTENT.glob("*/comments.toml")):
        said += tomllib.loads(path.read_text("utf-8")).get("comment", [])
    return cycle(said)


def _reply(draft: Draft, comment_id: int) -> dict[str, Any]:
    return {
        "comment_id": comment_id, "draft_id": draft.id, "body_id": draft.body_id, "decision": "partly_accepted",
        "text": "Ұсыныс ішінара қабылданды: тариф айырмасы азайтылады, нақты шек келесі нұсқада ұсынылады.",
        "language": "kk", "unit": "Автомобиль көлігі департаменті", "changed_provision": "", "posted_at": now(),
    }  # fmt: skip


def visit(client: FlaskClient, path: str) -> Visit:
    """Open a page REQUESTS times."""
    headers = {"Accept-Encoding": "br"}
    reading._laid_out.cache_clear()
    texts._remembered.cache_clear()
    with counted() as cold:
        client.get(path, headers=headers).close()
    for _ in range(5):
        client.get(path, headers=headers).close()
    with counted() as sent:
        client.get(path, headers=headers).close()
    times, busy = [], []
    for _ in range(REQUESTS):
        start, start_busy = time.perf_counter(), time.thread_time()
        client.get(path, headers=headers).close()
        times.append((time.perf_counter() - start) * 1000)
        busy.append((time.thread_time() - start_busy) * 1000)
    html = client.get(path)
    assert html.status_code == 200, html.status_code
    return Visit(len(sent), len(cold), round(median(times), 1), round(median(busy), 1), html.data)


def first_view(html: bytes) -> dict[str, int]:
    """Compressed bytes of a page with what it links and what its scripts import, fonts left out."""
    linked = re.findall(rb'(?:href|src)="/static/([^"?]+\.(?:css|js|svg))', html)
    files = {name.decode() for name in linked if b"favicon" not in name}
    for name in [name for name in files if name.endswith(".js")]:
        for module in re.findall(r'from "([^"]+)"', (ROOT / "static" / name).read_text("utf-8")):
            files.add(str((ROOT / "static" / name).parent.joinpath(module).resolve().relative_to(ROOT / "static")))
    parts: Sequence[bytes] = [html, *((ROOT / "static" / name).read_bytes() for name in sorted(files))]
    return {
        "html_gz": len(gzip.compress(html, 6)),
        "html_br": len(brotli.compress(html, quality=4)),
        "first_view_gz": sum(len(gzip.compress(part, 6)) for part in parts),
        "first_view_br": sum(len(brotli.compress(part, quality=4)) for part in parts),
    }


def _signed_in(app: PortalApp) -> FlaskClient:
    user = db.session.scalars(db.select(User)).one()
    client = app.test_client()
    with client.session_transaction() as session:
        session["_user_id"], session["_fresh"] = user.session_key, True
    return client


def measure(app: PortalApp, count: int) -> dict[str, Any]:
    """Fill the database and visit the page as a visitor and as a citizen with a chosen provision."""
    with app.app_context(), transaction_mode("write"):
        upgrade()
        db.session.add(User(email="reader@example.org", name="Reader", confirmed_at=now()))
        draft = make_draft()
        busiest, address = add_comments(draft, count), f"/drafts/{draft.id}"
        db.session.commit()
        citizen_client = _signed_in(app)
        db.session.remove()
    visitor = visit(app.test_client(), address)
    citizen = visit(citizen_client, f"{address}?provision={busiest}")
    return {
        "bench": "reading_page", "provisions": PROVISIONS, "comments": count,
        "queries": max(visitor.queries, citizen.queries), "queries_cold": max(visitor.queries_cold, citizen.queries_cold),
        **first_view(visitor.html), "median_ms": visitor.median_ms, "median_cpu_ms": visitor.median_cpu_ms,
        "signed_in_median_ms": citizen.median_ms, "signed_in_median_cpu_ms": citizen.median_cpu_ms,
    }  # fmt: skip


def measure_code(app: PortalApp, count: int) -> dict[str, Any]:
    """The pages of a code of 850 articles as a visitor opens them; `find_first_s` makes the index of its words."""
    outline = code_of(ARTICLES)
    with app.app_context(), transaction_mode("write"):
        upgrade()
        db.session.add(User(email="reader@example.org", name="Reader", confirmed_at=now()))
        draft = make_draft(lambda language: replace(outline, language=language))
        busiest, address = add_comments(draft, count, outline), f"/drafts/{draft.id}/versions/1/ru"
        db.session.commit()
        db.session.remove()
    client = app.test_client()
    line: dict[str, Any] = {"bench": "reading_page", "articles": ARTICLES, "comments": count}
    start = time.perf_counter()
    client.get(f"{address}/find?q=налог").close()
    line["find_first_s"] = round(time.perf_counter() - start, 2)
    pages = {"first": "", "middle": f"?provision={busiest}", "beside": "?at=art_425&beside=kk",
             "contents": "/find", "found": "/find?q=налог на транспорт"}  # fmt: skip
    for name, query in pages.items():
        seen = visit(client, address + query)
        size = first_view(seen.html)
        line[name] = {"queries": seen.queries, "html_br": size["html_br"], "first_view_br": size["first_view_br"],
                      "median_ms": seen.median_ms, "median_cpu_ms": seen.median_cpu_ms}  # fmt: skip
    return line


def main(count: int, measured: Callable[[PortalApp, int], dict[str, Any]] = measure) -> None:
    """Build, measure, print."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(
            instance=Path(folder), database_url=f"sqlite:///{folder}/portal.sqlite3",
            secret_key="only for this measurement", mail_url="memory:", limits_enabled=False,
        )  # fmt: skip
        print(json.dumps(measured(create_app(settings), count)))


if __name__ == "__main__":
    given = [argument for argument in sys.argv[1:] if argument.isdecimal()]
    main(int(given[0]) if given else COMMENTS, measure_code if "code" in sys.argv[1:] else measure)
