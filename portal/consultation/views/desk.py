"""What stands on the two-column desk of one draft: the list of comments at the left, the chosen one at the right?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Literal

from flask import request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext, pgettext

from portal.consultation.anchors import Layout, in_reading_order
from portal.consultation.deadlines import Deadline, answers_deadline
from portal.consultation.inbox_forms import DraftInboxFilterForm, ReplyForm
from portal.consultation.models import DecisionKind, Stance
from portal.consultation.phases import Phase
from portal.consultation.queries.comments import count_by_provision
from portal.consultation.queries.inbox import (
    MOST_COMPARED,
    PAGE,
    InboxFilter,
    InboxOrder,
    InboxRow,
    Standing,
    count_inbox,
    list_inbox,
    list_letters,
)
from portal.consultation.queries.reading import Dossier, get_layout, list_texts
from portal.consultation.similar import Group, group_similar
from portal.consultation.words import DECISIONS, LANGUAGE_NAMES, PHASES, STANCES
from portal.drafts.desk_pages import DeskPages, desk_pages
from portal.drafts.queries.reference import work_calendar
from portal.web.formats import format_day, format_number
from portal.web.locale import current_language
from portal.web.pages import PageNumbers, page_numbers

SIMILAR = "similar"  # a standing of the desk's own: unanswered, with others that say nearly the same
WHOLE_DRAFT = "-"
TITLE = 80  # characters
ANSWERABLE = (Phase.open, Phase.answering)


@dataclass(frozen=True, slots=True)
class LetterView:
    """What `components/inbox_row.html` shows; `checkbox` is (name, value, is it ticked, id of its form) or False."""

    url: str
    title: str
    note: str
    stance: str
    support: str
    lang: str
    is_chosen: bool
    status: str
    checkbox: tuple[str, str, bool, str] | Literal[False] | None = None


@dataclass(frozen=True, slots=True)
class HeadView:
    """The band above both columns."""

    draft_id: int
    title: str
    lang: str | None
    url: str
    meta: str
    answered: int
    total: int
    deadline: Deadline | None
    pages: DeskPages


@dataclass(frozen=True, slots=True)
class ListView:
    """The left column. `pills` and `orders` are as in the components; `note` says how far the groups reach."""

    pills: tuple[tuple[str, str, bool, int], ...]
    letters: tuple[LetterView, ...]
    orders: tuple[tuple[str, str, bool], ...]
    numbers: PageNumbers
    hidden: tuple[tuple[str, str], ...]
    clear_url: str | None
    note: str

    @property
    def has_ticks(self) -> bool:
        """Can further comments be ticked for the same answer?"""
        return any(letter.checkbox for letter in self.letters)


@dataclass(frozen=True)
class Desk:
    """One draft as its agency sees it, with what the address asks for."""

    dossier: Dossier
    standing: str
    order: InboxOrder
    wanted: InboxFilter
    filters: DraftInboxFilterForm
    layouts: Mapping[str, Layout]

    @property
    def is_answerable(self) -> bool:
        """Are answers taken now?"""
        return self.dossier.file.phase in ANSWERABLE

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """Groups of similar unanswered comments, the largest first."""
        return group_similar(list_letters(self.dossier.draft.id)) if self.is_answerable else ()

    @cached_property
    def by_leader(self) -> dict[int, Group]:
        return {group.first: group for group in self.groups}

    @cached_property
    def group_of(self) -> dict[int, Group]:
        return {id_: group for group in self.groups for id_ in group.ids}

    @property
    def gathers(self) -> bool:
        """Do groups stand as one line? Not under a filter that could pass one of a group and not another."""
        narrow = self.wanted.stance or self.wanted.language or self.wanted.decision
        return self.wanted.standing is Standing.unanswered and not narrow

    @cached_property
    def selection(self) -> InboxFilter:
        """The filter of the list, with each group behind its first comment."""
        if not self.gathers:
            return self.wanted
        if self.standing == SIMILAR:
            return replace(self.wanted, only=tuple(self.by_leader))
        return replace(self.wanted, without=tuple(id_ for group in self.groups for id_ in group.others))

    def place(self, key: str) -> str:
        """What a place is called in the reader's language."""
        if not key:
            return _("The whole draft")
        language = current_language()
        layouts = [self.layouts[code] for code in (language, "kk", "ru", "en") if code in self.layouts]
        return next((layout.name(key, language) for layout in layouts if key in layout), key)

    def url(self, comment_id: int | None = None, *, group: bool = False, **more: Any) -> str:
        """This desk with the same list and a comment chosen."""
        query = {**state(), "comment": comment_id, "group": 1 if group else None, **more}
        chosen = {name: value for name, value in query.items() if value not in (None, "")}
        return url_for("consultation.draft_inbox", draft_id=self.dossier.draft.id, **chosen)


