"""May those who work for a body finish what the bodies merged into it left, and nobody else?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from portal.accounts.actor import OPERATOR, Actor
from portal.accounts.models import User
from portal.accounts.queries import find_actor
from portal.consultation.queries.duties import list_next_due, list_overdue
from portal.consultation.queries.inbox import list_desk_drafts
from portal.consultation.queries.own_drafts import list_own_drafts
from portal.drafts.actions.bodies import merge_body, restore_body
from portal.drafts.models import Body
from portal.kernel.clock import today
from portal.kernel.db import db
from portal.reports.queries import list_due
from tests.client import PageClient
from tests.make import Maker

SignIn = Callable[..., User]


def actor(user: User) -> Actor:
    found = find_actor(user.session_key, "", "en")
    assert found is not None
    return found


@pytest.fixture
def bodies(make: Maker) -> tuple[Body, Body, Body, Body]:
    """The first went over to the second, the second to the third; the last has nothing to do with them."""
    old, middle, new, other = (make.body(code) for code in ("old", "middle", "new", "other"))
    merge_body(OPERATOR, body=old, successor=middle, on=today() - timedelta(days=9), reason="Decree 1")
    merge_body(OPERATOR, body=middle, successor=new, on=today(), reason="Decree 2")
    make.commit()
    return old, middle, new, other


def test_a_successor_acts_for_all_that_became_part_of_it_and_for_nobody_else(make: Maker, bodies: tuple[Body, ...]) -> None:
    old, middle, new, other = bodies
    drafter = actor(make.user("drafter", body=new))
    assert drafter.merged_bodies == {old.id, middle.id}
    assert [drafter.acts_for(body.id) for body in bodies] == [True, True, True, False]
    assert [drafter.reads_for(body.id) for body in bodies] == [True, True, True, False]
    assert [actor(make.user("drafter", body=middle)).acts_for(body.id) for body in bodies] == [True, True, False, False]
    assert [actor(make.user("drafter", body=other)).acts_for(body.id) for body in bodies] == [False, False, False, True]
    assert actor(make.user("citizen")).merged_bodies == frozenset()
    restore_body(OPERATOR, body=middle)
    make.commit()
    assert not drafter.acts_for(other.id) and actor(make.user("drafter", body=new)).merged_bodies == frozenset()


def test_bodies_merged_in_a_circle_end_somewhere(make: Maker, bodies: tuple[Body, ...]) -> None:
    old, middle, new, _other = bodies
    new.successor_id = old.id
    make.commit()
    assert actor(make.user("drafter", body=new)).merged_bodies == {old.id, middle.id}


def test_the_desk_of_a_successor_lists_what_is_to_be_finished(make: Maker, bodies: tuple[Body, ...]) -> None:
    old, _middle, new, other = bodies
    db.session.execute(db.update(Body).where(Body.id == old.id).values(dissolved_on=None))
    file, left = make.closed(body=old), make.draft(body=old)
    db.session.execute(db.update(Body).where(Body.id == old.id).values(dissolved_on=today()))
    make.commit()
    assert {draft.id for draft in list_own_drafts(new.id)} == {file.draft.id, left.id} and not list_own_drafts(other.id)
    assert [row.draft.id for row in list_due(new.id)] == [file.draft.id] and not list_due(other.id)
    assert [row.draft_id for row in list_next_due(new.id)] == [file.draft.id] and not list_next_due(other.id)
    assert not list_desk_drafts(new.id) and not list_overdue(new.id)  # nobody wrote; the public record is the body's own


def test_pages_of_a_draft_left_by_a_merged_body(
    client: PageClient, make: Maker, sign_in: SignIn, bodies: tuple[Body, ...]
) -> None:
    old, _middle, new, other = bodies
    db.session.execute(db.update(Body).where(Body.id == old.id).values(dissolved_on=None))
    draft = make.draft(body=old)
    db.session.execute(db.update(Body).where(Body.id == old.id).values(dissolved_on=today()))
    make.commit()
    sign_in(client, "drafter", body=other)
    assert client.get(f"/desk/drafts/{draft.id}").status_code in {403, 404}
    assert client.post(f"/desk/drafts/{draft.id}/table").status_code in {403, 404}
    sign_in(client, "drafter", body=new)
    assert client.get(f"/desk/drafts/{draft.id}").status_code == 200
    assert client.get(f"/desk/drafts/{draft.id}/card").status_code == 200
    assert client.get("/desk/drafts").status_code == 200
    assert draft.number in client.words
