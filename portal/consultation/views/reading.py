"""The reading page: a draft's text with what people say beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import g, request, send_file, url_for
from flask_babel import gettext as _

from portal.consultation.queries.comments import (
    PAGE,
    CommentFilter,
    KeyCount,
    Order,
    count_by_provision,
    list_comments,
    list_first_answers,
    list_thread,
)
from portal.consultation.queries.reading import (
    Dossier,
    TextRef,
    get_dossier,
    get_layout,
    get_part,
    get_parts,
    list_parts,
    list_texts,
)
from portal.consultation.views.acknowledged import AcknowledgedView, show_acknowledged
from portal.consultation.views.addresses import absolute, present_path
from portal.consultation.views.blueprint import blueprint
from portal.consultation.views.exports import Download, legislation, show_downloads
from portal.consultation.views.cells import PlaceLink, place_links
from portal.consultation.views.clocks import ClocksView, show_clocks
from portal.consultation.views.head import Head, show_head
from portal.consultation.views.later import LaterNotice, carried_places, carried_words, counts_now, former_keys, later_notice
from portal.consultation.views.package import Package, show_package
from portal.consultation.views.relations import Relations, show_relations
from portal.consultation.views.texts import ContentsLine, Spot, TextView, choose_text, show_contents, show_text
from portal.consultation.views.threads import CommentView, Scene, order_links, place_name, show_comments
from portal.drafts.actions.versions import file_store
from portal.drafts.models import GateOverride
from portal.drafts.queries.gate import list_overrides
from portal.kernel.errors import NotFound
from portal.web.access import public
from portal.web.formats import format_number
from portal.web.locale import LANGUAGES, current_language
from portal.web.pages import PageNumbers, page_numbers, show

ANSWERS_SHOWN = 2  # under each comment beside the text; the rest stand on its own page
PRINTED = 300


@dataclass(frozen=True)
class ThreadView:
    """The comments on one place; `comment_url` where one more can be left, `all_url` to the comments on the whole.

    `places` are a row of a table and its cells, where one of them is chosen.
    """

    title: str
    comments: tuple[CommentView, ...]
    orders: tuple[tuple[str, str, bool], ...]
    numbers: PageNumbers
    comment_url: str | None
    whole_url: str | None
    all_url: str
    places: tuple[PlaceLink, ...]


@dataclass(frozen=True)
class ReadingPage:
    """Everything on the reading page; `most` is the count of the busiest line of the contents.

    `downloads` are (name of a language, its code, its files), `metadata` is the page's description for machines.
    """

    head: Head
    relations: Relations
    package: Package
    acknowledged: tuple[AcknowledgedView, ...]
    clocks: ClocksView
    contents: tuple[ContentsLine, ...]
    most: int
    text: TextView
    thread: ThreadView
    later: LaterNotice | None
    permanent: str
    downloads: tuple[tuple[str, str, tuple[Download, ...]], ...]
    metadata: Mapping[str, Any]
    json_url: str


@dataclass(frozen=True)
class PrintPage:
    """The draft as a document: its text and up to PRINTED comments, the most supported first."""

    head: Head
    package: Package
    text: TextView
    comments: tuple[CommentView, ...]
    total: int
    permanent: str


@blueprint.get("/drafts/<int:draft_id>")
@public
def draft(draft_id: int) -> Any:
    """The version under discussion in the reader's language, or in the first authentic one."""
    dossier, texts = get_dossier(draft_id, g.actor.id), list_texts(draft_id)
    text = choose_text(texts, dossier.file.consultation.version_id, current_language())
    return _reading(dossier, texts, text)


@blueprint.get("/drafts/<int:draft_id>/versions/<int:number>/<language>")
@public
def version(draft_id: int, number: int, language: str) -> Any:
    """The stable address of one text; the language of the text does not follow the interface."""
    dossier, texts = get_dossier(draft_id, g.actor.id), list_texts(draft_id)
    text = _find_text(texts, number, language)
    query = {name: request.args[name] for name in ("provision", "order", "at", "part") if name in request.args}
    g.language_urls = {
        code: url_for("consultation.version", draft_id=draft_id, number=number, language=code, **{**query, "lang": code})
        for code in LANGUAGES
        if any(other.number == number and other.language == code for other in texts)
    }
    return _reading(dossier, texts, text)