def read_desk(dossier: Dossier) -> Desk:
    """The desk the present address asks for; anything odd in the address is left out."""
    layouts = _layouts(dossier)
    standing = request.args.get("status", "")
    standing = standing if standing in {*Standing, SIMILAR} else Standing.unanswered.value
    order = request.args.get("order", "")
    order = InboxOrder(order) if order in {"oldest", "supported", "newest"} else InboxOrder.oldest
    filters = DraftInboxFilterForm(request.args)
    desk = Desk(dossier, standing, order, InboxFilter(draft_id=dossier.draft.id), filters, layouts)
    _fill_choices(filters, desk)
    provision, decision, stance = (filters.picked(name) for name in ("provision", "decision", "stance"))
    wanted = InboxFilter(
        draft_id=dossier.draft.id,
        standing=Standing.unanswered if standing == SIMILAR else Standing(standing),
        decision=DecisionKind(decision) if decision else None,
        provision={"": None, WHOLE_DRAFT: ""}.get(provision, provision),
        stance=Stance(stance) if stance else None,
        language=filters.picked("language"),
    )
    return replace(desk, wanted=wanted)


def state() -> dict[str, str]:
    """What the address says of the list, to go on in the same list."""
    names = ("status", "order", "provision", "decision", "stance", "language", "page")
    return {name: request.args[name] for name in names if request.args.get(name)}


def head_view(desk: Desk) -> HeadView:
    """The draft, how much is answered and how long the rest may wait."""
    file, draft = desk.dossier.file, desk.dossier.draft
    language = current_language()
    left = file.tally.comments - file.tally.answered
    deadline = None
    if desk.is_answerable and left and not file.consultation.is_archived:
        deadline = answers_deadline(file.consultation.answers_due_on, desk.dossier.act_type.answer_rule, work_calendar())
    meta = [_("No %(number)s", number=draft.number), str(PHASES[file.phase])]
    if file.phase is Phase.open:
        meta.append(_("the discussion closes on %(date)s", date=format_day(file.consultation.closes_on)))
    elif file.phase is Phase.answering:
        meta.append(_("the discussion ended on %(date)s", date=format_day(file.consultation.closes_on)))
    return HeadView(
        draft_id=draft.id,
        title=draft.title(language),
        lang=None if getattr(draft, f"title_{language}") else "kk" if draft.title_kk else "ru",
        url=url_for("consultation.draft", draft_id=draft.id),
        meta=" · ".join(meta),
        answered=file.tally.answered,
        total=file.tally.comments,
        deadline=deadline,
        pages=desk_pages(draft, "consultation.draft_inbox"),
    )


def list_rows(desk: Desk) -> tuple[PageNumbers, list[InboxRow]]:
    """The reader's page of the list."""
    numbers = page_numbers(_count(desk), PAGE)
    return numbers, list_inbox(desk.selection, desk.order, offset=(numbers.number - 1) * PAGE)


def list_view(desk: Desk, numbers: PageNumbers, rows: Iterable[InboxRow], chosen: int | None, form: ReplyForm | None) -> ListView:
    """The left column; ticks stand beside unanswered comments while there is a form to send them with."""
    ticked = set(form.also.data or ()) if form is not None else set()
    tally = desk.dossier.file.tally
    waiting = tally.comments - tally.answered
    pills = [
        (pgettext("comments", "Unanswered"), Standing.unanswered.value, waiting),
        (_("Groups of similar comments"), SIMILAR, len(desk.groups)),
        (pgettext("comments", "Answered"), Standing.answered.value, tally.answered),
        (pgettext("comments", "All"), Standing.all.value, tally.comments),
    ]
    is_filtered = any(desk.filters.picked(each.name) for each in desk.filters)
    return ListView(
        pills=tuple(
            (words, _pill_url(desk, value), desk.standing == value, count)
            for words, value, count in pills
            if count or value != SIMILAR
        ),
        letters=tuple(_letter(desk, row, chosen, ticked, form is not None) for row in rows),
        orders=_orders(desk),
        numbers=numbers,
        hidden=tuple((name, value) for name, value in state().items() if name in {"status", "order"}),
        clear_url=desk.url(provision=None, decision=None, stance=None, language=None, page=None) if is_filtered else None,
        note=_reach(desk, waiting),
    )


