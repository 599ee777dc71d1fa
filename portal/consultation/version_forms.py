"""What may a drafter say about the next version of a draft?"""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, TextAreaField

from portal.drafts.models import LANGUAGES
from portal.web.forms import PortalForm, clean_text


class VersionNoteForm(PortalForm):
    """What changed and why."""

    note_kk = TextAreaField(_l("What changed and why, in Kazakh"), filters=[clean_text])
    note_ru = TextAreaField(_l("What changed and why, in Russian"), filters=[clean_text])
    note_en = TextAreaField(_l("What changed and why, in English"), filters=[clean_text])

    def note(self) -> dict[str, str]:
        """Language → text."""
        return {language: self[f"note_{language}"].data or "" for language in LANGUAGES}


class PublishVersionForm(PortalForm):
    """The last word before a version is public."""

    leaves_out = BooleanField(_l("Publish without an English text"))


class PlainVersionForm(PortalForm):
    """A form that only confirms."""
