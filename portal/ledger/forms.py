"""What may a person type about the public record?"""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField
from wtforms.validators import DataRequired

from portal.ledger.wording import kind_choices
from portal.web.forms import PortalForm, clean_line


class KindForm(PortalForm):
    """Which entries to list."""

    kind = SelectField(_l("What happened"), default="")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind.choices = kind_choices()


class ReceiptForm(PortalForm):
    """The code of a receipt, typed or pasted."""

    code = StringField(
        _l("Code of the receipt"),
        [DataRequired(_l("Enter the code of the receipt."))],
        filters=[clean_line],
        description=_l("For example 128-9F3A-22BC-01DD-77E0-4C1B-89. Capital letters, spaces and dashes do not matter."),
    )
