"""Among which provisions does a drafter choose the one that a comment changed?"""

from __future__ import annotations

from flask_babel import gettext as _

from portal.consultation.queries.changes import get_changes
from portal.consultation.queries.reading import Dossier
from portal.consultation.views.change_rows import change_words
from portal.drafts.compare import Change
from portal.drafts.models import LANGUAGES
from portal.drafts.queries.versions import list_versions
from portal.web.locale import current_language

LONGEST_CHOICE = 70  # characters of a provision in a select
MOST_CHOICES = 500


def changed_choices(dossier: Dossier) -> tuple[str, list[tuple[str, str]]] | None:
    """(title, (key, words) of what the latest version changed); None while it is the one under discussion."""
    lines = list_versions(dossier.draft.id)
    old = next((line for line in lines if line.id == dossier.file.consultation.version_id), None)
    if old is None or lines[0].number <= old.number:
        return None
    new = lines[0]
    lang = next((code for code in (current_language(), *LANGUAGES) if code in old.texts and code in new.texts), None)
    if lang is None:
        return None
    changes = get_changes(old, new, lang, current_language())
    changed = [unit for unit in changes.comparison.units if unit.change is not Change.same][:MOST_CHOICES]
    choices = [
        (unit.key, f"{changes.name(unit.key)}. {change_words(unit.change)}: {_first_words(unit.provision.text)}")
        for unit in changed
    ]
    return (_("Changed in version %(number)s", number=new.number), choices) if choices else None


def _first_words(text: str) -> str:
    line = " ".join(text.split())
    return f"{line[:LONGEST_CHOICE].rstrip()}…" if len(line) > LONGEST_CHOICE else line