@blueprint.get("/drafts/<int:draft_id>/print")
@public
def print_draft(draft_id: int) -> Any:
    """The text and what was said about it, to print or to keep: `?version=` and `?language=` choose the text."""
    dossier, texts, language = get_dossier(draft_id, g.actor.id), list_texts(draft_id), current_language()
    number = request.args.get("version", type=int)
    asked = request.args.get("language", language)
    version_id = next((t.version_id for t in texts if t.number == number), dossier.file.consultation.version_id)
    text = choose_text(texts, version_id, asked)
    counts = count_by_provision(draft_id)
    rows = list_comments(draft_id, CommentFilter(), Order.supported, limit=PRINTED)
    scene = _scene(dossier, texts, text, language)
    page = PrintPage(
        head=show_head(dossier, language, text.number, text.language),
        package=show_package(dossier, _of_version(texts, text), list_parts(draft_id), _overrides(dossier), language),
        text=show_text(dossier, texts, text, counts, language=language, chosen="", takes_comments=False,
                       spot=Spot(get_parts(text))),
        comments=show_comments(scene, rows, answering={row.id for row in rows}, with_place=True),
        total=sum(count.comments for count in counts.values()),
        permanent=absolute(
            url_for("consultation.version", draft_id=draft_id, number=text.number, language=text.language)
        ),
    )
    return show("consultation/print.html", page)


@blueprint.get("/drafts/<int:draft_id>/files/<int:attachment_id>")
@public
def attachment(draft_id: int, attachment_id: int) -> Any:
    """A file of the package, always to keep and never to open within the portal."""
    part = get_part(draft_id, attachment_id)
    if not part.file:
        raise NotFound("There is no such file.")
    return send_stored(part.file, part.name or f"{part.kind.value}-{part.id}", part.media_type)


@blueprint.get("/drafts/<int:draft_id>/versions/<int:number>/<language>/file")
@public
def text_file(draft_id: int, number: int, language: str) -> Any:
    """The file a published text was read from."""
    get_dossier(draft_id)
    text = _find_text(list_texts(draft_id), number, language)
    if not text.source_file:
        raise NotFound("There is no such file.")
    return send_stored(text.source_file, text.source_name or f"{draft_id}-{number}-{language}", "")


def _reading(dossier: Dossier, texts: Sequence[TextRef], text: TextRef) -> Any:
    language, draft_id = current_language(), dossier.draft.id
    said = count_by_provision(draft_id)
    places = carried_places(dossier, texts, text, said)
    scene, counts = _scene(dossier, texts, text, language, carried_words(places)), counts_now(said, places)
    layout = scene.layouts[text.language]
    chosen = request.args.get("provision", "")
    if chosen not in layout and chosen not in counts:
        chosen = ""
    own, overrides = _of_version(texts, text), _overrides(dossier)
    spot = _spot(text, own, chosen)
    contents = show_contents(draft_id, text, spot, counts, language=language, chosen=chosen)
    shown = show_text(
        dossier, texts, text, counts, language=language, chosen=chosen, takes_comments=scene.takes_comments, spot=spot
    )
    page = ReadingPage(
        head=show_head(dossier, language, text.number, text.language),
        relations=show_relations(dossier, overrides),
        package=show_package(dossier, own, list_parts(draft_id), overrides, language),
        acknowledged=show_acknowledged(draft_id, text, own),
        clocks=show_clocks(
            dossier.file, dossier.act_type, language, known=(dossier.was_moved, dossier.was_asked)
        ),
        contents=contents,
        most=max((line.count for line in contents), default=0),
        text=shown,
        thread=_thread(
            scene, counts, chosen, former_keys(places).get(chosen, chosen),
            place_links(layout, chosen, shown.counts, shown.thread_url, language),
        ),
        later=later_notice(dossier, texts, text, chosen),
        permanent=_permanent(draft_id, text, spot),
        downloads=show_downloads(draft_id, own),
        json_url=url_for("consultation.draft_json", draft_id=dossier.draft.id),
        metadata=legislation(dossier, text, own, dossier.draft.title(text.language)),
    )
    return show("consultation/draft.html", page)


