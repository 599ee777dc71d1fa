"""How does a draft look at the head of each of its pages on the desk?"""

from __future__ import annotations

from dataclasses import dataclass

from flask import g
from flask_babel import gettext as _
from flask_babel import pgettext

from portal.drafts.desk_pages import DeskPages, address_of, desk_pages, may_publish
from portal.drafts.queries.desk import DeskFile
from portal.web.locale import current_language

LONGEST_TITLE = 110  # characters of a title that stands before the name of a page


@dataclass(frozen=True, slots=True)
class DeskHead:
    """The band over a desk page. `lang` is the title's language where it is not the reader's."""

    draft_id: int
    title: str
    short_title: str
    lang: str | None
    number: str
    type: str
    body: str
    status: str
    status_kind: str
    pages: DeskPages
    action: tuple[str, str] | None
    public_url: str | None


def desk_head(file: DeskFile, current: str) -> DeskHead:
    """The head of the page with the endpoint `current`."""
    draft, language = file.draft, current_language()
    title = draft.title(language)
    own = bool(getattr(draft, f"title_{language}"))
    status, kind = _status(file)
    return DeskHead(
        draft_id=draft.id,
        title=title,
        short_title=_shortened(title),
        lang=None if own else next((code for code in ("kk", "ru", "en") if getattr(draft, f"title_{code}")), None),
        number=draft.number,
        type=file.act_type.name(language),
        body=file.body.name(language),
        status=status,
        status_kind=kind,
        pages=desk_pages(draft, current),
        action=_action(file, current),
        public_url=address_of("consultation.draft", draft.id) if draft.is_public else None,
    )


def may_edit(file: DeskFile) -> bool:
    """May the present person still change the draft's card, texts and package?"""
    return not file.draft.is_public and g.actor.may("draft.edit") and g.actor.acts_for(file.draft.body_id)


def may_edit_text(file: DeskFile) -> bool:
    """May the present person still change the texts of the latest version, be it the first or one that follows?"""
    is_prepared = file.version.published_at is None and file.draft.withdrawn_at is None and file.draft.adopted_on is None
    return is_prepared and bool(g.actor.may("draft.edit") and g.actor.acts_for(file.draft.body_id))


def _status(file: DeskFile) -> tuple[str, str]:
    if file.draft.withdrawn_at is not None:
        return pgettext("phase", "Withdrawn"), "plain"
    if file.draft.adopted_on is not None:
        return pgettext("phase", "Adopted"), "done"
    if file.draft.is_public:
        return pgettext("draft", "Public"), "open"
    return pgettext("phase", "Being prepared"), "waiting"


def _action(file: DeskFile, current: str) -> tuple[str, str] | None:
    endpoint = "consultation.open_consultation"
    if file.draft.is_public or current == endpoint or not may_publish(file.draft):
        return None
    address = address_of(endpoint, file.draft.id)
    return (_("Open the discussion"), address) if address else None


def _shortened(title: str) -> str:
    if len(title) <= LONGEST_TITLE:
        return title
    return title[:LONGEST_TITLE].rsplit(" ", 1)[0].rstrip(",;:–- ") + "…"
