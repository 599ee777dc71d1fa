"""Does every entry bring the right letters to the right people, once?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from portal.accounts.actor import OPERATOR
from portal.accounts.models import User
from portal.consultation.actions.comments import withdraw_comment
from portal.consultation.actions.moderation import hide_comment, restore_comment
from portal.consultation.actions.replies import ReplyDraft, post_reply
from portal.consultation.actions.votes import vote_on_draft
from portal.consultation.models import Comment
from portal.consultation.queries.drafts import DraftFile
from portal.kernel import clock
from portal.kernel.db import db
from portal.ledger.followers import rewind, run_followers
from portal.ledger.kinds import Kind
from portal.ledger.record import record
from portal.notifications.models import Message
from portal.web.flask_app import PortalApp
from tests.make import Maker, actor_of
from tests.statements import counted


def messages(kind: str | None = None) -> list[Message]:
    query = db.select(Message).order_by(Message.id)
    return list(db.session.scalars(query.where(Message.kind == kind) if kind else query))


def reply(make: Maker, file: DraftFile, comment: Comment, decision: str = "accepted") -> None:
    typed = ReplyDraft(decision, "Point 3 was changed as proposed.", "ru")
    post_reply(OPERATOR, file=file, comment=comment, typed=typed)
    make.commit()


@pytest.fixture
def file(make: Maker) -> DraftFile:
    return make.open()


class TestReplies:
    """The author of an answered comment is told, in their language."""

    @pytest.mark.parametrize(
        ("language", "words"),
        [
            ("kk", ("Құрметті Айгүл!", "Қарау нәтижесі: Қабылданды", "Көлік министрлігі")),
            ("ru", ("Здравствуйте, Айгүл!", "Результат рассмотрения: Принято", "Министерство транспорта")),
            ("en", ("Hello Айгүл!", "Outcome: Accepted", "Ministry of Transport")),
        ],
    )
    def test_the_author_is_told(self, make: Maker, file: DraftFile, language: str, words: tuple[str, ...]) -> None:
        author = make.user(name="Айгүл", language=language)
        comment = make.comment(file, actor_of(author))
        reply(make, file, comment)
        (message,) = messages()
        assert (message.user_id, message.address, message.kind) == (author.id, author.email, "reply_posted")
        assert all(word in message.body for word in words), message.body
        assert f"http://127.0.0.1:8000/comments/{comment.id}" in message.body
        assert file.draft.title(language) in message.subject

    @pytest.mark.parametrize(
        "state", [{"wants_letters": False}, {"confirmed_at": None}, {"blocked_at": clock.now()}]
    )
    def test_not_who_wants_none(self, make: Maker, file: DraftFile, state: dict[str, object]) -> None:
        author = make.user()
        comment = make.comment(file, actor_of(author))
        for name, value in state.items():
            setattr(author, name, value)
        make.commit()
        reply(make, file, comment)
        assert not messages()

    def test_not_for_comments_without_an_account(self, make: Maker, file: DraftFile) -> None:
        comment = make.comment(file)
        comment.author_id = None
        make.commit()
        reply(make, file, comment)
        assert not messages()

    def test_a_changed_reply_is_no_second_letter(self, make: Maker, file: DraftFile) -> None:
        comment = make.comment(file)
        reply(make, file, comment)
        reply(make, file, comment, "noted")
        assert len(messages()) == 1


class TestModeration:
    """The author of a hidden comment is told with the reason, whatever letters they want."""

    def test_hidden_and_shown_again(self, make: Maker, file: DraftFile) -> None:
        author = make.user(wants_letters=False, language="ru")
        comment = make.comment(file, actor_of(author))
        moderator = make.actor("moderator")
        hide_comment(moderator, comment=comment, rule=3, reason="Содержит оскорбления.", language="ru")
        make.commit()
        restore_comment(moderator, comment=comment, rule=3, reason="Скрыт по ошибке.", language="ru")
        make.commit()
        hidden, restored = messages()
        assert (hidden.kind, restored.kind) == ("comment_hidden", "comment_restored")
        assert {hidden.user_id, restored.user_id} == {author.id}
        assert "Причина: Содержит оскорбления." in hidden.body and "пункт 3" in hidden.body
        assert "Причина: Скрыт по ошибке." in restored.body

    def test_hidden_twice_is_told_twice(self, make: Maker, file: DraftFile) -> None:
        comment = make.comment(file)
        for reason in ("The first reason.", "The second reason."):
            hide_comment(OPERATOR, comment=comment, rule=1, reason=reason, language="en")
            make.commit()
            restore_comment(OPERATOR, comment=comment, rule=1, reason="A mistake.", language="en")
            make.commit()
        first, second = messages("comment_hidden")
        assert "The first reason." in first.body and "The second reason." in second.body


class TestReports:
    """Everybody who took part is told once that the report is there, whoever they are."""

    def publish(self, make: Maker, file: DraftFile, report: int = 1) -> None:
        record(Kind.REPORT_PUBLISHED, f"report:{report}", {"draft": file.draft.id, "edition": report})
        make.commit()

    def test_all_who_took_part(self, make: Maker, file: DraftFile) -> None:
        authors = [make.user(language=language) for language in ("kk", "ru", "en", "kk")]
        for author in (*authors, authors[0]):
            make.comment(file, actor_of(author))
        voter = make.user(language="ru")
        vote_on_draft(actor_of(voter), file=file, value=1)
        left = make.user()
        withdraw_comment(actor_of(left), file=file, comment=make.comment(file, actor_of(left)))
        silent = make.user(wants_letters=False)
        make.comment(file, actor_of(silent))
        make.user()
        self.publish(make, file)

        found = messages("report_published")
        assert {message.user_id for message in found} == {user.id for user in (*authors, voter)}
        assert len(found) == 5
        texts = {message.language: message for message in found}
        assert texts["kk"].subject.startswith("Талқылау туралы есеп жарияланды: «")
        assert texts["ru"].subject.startswith("Опубликован отчёт об обсуждении: «")
        assert all(f"/drafts/{file.draft.id}/report" in message.body for message in found)
        assert all(message.next_at and message.created_at.tzinfo and not message.attempts for message in found)

    def test_a_later_edition_is_news(self, make: Maker, file: DraftFile) -> None:
        make.comment(file)
        self.publish(make, file, 1)
        self.publish(make, file, 2)
        assert len(messages("report_published")) == 2

    def test_the_number_of_statements_does_not_grow(self, make: Maker, file: DraftFile) -> None:
        def statements_for(report: int) -> int:
            with counted() as statements:
                self.publish(make, file, report)
            return len(statements)

        make.comment(file)
        few = statements_for(1)
        for _ in range(10):
            make.comment(file)
        assert abs(statements_for(2) - few) <= 2  # the tree of the ledger grows by a node or two
        assert len(messages("report_published")) == 12

    def test_a_draft_that_is_not_there_stops_nothing(self, app: PortalApp, make: Maker) -> None:
        record(Kind.REPORT_PUBLISHED, "report:5", {"draft": 999, "edition": 1})
        make.commit()
        record(Kind.REPORT_PUBLISHED, "report:6", {"edition": 1})
        make.commit()
        assert not messages()


class TestReadingAgain:
    """The follower may see an entry twice; its reader does not."""

    def read_again(self, app: PortalApp) -> None:
        rewind("letters")
        db.session.commit()
        run_followers(app)

    def test_no_letter_is_written_twice(self, app: PortalApp, make: Maker, file: DraftFile) -> None:
        comment = make.comment(file)
        reply(make, file, comment)
        record(Kind.REPORT_PUBLISHED, "report:1", {"draft": file.draft.id, "edition": 1})
        make.commit()
        before = [message.id for message in messages()]
        self.read_again(app)
        assert [message.id for message in messages()] == before and len(before) == 2

    def test_old_news_is_no_news(self, app: PortalApp, make: Maker, file: DraftFile) -> None:
        comment = make.comment(file)
        reply(make, file, comment)
        for message in messages():
            db.session.delete(message)
        db.session.commit()
        with clock.frozen(clock.now() + timedelta(days=8)):
            self.read_again(app)
        assert not messages()

    def test_entries_about_what_is_gone_stop_nothing(self, app: PortalApp, make: Maker) -> None:
        for kind, subject in (
            (Kind.ACCOUNT_REGISTERED, "user:999"), (Kind.PASSWORD_CHANGED, "user:999"), (Kind.ACCOUNT_BLOCKED, "user:999"),
            (Kind.ADDRESS_CONFIRMATION_REQUESTED, "request:feed"), (Kind.PASSWORD_RESET_REQUESTED, "request:feed"),
            (Kind.REPLY_POSTED, "reply:999"), (Kind.COMMENT_HIDDEN, "comment:999"), (Kind.COMMENT_RESTORED, "comment:999"),
        ):  # fmt: skip
            record(kind, subject)
        make.commit()
        assert not messages()


def test_the_letters_link_to_pages_that_are_there(app: PortalApp) -> None:
    addresses = app.url_map.bind("portal")
    for path in ("/comments/7", "/drafts/7/report", "/rules", "/letters/x", "/confirm/x", "/reset-password/x"):
        endpoint, _ = addresses.match(path)
        assert endpoint in app.view_functions


def test_a_letter_that_asks_to_stop_is_obeyed(
    app: PortalApp, client: object, make: Maker, file: DraftFile, sign_in: Callable[..., User]
) -> None:
    author = make.user()
    make.comment(file, actor_of(author))
    author.wants_letters = False
    make.commit()
    record(Kind.REPORT_PUBLISHED, "report:1", {"draft": file.draft.id, "edition": 1})
    make.commit()
    assert not messages()