def _spot(text: TextRef, texts: Sequence[TextRef], chosen: str) -> Spot:
    """The page of a long text that has what is asked for by `?provision=`, `?at=` or `?part=`, or the first."""
    beside = next((each for each in texts if each.language == request.args.get("beside") != text.language), None)
    layout = get_layout(beside) if beside else None
    parts = get_parts(text, is_beside=beside is not None)
    if not parts.are_many:
        return Spot(parts, None, layout)
    places = (parts.place_of(key) for key in (chosen, request.args.get("at", ""), request.args.get("part", "")) if key)
    return Spot(parts, next((place for place in places if place is not None), 0), layout)


def _permanent(draft_id: int, text: TextRef, spot: Spot) -> str:
    """The address search engines keep: a page of a long text has its own, everything else is the draft's."""
    if spot.place:
        return absolute(
            url_for(
                "consultation.version", draft_id=draft_id, number=text.number, language=text.language,
                part=spot.part.key if spot.part else None,
            )
        )  # fmt: skip
    return absolute(url_for("consultation.draft", draft_id=draft_id))


def _thread(
    scene: Scene, counts: Mapping[str, KeyCount], chosen: str, former: str, places: tuple[PlaceLink, ...]
) -> ThreadView:
    """The comments on the place chosen; `former` is the key they were given under, on an earlier version perhaps."""
    draft_id = scene.dossier.draft.id
    count = counts.get(chosen, KeyCount(0, 0))
    numbers = page_numbers(count.threads, PAGE)
    asked = request.args.get("order", "")
    order = Order(asked) if asked in set(Order) else Order.supported
    rows = list_thread(draft_id, former, order, offset=(numbers.number - 1) * PAGE) if count.threads else []
    answers = list_first_answers([row.id for row in rows if row.replies], ANSWERS_SHOWN)
    place = place_name(scene, chosen)
    place = place[:1].lower() + place[1:]
    title = _("Comments: %(place)s", place=place) if chosen else _("Comments on the whole draft")
    return ThreadView(
        title=f"{title} · {format_number(count.comments)}",
        comments=show_comments(scene, rows, answers),
        orders=order_links(order) if count.threads > 1 else (),
        numbers=numbers,
        comment_url=url_for("consultation.new_comment", draft_id=draft_id, provision=chosen or None)
        if scene.takes_comments else None,
        whole_url=url_for("consultation.draft", draft_id=draft_id, _anchor="thread") if chosen else None,
        all_url=url_for("consultation.comments", draft_id=draft_id),
        places=places,
    )  # fmt: skip


def _scene(
    dossier: Dossier, texts: Sequence[TextRef], text: TextRef, language: str, carried: Mapping[str, str] | None = None
) -> Scene:
    current = [other for other in texts if other.version_id == dossier.file.consultation.version_id]
    layouts = {other.language: get_layout(other) for other in current} | {text.language: get_layout(text)}
    return Scene(dossier, language, present_path(), layouts, carried or {})


def _overrides(dossier: Dossier) -> Sequence[GateOverride]:
    return list_overrides(dossier.draft.id) if dossier.was_allowed else ()


def _of_version(texts: Sequence[TextRef], text: TextRef) -> list[TextRef]:
    return [other for other in texts if other.number == text.number]


def _find_text(texts: Sequence[TextRef], number: int, language: str) -> TextRef:
    for text in texts:
        if (text.number, text.language) == (number, language):
            return text
    raise NotFound("There is no such text.")


def send_stored(digest: str, name: str, media_type: str) -> Any:
    """A stored file, to keep and never to open within the portal."""
    response = send_file(
        file_store().open(digest),
        mimetype=media_type or "application/octet-stream",
        as_attachment=True,
        download_name=name,
        max_age=0,
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