def first_words(text: str, most: int = TITLE) -> str:
    """The beginning of a text, cut between words."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[:most].rsplit(" ", 1)[0].rstrip(".,;:–- ") + "…"


def support_words(agree: int) -> str:
    """How many agree; "" for nobody."""
    return ngettext("%(count)s in support", "%(count)s in support", agree, count=format_number(agree)) if agree else ""


def signed(author: str, organisation: str) -> str:
    return f"{author}, {organisation}" if organisation else author


def similar_words(count: int) -> str:
    return ngettext("%(count)s similar comment", "%(count)s similar comments", count, count=format_number(count))


def titled(titles: tuple[str, str, str]) -> tuple[str, str | None]:
    """The title for the reader, and its language where that is another."""
    named = dict(zip(("kk", "ru", "en"), titles, strict=True))
    if own := named[current_language()]:
        return own, None
    return next(((title, code) for code, title in named.items() if title), ("–", None))


def _count(desk: Desk) -> int:
    """The counts kept with the draft tell how long an unfiltered list is."""
    tally, wanted = desk.dossier.file.tally, desk.selection
    if wanted.is_narrowed or wanted.only is not None:
        return count_inbox(wanted)
    total = {Standing.all: tally.comments, Standing.answered: tally.answered}.get(
        wanted.standing, tally.comments - tally.answered
    )
    return max(0, total - len(wanted.without))


def _letter(desk: Desk, row: InboxRow, chosen: int | None, ticked: set[int], has_form: bool) -> LetterView:
    group = desk.by_leader.get(row.id) if desk.gathers else None
    parts = [
        _("No %(number)s", number=row.id),
        desk.place(row.provision_key),
        similar_words(group.count) if group else signed(row.author_name, row.organisation),
    ]
    has_ticks = has_form and desk.wanted.standing is not Standing.answered
    tick = has_ticks and group is None and row.decision is None and row.id != chosen
    return LetterView(
        url=desk.url(row.id, group=group is not None) + "#work",
        title=first_words(row.excerpt),
        note=" · ".join(parts),
        stance=row.stance.value if row.stance else "",
        support=support_words(row.agree),
        lang=row.language,
        is_chosen=row.id == chosen,
        status=str(DECISIONS[row.decision]) if row.decision else "",
        checkbox=("also", str(row.id), row.id in ticked, "reply-form") if tick else False if has_ticks else None,
    )


def _pill_url(desk: Desk, standing: str) -> str:
    """Without filters, because the counts on the pills are without them."""
    values = {"status": None if standing == Standing.unanswered else standing, "order": state().get("order")}
    return url_for("consultation.draft_inbox", draft_id=desk.dossier.draft.id, **values)


def _orders(desk: Desk) -> tuple[tuple[str, str, bool], ...]:
    labels = {
        InboxOrder.oldest: _("Oldest first"),
        InboxOrder.supported: _("Most supported"),
        InboxOrder.newest: _("Newest first"),
    }
    return tuple(
        (label, desk.url(order=None if order is InboxOrder.oldest else order.value, page=None), order is desk.order)
        for order, label in labels.items()
    )


def _reach(desk: Desk, waiting: int) -> str:
    if waiting <= MOST_COMPARED or not desk.is_answerable or not desk.gathers:
        return ""
    return _(
        "Similar comments are looked for among the %(count)s oldest unanswered ones.", count=format_number(MOST_COMPARED)
    )


def _fill_choices(filters: DraftInboxFilterForm, desk: Desk) -> None:
    counts = count_by_provision(desk.dossier.draft.id)
    keys = in_reading_order((key for key, count in counts.items() if count.comments), desk.layouts.values())
    filters.provision.choices = [
        ("", _("All provisions")),
        *((key or WHOLE_DRAFT, f"{desk.place(key)} ({format_number(counts[key].comments)})") for key in keys),
    ]
    filters.decision.choices = [("", _("All outcomes")), *((kind.value, words) for kind, words in DECISIONS.items())]
    filters.stance.choices = [("", _("All stances")), *((kind.value, words) for kind, words in STANCES.items())]
    filters.language.choices = [("", _("All languages")), *LANGUAGE_NAMES.items()]


def _layouts(dossier: Dossier) -> dict[str, Layout]:
    version_id = dossier.file.consultation.version_id
    return {text.language: get_layout(text) for text in list_texts(dossier.draft.id) if text.version_id == version_id}
