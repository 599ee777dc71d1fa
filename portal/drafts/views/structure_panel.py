"""What can be done with the unit a drafter has chosen, and what is there to know about it?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.drafts.alignment import find_twin
from portal.drafts.editing import Operation, Relevel, Rename, name_of
from portal.drafts.editing.lines import LEAVES, Line, chain_of, end_of, holders
from portal.drafts.editing.marks import HEADED, partings
from portal.drafts.editing.suggest import likening, lowering, raising
from portal.drafts.findings import Finding
from portal.drafts.labels import chain_label, label, label_of
from portal.drafts.queries.editing import Step
from portal.drafts.structure import CONTAINERS, Kind, Outline, Provision
from portal.drafts.structure_forms import StructureForm
from portal.drafts.words import LANGUAGES as LANGUAGE_NAMES
from portal.web.locale import current_language

LONGEST_SHOWN = 1_500  # characters of a unit's text that the panel repeats
LONGEST_PART = 160  # and of a sentence to split at
STEPS = {
    "merge": _l("%(unit)s: merged with the one before"),
    "split": _l("%(unit)s: split"),
    "relevel": _l("%(unit)s: kind or place changed"),
    "rename": _l("%(unit)s: number or name changed"),
    "heading": _l("%(unit)s: name taken from the text or put back"),
    "note": _l("%(unit)s: made a note"),
    "unnote": _l("%(unit)s: note made a unit"),
    "annex": _l("%(unit)s: made an annex"),
}


@dataclass(frozen=True, slots=True)
class Quick:
    """A step that needs nothing typed: what its button says and the fields it sends."""

    words: str
    fields: tuple[tuple[str, str], ...]
    shortcut: str | None = None


@dataclass(frozen=True, slots=True)
class Twin:
    """The same unit in another language."""

    lang: str
    name: str
    label: str
    heading: str
    text: str


@dataclass(frozen=True)
class Panel:
    """The chosen unit with the steps that fit it; `before` names the unit a merge goes into, "" when none can be."""

    key: str
    label: str
    lang: str
    place: str
    heading: str
    text: str
    notes: tuple[str, ...]
    findings: tuple[Finding, ...]
    twins: tuple[Twin, ...]
    before: str
    before_ends: str
    can_split: bool
    can_relevel: bool
    quick: tuple[Quick, ...]


def make_panel(
    outline: Outline, lines: Sequence[Line], place: int, findings: Sequence[Finding], others: Mapping[str, Outline]
) -> Panel:
    """The panel of the unit at a place; `lines` are the outline's, `others` the other languages of the text."""
    unit, before = lines[place].unit, lines[place - 1].unit if place else None
    can_merge = before is not None and not (before.rows or unit.rows or before.notes)
    chain = [lines[each].unit for each in chain_of(lines, place)]
    twins = {language: find_twin(outline, other, unit.key) for language, other in others.items()}
    return Panel(
        key=unit.key,
        label=label_of(unit, outline.language),
        lang=outline.language,
        place=chain_label(chain, current_language()),
        heading=unit.heading,
        text=shortened(unit.text, LONGEST_SHOWN),
        notes=unit.notes,
        findings=tuple(each for each in findings if each.key == unit.key),
        twins=tuple(_twin(language, twin) for language, twin in twins.items() if twin is not None),
        before=label_of(before, outline.language) if before is not None and can_merge else "",
        before_ends=_ending(before) if before is not None and can_merge else "",
        can_split=len(unit.text.split()) > 1 and not unit.rows,
        can_relevel=not unit.rows and unit.kind is not Kind.annex,
        quick=(*_levels(lines, place), *_turns(lines, place), *_likenings(lines, place, twins)),
    )


def step_form(lines: Sequence[Line], place: int) -> StructureForm:
    """The form of the steps with what the unit has now."""
    unit, depth = lines[place].unit, lines[place].depth
    inside = next((lines[each].unit.key for each in chain_of(lines, place) if lines[each].depth == depth - 1), "")
    form = StructureForm(
        formdata=None,
        data={"kind": unit.kind.value, "inside": inside, "number": unit.number, "heading": unit.heading, "joint": _joint(lines, place)},
    )
    offer_choices(form, lines, place)
    return form


