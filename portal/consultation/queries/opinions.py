"""Which opinions on a draft were asked for, and through which channels can one be?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_

from portal.consultation.models import Opinion, OpinionChannel
from portal.drafts.models import Attachment
from portal.kernel.db import db
from portal.kernel.errors import NotFound


@dataclass(frozen=True, slots=True)
class OpinionRow:
    """An opinion with its channel and the name of its file; None: there is no file."""

    opinion: Opinion
    channel: OpinionChannel
    file_name: str | None


def list_opinions(draft_id: int) -> list[OpinionRow]:
    """Every opinion asked for, in the order of the channels. One query."""
    rows = db.session.execute(
        db.select(Opinion, OpinionChannel, Attachment.name)
        .join(OpinionChannel, OpinionChannel.id == Opinion.channel_id)
        .outerjoin(Attachment, and_(Attachment.id == Opinion.attachment_id, Attachment.file.is_not(None)))
        .where(Opinion.draft_id == draft_id)
        .order_by(OpinionChannel.position, Opinion.sent_on, Opinion.id)
        .limit(500)
    )
    return [OpinionRow(*row) for row in rows]


def get_opinion(draft_id: int, opinion_id: int) -> OpinionRow:
    """One opinion of a draft; raises NotFound."""
    found = next((row for row in list_opinions(draft_id) if row.opinion.id == opinion_id), None)
    if found is None:
        raise NotFound("There is no such request.")
    return found


def find_request(draft_id: int, channel_id: int, addressee: str, sent_on: date) -> Opinion | None:
    """A request of that day to that addressee on which nothing came back yet."""
    return db.session.scalar(
        db.select(Opinion)
        .where(
            Opinion.draft_id == draft_id, Opinion.channel_id == channel_id, Opinion.sent_on == sent_on,
            Opinion.addressee == addressee, Opinion.received_on.is_(None),
        )
        .order_by(Opinion.id)
        .limit(1)
    )  # fmt: skip


def list_channels() -> list[OpinionChannel]:
    """Every channel, in its order."""
    return list(db.session.scalars(db.select(OpinionChannel).order_by(OpinionChannel.position, OpinionChannel.id).limit(100)))


def get_channel(channel_id: int) -> OpinionChannel:
    """The channel; raises NotFound."""
    if (channel := db.session.get(OpinionChannel, channel_id)) is None:
        raise NotFound("There is no such channel.")
    return channel


def find_channel(code: str) -> OpinionChannel | None:
    """The channel with this code."""
    return db.session.scalar(db.select(OpinionChannel).where(OpinionChannel.code == code))
