"""Does every letter go out once, later when it cannot go now, and leave nothing secret behind?"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

import pytest

from portal.accounts.tokens import Purpose, find_owner
from portal.kernel import clock
from portal.kernel.db import db
from portal.ledger.followers import Patience
from portal.ledger.worker import work_once
from portal.notifications.mailers import NotSent
from portal.notifications.models import Message
from portal.notifications.outbox import CLAIM, LONGEST_WAIT, RETRIES, send_waiting
from portal.web.flask_app import PortalApp
from tests.make import Maker
from tests.notifications.conftest import UnsteadyMailer
from tests.statements import counted


def waiting(make: Maker, kind: str = "reset_password", number: int = 1, **more: object) -> Message:
    user = make.user()
    message = Message(
        entry_number=number, user_id=user.id, address=user.email, kind=kind, language="en", subject="A subject",
        body="A text with a token", **more,
    )  # fmt: skip
    db.session.add(message)
    db.session.commit()
    return message


def fresh(message: Message) -> Message:
    db.session.refresh(message)
    db.session.commit()
    return message


def test_a_letter_goes_out_once_and_is_erased(app: PortalApp, make: Maker, mailer: UnsteadyMailer) -> None:
    message = waiting(make)
    assert send_waiting() == 1
    assert send_waiting() == 0
    (mail,) = mailer.sent
    assert (mail.to, mail.subject, mail.text, mail.language) == (message.address, "A subject", "A text with a token", "en")
    fresh(message)
    assert message.sent_at is not None and message.next_at is None and message.attempts == 1
    assert (message.body, message.error) == ("", "")
    assert mailer.closed == 2


def test_a_letter_that_cannot_go_now_goes_later(app: PortalApp, make: Maker, mailer: UnsteadyMailer) -> None:
    message = waiting(make)
    mailer.failures = [NotSent("451 try later")]
    assert send_waiting() == 0
    assert "451" in fresh(message).error and message.body
    assert send_waiting() == 0 and mailer.tries == 1, "not before its time"
    with clock.frozen(clock.now() + RETRIES[0] + timedelta(seconds=1)):
        assert send_waiting() == 1
    assert fresh(message).attempts == 2 and message.error == ""


def test_patience_ends(app: PortalApp, make: Maker, mailer: UnsteadyMailer) -> None:
    message = waiting(make)
    mailer.failures = [NotSent(f"451 no {n}") for n in range(100)]
    at, waits = clock.now(), []
    while fresh(message).next_at is not None:
        waits.append(message.next_at - at)
        at = max(at, message.next_at) + timedelta(seconds=1)
        with clock.frozen(at):
            send_waiting()
    assert mailer.tries == len(RETRIES) + 1
    assert waits[1:] == sorted(waits[1:])
    assert message.body == "" and message.sent_at is None and message.error == "451 no 7"


def test_a_refused_address_is_not_tried_again(app: PortalApp, make: Maker, mailer: UnsteadyMailer) -> None:
    refused, other = waiting(make, number=1), waiting(make, number=2)
    mailer.failures = [NotSent("550 no such mailbox", is_final=True)]
    assert send_waiting() == 1
    assert fresh(refused).next_at is None and refused.body == "" and "550" in refused.error
    assert fresh(other).sent_at is not None


def test_a_silent_server_is_left_alone(app: PortalApp, make: Maker, mailer: UnsteadyMailer) -> None:
    messages = [waiting(make, number=n) for n in range(5)]
    mailer.failures = [NotSent("connection refused", is_down=True)] * 5
    with pytest.raises(NotSent):
        send_waiting()
    assert mailer.tries == 1 and mailer.closed == 1
    assert [fresh(message).attempts for message in messages] == [0] * 5, "it was not the letters' fault"
    assert messages[0].error == "connection refused"


def test_a_server_down_for_hours_loses_nothing(app: PortalApp, make: Maker, mailer: UnsteadyMailer) -> None:
    message = waiting(make)
    mailer.failures = [NotSent("connection refused", is_down=True) for _ in range(60)]
    started = clock.now()
    for hour in range(60):
        with clock.frozen(started + timedelta(hours=hour, minutes=1)), pytest.raises(NotSent):
            send_waiting()
    with clock.frozen(started + timedelta(hours=61)):
        assert send_waiting() == 1
    assert fresh(message).sent_at is not None


def test_after_three_days_a_letter_is_no_use(app: PortalApp, make: Maker, mailer: UnsteadyMailer) -> None:
    message = waiting(make)
    mailer.failures = [NotSent("connection refused", is_down=True)] * 2
    with clock.frozen(clock.now() + LONGEST_WAIT * 1.1), pytest.raises(NotSent):
        message.attempts = len(RETRIES)
        db.session.commit()
        send_waiting()
    assert fresh(message).next_at is None and message.body == ""


def test_the_worker_lets_a_server_that_is_down_rest(app: PortalApp, make: Maker, mailer: UnsteadyMailer) -> None:
    waiting(make)
    waiting(make, number=2)
    mailer.failures = [NotSent("connection refused", is_down=True)] * 9
    patience = Patience()
    for _ in range(5):
        work_once(app, patience)
    assert mailer.tries == 1


def test_another_sender_in_the_same_moment_finds_nothing(
    app: PortalApp, make: Maker, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While a letter is being sent it belongs to the one who sends it."""
    waiting(make)

    class Nosy(UnsteadyMailer):
        def send(self, mail: object) -> None:
            assert send_waiting() == 0
            super().send(mail)  # type: ignore[arg-type]

    app.extensions["mailer"] = nosy = Nosy()
    assert send_waiting() == 1
    assert len(nosy.sent) == 1


