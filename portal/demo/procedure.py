"""What happened to a draft of the demonstration beside its discussion: opinions, exceptions, extensions, later versions?

Each step is the portal's own action at the instant at which it is called; what is said comes from the card of the draft.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from portal.accounts.actor import Actor
from portal.consultation.actions.extensions import extend_consultation
from portal.consultation.actions.links import link_draft
from portal.consultation.actions.opinions import OpinionAnswer, record_opinion, request_opinion
from portal.consultation.actions.versions import publish_changed_version
from portal.consultation.actions.windows import Ground
from portal.consultation.models import Opinion
from portal.consultation.queries.drafts import get_file
from portal.consultation.queries.opinions import find_channel, get_opinion
from portal.drafts.actions.adopted import link_adopted_act, publish_adopted_text, upload_adopted_text
from portal.drafts.actions.comparative import CELLS, Base, TypedRow, build_table, edit_row
from portal.drafts.actions.gate import override_gate
from portal.drafts.actions.next_version import describe_version, start_version
from portal.drafts.actions.structure import acknowledge_differences
from portal.drafts.actions.versions import upload_text
from portal.drafts.queries.comparative import list_rows
from portal.drafts.queries.editing import sort_differences
from portal.drafts.queries.texts import get_draft, get_outline, latest_version, list_text_languages
from portal.kernel.clock import today

Card = Mapping[str, Any]


def in_languages(card: Card, name: str) -> dict[str, str]:
    """`reason` → {"kk": ..., "ru": ...}: the languages in which the card says it."""
    return {code: str(card[f"{name}_{code}"]).strip() for code in ("kk", "ru", "en") if f"{name}_{code}" in card}


def ground_of(card: Card) -> Ground:
    """Why the discussion is shorter than the type asks, if it is."""
    return Ground(str(card["ground"]), in_languages(card, "ground")) if "ground" in card else Ground()


def follow_document(drafter: Actor, draft_id: int, number: str) -> None:
    """Say which earlier draft led to this one."""
    link_draft(drafter, draft=get_draft(draft_id), number=number)


def compare_with(drafter: Actor, draft_id: int, number: str, said: Card) -> None:
    """Build the comparative table against an earlier draft and give the reason of each row, in their order."""
    draft = get_draft(draft_id)
    table = build_table(drafter, draft=draft, base=Base(number=number))
    for row, reason in zip(list_rows(table.id), said["reason"], strict=True):
        cells = {f"{cell}_{code}": getattr(row, f"{cell}_{code}") for cell in CELLS for code in ("kk", "ru")}
        typed = TypedRow(cells | {f"reason_{code}": text for code, text in reason.items()}, row.change)
        edit_row(drafter, draft=draft, number=row.number, revision=row.revision, typed=typed)


def ask_opinion(drafter: Actor, draft_id: int, asked: Card) -> int:
    """Ask for an opinion; its id."""
    channel = find_channel(str(asked["channel"]))
    assert channel is not None, asked
    opinion: Opinion = request_opinion(
        drafter, draft=get_draft(draft_id), channel=channel, addressee=str(asked["addressee"]), sent_on=today()
    )
    return opinion.id


def receive_opinion(drafter: Actor, draft_id: int, opinion_id: int, answer: Card) -> None:
    """Record what came back today."""
    opinion = get_opinion(draft_id, opinion_id).opinion
    answered = OpinionAnswer(today(), str(answer["conclusion"]), str(answer["text"]).strip(), str(answer["language"]))
    record_opinion(drafter, draft=get_draft(draft_id), opinion=opinion, answer=answered)


def acknowledge(drafter: Actor, draft_id: int, reason: str) -> None:
    """Say of every difference between the two texts that it is meant."""
    version = latest_version(draft_id)
    texts = list_text_languages(version.id)
    outlines = {code: get_outline(version.id, code, digest) for code, digest in texts.items()}
    found = [each.fingerprint for each in sort_differences(version.id, outlines).open]
    acknowledge_differences(drafter, draft=get_draft(draft_id), outlines=outlines, fingerprints=found, reason=reason)


def allow_missing(administrator: Actor, draft_id: int, said: Card) -> None:
    """Let the draft through the gate without what it lacks."""
    override_gate(administrator, draft=get_draft(draft_id), reason=in_languages(said, "reason"))


def extend(drafter: Actor, draft_id: int, closes_on: date, said: Card) -> None:
    """Let the discussion run so many days longer than planned."""
    last = closes_on + timedelta(days=int(said["days"]))
    extend_consultation(drafter, file=get_file(draft_id), closes_on=last, reason=in_languages(said, "reason"))


def show_adopted(drafter: Actor, draft_id: int, texts: Mapping[str, bytes], url: str) -> None:
    """Publish the text of the act beside its draft, with the address of its official publication."""
    draft = get_draft(draft_id)
    link_adopted_act(drafter, draft=draft, url=url)
    for language, data in texts.items():
        upload_adopted_text(drafter, draft=draft, language=language, data=data, name=f"act.{language}.txt")
    publish_adopted_text(drafter, draft=draft)


def change_text(drafter: Actor, draft_id: int, texts: Mapping[str, bytes], said: Card) -> None:
    """Publish the next version, with its note."""
    draft = get_draft(draft_id)
    version = start_version(drafter, draft=draft)
    for language, data in texts.items():
        upload_text(drafter, draft=draft, language=language, data=data, name=f"version-{version.number}.{language}.txt")
    describe_version(drafter, draft=draft, note=in_languages(said, "note"))
    publish_changed_version(drafter, file=get_file(draft_id))
