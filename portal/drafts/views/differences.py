"""Where do the two authentic texts differ in structure, and which differences does the drafter acknowledge?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import flash, g, redirect, url_for
from flask_babel import gettext as _
from flask_babel import ngettext, pgettext

from portal.drafts.actions.structure import acknowledge_differences, withdraw_acknowledgement
from portal.drafts.alignment import Difference
from portal.drafts.desk_head import DeskHead, desk_head, may_edit_text
from portal.drafts.findings import find_words
from portal.drafts.models import LANGUAGES
from portal.drafts.policy import AUTHENTIC
from portal.drafts.queries.desk import DeskFile, get_desk_file
from portal.drafts.queries.editing import Acknowledged, get_prepared_outline, sort_differences
from portal.drafts.structure import Outline, find
from portal.drafts.structure_forms import AcknowledgeForm
from portal.drafts.views.blueprint import blueprint
from portal.drafts.words import OWN_NAMES
from portal.web.access import access
from portal.web.forms import PortalForm, attempt
from portal.web.pages import show

MOST_SHOWN = 200  # differences on the page; more than that is not a matter of single places


@dataclass(frozen=True, slots=True)
class Open:
    """A difference nobody acknowledged, with the unit in each language that has it."""

    fingerprint: str
    place: str
    words: str
    is_chosen: bool
    units: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Settled:
    """A difference that is acknowledged; what was taken over from version `from_version` (else 0) is not withdrawn."""

    place: str
    words: str
    reason: str
    at: datetime
    from_version: int
    withdraw_url: str


@dataclass(frozen=True)
class DifferencesPage:
    """What is open and what is settled; `has_both` is false while one of the two texts is missing."""

    head: DeskHead
    choices: tuple[tuple[str, str, bool, None], ...]
    can_edit: bool
    has_both: bool
    open: tuple[Open, ...]
    open_left: int
    settled: tuple[Settled, ...]
    form: AcknowledgeForm
    text_url: str


@blueprint.get("/desk/drafts/<int:draft_id>/differences")
@access("draft.read_unpublished")
def differences(draft_id: int) -> Any:
    """The differences of the two texts."""
    return _show(get_desk_file(g.actor, draft_id), AcknowledgeForm(formdata=None))


@blueprint.post("/desk/drafts/<int:draft_id>/differences")
@access("draft.edit")
def acknowledge(draft_id: int) -> Any:
    """Acknowledge the differences that were chosen, all for one reason."""
    file, form = get_desk_file(g.actor, draft_id), AcknowledgeForm()
    outlines, chosen = _outlines(file), form.differences.data or ()
    if form.all_of_them.data:
        chosen = [each.fingerprint for each in sort_differences(file.version.id, outlines).open]
    with attempt(form) as tried:
        count = acknowledge_differences(
            g.actor, draft=file.draft, outlines=outlines, fingerprints=chosen, reason=form.reason.data or ""
        )
    if not tried.done:
        return _show(file, form)
    flash(ngettext("%(num)s difference is acknowledged.", "%(num)s differences are acknowledged.", count), "success")
    return redirect(url_for("drafts.differences", draft_id=draft_id))


@blueprint.post("/desk/drafts/<int:draft_id>/differences/<int:acknowledgement_id>/withdraw")
@access("draft.edit")
def withdraw_acknowledged(draft_id: int, acknowledgement_id: int) -> Any:
    """Take an acknowledgement back."""
    file, form = get_desk_file(g.actor, draft_id), PortalForm()
    with attempt(form) as tried:
        withdraw_acknowledgement(g.actor, draft=file.draft, acknowledgement_id=acknowledgement_id)
    if tried.done:
        flash(_("The acknowledgement is withdrawn."), "success")
    else:
        flash(form.form_errors[0], "error")
    return redirect(url_for("drafts.differences", draft_id=draft_id))


def _outlines(file: DeskFile) -> dict[str, Outline]:
    return {language: get_prepared_outline(file.version.id, language, digest) for language, digest in file.texts.items()}


def _show(file: DeskFile, form: AcknowledgeForm) -> Any:
    outlines = _outlines(file)
    found = sort_differences(file.version.id, outlines)
    chosen = {*(form.differences.data or ())}
    form.differences.choices = [(each.fingerprint, each.fingerprint) for each in found.open]
    page = DifferencesPage(
        head=desk_head(file, "drafts.structure"),
        choices=_choices(file),
        can_edit=may_edit_text(file),
        has_both={*AUTHENTIC} <= {*outlines},
        open=_open(file, found.open[:MOST_SHOWN], outlines, chosen),
        open_left=max(0, len(found.open) - MOST_SHOWN),
        settled=_settled(file, found.acknowledged, outlines),
        form=form,
        text_url=url_for("drafts.text", draft_id=file.draft.id),
    )
    return show("drafts/differences.html", page, form if form.errors else None)


def _choices(file: DeskFile) -> tuple[tuple[str, str, bool, None], ...]:
    texts = tuple(
        (OWN_NAMES[code], url_for("drafts.structure", draft_id=file.draft.id, language=code), False, None)
        for code in LANGUAGES
        if code in file.texts
    )
    return (*texts, (pgettext("page", "Differences"), url_for("drafts.differences", draft_id=file.draft.id), True, None))


def _open(
    file: DeskFile, found: Sequence[Difference], outlines: Mapping[str, Outline], chosen: set[str]
) -> tuple[Open, ...]:
    said = find_words((each.warning for each in found), outlines)
    return tuple(
        Open(each.fingerprint, words.place, words.words, each.fingerprint in chosen, _units(file, each, outlines))
        for each, words in zip(found, said, strict=True)
    )


def _units(file: DeskFile, difference: Difference, outlines: Mapping[str, Outline]) -> tuple[tuple[str, str], ...]:
    """Links to the unit where it can be corrected, in each language that has it."""
    key = difference.warning.key
    return tuple(
        (
            OWN_NAMES[code],
            url_for("drafts.structure", draft_id=file.draft.id, language=code, unit=key, _anchor=key),
        )
        for code in AUTHENTIC
        if code in outlines and find(outlines[code], key) is not None
    )


def _settled(file: DeskFile, found: Sequence[Acknowledged], outlines: Mapping[str, Outline]) -> tuple[Settled, ...]:
    said = find_words((each.warning for each in found), outlines)
    return tuple(
        Settled(
            words.place, words.words, each.reason, each.at, each.from_version,
            url_for("drafts.withdraw_acknowledged", draft_id=file.draft.id, acknowledgement_id=each.id),
        )
        for each, words in zip(found, said, strict=True)
    )  # fmt: skip