def test_a_sender_that_died_is_replaced(app: PortalApp, make: Maker, mailer: UnsteadyMailer) -> None:
    message = waiting(make)

    class Dying(UnsteadyMailer):
        def send(self, mail: object) -> None:
            raise KeyboardInterrupt

    app.extensions["mailer"] = Dying()
    with pytest.raises(KeyboardInterrupt):
        send_waiting()
    db.session.rollback()
    app.extensions["mailer"] = mailer
    assert send_waiting() == 0
    with clock.frozen(clock.now() + CLAIM + timedelta(seconds=1)):
        assert send_waiting() == 1
    assert fresh(message).attempts == 2


def test_letters_leave_in_the_order_they_were_written(app: PortalApp, make: Maker, mailer: UnsteadyMailer) -> None:
    late, early = waiting(make, number=2), waiting(make, number=1, next_at=clock.now() - timedelta(hours=1))
    waiting(make, number=3, next_at=clock.now() + timedelta(hours=1))
    assert send_waiting() == 2
    assert [mail.to for mail in mailer.sent] == [early.address, late.address]


def test_a_letter_sent_twice_has_the_same_key(app: PortalApp, make: Maker, mailer: UnsteadyMailer) -> None:
    message = waiting(make)
    send_waiting()
    message.next_at, message.body = clock.now(), "again"
    db.session.commit()
    send_waiting()
    assert len({mail.key for mail in mailer.sent}) == 1


@pytest.mark.parametrize(("kind", "is_optional"), [("reply_posted", True), ("reset_password", False)])
def test_only_what_one_may_do_without_can_be_stopped(
    app: PortalApp, make: Maker, mailer: UnsteadyMailer, kind: str, is_optional: bool
) -> None:
    message = waiting(make, kind)
    send_waiting()
    (mail,) = mailer.sent
    assert bool(mail.stop_link) == is_optional
    if is_optional:
        assert mail.text.endswith(f"unsubscribe:\n{mail.stop_link}\n")
        owner = find_owner(Purpose.stop, mail.stop_link.rpartition("/")[2])
        assert owner is not None and owner.id == message.user_id


def test_the_log_names_no_address_and_no_text(
    app: PortalApp, make: Maker, mailer: UnsteadyMailer, caplog: pytest.LogCaptureFixture
) -> None:
    message = waiting(make)
    mailer.failures = [NotSent("451 try later")]
    with caplog.at_level(logging.DEBUG):
        send_waiting()
    assert "451" in caplog.text
    assert message.address not in caplog.text and "token" not in caplog.text


def test_nothing_due_takes_no_write_lock(app: PortalApp, make: Maker, mailer: UnsteadyMailer) -> None:
    db.session.commit()
    with counted(without=()) as statements:
        send_waiting()
    assert "BEGIN IMMEDIATE" not in statements and any("SELECT" in statement for statement in statements)


def test_the_clock_may_jump(app: PortalApp, make: Maker, mailer: UnsteadyMailer) -> None:
    with clock.frozen(datetime(2031, 1, 1, tzinfo=clock.UTC)):
        message = waiting(make)
    assert send_waiting() == 0
    with clock.frozen(datetime(2031, 1, 2, tzinfo=clock.UTC)):
        assert send_waiting() == 1
    assert fresh(message).sent_at is not None
