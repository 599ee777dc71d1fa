"""Which near-identical drafts does a draft stand among, and what differs between two of them?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from portal.consultation.cards import DraftCard, draft_card
from portal.consultation.queries.changes import compare_drafts
from portal.consultation.queries.lists import PAGE, DraftFilter, ListOrder, count_drafts, list_drafts
from portal.consultation.queries.reading import Dossier, get_dossier
from portal.consultation.views.addresses import absolute
from portal.consultation.views.blueprint import blueprint
from portal.consultation.views.comments import DraftLink, draft_link
from portal.consultation.views.two_texts import About, chosen_language, show_two_texts
from portal.drafts.queries.reference import work_calendar
from portal.drafts.queries.versions import VersionLine, list_versions
from portal.kernel.errors import NotFound
from portal.web.access import public
from portal.web.formats import format_number
from portal.web.locale import current_language
from portal.web.pages import PageNumbers, page_numbers, show


@dataclass(frozen=True, slots=True)
class Member:
    """A draft of the family; without `compare_url` it is the one the page is about."""

    card: DraftCard
    compare_url: str | None


@dataclass(frozen=True)
class FamilyPage:
    """All near-identical drafts, the newest first; `comments` over all that stand on this page."""

    draft: DraftLink
    total: str
    members: tuple[Member, ...]
    numbers: PageNumbers


@blueprint.get("/drafts/<int:draft_id>/family")
@public
def family(draft_id: int) -> Any:
    """The drafts nearly identical to this one, this one among them."""
    dossier, language, calendar = get_dossier(draft_id), current_language(), work_calendar()
    wanted = DraftFilter(family_id=_family_of(dossier))
    numbers = page_numbers(count_drafts(wanted), PAGE)
    rows = list_drafts(wanted, ListOrder.newest, offset=(numbers.number - 1) * PAGE)
    page = FamilyPage(
        draft=draft_link(dossier),
        total=ngettext("%(count)s near-identical draft", "%(count)s near-identical drafts", numbers.total,
                       count=format_number(numbers.total)),
        members=tuple(
            Member(
                draft_card(row, language, calendar),
                None if row.id == draft_id else url_for("consultation.compare_family", draft_id=draft_id, other=row.id),
            )
            for row in rows
        ),
        numbers=numbers,
    )  # fmt: skip
    return show("consultation/family.html", page)


@blueprint.get("/drafts/<int:draft_id>/family/<int:other>/compare")
@public
def compare_family(draft_id: int, other: int) -> Any:
    """Two near-identical drafts unit by unit, by the versions under discussion."""
    one, two = get_dossier(draft_id), get_dossier(other)
    if _family_of(one) != _family_of(two) or draft_id == other:
        raise NotFound("These drafts are not near-identical.")
    old, new = _discussed(one), _discussed(two)
    both = [code for code in old.texts if code in new.texts]
    lang = chosen_language(both)
    changes = compare_drafts(old, new, lang, current_language()) if lang else None
    language = current_language()
    names = one.body.name(language), two.body.name(language)
    if names[0] == names[1]:
        names = _("No %(number)s", number=one.draft.number), _("No %(number)s", number=two.draft.number)
    about = About(
        draft=draft_link(one),
        title=_("Near-identical drafts compared"),
        names=names,
        meta=(
            (f"{one.body.name(language)} · {_('No %(number)s', number=one.draft.number)}", _address(one)),
            (f"{two.body.name(language)} · {_('No %(number)s', number=two.draft.number)}", _address(two)),
        ),
        links=(),
        crumb=(_("Near-identical drafts"), url_for("consultation.family", draft_id=draft_id)),
        permanent=absolute(url_for("consultation.compare_family", draft_id=draft_id, other=other, language=lang)),
    )
    return show_two_texts(about, both, lang, changes)


def _family_of(dossier: Dossier) -> int:
    family_id = dossier.file.consultation.family_id
    if family_id is None:
        raise NotFound("There are no drafts nearly identical to this one.")
    return family_id


def _discussed(dossier: Dossier) -> VersionLine:
    for line in list_versions(dossier.draft.id):
        if line.id == dossier.file.consultation.version_id:
            return line
    raise NotFound("There is no such version.")


def _address(dossier: Dossier) -> str:
    return url_for("consultation.draft", draft_id=dossier.draft.id)
