"""How do bodies stand in a list, each under the one it belongs to?"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from portal.drafts.body_tree import Node
from portal.drafts.models import Body
from portal.web.formats import format_day

INDENTED = 5  # levels that are set in further and further; deeper ones stand like the last


@dataclass(frozen=True, slots=True)
class BodyLine:
    """A line of the tree, as `components/tree_table.html` shows it; `note` says what its place does not."""

    name: str
    lang: str | None
    url: str
    depth: int
    note: str
    cells: tuple[int | str, ...]


def body_lines(
    nodes: Sequence[Node], names: Mapping[int, Body], language: str, *, is_tree: bool,
    url: Callable[[Body], str], cells: Callable[[Node], tuple[int | str, ...]],
) -> tuple[BodyLine, ...]:  # fmt: skip
    """Lines for the bodies of one page; `names` are all bodies by id. The first line of a page, and every line of a
    list that is no tree, says what it belongs to.
    """
    lines = []
    for place, node in enumerate(nodes):
        body = node.body
        upper = names.get(body.parent_id or 0)
        notes = [_("belongs to: %(body)s", body=upper.name(language))] if upper and (not is_tree or not place) else []
        if body.dissolved_on is not None:
            day, is_merged = format_day(body.dissolved_on), body.successor_id is not None
            notes.append(_("merged on %(date)s", date=day) if is_merged else _("no more since %(date)s", date=day))
        lang = None if getattr(body, f"name_{language}") else "ru"
        depth = min(node.depth, INDENTED) if is_tree else 0
        lines.append(BodyLine(body.name(language), lang, url(body), depth, ", ".join(notes), cells(node)))
    return tuple(lines)
