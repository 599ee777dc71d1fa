"""What goes with the text of a draft: passport, explanatory note, attached files, and what is missing?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import url_for
from flask_babel import gettext as _

from portal.consultation.queries.reading import Dossier, Part, TextRef
from portal.consultation.views.addresses import table_address
from portal.consultation.words import PARTS, PASSPORT, language_in_sentence
from portal.drafts.models import LANGUAGES, PASSPORT_ROWS, AttachmentKind, GateOverride
from portal.drafts.package import Part as PackagePart
from portal.drafts.package import missing_required, parts_of
from portal.drafts.queries.comparative import list_built
from portal.drafts.words import PartNames
from portal.web.formats import format_number


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the passport, as `components/summary_list.html` shows it."""

    key: str
    value: str | None
    lang: str | None


@dataclass(frozen=True, slots=True)
class PartLine:
    """A part of the package, as `components/checklist.html` shows it."""

    name: str
    state: str
    note: str
    url: str | None


@dataclass(frozen=True, slots=True)
class Writing:
    """A part of the package that was typed in and is read in place."""

    id: str
    name: str
    lang: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Override:
    """Required parts an administrator allowed to be missing, and why; `lang` only where it is not the reader's."""

    parts: str
    on: datetime
    reason: str
    lang: str | None


@dataclass(frozen=True)
class Package:
    """All that goes with the text. `lang`s are set only where they are not the reader's language."""

    summary: str
    summary_lang: str | None
    passport: tuple[Row, ...]
    parts: tuple[PartLine, ...]
    missing: int
    writings: tuple[Writing, ...]
    overrides: tuple[Override, ...]


def show_package(
    dossier: Dossier, texts: Sequence[TextRef], attached: Sequence[Part], overrides: Sequence[GateOverride], language: str
) -> Package:
    """The package in the reader's language, or in the first there is. `texts` are those of the version shown."""
    summary, summary_lang = _summary(dossier, language)
    built = next(iter(list_built({text.version_id for text in texts}).values()), ())
    parts = parts_of(
        {text.language for text in texts}, dossier.draft.passport, [(part.kind, part.language) for part in attached],
        dossier.act_type.required_parts, built,
    )  # fmt: skip
    writings = _writings(attached, language)
    lines = [
        line
        for part in parts
        for line in (*_built_line(dossier, part, texts, built), *_lines(dossier, part, texts, attached, writings, language))
        if part.code not in built or line.url
    ]
    lines += [_file_line(dossier.draft.id, part) for part in attached if part.kind is AttachmentKind.other and part.file]
    return Package(
        summary=summary,
        summary_lang=summary_lang,
        passport=_passport(dossier, language),
        parts=tuple(lines),
        missing=sum(line.state == "missing" for line in lines),
        writings=tuple(writings.values()),
        overrides=_overrides(overrides, [part.code for part in missing_required(parts)], language),
    )


def first_language(available: Mapping[str, object] | Sequence[str], language: str) -> str | None:
    """The reader's language if it is there, else the first authentic one."""
    return next((code for code in (language, *LANGUAGES) if code in available and _has(available, code)), None)


def _overrides(overrides: Sequence[GateOverride], missing: Sequence[str], language: str) -> tuple[Override, ...]:
    """What was allowed of what is missing still."""
    found = []
    for each in overrides:
        parts = PartNames([code for code in each.parts if code in missing])
        reasons = {"kk": each.reason_kk, "ru": each.reason_ru}
        chosen = first_language(reasons, language) or "ru"
        if str(parts):
            found.append(Override(str(parts), each.allowed_at, reasons[chosen], chosen if chosen != language else None))
    return tuple(found)


def _has(available: Mapping[str, object] | Sequence[str], code: str) -> bool:
    return bool(available[code]) if isinstance(available, Mapping) else True


def _summary(dossier: Dossier, language: str) -> tuple[str, str | None]:
    summaries = {code: dossier.draft.summary(code) for code in LANGUAGES}
    found = first_language(summaries, language)
    return (summaries[found], found if found != language else None) if found else ("", None)


