"""Which text does a reader see, in which language, and where in it are they?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from portal.consultation.anchors import Block, Layout
from portal.consultation.queries.comments import KeyCount
from portal.consultation.queries.reading import Dossier, TextRef, get_layout
from portal.consultation.views.package import first_language
from portal.consultation.words import OWN_NAMES, language_in_sentence
from portal.kernel.errors import NotFound
from portal.web.formats import format_number


@dataclass(frozen=True, slots=True)
class ContentsLine:
    """A line of the contents, as `components/contents.html` shows it."""

    label: str
    url: str
    count: int
    is_current: bool
    lang: str | None


@dataclass(frozen=True)
class TextView:
    """A text with what is counted beside it.

    `links` are (name, language, address, is it the present one) of the languages of this version; `notes` say what a
    reader has to know about the text; `counts` are words by provision key, `comment_url` and `thread_url` what a key is
    added to; `name` and `current_url` speak of an older version.
    """

    lang: str
    is_foreign: bool
    blocks: tuple[Block, ...]
    links: tuple[tuple[str, str, str, bool], ...]
    notes: tuple[str, ...]
    counts: Mapping[str, str]
    comment_url: str | None
    thread_url: str
    file_url: str | None
    current_url: str | None
    chosen: str
    chosen_block: str


def choose_text(texts: Sequence[TextRef], version_id: int, language: str) -> TextRef:
    """The text of a version in the reader's language, or the first authentic one; raises NotFound."""
    found = {text.language: text for text in texts if text.version_id == version_id}
    chosen = first_language(found, language)
    if chosen is None:
        raise NotFound("There is no text in this language.")
    return found[chosen]


def show_text(
    dossier: Dossier, texts: Sequence[TextRef], text: TextRef, counts: Mapping[str, KeyCount], *,
    language: str, chosen: str, takes_comments: bool,
) -> TextView:  # fmt: skip
    """The text with its counts and links. `chosen` is the key of a provision, or ""."""
    layout = get_layout(text)
    draft_id, is_current = dossier.draft.id, text.version_id == dossier.file.consultation.version_id
    block = layout.block_of(chosen) if chosen else None
    return TextView(
        lang=text.language,
        is_foreign=text.language != language,
        blocks=layout.blocks,
        links=tuple(_language_link(draft_id, other, text, chosen) for other in texts if other.number == text.number),
        notes=_notes(text, layout, chosen, language, {other.language for other in texts if other.number == text.number}),
        counts=_count_words(counts) if is_current else {},
        comment_url=url_for("consultation.new_comment", draft_id=draft_id) if takes_comments and is_current else None,
        thread_url=_thread_url(draft_id, text) + "?provision=",
        file_url=_file_url(draft_id, text),
        current_url=None if is_current else url_for("consultation.draft", draft_id=draft_id),
        chosen=chosen,
        chosen_block=block.key if block else "",
    )


def show_contents(
    layout: Layout, counts: Mapping[str, KeyCount], *, language: str, chosen: str
) -> tuple[ContentsLine, ...]:
    """What is about the draft as a whole, then the chapters, each with the comments under it."""
    heat = layout.heat({key: count.comments for key, count in counts.items()})
    current = layout.entry_of(chosen)
    lang = layout.language if layout.language != language else None
    whole = counts[""].comments if "" in counts else 0
    first = ContentsLine(_("Passport and package"), "#about", whole, False, None)
    chapters = (ContentsLine(e.label, f"#{e.key}", heat[e.key], e.key == current, lang) for e in layout.entries)
    return (first, *chapters)


def file_suffix(name: str) -> str:
    """"DOCX" of "text.docx"."""
    return name.rpartition(".")[2].upper()[:5] if "." in name else ""


def _thread_url(draft_id: int, text: TextRef) -> str:
    """The present page without its query: a stable address of a text stays one."""
    if request.endpoint == "consultation.version":
        return url_for("consultation.version", draft_id=draft_id, number=text.number, language=text.language)
    return url_for("consultation.draft", draft_id=draft_id)


def _language_link(draft_id: int, other: TextRef, text: TextRef, chosen: str) -> tuple[str, str, str, bool]:
    url = url_for(
        "consultation.version", draft_id=draft_id, number=other.number, language=other.language,
        provision=chosen or None, _anchor=chosen or None,
    )  # fmt: skip
    return OWN_NAMES[other.language], other.language, url, other.language == text.language


def _notes(text: TextRef, layout: Layout, chosen: str, language: str, languages: set[str]) -> tuple[str, ...]:
    notes = []
    if language not in languages:
        notes.append(
            _("There is no text in this language: %(wanted)s. It is shown in: %(shown)s.",
              wanted=language_in_sentence(language), shown=language_in_sentence(text.language))
        )  # fmt: skip
    if text.language == "en" and len(languages) > 1:
        notes.append(_("Unofficial translation. The texts in Kazakh and Russian are authentic."))
    if chosen and chosen not in layout.chains:
        notes.append(_("This text has no such provision. It may be in the text in another language."))
    return tuple(notes)


def _file_url(draft_id: int, text: TextRef) -> str | None:
    if not text.source_file:
        return None
    return url_for("consultation.text_file", draft_id=draft_id, number=text.number, language=text.language)


def _count_words(counts: Mapping[str, KeyCount]) -> dict[str, str]:
    words = {
        number: ngettext("%(count)s comment", "%(count)s comments", number, count=format_number(number))
        for number in {count.comments for count in counts.values()}
    }
    return {key: words[count.comments] for key, count in counts.items() if key and count.comments}
