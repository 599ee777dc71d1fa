"""What may a drafter type about earlier drafts and the adopted act?"""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import StringField, TextAreaField
from wtforms.validators import InputRequired

from portal.web.forms import PortalForm, clean_line, clean_text


class LinkForm(PortalForm):
    """The number of an earlier draft."""

    number = StringField(
        _l("Number of the earlier draft"), [InputRequired(_l("Enter the number of the draft."))], filters=[clean_line]
    )


class OfficialLinkForm(PortalForm):
    """Where the adopted act is officially published."""

    url = StringField(
        _l("Address of the official publication"), [InputRequired(_l("Enter the address."))], filters=[clean_line]
    )


class AdoptedTextForm(PortalForm):
    """The files of the adopted text; each may be sent alone."""

    file_kk = FileField(_l("Text in Kazakh"))
    file_ru = FileField(_l("Text in Russian"))
    file_en = FileField(_l("Text in English"))


class WaiverForm(PortalForm):
    """Why a bill needed no consultative document, in public."""

    reason_kk = TextAreaField(_l("Reason in Kazakh"), filters=[clean_text])
    reason_ru = TextAreaField(_l("Reason in Russian"), filters=[clean_text])
