"""In which words does the portal speak of phases, stances, decisions, orders and parts of a package?"""

from __future__ import annotations

from flask_babel import LazyString, lazy_pgettext, ngettext
from flask_babel import gettext as _

from portal.consultation.models import DecisionKind, Stance
from portal.consultation.phases import Phase
from portal.drafts.words import LANGUAGES as LANGUAGE_NAMES
from portal.drafts.words import OWN_NAMES, PARTS, PASSPORT
from portal.web.locale import current_language

PHASES: dict[Phase, LazyString] = {
    Phase.preparing: lazy_pgettext("phase", "Being prepared"),
    Phase.announced: lazy_pgettext("phase", "Announced"),
    Phase.open: lazy_pgettext("phase", "Discussion is open"),
    Phase.answering: lazy_pgettext("phase", "Answers are being prepared"),
    Phase.report_published: lazy_pgettext("phase", "Report published"),
    Phase.adopted: lazy_pgettext("phase", "Adopted"),
    Phase.withdrawn: lazy_pgettext("phase", "Withdrawn"),
}
PHASE_TAGS: dict[Phase, str] = {
    Phase.preparing: "plain",
    Phase.announced: "waiting",
    Phase.open: "open",
    Phase.answering: "waiting",
    Phase.report_published: "done",
    Phase.adopted: "done",
    Phase.withdrawn: "plain",
}
ARCHIVED = lazy_pgettext("phase", "Imported from an archive")  # of a discussion whose answers were due before that
STANCES: dict[Stance, LazyString] = {
    Stance.for_: lazy_pgettext("stance", "For"),
    Stance.against: lazy_pgettext("stance", "Against"),
    Stance.neutral: lazy_pgettext("stance", "Neutral"),
}
DECISIONS: dict[DecisionKind, LazyString] = {
    DecisionKind.accepted: lazy_pgettext("decision", "Accepted"),
    DecisionKind.partly_accepted: lazy_pgettext("decision", "Partly accepted"),
    DecisionKind.not_accepted: lazy_pgettext("decision", "Not accepted"),
    DecisionKind.out_of_scope: lazy_pgettext("decision", "Out of scope"),
    DecisionKind.noted: lazy_pgettext("decision", "Noted"),
}

__all__ = [
    "ARCHIVED", "DECISIONS", "LANGUAGE_NAMES", "OWN_NAMES", "PARTS", "PASSPORT", "PHASES", "PHASE_TAGS", "STANCES", "days_left_words",
    "phase_tag",
]  # fmt: skip


def phase_tag(phase: Phase, is_archived: bool) -> tuple[str, str]:
    """(words, kind of the tag): nobody prepares answers to what came from an archive."""
    if phase is Phase.answering and is_archived:
        return str(ARCHIVED), "plain"
    return str(PHASES[phase]), PHASE_TAGS[phase]


def days_left_words(days: int) -> str:
    """How many working days are left: "12 working days left"; "Last day today" for none."""
    if days == 0:
        return _("Last day today")
    return ngettext("%(num)s working day left", "%(num)s working days left", days)


def language_in_sentence(code: str) -> str:
    """The name of a language within a sentence: small in Kazakh and Russian."""
    name = str(LANGUAGE_NAMES[code])
    return name if current_language() == "en" else name.lower()
