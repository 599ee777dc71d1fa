"""What may a drafter say when a draft goes to the public, and when it ends?"""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DateField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Optional

from portal.web.forms import PortalForm, clean_line, clean_text


class OpeningForm(PortalForm):
    """When the discussion begins and ends; without a last day it is the earliest the law allows.

    `ground` is asked only where the act may be urgent; its explanation only with a ground.
    """

    opens_on = DateField(_l("First day"), [InputRequired(_l("Enter the first day."))])
    closes_on = DateField(_l("Last day"), [Optional()])
    ground = RadioField(_l("Period"), default="", choices=[])
    ground_kk = TextAreaField(_l("Why the period is shorter, in Kazakh"), filters=[clean_text])
    ground_ru = TextAreaField(_l("Why the period is shorter, in Russian"), filters=[clean_text])
    immutable = BooleanField(
        _l("I understand that the text can no longer be changed once the discussion is announced"),
        [InputRequired(_l("Confirm that the text is final."))],
    )


class WithdrawForm(PortalForm):
    """Why a draft is withdrawn, in public."""

    reason_kk = TextAreaField(_l("Reason in Kazakh"), filters=[clean_text])
    reason_ru = TextAreaField(_l("Reason in Russian"), filters=[clean_text])


class AdoptForm(PortalForm):
    """When and as what the act was adopted."""

    adopted_on = DateField(_l("Date of adoption"), [InputRequired(_l("Enter the date of adoption."))])
    reference = StringField(_l("Name and number of the adopted act"), filters=[clean_line])


class BodyFilterForm(PortalForm):
    """Whose drafts to list; anything odd is left out, never refused."""

    body = SelectField(_l("State body"), validate_choice=False)
