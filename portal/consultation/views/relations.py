"""What does a draft's page say of other drafts and of the act it became?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from portal.consultation.cards import family_link
from portal.consultation.link_policy import BILLS
from portal.consultation.queries.links import LinkRow, waiver_among
from portal.consultation.queries.reading import Dossier
from portal.consultation.views.addresses import address_of
from portal.consultation.views.change_rows import counted_words
from portal.consultation.views.desk import titled
from portal.consultation.views.links import link_words, waiver_words
from portal.drafts.compare import Change
from portal.drafts.models import GateOverride, LinkKind
from portal.web.formats import format_number
from portal.web.locale import current_language


@dataclass(frozen=True, slots=True)
class Relation:
    """Another draft this one came from or led to; `report_url` where its report is published."""

    words: str
    number: str
    title: str
    lang: str | None
    url: str
    comments: str
    comments_url: str
    report_url: str | None


@dataclass(frozen=True, slots=True)
class Adopted:
    """The act the draft became: where it is published and, once its text is here, what changed on the way."""

    on: date
    official_url: str
    changes: tuple[str, ...]
    text_url: str | None
    comments_url: str | None


@dataclass(frozen=True, slots=True)
class Relations:
    """All of it; `family` is (how many near-identical drafts, address)."""

    links: tuple[Relation, ...]
    family: tuple[str, str] | None
    waiver: tuple[str, str] | None  # why a bill needed no consultative document, and in which language
    adopted: Adopted | None


def show_relations(dossier: Dossier, overrides: Sequence[GateOverride]) -> Relations:
    """From what the dossier holds and what was allowed to be missing; no query."""
    leads = any(link.kind is LinkKind.consultative and link.is_earlier for link in dossier.links)
    may_lack = dossier.act_type.code in BILLS and not leads
    return Relations(
        tuple(map(_relation, dossier.links)),
        family_link(dossier.draft.id, dossier.family_size) if dossier.family_size else None,
        waiver_words(waiver_among(overrides)) if may_lack else None,
        _adopted(dossier),
    )


def _relation(link: LinkRow) -> Relation:
    title, lang = titled(link.titles)
    comments = ngettext("%(count)s comment", "%(count)s comments", link.comments, count=format_number(link.comments))
    return Relation(
        words=link_words(link),
        number=link.number,
        title=title,
        lang=lang,
        url=url_for("consultation.draft", draft_id=link.other_id),
        comments=comments,
        comments_url=url_for("consultation.comments", draft_id=link.other_id),
        report_url=address_of("reports.report", draft_id=link.other_id) if link.reported_at else None,
    )


def _adopted(dossier: Dossier) -> Adopted | None:
    act, draft = dossier.adopted, dossier.draft
    if draft.adopted_on is None or act is None or not (act.url or act.published_at):
        return None
    is_here = act.published_at is not None
    counts = act.counts.get(current_language()) or next(iter(act.counts.values()), {})
    return Adopted(
        on=draft.adopted_on,
        official_url=act.url,
        changes=_changes(counts) if is_here else (),
        text_url=url_for("consultation.adopted", draft_id=draft.id) if is_here else None,
        comments_url=url_for("consultation.adopted_comments", draft_id=draft.id) if is_here else None,
    )


def _changes(counts: dict[str, int]) -> tuple[str, ...]:
    said = counted_words({Change(name): count for name, count in counts.items() if name != Change.same})
    return said or (_("adopted as it was drafted, without changes"),)
