"""How is it said where the adopted act is published, and how does its text get here for good?"""

from __future__ import annotations

from portal.accounts.actor import AnyActor
from portal.drafts.actions.versions import file_store
from portal.drafts.adopted_policy import (
    ensure_adopted_texts,
    ensure_describes_act,
    ensure_official_url,
    ensure_text_is_open,
)
from portal.drafts.compare import compare
from portal.drafts.digests import outline_digest
from portal.drafts.importers import read_outline
from portal.drafts.models import LANGUAGES, AdoptedAct, AdoptedText, Draft, Version
from portal.drafts.queries.adopted import (
    find_adopted_act,
    find_adopted_text,
    get_adopted_outline,
    list_adopted_texts,
)
from portal.drafts.queries.versions import keys_before, list_outlines, list_versions
from portal.drafts.structure import Outline, carry_keys, outline_to_json
from portal.kernel.clock import now
from portal.kernel.db import db
from portal.kernel.errors import Invalid
from portal.kernel.text import clean_line
from portal.ledger.kinds import Kind
from portal.ledger.record import record


def link_adopted_act(actor: AnyActor, *, draft: Draft, url: str) -> AdoptedAct:
    """Say at which address the act is officially published; it may be corrected."""
    ensure_describes_act(actor, draft)
    ensure_official_url(url)
    act = _act(draft)
    act.url = url
    db.session.flush()
    record(Kind.ADOPTED_ACT_LINKED, f"draft:{draft.id}", {"draft": draft.id}, secrets={"url": url})
    return act


def upload_adopted_text(actor: AnyActor, *, draft: Draft, language: str, data: bytes, name: str) -> Outline:
    """Read a file into the adopted text in a language, in place of an earlier upload; until it is published.

    Raises Unreadable for a file that cannot be read.
    """
    ensure_describes_act(actor, draft)
    act = _act(draft)
    ensure_text_is_open(act)
    if language not in LANGUAGES:
        raise Invalid("Choose the language of the text.", field="language")
    outline = read_outline(data, name, language)
    text = find_adopted_text(draft.id, language)
    if text is None:
        text = AdoptedText(draft_id=draft.id, language=language)
        db.session.add(text)
    text.outline = document = outline_to_json(outline)
    text.digest, text.uploaded_at = outline_digest(document), now()
    text.source_name = clean_line(name.replace("\\", "/").rpartition("/")[2])[-255:]
    text.source_file = file_store().put(data)
    db.session.flush()
    facts = {"draft": draft.id, "language": language, "text": text.digest, "file": text.source_file}
    record(Kind.ADOPTED_TEXT_UPLOADED, f"draft:{draft.id}", facts)
    return outline


def publish_adopted_text(actor: AnyActor, *, draft: Draft) -> AdoptedAct:
    """Make the adopted text immutable and public, with the keys of the last version, and count what changed on the way."""
    ensure_describes_act(actor, draft)
    act = _act(draft)
    ensure_text_is_open(act)
    last, texts = list_versions(draft.id)[0], list_adopted_texts(draft.id)
    ensure_adopted_texts(last.texts, texts)
    version, before = db.session.get_one(Version, last.id), list_outlines(last.id)
    adopted = [get_adopted_outline(draft.id, language, ref.digest) for language, ref in texts.items()]
    carried = carry_keys(before, adopted, keys_before(version))
    digests = {outline.language: _rewrite(draft, outline) for outline in carried}
    old = {outline.language: outline for outline in before}
    act.counts = {
        outline.language: {change.value: count for change, count in compare(old[outline.language], outline).counts.items()}
        for outline in carried
        if outline.language in old
    }
    act.version_id, act.published_at = last.id, now()
    db.session.flush()
    facts = {"draft": draft.id, "version": last.id, **{f"text_{language}": digest for language, digest in digests.items()}}
    record(Kind.ADOPTED_TEXT_PUBLISHED, f"draft:{draft.id}", facts)
    return act


def _act(draft: Draft) -> AdoptedAct:
    act = find_adopted_act(draft.id)
    if act is None:
        act = AdoptedAct(draft_id=draft.id, url="", counts={})
        db.session.add(act)
        db.session.flush()
    return act


def _rewrite(draft: Draft, outline: Outline) -> str:
    """The text with the keys it was given; its new digest."""
    text = find_adopted_text(draft.id, outline.language)
    assert text is not None
    text.outline = document = outline_to_json(outline)
    text.digest = digest = outline_digest(document)
    return digest
