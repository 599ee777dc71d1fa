"""What became of the provisions that people commented on, in a later version of the draft?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import ngettext, pgettext

from portal.consultation.changes import Changes, Place, Words, became, marked_place
from portal.consultation.queries.changes import get_changes, list_comment_ids_by_place
from portal.consultation.queries.comments import KeyCount, count_by_provision, list_by_id
from portal.consultation.queries.reading import Dossier, get_dossier, list_texts
from portal.consultation.views.blueprint import blueprint
from portal.consultation.views.change_rows import CHANGE_TAGS, change_words, place_words
from portal.consultation.views.comments import DraftLink, draft_link, make_scene
from portal.consultation.views.threads import CommentView, Scene, show_comments
from portal.consultation.views.versions import comparison_address
from portal.drafts.compare import Change
from portal.drafts.models import LANGUAGES
from portal.drafts.queries.versions import VersionLine, list_versions
from portal.kernel.errors import NotFound
from portal.web.access import public
from portal.web.formats import format_number
from portal.web.locale import current_language
from portal.web.pages import PageNumbers, page_numbers, show

PLACES = 20  # on a page
EACH = 3  # comments shown of each place; the rest stand on a page of their own
_ORDER = (Change.removed, Change.reworded, Change.moved, Change.same)


@dataclass(frozen=True, slots=True)
class PlaceView:
    """A provision people commented on: what became of it, its words then and now, and the first comments."""

    key: str
    name: str
    state: str
    tag: str
    lang: str
    words: Words | None
    comments: tuple[CommentView, ...]
    all_words: str
    all_url: str
    compare_url: str


@dataclass(frozen=True)
class CarriedPage:
    """The comments of the version under discussion at a later one; `summary` counts places by what became of them."""

    draft: DraftLink
    number: int
    discussed: int
    summary: tuple[str, ...]
    places: tuple[PlaceView, ...]
    numbers: PageNumbers
    whole: tuple[str, str] | None
    version_url: str


@blueprint.get("/drafts/<int:draft_id>/versions/<int:number>/comments")
@public
def carried_comments(draft_id: int, number: int) -> Any:
    """Comments at a later version: removed provisions first, with their old text, then changed, moved, unchanged ones."""
    dossier, lines = get_dossier(draft_id), list_versions(draft_id)
    old, new = _pair(dossier, lines, number)
    lang = next((code for code in (current_language(), *LANGUAGES) if code in old.texts and code in new.texts), None)
    if lang is None:
        raise NotFound("There is no text in this language.")
    changes, counts = get_changes(old, new, lang, current_language()), count_by_provision(draft_id)
    places = _places(changes, counts)
    numbers = page_numbers(len(places), PLACES)
    shown = places[(numbers.number - 1) * PLACES : numbers.number * PLACES]
    page = CarriedPage(
        draft=draft_link(dossier),
        number=new.number,
        discussed=old.number,
        summary=_summary(places),
        places=_show_places(dossier, changes, shown, counts, (old.number, new.number)),
        numbers=numbers,
        whole=_whole(draft_id, counts),
        version_url=url_for("consultation.version", draft_id=draft_id, number=new.number, language=lang),
    )
    return show("consultation/carried_comments.html", page)


def _pair(dossier: Dossier, lines: Sequence[VersionLine], number: int) -> tuple[VersionLine, VersionLine]:
    discussed = dossier.file.consultation.version_id
    old = next((line for line in lines if line.id == discussed), None)
    new = next((line for line in lines if line.number == number), None)
    if old is None or new is None or new.number < old.number:
        raise NotFound("There is no such version.")
    return old, new


def _places(changes: Changes, counts: Mapping[str, KeyCount]) -> list[tuple[str, Place]]:
    """Every commented place with what became of it, by state and then in reading order."""
    order = {unit.key: at for at, unit in enumerate(changes.comparison.units)}
    found = [
        (key, place)
        for key, count in counts.items()
        if key and count.comments and (place := became(changes.comparison, key)) is not None
    ]
    return sorted(found, key=lambda each: (_ORDER.index(each[1].change), order[each[1].unit.key], each[0]))


def _show_places(
    dossier: Dossier, changes: Changes, places: Sequence[tuple[str, Place]], counts: Mapping[str, KeyCount],
    numbers: tuple[int, int],
) -> tuple[PlaceView, ...]:  # fmt: skip
    scene = make_scene(dossier, list_texts(dossier.draft.id))
    ids = list_comment_ids_by_place(dossier.draft.id, [key for key, _place in places], EACH)
    rows = {row.id: row for row in list_by_id([id_ for found in ids.values() for id_ in found])}
    views = {view.id: view for view in show_comments(scene, list(rows.values()))}
    return tuple(
        _show_place(scene, changes, key, place, counts[key].comments, numbers,
               tuple(views[f"comment-{id_}"] for id_ in ids.get(key, ()) if id_ in rows))
        for key, place in places
    )  # fmt: skip


def _show_place(
    scene: Scene, changes: Changes, key: str, place: Place, count: int, numbers: tuple[int, int],
    comments: tuple[CommentView, ...],
) -> PlaceView:  # fmt: skip
    draft_id = scene.dossier.draft.id
    return PlaceView(
        key=key,
        name=changes.place_name(place, current_language()),
        state=place_words(place),
        tag=CHANGE_TAGS[place.change],
        lang=changes.comparison.language,
        words=None if place.change is Change.same else marked_place(place),
        comments=comments,
        all_words=ngettext("%(count)s comment", "%(count)s comments", count, count=format_number(count)),
        all_url=url_for("consultation.comments", draft_id=draft_id, provision=key),
        compare_url=comparison_address(draft_id, *numbers, place.unit.key, changes.comparison.language),
    )


def _whole(draft_id: int, counts: Mapping[str, KeyCount]) -> tuple[str, str] | None:
    """(words, address) of the comments on the draft as a whole, which no change of a provision touches."""
    count = counts[""].comments if "" in counts else 0
    if not count:
        return None
    words = ngettext(
        "%(count)s comment on the draft as a whole", "%(count)s comments on the draft as a whole",
        count, count=format_number(count),
    )  # fmt: skip
    return words, url_for("consultation.comments", draft_id=draft_id, provision="-")


def _summary(places: Sequence[tuple[str, Place]]) -> tuple[str, ...]:
    counts = {change: sum(place.change is change for _key, place in places) for change in _ORDER}
    return tuple(
        pgettext("state of provisions", "%(state)s: %(count)s", state=change_words(change), count=format_number(counts[change]))
        for change in _ORDER
        if counts[change]
    )
