"""What may a drafter say when a day moves or an opinion is asked for, and by what does a reader filter duties?"""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import DateField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired

from portal.consultation.clock_words import CONCLUSIONS
from portal.web.forms import PortalForm, clean_line, clean_text


class ReasonForm(PortalForm):
    """Why a day moves, in both authentic languages."""

    reason_kk = TextAreaField(_l("Reason in Kazakh"), filters=[clean_text])
    reason_ru = TextAreaField(_l("Reason in Russian"), filters=[clean_text])

    def reason(self) -> dict[str, str]:
        """Language → text, for the action."""
        return {"kk": self.reason_kk.data or "", "ru": self.reason_ru.data or ""}


class ExtendForm(ReasonForm):
    """Until when an open discussion goes on."""

    closes_on = DateField(_l("New last day"), [InputRequired(_l("Enter the new last day."))])


class PostponeForm(ReasonForm):
    """When an announced discussion begins instead."""

    opens_on = DateField(_l("New first day"), [InputRequired(_l("Enter the new first day."))])


class OpinionForm(PortalForm):
    """Of whom an opinion was asked, and when."""

    channel = SelectField(_l("Channel"), [InputRequired(_l("Choose the channel."))])
    addressee = StringField(_l("Addressee"), filters=[clean_line])
    sent_on = DateField(_l("Sent on"), [InputRequired(_l("Enter the day on which the request was sent."))])


class OpinionAnswerForm(PortalForm):
    """What the answer says; a text, a file, or both."""

    received_on = DateField(_l("Received on"), [InputRequired(_l("Enter the day on which the answer was received."))])
    conclusion = RadioField(
        _l("Conclusion"),
        [InputRequired(_l("Choose the conclusion."))],
        choices=[(kind.value, words) for kind, words in CONCLUSIONS.items()],
    )
    file = FileField(_l("File of the opinion"))
    text = TextAreaField(_l("Text of the opinion"), filters=[clean_text])
    language = SelectField(_l("Language of the opinion"))


class DutyFilterForm(PortalForm):
    """Whose duties and which; anything odd is left out, never refused."""

    body = SelectField(_l("State body"), validate_choice=False)
    duty = SelectField(_l("Duty"), validate_choice=False)


class ConfirmForm(PortalForm):
    """A form that only confirms."""
