"""What may a person narrow a search down to?"""

from __future__ import annotations

from datetime import date

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext
from wtforms import DateField, RadioField, SelectField, StringField

from portal.search.models import Frequency
from portal.web.forms import PortalForm, clean_line


FREQUENCIES = {
    Frequency.daily: lazy_pgettext("letters", "Once a day at most"),
    Frequency.weekly: lazy_pgettext("letters", "Once a week at most"),
    Frequency.never: lazy_pgettext("letters", "No letters, only keep it"),
}


class SavedSearchForm(PortalForm):
    """What a person calls a search they keep, and how often letters of it come."""

    name = StringField(lazy_pgettext("of a search", "Name"), filters=[clean_line])
    frequency = RadioField(_l("Letters about new results"), choices=list(FREQUENCIES.items()))


class SearchForm(PortalForm):
    """Fields of an address: anything odd in them is left out, never refused."""

    body = SelectField(_l("State body"), validate_choice=False)
    type = SelectField(lazy_pgettext("of an act", "Type"), validate_choice=False)
    status = SelectField(_l("Status"), validate_choice=False)
    language = SelectField(_l("Language"), validate_choice=False)
    since = DateField(lazy_pgettext("date", "From"))
    until = DateField(lazy_pgettext("date", "To"))

    def chosen(self, name: str) -> str:
        """The value of a field if it is one of its choices, else ""."""
        field = self[name]
        return str(field.data) if field.data in {str(value) for value, *_ in field.choices} else ""

    def day(self, name: str) -> date | None:
        """The day in a field; what is no day is taken out of it."""
        field = self[name]
        if field.data is None:
            field.raw_data = None
        return field.data
