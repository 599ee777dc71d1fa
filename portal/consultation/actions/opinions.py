"""How is an opinion asked for, how is its answer recorded, and how is the period of a channel set?"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from portal.accounts.actor import AnyActor
from portal.consultation.clock_policy import ensure_answer, ensure_keeps_opinions, ensure_removable, ensure_request
from portal.consultation.clock_rules import after
from portal.consultation.models import Conclusion, Opinion, OpinionChannel
from portal.consultation.queries.opinions import find_request
from portal.drafts.actions.versions import file_store
from portal.drafts.models import LANGUAGES, Attachment, AttachmentKind, Draft
from portal.drafts.policy import ensure_attachable, ensure_manages_reference, ensure_names, ensure_period
from portal.drafts.queries.reference import work_calendar
from portal.drafts.reference_policy import ensure_rule
from portal.kernel.clock import end_of, now, today
from portal.kernel.db import db
from portal.kernel.errors import NotFound
from portal.kernel.files import sniff
from portal.kernel.text import clean_line
from portal.ledger.kinds import Kind
from portal.ledger.record import record


@dataclass(frozen=True)
class OpinionAnswer:
    """What came back: when, with which conclusion (a value of `Conclusion`), as a text in a language or as a file."""

    received_on: date
    conclusion: str
    text: str = ""
    language: str = ""
    name: str = ""
    data: bytes = b""


def request_opinion(actor: AnyActor, *, draft: Draft, channel: OpinionChannel, addressee: str, sent_on: date) -> Opinion:
    """Note that an opinion was asked for; its day and its rule are those of the channel now.

    The same request again, while nothing came back, is the one there is: somebody pressed the button twice.
    """
    ensure_keeps_opinions(actor, draft)
    ensure_request(addressee, sent_on, today())
    known = find_request(draft.id, channel.id, addressee, sent_on)
    if known is not None:
        return known
    due_on = after(sent_on, channel.days, work_calendar())
    opinion = Opinion(
        draft_id=draft.id, channel_id=channel.id, addressee=addressee, sent_on=sent_on, due_on=due_on, due_at=end_of(due_on),
        days=channel.days, rule=channel.rule, silence_agrees=channel.silence_agrees, requested_by=actor.id,
        requested_at=now(),
    )  # fmt: skip
    db.session.add(opinion)
    db.session.flush()
    record(
        Kind.OPINION_REQUESTED,
        f"opinion:{opinion.id}",
        {"draft": draft.id, "channel": channel.code, "sent_on": str(sent_on), "due_on": str(due_on)},
        secrets={"addressee": addressee},
    )
    return opinion


def record_opinion(actor: AnyActor, *, draft: Draft, opinion: Opinion, answer: OpinionAnswer) -> None:
    """Enter the answer, once; with it the package has an expert opinion, be it a file or a text."""
    ensure_keeps_opinions(actor, draft)
    if opinion.draft_id != draft.id:
        raise NotFound("There is no such request.")
    ensure_answer(opinion, answer.received_on, today(), answer.conclusion, answer.text, bool(answer.data))
    attachment = _attach(draft, answer) if answer.data else _note(draft, opinion, answer)
    opinion.received_on, opinion.conclusion = answer.received_on, Conclusion(answer.conclusion)
    opinion.recorded_at, opinion.text = now(), answer.text
    opinion.language = answer.language if answer.language in LANGUAGES else ""
    opinion.attachment_id = attachment.id
    db.session.flush()
    content = attachment.file or hashlib.sha256(answer.text.encode()).hexdigest()
    record(
        Kind.OPINION_RECORDED,
        f"opinion:{opinion.id}",
        {"draft": draft.id, "conclusion": answer.conclusion, "received_on": str(answer.received_on), "content": content},
    )


def remove_opinion(actor: AnyActor, *, draft: Draft, opinion: Opinion) -> None:
    """Take a request back that nobody outside the body has seen: only until the draft is public."""
    ensure_keeps_opinions(actor, draft)
    if opinion.draft_id != draft.id:
        raise NotFound("There is no such request.")
    ensure_removable(draft)
    attachment = db.session.get(Attachment, opinion.attachment_id) if opinion.attachment_id else None
    db.session.delete(opinion)
    db.session.flush()
    if attachment is not None:
        db.session.delete(attachment)
        db.session.flush()
    record(Kind.OPINION_REMOVED, f"opinion:{opinion.id}", {"draft": draft.id})


def save_opinion_channel(
    actor: AnyActor, *, channel: OpinionChannel, days: int, silence_agrees: bool, rule: str, names: Mapping[str, str] | None = None
) -> None:  # fmt: skip
    """Set the period of a channel in working days, whether silence agrees, and its names where they are given.

    Opinions still waited for get the new period - their days are counted anew by those who follow the ledger - but what
    their silence means stays as it was asked; what has run out keeps everything.
    """
    ensure_manages_reference(actor)
    ensure_period(days, "days")
    ensure_rule(rule, "rule")
    names = names if names is not None else {code: getattr(channel, f"name_{code}") for code in LANGUAGES}
    ensure_names(names)
    for code in LANGUAGES:
        setattr(channel, f"name_{code}", names.get(code, ""))
    channel.days, channel.silence_agrees, channel.rule = days, silence_agrees, rule
    waited_for = db.update(Opinion).where(Opinion.channel_id == channel.id, Opinion.received_on.is_(None), Opinion.due_at > now())
    db.session.execute(waited_for.values(days=days, rule=rule))
    db.session.flush()
    record(
        Kind.OPINION_CHANNEL_SAVED,
        f"opinion-channel:{channel.id}",
        {"code": channel.code, "days": days, "silence_agrees": silence_agrees},
        secrets={"rule": rule, **{f"name_{code}": names.get(code, "") for code in LANGUAGES}},
    )


def _attach(draft: Draft, answer: OpinionAnswer) -> Attachment:
    """The file in the store of the package; unlike its other parts it may come while the draft is public."""
    media_type = sniff(answer.data)
    ensure_attachable(media_type)
    attachment = Attachment(
        draft_id=draft.id, kind=AttachmentKind.opinion, language=answer.language if answer.language in LANGUAGES else "",
        name=clean_line(answer.name.replace("\\", "/").rpartition("/")[2])[-255:], media_type=media_type,
        size=len(answer.data), file=file_store().put(answer.data), added_at=now(),
    )  # fmt: skip
    return _add(attachment)


def _note(draft: Draft, opinion: Opinion, answer: OpinionAnswer) -> Attachment:
    """The place of an opinion without a file in the package; its words stand with the opinion."""
    return _add(
        Attachment(
            draft_id=draft.id, kind=AttachmentKind.opinion, language=answer.language if answer.language in LANGUAGES else "",
            name=opinion.addressee[:255], added_at=now(),
        )
    )  # fmt: skip


def _add(attachment: Attachment) -> Attachment:
    db.session.add(attachment)
    db.session.flush()
    return attachment
