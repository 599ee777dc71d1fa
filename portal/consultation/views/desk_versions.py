"""The desk's page of versions: begin one, fill it, say what it changes, see the comparison, publish."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import flash, g, redirect, request, url_for
from flask_babel import gettext as _

from portal.consultation.actions.versions import publish_changed_version
from portal.consultation.changes import Changes, changes_of, items_of
from portal.consultation.phases import Phase
from portal.consultation.queries.drafts import get_file
from portal.consultation.version_forms import PlainVersionForm, PublishVersionForm, VersionNoteForm
from portal.consultation.views.blueprint import blueprint
from portal.consultation.views.change_rows import ChapterRows, chapter_rows, summary_words
from portal.consultation.views.versions import CHANGED, comparison_address, note_in
from portal.consultation.words import OWN_NAMES
from portal.drafts.actions.next_version import carry_text, describe_version, discard_version, start_version
from portal.drafts.compare import Comparison, Segment, compare, say_the_same
from portal.drafts.desk_head import DeskHead, desk_head
from portal.drafts.models import LANGUAGES, Version
from portal.drafts.policy import AUTHENTIC, ensure_edits
from portal.drafts.queries.desk import DeskFile, get_desk_file, list_sources
from portal.drafts.queries.editing import sort_differences
from portal.drafts.queries.versions import get_previous, list_outlines, list_versions
from portal.drafts.structure import Outline, carry_keys
from portal.drafts.version_policy import LONGEST_NOTE, ensure_prepared
from portal.kernel.errors import NotFound
from portal.web.access import access
from portal.web.formats import format_day
from portal.web.forms import PortalForm, attempt
from portal.web.locale import current_language
from portal.web.pages import PageNumbers, here, page_numbers, show

_UNDER_DISCUSSION = frozenset({Phase.announced, Phase.open})


@dataclass(frozen=True, slots=True)
class TextState:
    """One language of the version being prepared; `carry_url` while it may be carried over from the version before."""

    language: str
    name: str
    source: str
    is_there: bool
    is_same: bool
    is_needed: bool
    summary: tuple[str, ...]
    compare_url: str | None
    carry_url: str | None


@dataclass(frozen=True)
class PreparedView:
    """The version being prepared; `why_not` says why it cannot be published now, "" when it can.

    `is_same` where every text says what the version before says; `differences` counts what has to be settled between
    the languages.
    """

    number: int
    texts: tuple[TextState, ...]
    may_leave_out: bool
    text_url: str
    note_url: str
    publish_url: str
    longest: int
    why_not: str
    is_same: bool
    differences: int
    differences_url: str
    discard_url: str


@dataclass(frozen=True, slots=True)
class PublishedLine:
    """A published version in the desk's list."""

    number: int
    published_at: datetime
    note: tuple[tuple[str, str], ...]
    compare_url: str | None


@dataclass(frozen=True)
class DeskVersionsPage:
    """The versions of a draft on the desk; `start_url` where a new one may be begun."""

    head: DeskHead
    rule: str
    start_url: str | None
    next_number: int
    prepared: PreparedView | None
    published: tuple[PublishedLine, ...]
    note: VersionNoteForm | None
    publish: PublishVersionForm | None


@dataclass(frozen=True)
class DiscardPage:
    """The question before version `number` is thrown away."""

    head: DeskHead
    number: int
    back_url: str


@dataclass(frozen=True)
class DeskComparisonPage:
    """The version being prepared set against the one before, before anybody else sees it."""

    head: DeskHead
    older: int
    newer: int
    lang: str
    languages: tuple[tuple[str, str, bool, None], ...]
    summary: tuple[str, ...]
    is_same: bool
    title_change: tuple[Segment, ...]
    chapters: tuple[ChapterRows, ...]
    numbers: PageNumbers
    back_url: str


@blueprint.get("/desk/drafts/<int:draft_id>/versions")
@access("draft.read_unpublished")
def desk_versions(draft_id: int) -> Any:
    """The versions of a draft, with the next one while it is prepared."""
    return _show(get_desk_file(g.actor, draft_id))


@blueprint.post("/desk/drafts/<int:draft_id>/versions")
@access("draft.edit")
def send_start_version(draft_id: int) -> Any:
    """Begin the next version."""
    file, form = get_desk_file(g.actor, draft_id), PlainVersionForm()
    with attempt(form) as tried:
        start_version(g.actor, draft=file.draft)
    if not tried.done:
        return _show(file, form)
    return _done(draft_id, _("A new version is begun. Upload its texts and say what changed."))


@blueprint.post("/desk/drafts/<int:draft_id>/versions/note")
@access("draft.edit")
def send_version_note(draft_id: int) -> Any:
    """Keep what the version changes and why."""
    file, form = get_desk_file(g.actor, draft_id), VersionNoteForm()
    with attempt(form) as tried:
        describe_version(g.actor, draft=file.draft, note=form.note())
    if not tried.done:
        return _show(file, form)
    return _done(draft_id, _("The note is kept."))


