"""All comments of a draft, and one comment with the answers under it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import g, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext, pgettext

from portal.consultation.anchors import Block, in_reading_order
from portal.consultation.forms import CommentFilterForm, with_all
from portal.consultation.models import Comment
from portal.consultation.queries.comments import (
    PAGE,
    CommentFilter,
    KeyCount,
    Order,
    count_by_provision,
    count_comments,
    get_comment,
    list_by_id,
    list_comments,
    list_descendants,
    row_of,
)
from portal.consultation.queries.reading import Dossier, TextRef, get_dossier, get_layout, list_texts
from portal.consultation.views.addresses import absolute, present_path, provision_address
from portal.consultation.views.blueprint import blueprint
from portal.consultation.views.cells import CellView, row_cells
from portal.consultation.views.head import title_in
from portal.consultation.views.texts import choose_text
from portal.consultation.views.threads import CommentView, Scene, nest, order_links, place_name, show_comments
from portal.consultation.words import OWN_NAMES, STANCES
from portal.ledger.cards import ReceiptCard, receipt_card
from portal.ledger.queries import find_entry
from portal.web.access import public
from portal.web.formats import format_day, format_number
from portal.web.locale import current_language
from portal.web.pages import PageNumbers, page_numbers, show

EXCERPT = 90  # characters of a comment in a title


@dataclass(frozen=True)
class Place:
    """The words of the law a comment is about; `chosen` is the key of the very unit, `lang` the language of the words.

    `cells` are those of the row, where it is a row of a table or one of its cells.
    """

    name: str
    url: str
    block: Block | None
    chosen: str
    lang: str
    cells: tuple[CellView, ...] = ()


@dataclass(frozen=True)
class DraftLink:
    """The draft a page is about; `lang` only where its title is not in the reader's language."""

    id: int
    title: str
    lang: str | None
    url: str
    comments_url: str


@dataclass(frozen=True)
class CommentsPage:
    """A list of comments; `clear_url` only while something is chosen."""

    draft: DraftLink
    total: str
    comments: tuple[CommentView, ...]
    orders: tuple[tuple[str, str, bool], ...]
    numbers: PageNumbers
    clear_url: str | None
    comment_url: str | None


@dataclass(frozen=True)
class CommentPage:
    """One comment: where it stands, what it says, what came of it, and the answers to it."""

    draft: DraftLink
    title: str
    place: Place
    comment: CommentView
    answers: tuple[CommentView, ...]
    answers_title: str
    numbers: PageNumbers
    reply_url: str | None
    withdraw_url: str | None
    receipt: ReceiptCard | None
    permanent: str
    cite_as: str


@blueprint.get("/drafts/<int:draft_id>/comments")
@public
def comments(draft_id: int) -> Any:
    """Every comment on a draft and its provisions."""
    dossier, texts = get_dossier(draft_id), list_texts(draft_id)
    scene = make_scene(dossier, texts)
    form = _filter_form(scene, count_by_provision(draft_id))
    wanted = _wanted(form)
    asked = request.args.get("order", "")
    order = Order(asked) if asked in set(Order) else Order.supported
    numbers = page_numbers(count_comments(draft_id, wanted), PAGE)
    rows = list_comments(draft_id, wanted, order, offset=(numbers.number - 1) * PAGE)
    page = CommentsPage(
        draft=draft_link(dossier),
        total=ngettext("%(count)s comment", "%(count)s comments", numbers.total, count=format_number(numbers.total)),
        comments=show_comments(scene, rows, answering={row.id for row in rows}, with_place=True),
        orders=order_links(order) if numbers.total > 1 else (),
        numbers=numbers,
        clear_url=url_for("consultation.comments", draft_id=draft_id) if any(map(form.chosen, form.data)) else None,
        comment_url=url_for("consultation.new_comment", draft_id=draft_id) if scene.takes_comments else None,
    )
    return show("consultation/comments.html", page, form)


