"""Are near-identical drafts gathered, found by an index and shown as one?"""

from __future__ import annotations

import json

from sqlalchemy import event, text

from portal.consultation.gathering import count_families, gather_draft
from portal.consultation.models import Consultation, Family, Fingerprint
from portal.consultation.queries.drafts import DraftFile
from portal.drafts.fingerprint import bands, from_bytes
from portal.kernel.db import db
from portal.web.flask_app import PortalApp
from tests.client import PageClient
from tests.drafts.decisions import BUDGET_RU, HOUSING_KK, HOUSING_RU, IMPROVEMENT_RU, decision
from tests.make import Maker


def publish(make: Maker, number: int, pattern: str = HOUSING_RU) -> DraftFile:
    texts = {"ru": decision(number, pattern)}
    if pattern == HOUSING_RU:
        texts["kk"] = decision(number, HOUSING_KK, language="kk")
    return make.open(texts=texts, type="decision", en=f"Decision {number}")


def family_of(file: DraftFile) -> int | None:
    return db.session.scalar(db.select(Consultation.family_id).where(Consultation.draft_id == file.draft.id))


def test_decisions_after_one_pattern_are_one_family_round_the_first(make: Maker) -> None:
    first, second, third = (publish(make, number) for number in range(3))
    budget, other_budget, rules = publish(make, 4, BUDGET_RU), publish(make, 5, BUDGET_RU), publish(make, 6, IMPROVEMENT_RU)
    assert {family_of(each) for each in (first, second, third)} == {first.draft.id}
    assert {family_of(each) for each in (budget, other_budget)} == {budget.draft.id}
    assert family_of(rules) is None
    assert count_families() == (2, 5, 3)
    # copies keep no fingerprint: they are found by the first
    assert set(db.session.scalars(db.select(Fingerprint.draft_id))) == {first.draft.id, budget.draft.id, rules.draft.id}


def test_gathering_again_changes_nothing(make: Maker) -> None:
    files = [publish(make, number) for number in range(3)]
    for file in files:
        gather_draft(file.draft.id)
    assert db.session.get_one(Family, files[0].draft.id).size == 3


def test_relatives_are_found_by_the_index(make: Maker) -> None:
    publish(make, 1)
    stored = db.session.scalars(db.select(Fingerprint.signature)).first()
    assert stored is not None
    values = ",".join(map(str, bands(from_bytes(stored))))
    query = (
        "EXPLAIN QUERY PLAN SELECT f.draft_id FROM fingerprint f JOIN fingerprint_band b ON b.draft_id = f.draft_id"
        f" WHERE b.value IN ({values}) AND f.language = 'ru'"
    )
    plan = " ".join(row[3] for row in db.session.execute(text(query)))
    assert "SCAN" not in plan, plan


def test_short_texts_are_no_family(make: Maker) -> None:
    assert family_of(make.open()) is family_of(make.open()) is None


def test_a_list_shows_a_family_once(make: Maker, client: PageClient) -> None:
    files = [publish(make, number) for number in range(3)]
    publish(make, 6, IMPROVEMENT_RU)
    client.get("/drafts")
    assert "2 drafts" in client.words
    assert "Decision 2" in client.words and "Decision 1" not in client.words
    assert "and 2 similar drafts" in client.words and "near-identical ones shown once, 4 in all" in client.words
    client.get("/")
    assert "Decision 2" in client.words and "Decision 1" not in client.words and "and 2 similar drafts" in client.words
    client.get(f"/drafts/{files[0].draft.id}/family")
    assert all(f"Decision {number}" in client.words for number in range(3))
    assert "3 near-identical drafts" in client.words and "This draft" in client.words


def test_the_latest_that_passes_the_filter_stands_for_the_family(make: Maker, client: PageClient) -> None:
    publish(make, 0)
    publish(make, 1)
    last = publish(make, 2)
    last.draft.withdrawn_at = last.draft.created_at
    make.commit()
    client.get("/drafts")
    assert "Decision 1" in client.words and "Decision 2" not in client.words
    client.get("/drafts?phase=withdrawn")
    assert "Decision 2" in client.words


def test_a_draft_says_what_it_is_one_of_and_what_differs(make: Maker, client: PageClient) -> None:
    first, second = publish(make, 0), publish(make, 1)
    client.get(f"/drafts/{second.draft.id}")
    assert "One of 2 near-identical drafts" in client.words
    client.get(f"/drafts/{second.draft.id}/family/{first.draft.id}/compare?language=ru")
    assert "Near-identical drafts compared" in client.words
    assert "Шымкента" in client.words and "Карагандинской" in client.words
    client.get(f"/drafts/{second.draft.id}/family/{first.draft.id}/compare?language=ru&view=side&show=all")
    assert client.get(f"/drafts/{second.draft.id}/family/{second.draft.id}/compare").status_code == 404


def test_strangers_are_not_compared(make: Maker, client: PageClient) -> None:
    publish(make, 0)
    second, stranger = publish(make, 1), publish(make, 6, IMPROVEMENT_RU)
    assert client.get(f"/drafts/{second.draft.id}/family/{stranger.draft.id}/compare").status_code == 404
    assert client.get(f"/drafts/{stranger.draft.id}/family").status_code == 404


def test_lists_and_families_ask_few_queries(make: Maker, client: PageClient) -> None:
    files = [publish(make, number) for number in range(4)]
    statements: list[str] = []
    event.listen(db.engine, "before_cursor_execute", lambda *args: statements.append(args[2]))
    for path in ("/drafts", f"/drafts/{files[0].draft.id}/family", f"/drafts/{files[0].draft.id}"):
        statements.clear()
        client.get(path)
        asked = [each for each in statements if each.startswith("SELECT")]
        assert len(asked) <= (15 if path.count("/") == 2 else 10), asked


def test_an_operator_gathers_anew(make: Maker, app: PortalApp) -> None:
    for number in range(3):
        publish(make, number)
    result = app.test_cli_runner().invoke(args=["drafts", "families", "--rebuild", "--json"])
    assert result.exit_code == 0, result.output
    assert json.loads(result.output) == {"looked_at": 3, "families": 1, "drafts": 3, "largest": 3}
    assert "1 families with 3 drafts" in app.test_cli_runner().invoke(args=["drafts", "families"]).output
