"""Which pages does the desk have about a draft, in the order of the work, and which of them is open?"""

from __future__ import annotations

from dataclasses import dataclass

from flask import current_app, g, url_for
from flask_babel import gettext as _
from flask_babel import pgettext

from portal.drafts.models import Draft


@dataclass(frozen=True, slots=True)
class DeskPage:
    """A page; `is_current`: the one that is open."""

    label: str
    url: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class PageGroup:
    """A step of the work with its pages; a step of one page is that page."""

    label: str
    pages: tuple[DeskPage, ...]

    @property
    def is_current(self) -> bool:
        """Does the page that is open belong to it?"""
        return any(page.is_current for page in self.pages)


@dataclass(frozen=True, slots=True)
class DeskPages:
    """All of them; `here` names the step and the page that is open, "" on a page that is none of them."""

    groups: tuple[PageGroup, ...]
    here: str


def desk_pages(draft: Draft, current: str) -> DeskPages:
    """The pages that are there now for the person who asks; `current` is the endpoint of the one that is open."""
    groups = tuple(group for group in _groups(draft, current) if group.pages)
    found = ((group, page) for group in groups for page in group.pages if page.is_current)
    group, page = next(found, (None, None))
    here = " · ".join(dict.fromkeys(each.label for each in (group, page) if each is not None))
    return DeskPages(groups, here)


def address_of(endpoint: str, draft_id: int) -> str | None:
    """The address of a page about the draft; pages higher on the ladder are named by word, one not there has none."""
    return url_for(endpoint, draft_id=draft_id) if endpoint in current_app.view_functions else None


def may_publish(draft: Draft) -> bool:
    """May the present person open a discussion of the draft, withdraw it or say that it was adopted?"""
    return bool(g.actor.may("draft.publish") and g.actor.acts_for(draft.body_id))


def _groups(draft: Draft, current: str) -> tuple[PageGroup, ...]:
    def group(label: str, *pages: tuple[str, str, bool]) -> PageGroup:
        shown = ((name, address_of(endpoint, draft.id), endpoint) for name, endpoint, is_there in pages if is_there)
        return PageGroup(label, tuple(DeskPage(name, url, endpoint == current) for name, url, endpoint in shown if url))

    is_public, publishes = draft.is_public, may_publish(draft)
    return (
        group(
            _("Draft"),
            (pgettext("draft", "Overview"), "drafts.overview", True),
            (pgettext("draft", "Card and passport"), "drafts.card", True),
            (pgettext("draft", "Package"), "drafts.package", True),
            (pgettext("draft", "Links"), "consultation.links", True),
        ),
        group(
            pgettext("desk", "Text"),
            (pgettext("draft", "Texts"), "drafts.text", True),
            (pgettext("draft", "Structure"), "drafts.structure", True),
            (pgettext("draft", "Comparative table"), "drafts.comparative_table", True),
            (pgettext("draft", "Preview"), "drafts.preview", True),
            (pgettext("draft", "Versions"), "consultation.desk_versions", is_public),
        ),
        group(
            pgettext("step", "Discussion"),
            (_("Open the discussion"), "consultation.open_consultation", publishes and not is_public),
            (pgettext("draft", "Terms and opinions"), "consultation.terms", True),
        ),
        group(pgettext("step", "Answers"), (pgettext("draft", "Comments received"), "consultation.draft_inbox", is_public)),
        group(
            pgettext("step", "Report"),
            (pgettext("document", "Report"), "reports.desk_report", is_public),
            (pgettext("draft", "Adopted act"), "consultation.adopted_desk", publishes and draft.adopted_on is not None),
        ),
    )