@blueprint.get("/comments/<int:comment_id>")
@public
def comment(comment_id: int) -> Any:
    """The permanent address of a comment."""
    found = get_comment(comment_id)
    dossier, texts = get_dossier(found.draft_id), list_texts(found.draft_id)
    scene, row = make_scene(dossier, texts), row_of(found)
    ids = _in_reading_order(list_descendants(found.root_id or found.id), found.id)
    numbers = page_numbers(len(ids), PAGE)
    tree = nest(list_by_id(ids[(numbers.number - 1) * PAGE : numbers.number * PAGE]), found.id)
    shown = show_comments(
        scene, [row, *tree.first], tree.under, answering={found.id, *tree.answering}, places=tree.places
    )
    entry = find_entry(found.entry_number) if found.entry_number is not None else None
    is_own = found.author_id is not None and found.author_id == g.actor.id
    may_act = scene.takes_comments and not row.is_gone
    permanent = absolute(url_for("consultation.comment", comment_id=comment_id))
    page = CommentPage(
        draft=draft_link(dossier),
        title=_title(shown[0]),
        place=show_place(scene, texts, found.provision_key),
        comment=shown[0],
        answers=shown[1:],
        answers_title=_("Answers to the comment") + f" · {format_number(len(ids))}",
        numbers=numbers,
        reply_url=url_for("consultation.answer_comment", comment_id=comment_id) if may_act else None,
        withdraw_url=url_for("consultation.withdraw", comment_id=comment_id) if may_act and is_own else None,
        receipt=receipt_card(entry) if entry else None,
        permanent=permanent,
        cite_as=_cite(found, shown[0], dossier, permanent),
    )
    return show("consultation/comment.html", page)


def make_scene(dossier: Dossier, texts: Sequence[TextRef]) -> Scene:
    """The scene of a page about one draft, with every language of the version under discussion laid out."""
    current = dossier.file.consultation.version_id
    layouts = {text.language: get_layout(text) for text in texts if text.version_id == current}
    return Scene(dossier, current_language(), present_path(), layouts)


def draft_link(dossier: Dossier) -> DraftLink:
    """The draft as a link."""
    title, lang = title_in(dossier, current_language())
    draft_id = dossier.draft.id
    url = url_for("consultation.draft", draft_id=draft_id)
    return DraftLink(draft_id, title, lang, url, url_for("consultation.comments", draft_id=draft_id))


def show_place(scene: Scene, texts: Sequence[TextRef], key: str) -> Place:
    """The words a comment is about, in the reader's language or in the first text that has them."""
    first = choose_text(texts, scene.dossier.file.consultation.version_id, scene.language).language
    layouts = [scene.layouts[code] for code in (first, "kk", "ru", "en") if code in scene.layouts]
    layout = next((layout for layout in layouts if key in layout), layouts[0])
    block = layout.block_of(key) if key else None
    url = provision_address(scene.dossier.draft.id, key)
    cells = row_cells(layout, key, scene.language)
    return Place(place_name(scene, key), url, block, key, layout.language, cells)


def _filter_form(scene: Scene, counts: Mapping[str, KeyCount]) -> CommentFilterForm:
    form = CommentFilterForm(request.args)
    keys = in_reading_order(filter(None, counts), scene.layouts.values())
    places = [(key or "-", f"{place_name(scene, key)} ({format_number(counts[key].comments)})") for key in keys]
    whole = [("-", _("The whole draft"))] if "" in counts else []
    form.provision.choices = with_all([*whole, *places], _("All provisions"))
    form.stance.choices = with_all([(kind.value, words) for kind, words in STANCES.items()], _("All stances"))
    form.answered.choices = with_all([("yes", _("Answered")), ("no", _("Unanswered"))], pgettext("answer", "Any"))
    form.language.choices = with_all(list(OWN_NAMES.items()), _("All languages"))
    return form


def _wanted(form: CommentFilterForm) -> CommentFilter:
    provision = form.chosen("provision")
    return CommentFilter(
        provision=("" if provision == "-" else provision) if provision else None,
        stance=form.chosen("stance"),
        answered={"yes": True, "no": False}.get(form.chosen("answered")),
        language=form.chosen("language"),
    )


def _in_reading_order(pairs: Sequence[tuple[int, int]], top: int) -> list[int]:
    """Ids of what stands under a comment: each followed by the answers to it, oldest first."""
    children: dict[int, list[int]] = {}
    for id_, parent in pairs:
        children.setdefault(parent, []).append(id_)
    ordered, waiting = [], list(reversed(children.get(top, ())))
    while waiting:
        id_ = waiting.pop()
        ordered.append(id_)
        waiting.extend(reversed(children.get(id_, ())))
    return ordered


def _title(comment: CommentView) -> str:
    words = " ".join(comment.text.split())
    if not words:
        return _("Comment")
    shortened = words if len(words) <= EXCERPT else words[:EXCERPT].rsplit(" ", 1)[0] + "…"
    return _("Comment: “%(words)s”", words=shortened)


def _cite(found: Comment, shown: CommentView, dossier: Dossier, permanent: str) -> str:
    return _(
        "%(author)s. Comment No %(number)s on the draft “%(title)s” (No %(draft)s), %(date)s. %(address)s",
        author=shown.author, number=found.id, title=dossier.draft.title(current_language()),
        draft=dossier.draft.number, date=format_day(found.created_at), address=permanent,
    )  # fmt: skip
