"""How do state bodies stand under one another, in which order, and under which name on which day?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from portal.drafts.models import Body, FormerName
from portal.language.collation import sort_key

DEEPEST = 12  # levels; a tree deeper than that is a mistake in it
STEP = "\u2003"  # of a choice that stands under another: a browser drops plain spaces


@dataclass(frozen=True, slots=True)
class Node:
    """A body in its place: how deep it stands, 0 at the top, and how many stand directly under it."""

    body: Body
    depth: int
    children: int


def by_name(bodies: Iterable[Body], language: str) -> list[Body]:
    """Bodies in the reader's alphabetical order."""
    return sorted(bodies, key=lambda body: (sort_key(body.name(language), language), body.id))


def walk_tree(bodies: Sequence[Body], language: str, under: int | None = None) -> list[Node]:
    """Each body once, after the one it belongs to, the children of each in alphabetical order.

    `under` gives only what belongs to that body, however deep. A body whose parent is not among `bodies`, or that
    stands in a circle, is put at the top.
    """
    ids = {body.id for body in bodies}
    children: dict[int | None, list[Body]] = {}
    for body in by_name(bodies, language):
        children.setdefault(body.parent_id if body.parent_id in ids else None, []).append(body)
    seen: set[int] = set()
    nodes = list(_walk(under, 0, children, seen))
    if under is None:
        for body in by_name((each for each in bodies if each.id not in seen), language):
            if body.id not in seen:
                seen.add(body.id)
                nodes += [Node(body, 0, len(children.get(body.id, ()))), *_walk(body.id, 1, children, seen)]
    return nodes


def choices_of(bodies: Sequence[Body], language: str, *, by_code: bool = False) -> list[tuple[str, str]]:
    """(id or code, name) as a select field takes them: the tree, each body after the one it belongs to and set in under it."""
    return [
        (node.body.code if by_code else str(node.body.id), f"{STEP * node.depth}{node.body.name(language)}")
        for node in walk_tree(bodies, language)
    ]


def _walk(parent: int | None, depth: int, children: Mapping[int | None, list[Body]], seen: set[int]) -> Iterator[Node]:
    for body in children.get(parent, ()):
        if body.id in seen:
            continue
        seen.add(body.id)
        yield Node(body, depth, len(children.get(body.id, ())))
        if depth < DEEPEST:
            yield from _walk(body.id, depth + 1, children, seen)


def above(body_id: int, parent_of: Callable[[int], int | None]) -> list[int]:
    """The ids of those a body belongs to, the nearest first; stops where it would go round in a circle."""
    found: list[int] = []
    parent = parent_of(body_id)
    while parent is not None and parent not in found and parent != body_id:
        found.append(parent)
        parent = parent_of(parent)
    return found


def name_on(body: Body, former: Iterable[FormerName], day: date, language: str) -> str:
    """The name a body bore on a day."""
    borne = [name for name in former if name.body_id == body.id and day < name.used_until]
    return min(borne, key=lambda name: name.used_until).name(language) if borne else body.name(language)
