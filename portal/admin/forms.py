"""What may an administrator type about bodies, act types, areas, channels of opinions and days?"""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, DateField, IntegerField, RadioField, SelectField, SelectMultipleField, StringField
from wtforms.validators import InputRequired, Optional

from portal.drafts.policy import BODY_KINDS
from portal.drafts.reference_policy import REQUIRABLE
from portal.drafts.words import BODY_KINDS as KINDS
from portal.drafts.words import PARTS
from portal.web.forms import PortalForm, clean_line

_KINDS = [(kind, KINDS[kind]) for kind in BODY_KINDS]


class NamesForm(PortalForm):
    """Names in three languages."""

    name_kk = StringField(_l("Name in Kazakh"), filters=[clean_line])
    name_ru = StringField(_l("Name in Russian"), filters=[clean_line])
    name_en = StringField(_l("Name in English"), filters=[clean_line])

    def names(self) -> dict[str, str]:
        """Language → name."""
        return {"kk": self.name_kk.data or "", "ru": self.name_ru.data or "", "en": self.name_en.data or ""}


class NewBodyForm(NamesForm):
    """A new body."""

    code = StringField(_l("Code"), filters=[clean_line])
    kind = SelectField(_l("Kind of body"), choices=_KINDS)
    parent = SelectField(_l("Belongs to"))


class CorrectForm(NamesForm):
    """A slip put right."""

    kind = SelectField(_l("Kind of body"), choices=_KINDS)


class RenameForm(NamesForm):
    """Another name from a day on."""

    on = DateField(_l("First day of the new name"), [InputRequired(_l("Enter the day."))])
    reason = StringField(_l("Act by which the body was renamed"), filters=[clean_line])


class MoveForm(PortalForm):
    """Another place in the tree."""

    parent = SelectField(_l("Belongs to"))


class EndForm(PortalForm):
    """The end of a body, with or without a successor."""

    successor = SelectField(_l("Successor"))
    on = DateField(_l("First day on which it is no more"), [InputRequired(_l("Enter the day."))])
    reason = StringField(_l("Act by which the body ended"), filters=[clean_line])


class RestoreForm(PortalForm):
    """Nothing to type: the button says it."""


class BodyFilterForm(PortalForm):
    """The filters of the list of bodies; anything odd is left out, never refused."""

    q = StringField(_l("Name of the body"), filters=[clean_line])
    kind = SelectField(_l("Kind of body"), choices=[("", lazy_pgettext("body", "All")), *_KINDS], validate_choice=False)
    ended = BooleanField(_l("With bodies that have ended"))
    nameless = BooleanField(_l("Only without a name in Kazakh"))


class TableForm(PortalForm):
    """A table of bodies to look at."""

    file = FileField(_l("Table of bodies"), [FileRequired(_l("Choose a file."))])


class ConfirmForm(PortalForm):
    """The table that was shown, and what it was seen to do."""

    table = StringField()
    plan = StringField()


class TypeForm(NamesForm):
    """An act type: how long it is discussed, by which article, and what its package must have."""

    code = StringField(_l("Code"), filters=[clean_line])
    discussion_days = IntegerField(_l("Discussion, working days"), [InputRequired(_l("Enter the number of working days."))])
    rule = StringField(_l("Article of law for the discussion"), filters=[clean_line])
    answer_days = IntegerField(_l("Answers, working days"), [InputRequired(_l("Enter the number of working days."))])
    answer_rule = StringField(_l("Article of law for the answers"), filters=[clean_line])
    report_days = IntegerField(_l("Report, working days"), [InputRequired(_l("Enter the number of working days."))])
    report_rule = StringField(_l("Article of law for the report"), filters=[clean_line])
    required_parts = SelectMultipleField(_l("Required parts of the package"), choices=[(code, PARTS[code]) for code in REQUIRABLE])
    position = IntegerField(_l("Place in lists"), [Optional()])
    is_retired = BooleanField(_l("Retired: no new draft can be of it"))
    sure = BooleanField()


class AreaForm(NamesForm):
    """A policy area."""

    code = StringField(_l("Code"), filters=[clean_line])
    position = IntegerField(_l("Place in lists"), [Optional()])
    is_retired = BooleanField(_l("Retired: no new draft can be of it"))


class ChannelForm(NamesForm):
    """A channel of opinions: how long an opinion may take, by which article, and what silence means."""

    days = IntegerField(_l("Opinion, working days"), [InputRequired(_l("Enter the number of working days."))])
    rule = StringField(_l("Article of law for the opinion"), filters=[clean_line])
    silence_agrees = BooleanField(_l("Silence until the last day counts as agreement"))
    sure = BooleanField()


class DayForm(PortalForm):
    """A day moved by decree."""

    on = DateField(_l("Day"), [InputRequired(_l("Enter the day."))])
    is_working = RadioField(
        _l("By the decree this day is"), [InputRequired(_l("Choose what the day becomes."))],
        choices=[("off", lazy_pgettext("day", "a day off")), ("working", lazy_pgettext("day", "a working day"))],
    )  # fmt: skip
    reason = StringField(_l("Decree"), [InputRequired(_l("Name the act: what it is called, its date and number."))], filters=[clean_line])
    sure = BooleanField()


class RemoveDayForm(PortalForm):
    """Whether what would move was seen."""

    sure = BooleanField()
