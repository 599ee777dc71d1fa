"""What did a draft become: the adopted text against the draft's, and what became of accepted comments?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from portal.consultation.changes import Changes
from portal.consultation.queries.adopted import (
    PAGE,
    AcceptedComment,
    count_accepted,
    get_adopted_changes,
    list_accepted,
)
from portal.consultation.queries.reading import Dossier, get_dossier
from portal.consultation.views.addresses import absolute
from portal.consultation.views.blueprint import blueprint
from portal.consultation.views.change_rows import CHANGE_TAGS, change_words
from portal.consultation.views.comments import DraftLink, draft_link
from portal.consultation.views.exports import published_act
from portal.consultation.views.reading import send_stored
from portal.consultation.views.two_texts import About, chosen_language, show_two_texts
from portal.consultation.words import DECISIONS, OWN_NAMES
from portal.drafts.cells import unit_of
from portal.drafts.compare import Change
from portal.drafts.queries.adopted import AdoptedRef
from portal.drafts.queries.versions import VersionLine, list_versions
from portal.kernel.errors import NotFound
from portal.web.access import public
from portal.web.formats import format_day, format_number
from portal.web.locale import current_language
from portal.web.pages import PageNumbers, page_numbers, show


@dataclass(frozen=True, slots=True)
class Outcome:
    """An accepted comment with what the adopted text says where it spoke; `state` is empty where it named no provision."""

    url: str
    place: str
    decision: str
    excerpt: str
    lang: str
    author: str
    state: str
    tag: str
    compare_url: str | None


@dataclass(frozen=True)
class OutcomesPage:
    """Accepted comments of a draft, a page of them."""

    draft: DraftLink
    total: str
    outcomes: tuple[Outcome, ...]
    numbers: PageNumbers
    compare_url: str


@blueprint.get("/drafts/<int:draft_id>/adopted")
@public
def adopted(draft_id: int) -> Any:
    """The last version, or `?version=`, against the adopted text."""
    dossier = get_dossier(draft_id)
    texts, act = published_act(dossier), dossier.adopted
    line = _line(dossier, request.args.get("version", type=int))
    both = [code for code in texts if code in line.texts]
    lang = chosen_language(both)
    changes = get_adopted_changes(draft_id, line, texts[lang], current_language()) if lang else None
    adopted_on = dossier.draft.adopted_on
    assert adopted_on is not None and act is not None
    links = [(_("What became of accepted comments"), url_for("consultation.adopted_comments", draft_id=draft_id))]
    if act.url:
        links.insert(0, (_("Official publication"), act.url))
    about = About(
        draft=draft_link(dossier),
        title=_("The draft and the adopted text"),
        names=(_("Version %(number)s", number=line.number), _("Adopted text")),
        meta=((f"{format_day(adopted_on)} · {dossier.draft.adopted_reference}", None),),
        links=(*_readings(draft_id, texts), *links, *_files(draft_id, texts)),
        crumb=None,
        permanent=absolute(url_for("consultation.adopted", draft_id=draft_id, version=line.number, language=lang)),
    )
    return show_two_texts(about, both, lang, changes)


@blueprint.get("/drafts/<int:draft_id>/adopted/comments")
@public
def adopted_comments(draft_id: int) -> Any:
    """For each accepted comment: did its provision change between the version people spoke of and the act?"""
    dossier = get_dossier(draft_id)
    texts, line = published_act(dossier), _discussed(dossier)
    numbers = page_numbers(count_accepted(draft_id), PAGE)
    rows = list_accepted(draft_id, offset=(numbers.number - 1) * PAGE)
    lang = chosen_language([code for code in texts if code in line.texts])
    page = OutcomesPage(
        draft=draft_link(dossier),
        total=ngettext("%(count)s accepted comment", "%(count)s accepted comments", numbers.total,
                       count=format_number(numbers.total)),
        outcomes=tuple(_outcome(draft_id, row, line, texts.get(lang or "")) for row in rows),
        numbers=numbers,
        compare_url=url_for("consultation.adopted", draft_id=draft_id),
    )  # fmt: skip
    return show("consultation/adopted_comments.html", page)


@blueprint.get("/drafts/<int:draft_id>/adopted/<language>/file")
@public
def adopted_file(draft_id: int, language: str) -> Any:
    """The file the adopted text was read from."""
    text = published_act(get_dossier(draft_id)).get(language)
    if text is None or not text.source_file:
        raise NotFound("There is no such file.")
    return send_stored(text.source_file, text.source_name or f"{draft_id}-{language}", "")


def _line(dossier: Dossier, number: int | None) -> VersionLine:
    lines = list_versions(dossier.draft.id)
    for line in lines:
        if number is None or line.number == number:
            return line
    raise NotFound("There is no such version.")


def _discussed(dossier: Dossier) -> VersionLine:
    for line in list_versions(dossier.draft.id):
        if line.id == dossier.file.consultation.version_id:
            return line
    raise NotFound("There is no such version.")


def _readings(draft_id: int, texts: dict[str, AdoptedRef]) -> list[tuple[str, str]]:
    return [
        (_("Read the adopted text: %(language)s", language=OWN_NAMES[code]),
         url_for("consultation.adopted_text", draft_id=draft_id, language=code))
        for code in texts
    ]  # fmt: skip


def _files(draft_id: int, texts: dict[str, AdoptedRef]) -> list[tuple[str, str]]:
    return [
        (_("Adopted text, file: %(language)s", language=OWN_NAMES[code]),
         url_for("consultation.adopted_file", draft_id=draft_id, language=code))
        for code, text in texts.items()
        if text.source_file
    ]  # fmt: skip


def _outcome(draft_id: int, row: AcceptedComment, line: VersionLine, text: AdoptedRef | None) -> Outcome:
    key = unit_of(row.changed or row.place)
    changes = get_adopted_changes(draft_id, line, text, current_language()) if text is not None and key else None
    unit = changes.comparison.became(key) if changes is not None else None
    state = "" if unit is None else _("Provision removed") if unit.change is Change.removed else change_words(unit.change)
    language = text.language if text is not None else None
    url = url_for("consultation.adopted", draft_id=draft_id, version=line.number, language=language, unit=key)
    return Outcome(
        url=url_for("consultation.comment", comment_id=row.id),
        place=_place(changes, key),
        decision=str(DECISIONS[row.decision]),
        excerpt=row.excerpt,
        lang=row.language,
        author=row.author,
        state=state,
        tag=CHANGE_TAGS[unit.change] if unit is not None else "plain",
        compare_url=url if unit is not None else None,
    )


def _place(changes: Changes | None, key: str) -> str:
    """What the provision was called in the version people spoke of."""
    if changes is None:
        return _("The draft as a whole")
    name = changes.old_names.get(key, "")
    return f"{name[:1].upper()}{name[1:]}" if name else changes.name(key)
