"""What may a person type about drafts and comments?"""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext
from wtforms import HiddenField, RadioField, SelectField, StringField, TextAreaField

from portal.consultation.words import OWN_NAMES, STANCES
from portal.web.forms import PortalForm, clean_line, clean_text

LONGEST_SUBMISSION = 43


def _number_of_form(value: str | None) -> str:
    return clean_line(value)[:LONGEST_SUBMISSION]


class AnswerForm(PortalForm):
    """An answer to a comment. `submission` is the form's own number: sent twice, it posts once."""

    text = TextAreaField(_l("Your comment"), filters=[clean_text])
    organisation = StringField(_l("On behalf of an organisation"), filters=[clean_line])
    language = RadioField(_l("Language of the comment"), choices=list(OWN_NAMES.items()), validate_choice=False)
    submission = HiddenField(filters=[_number_of_form])


class CommentForm(AnswerForm):
    """A comment on a draft or one of its provisions; the choices of `provision` are the places near the one chosen."""

    provision = SelectField(_l("What the comment is about"), validate_choice=False)
    stance = RadioField(_l("Your stance"), choices=list(STANCES.items()), validate_choice=False)
    proposed_text = TextAreaField(_l("Wording you propose"), filters=[clean_text])


class ReportForm(PortalForm):
    """A reader's report that a comment breaks the rules."""

    reason = TextAreaField(_l("What is wrong with the comment"), filters=[clean_text])


class PlainForm(PortalForm):
    """A form that only confirms."""


class _Filter(PortalForm):
    """Fields of an address: anything odd in them is left out, never refused."""

    def chosen(self, name: str) -> str:
        """The value of a field if it is one of its choices, else ""."""
        field = self[name]
        return field.data if field.data in {str(value) for value, *_ in field.choices} else ""


class DraftFilterForm(_Filter):
    """Filters of the list of drafts."""

    phase = SelectField(_l("Status"), validate_choice=False)
    body = SelectField(_l("State body"), validate_choice=False)
    type = SelectField(lazy_pgettext("of an act", "Type"), validate_choice=False)
    area = SelectField(_l("Policy area"), validate_choice=False)


class CommentFilterForm(_Filter):
    """Filters of the comments of a draft."""

    provision = SelectField(_l("Provision"), validate_choice=False)
    stance = SelectField(_l("Stance"), validate_choice=False)
    answered = SelectField(_l("Official answer"), validate_choice=False)
    language = SelectField(_l("Language"), validate_choice=False)


def with_all(choices: list[tuple[str, Any]], words: Any) -> list[tuple[str, Any]]:
    """Choices of a filter with the one that leaves it out first."""
    return [("", words), *choices]
