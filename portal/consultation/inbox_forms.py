"""What may an agency type in answer to comments, and a moderator about them?"""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext
from wtforms import BooleanField, HiddenField, RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length

from portal.consultation.words import DECISIONS, LANGUAGE_NAMES
from portal.web.forms import PortalForm, clean_line, clean_text

# Points 1 to 7 of the rules of conduct, `portal/home/content/rules.*.txt`; 8 and 9 say what a moderator does.
RULES = {
    1: _l("Insulting a person or a group of people"),
    2: _l("Personal data of another person"),
    3: _l("Advertising"),
    4: _l("Flooding the discussion with what has nothing to do with the draft"),
    5: _l("Violence, threats or hatred"),
    6: _l("Obscene language"),
    7: _l("Posing as another person or voting from several accounts"),
}


def _number(value: str) -> int:
    """An id, or 0 for what cannot be one."""
    return int(value) if value.isascii() and value.isdigit() and len(value) < 16 else 0


class ReplyForm(PortalForm):
    """The agency's answer to a comment and to those chosen with it.

    `seen` is when the answer shown with the form was given ("" for none): a colleague's answer that came in between is
    not overwritten. `also` are further comments that get the answer, `alike` those that have the same one now.
    """

    decision = RadioField(
        _l("Outcome"), choices=list(DECISIONS.items()), validate_choice=False,
        validators=[DataRequired(_l("Choose the outcome."))],
    )
    text = TextAreaField(
        lazy_pgettext("of a decision", "Reason"), filters=[clean_text],
        validators=[DataRequired(_l("Give the reason for the decision."))],
    )
    unit = StringField(
        _l("Responsible unit"), filters=[clean_line],
        validators=[Length(max=200, message=_l("The name of the unit must be 200 characters or fewer."))],
    )
    language = RadioField(_l("Language of the answer"), choices=list(LANGUAGE_NAMES.items()))
    changed_provision = SelectField(_l("Provision changed by the comment"), validate_choice=False)
    also = SelectMultipleField(_l("Comments that get this answer"), coerce=_number, validate_choice=False)
    alike = BooleanField(_l("Change the same answer under the other comments too"))
    seen = HiddenField()

    def chosen(self, first: int) -> list[int]:
        """The ids that get the answer: `first`, then the others, each once."""
        return list(dict.fromkeys([first, *(id_ for id_ in self.also.data or () if id_)]))


class _Filter(PortalForm):
    """Fields of an address: anything odd in them is left out, never refused."""

    def picked(self, name: str) -> str:
        """The value of a field if it is one of its choices, else ""."""
        field = self[name]
        return field.data if field.data in {str(value) for value, *_ in field.choices} else ""


class InboxFilterForm(_Filter):
    """Filters of the comments received."""

    body = SelectField(_l("State body"), validate_choice=False)
    draft = SelectField(_l("Draft"), validate_choice=False)
    decision = SelectField(_l("Outcome"), validate_choice=False)
    stance = SelectField(_l("Stance"), validate_choice=False)
    language = SelectField(_l("Language of the comment"), validate_choice=False)


class DraftInboxFilterForm(_Filter):
    """Filters of the comments on one draft; they stand beside the form of the answer, so their ids are their own."""

    provision = SelectField(_l("Provision"), id="filter-provision", validate_choice=False)
    decision = SelectField(_l("Outcome"), id="filter-decision", validate_choice=False)
    stance = SelectField(_l("Stance"), id="filter-stance", validate_choice=False)
    language = SelectField(_l("Language of the comment"), id="filter-language", validate_choice=False)


class LogFilterForm(_Filter):
    """Filter of the moderation log."""

    draft = SelectField(_l("Draft"), validate_choice=False)


class ModerationForm(PortalForm):
    """Why a comment is hidden or shown again, in public."""

    rule = RadioField(
        _l("Point of the rules of conduct"), choices=[(str(number), words) for number, words in RULES.items()],
        validators=[DataRequired(_l("Choose the point of the rules of conduct."))],
    )
    reason = TextAreaField(
        _l("Reason, in public"), filters=[clean_text], validators=[DataRequired(_l("Give the reason; it will be public."))]
    )
    language = RadioField(_l("Language of the reason"), choices=list(LANGUAGE_NAMES.items()))

    @property
    def point(self) -> int:
        return _number(self.rule.data or "")


class PlainForm(PortalForm):
    """A form that only confirms."""