@blueprint.post("/desk/drafts/<int:draft_id>/versions/carry/<language>")
@access("draft.edit")
def send_carry_text(draft_id: int, language: str) -> Any:
    """Carry one language over unchanged."""
    file, form = get_desk_file(g.actor, draft_id), PlainVersionForm()
    with attempt(form) as tried:
        carry_text(g.actor, draft=file.draft, language=language)
    if not tried.done:
        return _show(file, form)
    return _done(draft_id, _("The text is carried over unchanged."))


@blueprint.post("/desk/drafts/<int:draft_id>/versions/publish")
@access("draft.publish")
def send_publish_version(draft_id: int) -> Any:
    """Publish the version for good."""
    get_desk_file(g.actor, draft_id)
    form = PublishVersionForm()
    left_out = ("en",) if form.leaves_out.data else ()
    with attempt(form) as tried:
        version = publish_changed_version(g.actor, file=get_file(draft_id), left_out=left_out)
        flash(_("Version %(number)s is published.", number=version.number), "success")
    if not tried.done:
        return _show(get_desk_file(g.actor, draft_id), form)
    return redirect(url_for("consultation.versions", draft_id=draft_id))


@blueprint.get("/desk/drafts/<int:draft_id>/versions/discard")
@access("draft.edit")
def discard_version_form(draft_id: int) -> Any:
    """Throw the version being prepared away? Where there is none any more, the versions say how things stand."""
    file = get_desk_file(g.actor, draft_id)
    if file.version.number == 1 or file.version.published_at is not None:
        return redirect(url_for("consultation.desk_versions", draft_id=draft_id))
    return _ask_to_discard(file)


@blueprint.post("/desk/drafts/<int:draft_id>/versions/discard")
@access("draft.edit")
def send_discard_version(draft_id: int) -> Any:
    """Throw it away."""
    file, form = get_desk_file(g.actor, draft_id), PlainVersionForm()
    number = file.version.number
    with attempt(form) as tried:
        discard_version(g.actor, draft=file.draft)
    if not tried.done:
        return _ask_to_discard(file, form)
    return _done(draft_id, _("Version %(number)s is discarded.", number=number))


@blueprint.get("/desk/drafts/<int:draft_id>/versions/compare")
@access("draft.read_unpublished")
def desk_comparison(draft_id: int) -> Any:
    """What the version being prepared changes: `?text=` chooses the language."""
    file = get_desk_file(g.actor, draft_id)
    if file.version.number == 1 or file.version.published_at is not None:
        return redirect(url_for("consultation.desk_versions", draft_id=draft_id))
    pairs = _pairs(file.version)
    lang = next((code for code in (request.args.get("text"), current_language(), *LANGUAGES) if code in pairs), None)
    if lang is None:
        raise NotFound("There is no text in this language.")
    changes = _changes(*pairs[lang])
    items = items_of(changes.comparison, with_same=False) if not changes.comparison.is_same else []
    numbers = page_numbers(len(items), CHANGED)
    page = DeskComparisonPage(
        head=desk_head(file, "consultation.desk_versions"),
        older=file.version.number - 1,
        newer=file.version.number,
        lang=lang,
        languages=tuple((OWN_NAMES[code], here(text=code, page=None), code == lang, None) for code in pairs),
        summary=summary_words(changes.comparison),
        is_same=changes.comparison.is_same,
        title_change=changes.comparison.title,
        chapters=chapter_rows(
            changes, items[(numbers.number - 1) * CHANGED : numbers.number * CHANGED],
            link=lambda key: f"#{key}", show_all=lambda key: url_for("drafts.preview", draft_id=draft_id, text=lang),
            comments=lambda key: ("", None),
        ),
        numbers=numbers,
        back_url=url_for("consultation.desk_versions", draft_id=draft_id),
    )  # fmt: skip
    return show("consultation/desk_comparison.html", page)


def _done(draft_id: int, sentence: str) -> Any:
    flash(sentence, "success")
    return redirect(url_for("consultation.desk_versions", draft_id=draft_id))


def _ask_to_discard(file: DeskFile, form: PortalForm | None = None) -> Any:
    ensure_edits(g.actor, file.draft.body_id)
    ensure_prepared(file.version)
    back_url = url_for("consultation.desk_versions", draft_id=file.draft.id)
    page = DiscardPage(desk_head(file, "consultation.desk_versions"), file.version.number, back_url)
    return show("consultation/discard_version.html", page, form)


