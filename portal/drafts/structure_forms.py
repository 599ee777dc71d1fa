"""What may a person type to correct a structure, and to say that a difference of the languages is meant?"""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, RadioField, SelectField, SelectMultipleField, StringField, TextAreaField

from portal.drafts.editing import Annex, Heading, Merge, Note, Operation, Relevel, Rename, Split, Unnote
from portal.drafts.editing.lines import flatten
from portal.drafts.editing.marks import find_words
from portal.drafts.structure import Kind, Outline, find, walk
from portal.kernel.errors import Invalid
from portal.web.forms import PortalForm, clean_line, clean_text


class StructureForm(PortalForm):
    """One step: `act` names it, `unit` is the key of the unit it is about, the rest belongs to single steps."""

    act = HiddenField()
    unit = HiddenField()
    digest = HiddenField()
    joint = RadioField(_l("How the words are joined"), validate_choice=False)
    at = RadioField(_l("The new unit begins with"), validate_choice=False)
    words = StringField(_l("Or write its first words"), filters=[clean_line])
    as_kind = SelectField(_l("Kind of the new unit"), validate_choice=False)
    kind = SelectField(_l("Kind of unit"), validate_choice=False)
    inside = SelectField(_l("Stands in"), validate_choice=False)
    number = StringField(_l("Number"), filters=[clean_line])
    heading = StringField(_l("Name of the unit"), filters=[clean_line])


class HistoryForm(PortalForm):
    """To undo, to do again, or to go back to what was recognised."""

    act = HiddenField()
    digest = HiddenField()


class AcknowledgeForm(PortalForm):
    """Which differences are meant, and why, in public."""

    differences = SelectMultipleField(_l("Differences that are meant"), validate_choice=False)
    all_of_them = BooleanField(_l("All of these places"))
    reason = TextAreaField(_l("Reason"), filters=[clean_text])


def read_operation(form: StructureForm, outline: Outline, place: int) -> Operation:
    """The step a form asks for; raises Invalid for what is not one."""
    unit = flatten(outline)[place].unit
    match form.act.data:
        case "merge":
            return Merge(place, form.joint.data or "line")
        case "split":
            kind = _kind(form.as_kind.data, "as_kind") if form.as_kind.data else None
            return Split(place, _place_to_part(form, unit.text), kind)
        case "relevel":
            return Relevel(place, _kind(form.kind.data, "kind"), _depth_in(outline, form.inside.data or ""))
        case "rename":
            return Rename(place, form.number.data or "", form.heading.data or "")
        case "heading":
            return Heading(place)
        case "unheading":
            return Heading(place, is_heading=False)
        case "note":
            return Note(place)
        case "unnote":
            return Unnote(place)
        case "annex":
            return Annex(place)
    raise Invalid("Choose what to do with the unit.")


def _place_to_part(form: StructureForm, text: str) -> int:
    if form.words.data:
        places = find_words(text, form.words.data)
        if not places:
            raise Invalid("These words do not stand in the unit.", field="words")
        if len(places) > 1:
            raise Invalid("These words stand in the unit more than once. Write more of them.", field="words")
        return places[0]
    given = form.at.data or ""
    if not (given.isascii() and given.isdigit() and len(given) < 10):
        raise Invalid("Choose where the new unit begins.", field="at")
    return int(given)


def _kind(given: str | None, field: str) -> Kind:
    try:
        return Kind(given or "")
    except ValueError:
        raise Invalid("Choose the kind of unit from the list.", field=field) from None


def _depth_in(outline: Outline, key: str) -> int:
    if not key:
        return 0
    if find(outline, key) is None:
        raise Invalid("A unit of this kind cannot stand there.", field="inside")
    return next(depth + 1 for unit, depth, _ in walk(outline.provisions) if unit.key == key)
