"""How is a thing found shown: alone, or under its draft with the best of the others?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from flask import url_for
from flask_babel import lazy_gettext, lazy_pgettext, ngettext

from portal.consultation.phases import PUBLIC_PHASES
from portal.consultation.words import ARCHIVED, DECISIONS, PHASE_TAGS, PHASES
from portal.search.addresses import address_of
from portal.search.documents import HitKind
from portal.search.excerpts import Piece
from portal.search.hits import DraftOfHit, Hit, load_hits
from portal.search.queries import Search
from portal.search.statuses import Status
from portal.search.visible import Seen
from portal.web.formats import format_number
from portal.web.locale import current_language
from portal.web.pages import here

UNDER = {True: 3, False: 2}  # provisions, and comments and answers, shown under their draft

KINDS = {
    HitKind.draft: lazy_gettext("Drafts"),
    HitKind.provision: lazy_pgettext("of a text", "Provisions"),
    HitKind.comment: lazy_gettext("Comments"),
    HitKind.reply: lazy_gettext("Official answers"),
}
KIND = {
    HitKind.draft: lazy_pgettext("search result", "Draft"),
    HitKind.provision: lazy_pgettext("search result", "Provision"),
    HitKind.comment: lazy_pgettext("search result", "Comment"),
    HitKind.reply: lazy_pgettext("search result", "Official answer"),
}

STATUSES = {**{Status(phase.value): PHASES[phase] for phase in PUBLIC_PHASES}, Status.archived: ARCHIVED}
STATUS_TAGS = {**{Status(phase.value): PHASE_TAGS[phase] for phase in PUBLIC_PHASES}, Status.archived: "plain"}


@dataclass(frozen=True)
class HitView:
    """One thing found, as it is shown. `lang` is of the excerpt and, where `is_titled`, of the title; `draft_lang` is
    of the draft's title where that is not the reader's language. `is_law`: the excerpt is words of law. `outcome`: of a
    comment that was answered. `under` are things of the same draft, and `more` (words, address) leads to the others.
    """

    kind: str
    status: str
    status_kind: str
    url: str
    title: tuple[Piece, ...]
    excerpt: tuple[Piece, ...]
    lang: str
    is_law: bool
    is_titled: bool
    draft_title: str
    draft_lang: str | None
    draft_url: str | None
    body: str
    type: str
    at: datetime
    outcome: str = ""
    is_said: bool = False
    under: tuple[HitView, ...] = ()
    more: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """What was found of one draft: the draft itself, if it was, and the best of the rest."""

    draft: Seen | None
    others: tuple[Seen, ...]

    @property
    def loaded(self) -> tuple[Seen, ...]:
        """What is read of it for a page."""
        left, best = dict(UNDER), []
        for each in self.others:
            is_law = each.candidate.reference.kind is HitKind.provision
            if left[is_law]:
                left[is_law] -= 1
                best.append(each)
        return ((self.draft,) if self.draft else ()) + tuple(best)


def group_by_draft(seen: Sequence[Seen]) -> list[Group]:
    """Groups in the order of the best of each."""
    by_draft: dict[int, list[Seen]] = {}
    for each in seen:
        by_draft.setdefault(each.candidate.reference.draft_id, []).append(each)
    groups = []
    for found in by_draft.values():
        heads = [each for each in found if each.candidate.reference.kind is HitKind.draft]
        groups.append(Group(heads[0] if heads else None, tuple(each for each in found if each not in heads)))
    return groups


def show_groups(found: Search, groups: Sequence[Group]) -> tuple[HitView, ...]:
    """The groups as they are shown. At most four SQL queries."""
    hits = load_hits([seen for group in groups for seen in group.loaded], found.query.marked)
    by_reference = {hit.reference: hit for hit in hits}
    views = []
    for group in groups:
        loaded = [by_reference[each.candidate.reference] for each in group.loaded if each.candidate.reference in by_reference]
        if loaded:
            views.append(_group_view(group, loaded))
    return tuple(views)


def _group_view(group: Group, hits: Sequence[Hit]) -> HitView:
    head = hits[0] if hits[0].reference.kind is HitKind.draft else None
    under = tuple(hit_view(hit) for hit in hits if hit is not head)
    count = len(group.others) + (group.draft is not None)
    more = None
    if len(group.others) > len(under):
        words = ngettext(
            "%(count)s result in this draft", "All %(count)s results in this draft", count, count=format_number(count)
        )  # fmt: skip
        more = (words, here(draft=hits[0].reference.draft_id, page=None, kind=None))
    return hit_view(head, under, more) if head else _draft_view(hits[0], under, more)


def hit_view(hit: Hit, under: tuple[HitView, ...] = (), more: tuple[str, str] | None = None) -> HitView:
    """A thing as it is shown."""
    language, reference, of = current_language(), hit.reference, hit.of
    is_draft = reference.kind is HitKind.draft
    return HitView(
        kind=str(KIND[reference.kind]),
        status=str(STATUSES[of.status]),
        status_kind=STATUS_TAGS[of.status],
        url=address_of(hit, language),
        title=hit.title or (Piece(of.draft.title(reference.language)),),
        excerpt=hit.excerpt.pieces,
        lang=reference.language,
        is_law=reference.kind is HitKind.provision,
        is_titled=reference.kind in {HitKind.draft, HitKind.provision},
        draft_title="" if is_draft else of.draft.title(language),
        draft_lang=_other_language(of, language),
        draft_url=None if is_draft else url_for("consultation.draft", draft_id=reference.draft_id),
        body=of.body.name(language),
        type=of.act_type.name(language),
        at=hit.at,
        outcome=str(DECISIONS[hit.decision]) if hit.decision else "",
        is_said=hit.comment_id is not None,
        under=under,
        more=more,
    )


def within_draft(hit: Hit) -> HitView:
    """A thing as it is shown where everything is of one draft: without what would be the same on each line."""
    return replace(hit_view(hit), status="", draft_title="", draft_url=None, body="", type="")


def _draft_view(hit: Hit, under: tuple[HitView, ...], more: tuple[str, str] | None) -> HitView:
    """The draft that was not found itself, over what was."""
    language, of = current_language(), hit.of
    return HitView(
        kind=str(KIND[HitKind.draft]), status=str(STATUSES[of.status]), status_kind=STATUS_TAGS[of.status],
        url=url_for("consultation.draft", draft_id=hit.reference.draft_id),
        title=(Piece(of.draft.title(language)),), excerpt=(), lang=_other_language(of, language) or language,
        is_law=False, is_titled=True, draft_title="", draft_lang=None, draft_url=None,
        body=of.body.name(language), type=of.act_type.name(language), at=of.announced_at, under=under, more=more,
    )  # fmt: skip


def _other_language(of: DraftOfHit, language: str) -> str | None:
    """The language of a title where it is not the reader's."""
    if getattr(of.draft, f"title_{language}"):
        return None
    return next((code for code in ("kk", "ru", "en") if getattr(of.draft, f"title_{code}")), None)
