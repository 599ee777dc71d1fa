"""What may a drafter type about a comparative table?"""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext
from flask_wtf.file import FileField
from wtforms import BooleanField, HiddenField, IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import Optional

from portal.drafts.actions.comparative import CELLS, TypedRow
from portal.drafts.comparative import LANGUAGES, Manner
from portal.drafts.comparative_words import CHANGES, MANNERS
from portal.drafts.queries.comparative import RowView
from portal.web.forms import PortalForm, clean_line, clean_text


class BuildForm(PortalForm):
    """The act in force, as files, as an act adopted on the portal or as a draft of it."""

    file_kk = FileField(_l("Act in force in Kazakh"))
    file_ru = FileField(_l("Act in force in Russian"))
    act = RadioField(_l("Act adopted on this portal"), default="", validate_choice=False)
    number = StringField(_l("Number of a published draft"), filters=[clean_line])
    manner = SelectField(
        _l("What the draft is"),
        choices=[("", _l("Told by the text of the draft")), *((each.value, MANNERS[each.value]) for each in Manner)],
    )
    drops_edits = BooleanField(_l("What was written by hand may be lost"))

    def chosen_act(self) -> int | None:
        """The draft that became the act; None for none."""
        text = self.act.data or ""
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None

    def chosen_manner(self) -> Manner | None:
        """None where the draft is to tell."""
        return Manner(self.manner.data) if self.manner.data else None


def _line(label: Any) -> StringField:
    return StringField(label, filters=[clean_line])


def _text(label: Any) -> TextAreaField:
    return TextAreaField(label, filters=[clean_text])


class RowForm(PortalForm):
    """A row in both languages."""

    change = SelectField(_l("What the draft does"), choices=list(CHANGES.items()))
    element_kk = _line(_l("Structural element"))
    element_ru = _line(_l("Structural element"))
    present_kk = _text(_l("Wording in force"))
    present_ru = _text(_l("Wording in force"))
    proposed_kk = _text(lazy_pgettext("comparative table", "Proposed wording"))
    proposed_ru = _text(lazy_pgettext("comparative table", "Proposed wording"))
    reason_kk = _text(_l("Justification"))
    reason_ru = _text(_l("Justification"))
    revision = HiddenField()

    def typed(self) -> TypedRow:
        """What was typed, for the action."""
        names = [f"{cell}_{language}" for cell in CELLS for language in LANGUAGES]
        return TypedRow({name: self[name].data or "" for name in names}, self.change.data or "")

    def seen_revision(self) -> int:
        """The revision the page showed; -1 for none that can be read."""
        text = self.revision.data or ""
        return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else -1


class MoveForm(PortalForm):
    """Where a row goes to."""

    place = IntegerField(_l("Place in the table"), [Optional()])


def row_values(row: RowView) -> dict[str, str]:
    """The values `RowForm` begins with."""
    names = [f"{cell}_{language}" for cell in CELLS for language in LANGUAGES]
    return {**{name: getattr(row, name) for name in names}, "change": row.change, "revision": str(row.revision)}
