"""Which state bodies are there, which were there, and what were they called?"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from portal.drafts.body_import import ImportPlan, plan_import
from portal.drafts.body_table import match_key, read_table
from portal.drafts.body_tree import Node, choices_of, name_on, walk_tree
from portal.drafts.models import Body, FormerName
from portal.kernel.db import db
from portal.kernel.errors import NotFound
from portal.language.collation import sort_key

MOST_BODIES = 20_000


@dataclass(frozen=True, slots=True)
class BodyFilter:
    """Which bodies to list: words of any name, a kind, what stands under one of them, those that ended as well."""

    words: str = ""
    kind: str = ""
    under: int | None = None
    with_ended: bool = False
    without_kazakh: bool = False

    @property
    def is_plain(self) -> bool:
        """Does it leave the tree whole?"""
        return not (self.words or self.kind or self.without_kazakh)


@dataclass(frozen=True, slots=True)
class NameThen:
    """What a body was called on a day, and what it, or who came after it, is called now; "" for the same."""

    then: str
    now: str
    now_code: str


def list_bodies(*, with_ended: bool = True) -> list[Body]:
    """Every state body, by kind and Russian name; `with_ended=False` leaves out those that are no more."""
    query = db.select(Body).order_by(Body.kind.desc(), Body.name_ru, Body.id)
    return list(db.session.scalars((query if with_ended else query.where(Body.dissolved_on.is_(None))).limit(MOST_BODIES)))


def list_body_choices(language: str, *, with_ended: bool = False, by_code: bool = False) -> list[tuple[str, str]]:
    """The bodies there are, as `choices_of`."""
    return choices_of(list_bodies(with_ended=with_ended), language, by_code=by_code)


def list_tree(wanted: BodyFilter, language: str) -> list[Node]:
    """Bodies in their places; where some are picked out by words or kind, in alphabetical order instead."""
    bodies = list_bodies(with_ended=wanted.with_ended)
    nodes = walk_tree(bodies, language, wanted.under)
    if wanted.is_plain:
        return nodes
    words, former = match_key(wanted.words).split(), _former_names() if wanted.words else {}
    picked = [node for node in nodes if _is_wanted(node.body, wanted, words, former.get(node.body.id, ""))]
    return sorted(picked, key=lambda node: (sort_key(node.body.name(language), language), node.body.id))


def _former_names() -> dict[int, str]:
    """Body → all it was called before."""
    found: dict[int, str] = {}
    for former in db.session.scalars(db.select(FormerName).limit(MOST_BODIES)):
        found[former.body_id] = f"{found.get(former.body_id, '')} {former.name_kk} {former.name_ru} {former.name_en}"
    return found


def _is_wanted(body: Body, wanted: BodyFilter, words: Sequence[str], former: str) -> bool:
    if wanted.kind and body.kind != wanted.kind or wanted.without_kazakh and body.name_kk:
        return False
    names = match_key(f"{body.name_kk} {body.name_ru} {body.name_en} {former}")
    return all(word in names for word in words)


def find_body(code: str) -> Body | None:
    """The body with this code."""
    return db.session.scalar(db.select(Body).where(Body.code == code))


def get_body(body_id: int) -> Body:
    """The body; raises NotFound."""
    if (body := db.session.get(Body, body_id)) is None:
        raise NotFound("There is no such body.")
    return body


def list_parents() -> dict[int, int | None]:
    """Body → the body it belongs to."""
    return dict(db.session.execute(db.select(Body.id, Body.parent_id)).all())


def list_by_ids(ids: Collection[int]) -> dict[int, Body]:
    """The bodies with these ids."""
    return {body.id: body for body in db.session.scalars(db.select(Body).where(Body.id.in_(ids)))} if ids else {}


def list_children(body_id: int, *, limit: int = 200) -> list[Body]:
    """Bodies that exist and belong directly to this one."""
    query = db.select(Body).where(Body.parent_id == body_id, Body.dissolved_on.is_(None)).order_by(Body.name_ru, Body.id)
    return list(db.session.scalars(query.limit(limit)))


def list_former_names(body_id: int) -> list[FormerName]:
    """What a body was called before, the latest name first."""
    query = db.select(FormerName).where(FormerName.body_id == body_id).order_by(FormerName.used_until.desc())
    return list(db.session.scalars(query.limit(200)))


def list_predecessors(body_id: int) -> list[Body]:
    """Bodies that became part of this one, the latest first."""
    query = db.select(Body).where(Body.successor_id == body_id).order_by(Body.dissolved_on.desc(), Body.id)
    return list(db.session.scalars(query.limit(200)))


def find_successor(body: Body) -> Body | None:
    """The body that exists today in place of one that ended; None for one that exists or left nobody."""
    seen, current = {body.id}, body
    while current.dissolved_on is not None and current.successor_id and current.successor_id not in seen:
        seen.add(current.successor_id)
        current = get_body(current.successor_id)
    return current if current is not body else None


def name_then(body: Body, day: date, language: str) -> NameThen:
    """What to call a body where a draft of a day is shown. No query for a body that always had its name."""
    then = name_on(body, list_former_names(body.id) if body.named_on else (), day, language)
    present = find_successor(body) or body
    now = present.name(language)
    return NameThen(then, now if now != then else "", present.code)


def read_plan(data: bytes) -> ImportPlan:
    """What a table of bodies would add and change; raises as `read_table`."""
    return plan_import(read_table(data), list_bodies())
