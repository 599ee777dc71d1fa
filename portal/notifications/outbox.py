"""Which letters wait, and what becomes of each?

A letter is claimed in one short transaction, sent in none, and marked in another, so that no lock is held while a
mail server thinks. One whose sender died in between goes out again after a while: at least once, never lost.
"""

from __future__ import annotations

import logging
import time
from datetime import timedelta

from flask import current_app
from sqlalchemy import Select, update

from portal.accounts.models import User
from portal.accounts.tokens import Purpose, make_token
from portal.kernel import clock
from portal.kernel.db import db, transaction_mode
from portal.notifications.letters import endpoint_link, write_farewell
from portal.notifications.mailers import Mail, Mailer, NotSent
from portal.notifications.models import Message

log = logging.getLogger(__name__)

OPTIONAL = frozenset({"search_results", "reply_posted", "report_published", "version_published", "discussion_extended", "adopted_text_published"})
BATCH = 50
LONGEST_TURN = 5.0  # seconds
CLAIM = timedelta(minutes=10)
LONGEST_WAIT = timedelta(days=3)  # for a mail server that is down; by then every link in a letter is dead
RETRIES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 360, 720))


def send_waiting() -> int:
    """Send what is due, for a few seconds at most; how many letters went out. Needs an application context.

    Raises NotSent when the mail server is down, so that the worker lets it rest before the next turn.
    """
    mailer: Mailer = current_app.extensions["mailer"]
    started, sent = time.monotonic(), 0
    with transaction_mode("read"):
        due = db.session.scalars(_due().limit(BATCH)).all()
        db.session.rollback()
    try:
        for message_id in due:
            if time.monotonic() - started > LONGEST_TURN:
                break
            sent += _send(mailer, message_id)
    finally:
        mailer.close()
    return sent


def _due() -> Select[tuple[int]]:
    return db.select(Message.id).where(Message.next_at <= clock.now()).order_by(Message.next_at, Message.id)


def _send(mailer: Mailer, message_id: int) -> bool:
    """Claim, send and mark one letter; raises NotSent when no other would go out either."""
    with transaction_mode("write"):
        mail = _claim(message_id)
        db.session.commit()
    if mail is None:
        return False
    failure: NotSent | None = None
    try:
        mailer.send(mail)
    except NotSent as error:
        failure = error
        log.warning("letter %s did not go out: %s", message_id, error)
    with transaction_mode("write"):
        _mark(message_id, failure)
        db.session.commit()
    if failure is not None and failure.is_down:
        raise failure
    return failure is None


def _claim(message_id: int) -> Mail | None:
    """The letter, for the only process that may send it now; None when another has it."""
    now = clock.now()
    claimed = db.session.execute(
        update(Message)
        .where(Message.id == message_id, Message.next_at <= now)
        .values(next_at=now + CLAIM, attempts=Message.attempts + 1)
        .execution_options(synchronize_session=False)
    )
    if not claimed.rowcount:
        return None
    message, user = db.session.execute(
        db.select(Message, User)
        .join(User, User.id == Message.user_id)
        .where(Message.id == message_id)
        .execution_options(populate_existing=True)
    ).one()
    return _as_mail(message, user)


def _as_mail(message: Message, user: User) -> Mail:
    stop_link, text = "", message.body
    if message.kind in OPTIONAL:
        stop_link = endpoint_link("notifications.stop", token=make_token(Purpose.stop, user))
        text = f"{text}\n{write_farewell(message.language, stop_link)}"
    key = f"{message.kind}.{message.entry_number}.{message.user_id}"
    return Mail(key, message.address, message.subject, text, message.language, stop_link)


def _mark(message_id: int, failure: NotSent | None) -> None:
    message, now = db.session.get_one(Message, message_id), clock.now()
    message.error = str(failure)[:300] if failure else ""
    if failure is None:
        message.sent_at = now
    elif failure.is_down and now - message.created_at < LONGEST_WAIT:
        message.attempts -= 1  # it was not the letter's fault
        message.next_at = now + RETRIES[0]
        return
    elif not failure.is_final and message.attempts <= len(RETRIES):
        message.next_at = now + RETRIES[message.attempts - 1]
        return
    message.next_at = None
    message.body = ""  # it may hold a link that opens an account