def _pairs(version: Version) -> dict[str, tuple[Outline, Outline]]:
    """Language → the text of the version before and the one being prepared, as it would be published."""
    previous = list_outlines(get_previous(version).id)
    prepared = [source.outline for source in list_sources(version.id).values()]
    carried = {outline.language: outline for outline in carry_keys(previous, prepared)}
    before = {outline.language: outline for outline in previous}
    return {code: (before[code], carried[code]) for code in LANGUAGES if code in before and code in carried}


def _changes(old: Outline, new: Outline) -> Changes:
    return changes_of(old, new, compare(old, new), current_language())


def _show(file: DeskFile, form: PortalForm | None = None) -> Any:
    draft_id, lines = file.draft.id, list_versions(file.draft.id)
    is_prepared = file.version.number > 1 and file.version.published_at is None
    may_edit = g.actor.may("draft.edit") and g.actor.acts_for(file.draft.body_id)
    note = form if isinstance(form, VersionNoteForm) else VersionNoteForm(**_filled(file.version)) if is_prepared else None
    publish = form if isinstance(form, PublishVersionForm) else PublishVersionForm() if is_prepared else None
    page = DeskVersionsPage(
        head=desk_head(file, "consultation.desk_versions"),
        rule=_rule(file),
        start_url=url_for("consultation.send_start_version", draft_id=draft_id)
        if may_edit and file.draft.is_public and not is_prepared and not _has_ended(file) else None,
        next_number=file.version.number + 1,
        prepared=_prepared(file) if is_prepared else None,
        published=tuple(
            PublishedLine(
                line.number, line.published_at, note_in(line.note, current_language()),
                comparison_address(draft_id, line.number - 1, line.number, "") if line.number > 1 else None,
            )
            for line in lines
        ),
        note=note if may_edit else None,
        publish=publish if may_edit else None,
    )  # fmt: skip
    return show("consultation/desk_versions.html", page, form)


def _filled(version: Version) -> Mapping[str, Any]:
    return {"data": {f"note_{language}": text for language, text in (version.note or {}).items()}}


def _has_ended(file: DeskFile) -> bool:
    return file.draft.withdrawn_at is not None or file.draft.adopted_on is not None


def _rule(file: DeskFile) -> str:
    if not file.draft.is_public:
        return _("The first version is published when the discussion is announced. Until then its texts can be replaced.")
    if _has_ended(file):
        return _("Nothing more happens to this draft: its versions stay as they are.")
    if get_file(file.draft.id).phase not in _UNDER_DISCUSSION:
        return _("The discussion is over: a new version can be prepared and published. Comments stay with the words they were given on.")
    return _(
        "While the draft is under discussion its text stays as it is. A new version can be prepared at any time and is "
        "published after the discussion has closed; comments stay with the words they were given on."
    )


def _prepared(file: DeskFile) -> PreparedView:
    draft_id, public = file.draft.id, get_file(file.draft.id)
    pairs, sources = _pairs(file.version), list_sources(file.version.id)
    compared = {code: compare(*pair) for code, pair in pairs.items()}
    before = {outline.language for outline in list_outlines(get_previous(file.version).id)}
    found = sort_differences(file.version.id, {code: source.outline for code, source in sources.items()})
    texts = tuple(
        _text_state(draft_id, code, sources[code].name if code in sources else "", code in sources, code in before, compared.get(code))
        for code in LANGUAGES
    )
    is_early = public.phase in _UNDER_DISCUSSION
    return PreparedView(
        number=file.version.number,
        texts=texts,
        may_leave_out="en" in before and "en" not in sources,
        text_url=url_for("drafts.text", draft_id=draft_id),
        note_url=url_for("consultation.send_version_note", draft_id=draft_id),
        publish_url=url_for("consultation.send_publish_version", draft_id=draft_id),
        longest=LONGEST_NOTE,
        why_not=_("It can be published after %(date)s.", date=format_day(public.consultation.closes_on)) if is_early else "",
        is_same=before == sources.keys() and all(say_the_same([old], [new]) for old, new in pairs.values()),
        differences=len(found.open),
        differences_url=url_for("drafts.differences", draft_id=draft_id),
        discard_url=url_for("consultation.discard_version_form", draft_id=draft_id),
    )


def _text_state(
    draft_id: int, code: str, source: str, is_there: bool, was_there: bool, comparison: Comparison | None
) -> TextState:
    return TextState(
        language=code,
        name=OWN_NAMES[code],
        source=source,
        is_there=is_there,
        is_same=comparison is not None and comparison.is_same,
        is_needed=code in AUTHENTIC or was_there,
        summary=summary_words(comparison) if comparison is not None else (),
        compare_url=url_for("consultation.desk_comparison", draft_id=draft_id, text=code) if comparison is not None else None,
        carry_url=url_for("consultation.send_carry_text", draft_id=draft_id, language=code)
        if was_there and not is_there and g.actor.may("draft.edit") else None,
    )  # fmt: skip
