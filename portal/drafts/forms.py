"""What may a drafter type about a draft, and which files may be sent?"""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext
from flask_wtf.file import FileField
from wtforms import BooleanField, SelectField, TextAreaField
from wtforms.validators import InputRequired

from portal.drafts.actions.drafts import DraftCard
from portal.drafts.importers import Changes
from portal.drafts.models import LANGUAGES, PASSPORT_ROWS, Draft
from portal.drafts.words import PASSPORT
from portal.web.forms import PortalForm, clean_line, clean_text


def _title(label: Any) -> TextAreaField:
    # official titles run over several lines; what is kept is one
    return TextAreaField(label, filters=[clean_line])


def _text(label: Any) -> TextAreaField:
    return TextAreaField(label, filters=[clean_text])


class NewDraftForm(PortalForm):
    """What a draft needs to come into being; `body` is asked of administrators only."""

    body = SelectField(_l("State body"), [InputRequired(_l("Choose the body."))])
    type = SelectField(lazy_pgettext("of an act", "Type"), [InputRequired(_l("Choose the type of the act."))])
    area = SelectField(_l("Policy area"))
    title_kk = _title(_l("Title in Kazakh"))
    title_ru = _title(_l("Title in Russian"))
    title_en = _title(_l("Title in English"))

    def card(self) -> DraftCard:
        """What was typed, for the action."""
        return DraftCard(int(self.type.data), _by_language(self, "title"), area_id=_chosen(self.area.data))


class CardForm(PortalForm):
    """The whole card: type, area, titles, summaries and the passport, in each language."""

    type = SelectField(lazy_pgettext("of an act", "Type"), [InputRequired(_l("Choose the type of the act."))])
    area = SelectField(_l("Policy area"))
    title_kk = _title(_l("Title in Kazakh"))
    title_ru = _title(_l("Title in Russian"))
    title_en = _title(_l("Title in English"))
    summary_kk = _text(_l("Summary in plain words"))
    summary_ru = _text(_l("Summary in plain words"))
    summary_en = _text(_l("Summary in plain words"))
    grounds_kk = _text(PASSPORT["grounds"])
    grounds_ru = _text(PASSPORT["grounds"])
    grounds_en = _text(PASSPORT["grounds"])
    content_kk = _text(PASSPORT["content"])
    content_ru = _text(PASSPORT["content"])
    content_en = _text(PASSPORT["content"])
    aims_kk = _text(PASSPORT["aims"])
    aims_ru = _text(PASSPORT["aims"])
    aims_en = _text(PASSPORT["aims"])
    consequences_kk = _text(PASSPORT["consequences"])
    consequences_ru = _text(PASSPORT["consequences"])
    consequences_en = _text(PASSPORT["consequences"])

    def card(self) -> DraftCard:
        """What was typed, for the action."""
        rows = {row: _by_language(self, row) for row in PASSPORT_ROWS}
        passport = {language: {row: rows[row][language] for row in PASSPORT_ROWS} for language in LANGUAGES}
        return DraftCard(
            int(self.type.data),
            _by_language(self, "title"),
            _by_language(self, "summary"),
            passport,
            _chosen(self.area.data),
        )


def card_values(draft: Draft) -> dict[str, str]:
    """The values `CardForm` begins with."""
    values = {"type": str(draft.type_id), "area": str(draft.area_id or "")}
    for language in LANGUAGES:
        values[f"title_{language}"] = getattr(draft, f"title_{language}")
        values[f"summary_{language}"] = getattr(draft, f"summary_{language}")
        for row in PASSPORT_ROWS:
            values[f"{row}_{language}"] = draft.passport.get(language, {}).get(row, "")
    return values


class TextForm(PortalForm):
    """The files of the text; each may be sent alone."""

    file_kk = FileField(_l("Text in Kazakh"))
    file_ru = FileField(_l("Text in Russian"))
    file_en = FileField(_l("Text in English"))
    changes = SelectField(
        _l("Tracked changes in the file"),
        choices=[("accepted", _l("Read as accepted")), ("refused", _l("Read as refused"))],
        default="accepted",
    )
    drops_edits = BooleanField(_l("The new file takes the place of the text corrected here"))

    def chosen_changes(self) -> Changes:
        """What becomes of tracked changes; accepted unless the other was chosen."""
        return "refused" if self.changes.data == "refused" else "accepted"


class NoteForm(PortalForm):
    """The explanatory note, typed."""

    note_kk = _text(_l("Explanatory note in Kazakh"))
    note_ru = _text(_l("Explanatory note in Russian"))


class AttachmentForm(PortalForm):
    """A file of the package."""

    kind = SelectField(_l("What the document is"))
    language = SelectField(_l("Language of the document"))
    file = FileField(_l("File"))


class OverrideForm(PortalForm):
    """Why a discussion is allowed without a required part, in public; what may be typed the policy says."""

    reason_kk = TextAreaField(_l("Reason in Kazakh"), filters=[clean_text])
    reason_ru = TextAreaField(_l("Reason in Russian"), filters=[clean_text])


class PlainForm(PortalForm):
    """A form that only confirms."""


def _by_language(form: PortalForm, name: str) -> dict[str, str]:
    return {language: form[f"{name}_{language}"].data or "" for language in LANGUAGES}


def _chosen(value: str | None) -> int | None:
    return int(value) if value else None