def offer_choices(form: StructureForm, lines: Sequence[Line], place: int) -> None:
    """What can be chosen for the unit at a place."""
    locale = current_language()
    unit, before = lines[place].unit, lines[place - 1].unit if place else None
    form.joint.choices = [("line", _("On the same line")), ("new-line", _("On a new line"))]
    if before is not None and not before.text and (before.heading or before.kind in HEADED):
        form.joint.choices.append(("heading", _("As the end of its name")))
    form.at.choices = [(str(at), shortened(words, LONGEST_PART)) for at, words in partings(unit.text)]
    kinds = [kind for kind in Kind if kind not in (Kind.table, Kind.annex)]
    named = [(kind.value, label(kind, "", locale).capitalize()) for kind in kinds]
    form.as_kind.choices = [("", _("As its first words say")), *named]
    form.kind.choices = named
    outer = [] if place == 0 else list(reversed(chain_of(lines, place - 1)))
    chains = {each: [lines[step].unit for step in chain_of(lines, each)] for each in outer}
    form.inside.choices = [
        *((lines[each].unit.key, chain_label(chains[each], locale)) for each in outer if lines[each].unit.kind not in LEAVES),
        ("", _("The text as a whole")),
    ]


def step_words(step: Step) -> str:
    """A step in the reader's language."""
    unit = label(step.kind, step.number, current_language())
    return str(STEPS[name_of(step.operation)]) % {"unit": unit[:1].upper() + unit[1:]}


def shortened(text: str, most: int) -> str:
    """The beginning of a text on one line."""
    words = " ".join(text.split())
    return words if len(words) <= most else words[:most].rsplit(" ", 1)[0] + "…"


def _levels(lines: Sequence[Line], place: int) -> list[Quick]:
    steps = ((raising(lines, place), _("Raise a level"), "raise"), (lowering(lines, place), _("Lower a level"), "lower"))
    return [Quick(f"{words}: {_kind_words(step)}", _fields(lines, step), key) for step, words, key in steps if step]


def _turns(lines: Sequence[Line], place: int) -> list[Quick]:
    unit = lines[place].unit
    is_bare = end_of(lines, place) == place + 1 and not unit.rows
    turns = [
        (unit.kind in HEADED and bool(unit.text) and not unit.heading, "heading", _("First line is its name")),
        (bool(unit.heading), "unheading", _("Name is the first line of its text")),
        (place > 0 and is_bare and unit.kind not in CONTAINERS, "note", _("Make it a note of the unit before")),
        (bool(unit.notes), "unnote", _("Make its last note a unit")),
        (unit.kind is not Kind.annex and not unit.rows and not unit.number, "annex", _("An annex begins here")),
    ]
    return [Quick(words, (("act", act),)) for fits, act, words in turns if fits]


def _likenings(lines: Sequence[Line], place: int, twins: Mapping[str, Provision | None]) -> list[Quick]:
    found = []
    for language, twin in twins.items():
        step = likening(lines, place, twin) if twin is not None and language != "en" else None
        if step is not None and twin is not None:
            name = label(twin.kind, twin.number, current_language())
            words = _("Make it as in the other text (%(language)s): %(unit)s", language=LANGUAGE_NAMES[language], unit=name)
            found.append(Quick(words, _fields(lines, step)))
    return found


def _fields(lines: Sequence[Line], step: Operation) -> tuple[tuple[str, str], ...]:
    if isinstance(step, Relevel):
        outer = next((each for each in holders(lines, step.place, step.kind) if lines[each].depth == step.depth - 1), None)
        inside = "" if outer is None else lines[outer].unit.key
        return (("act", "relevel"), ("kind", step.kind.value), ("inside", inside))
    if isinstance(step, Rename):
        return (("act", "rename"), ("number", step.number), ("heading", step.heading))
    return (("act", name_of(step)),)


def _kind_words(step: Relevel) -> str:
    return label(step.kind, "", current_language())


def _joint(lines: Sequence[Line], place: int) -> str:
    """Words go on where the line before did not end; a heading that stands alone takes them in."""
    if place == 0:
        return "line"
    before, unit = lines[place - 1].unit, lines[place].unit
    if before.heading and not before.text and not unit.number:
        return "heading"
    return "new-line" if before.text.rstrip().endswith((".", ";", ":")) and unit.number else "line"


def _ending(unit: Provision) -> str:
    words = " ".join((unit.text or unit.heading).split())
    return words if len(words) <= LONGEST_PART else "…" + words[-LONGEST_PART:].split(" ", 1)[-1]


def _twin(language: str, unit: Provision) -> Twin:
    return Twin(
        language, str(LANGUAGE_NAMES[language]), label_of(unit, language), unit.heading, shortened(unit.text, LONGEST_SHOWN)
    )
