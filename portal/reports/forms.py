"""What may a reader choose among the state bodies?"""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext
from wtforms import BooleanField, SelectField, StringField

from portal.drafts.policy import BODY_KINDS
from portal.drafts.words import BODY_KINDS as KINDS
from portal.web.forms import PortalForm, clean_line


class BodiesForm(PortalForm):
    """The filters of the list of bodies; anything odd is left out, never refused."""

    q = StringField(_l("Name of the body"), filters=[clean_line])
    kind = SelectField(
        _l("Kind of body"), choices=[("", lazy_pgettext("body", "All")), *((kind, KINDS[kind]) for kind in BODY_KINDS)], validate_choice=False
    )
    ended = BooleanField(_l("With bodies that have ended"))