def _passport(dossier: Dossier, language: str) -> tuple[Row, ...]:
    """The six rows: name and developer are the draft's own."""
    found = first_language(dossier.draft.passport or {}, language)
    rows = (dossier.draft.passport or {}).get(found or "", {})
    lang = found if found != language else None
    title = dossier.draft.title(found or language)
    return (
        Row(_("Title of the draft"), title, lang),
        Row(_("Developing body"), dossier.body.name(language), None),
        *(Row(str(PASSPORT[name]), rows.get(name) or None, lang) for name in PASSPORT_ROWS),
    )


def _writings(attached: Sequence[Part], language: str) -> dict[str, Writing]:
    """Typed parts by kind, each in the reader's language or the first there is."""
    found: dict[str, Writing] = {}
    for kind in AttachmentKind:
        typed = {part.language or language: part for part in attached if part.kind is kind and part.text}
        chosen = first_language(typed, language)
        if chosen:
            paragraphs = tuple(line for line in typed[chosen].text.splitlines() if line.strip())
            found[kind.value] = Writing(f"part-{kind.value}", str(PARTS[kind.value]), chosen, paragraphs)
    return found


def _lines(
    dossier: Dossier, part: PackagePart, texts: Sequence[TextRef], attached: Sequence[Part],
    writings: Mapping[str, Writing], language: str,
) -> list[PartLine]:  # fmt: skip
    name, note = str(PARTS[part.code]), _note(part)
    files = [file for file in attached if file.kind.value == part.code and file.file]
    is_recorded = any(each.kind.value == part.code and not each.file and not each.text for each in attached)
    if is_recorded:  # an opinion given in words alone: they stand with the opinions asked for
        return [PartLine(name, part.state, note, "#opinions"), *(_file_line(dossier.draft.id, file) for file in files)]
    if part.code.startswith("text-") or part.state != "done" or part.code in writings or not files:
        url = _part_url(dossier, part, texts, writings)
        return [PartLine(name, part.state, note, url), *(_file_line(dossier.draft.id, file) for file in files)]
    return [_file_line(dossier.draft.id, file) for file in files]


def _built_line(dossier: Dossier, part: PackagePart, texts: Sequence[TextRef], built: Sequence[str]) -> list[PartLine]:
    """The line of a part that was made in the portal, with its page."""
    if part.code not in built:
        return []
    address = table_address(dossier.draft.id, texts[0].number if texts[0].version_id != dossier.file.consultation.version_id else None)
    return [PartLine(str(PARTS[part.code]), "done", "", address)]


def _part_url(
    dossier: Dossier, part: PackagePart, texts: Sequence[TextRef], writings: Mapping[str, Writing]
) -> str | None:
    if part.code in writings:
        return f"#{writings[part.code].id}"
    if part.code == "passport":
        return "#passport"
    text = next((text for text in texts if part.code == f"text-{text.language}"), None)
    if text is None:
        return None
    return url_for("consultation.version", draft_id=dossier.draft.id, number=text.number, language=text.language)


def _note(part: PackagePart) -> str:
    if part.lacks and part.state == "missing":
        return _("not in: %(languages)s", languages=", ".join(map(language_in_sentence, part.lacks)))
    if part.code == "text-en" and part.state == "done":
        return _("unofficial translation")
    if part.code == "comparative-table" and part.state == "optional":
        return _("needed when an act is amended")
    if part.code == "calculation" and part.state == "optional":
        return _("needed when the costs of business change")
    return ""


def _file_line(draft_id: int, part: Part) -> PartLine:
    size = _("%(size)s KB", size=format_number(max(1, round(part.size / 1024))))
    words = [str(PARTS[part.kind.value])]
    if part.language:
        words.append(language_in_sentence(part.language))
    url = url_for("consultation.attachment", draft_id=draft_id, attachment_id=part.id)
    return PartLine(": ".join([" – ".join(words), part.name]), "done", size, url)
