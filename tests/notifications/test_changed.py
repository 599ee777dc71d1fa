"""Do authors learn, once each, what a changed version made of the provisions they commented on?"""

from __future__ import annotations

import pytest

from portal.accounts.models import User
from portal.consultation.models import Comment
from portal.consultation.queries.drafts import DraftFile
from portal.kernel.clock import now
from portal.kernel.db import db
from portal.ledger.followers import rewind, run_followers
from portal.notifications.models import Message
from portal.web.flask_app import PortalApp
from tests.consultation.test_versions import add_comment, publish
from tests.make import Maker


def comment(make: Maker, file: DraftFile, author: User, key: str) -> Comment:
    made = add_comment(make, file, key, "A remark.")
    made.author_id = author.id
    make.commit()
    return made


def letters() -> list[Message]:
    return list(db.session.scalars(db.select(Message).where(Message.kind == "version_published").order_by(Message.user_id)))


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("kk", ("2-нұсқасы жарияланды", ": мәтіні өзгерді", ": алып тасталды", "3-тармақ өзгерді.")),
        ("ru", ("Опубликована версия 2", ": текст изменён", ": исключено", "Изменён пункт 3.")),
        ("en", ("Version 2 of the draft", ": text changed", ": removed", "Point 3 changed.")),
    ],
)
def test_an_author_gets_one_letter_for_all_comments(make: Maker, language: str, said: tuple[str, ...]) -> None:
    file, author = make.closed(), make.user(name="Айгүл", language=language)
    for key in ("pnt_3", "pnt_3", "pnt_2__sub_1", "pnt_1", ""):
        comment(make, file, author, key)
    publish(make, file)
    (letter,) = letters()
    assert (letter.user_id, letter.language) == (author.id, language)
    text = letter.body
    for words in said:
        assert words in text
    compared = f"/drafts/{file.draft.id}/versions/1/compare/2?language="
    assert text.count(compared) == 2 and "unit=pnt_3\n" in text and "unit=pnt_2__sub_1\n" in text
    assert "unit=pnt_1\n" not in text and text.index("unit=pnt_2__sub_1") < text.index("unit=pnt_3\n")


def test_nothing_is_said_twice_or_to_those_who_want_no_letters(app: PortalApp, make: Maker) -> None:
    file = make.closed()
    quiet, gone, calm = make.user(wants_letters=False), make.user(), make.user()
    comment(make, file, quiet, "pnt_3")
    comment(make, file, gone, "pnt_3").withdrawn_at = now()
    comment(make, file, calm, "pnt_1")
    publish(make, file)
    assert [letter.user_id for letter in letters()] == [calm.id]
    assert "The provisions you commented on did not change." in letters()[0].body
    rewind("letters")
    run_followers(app)
    assert len(letters()) == 1


def test_the_first_version_brings_no_letter(make: Maker) -> None:
    make.open()
    assert letters() == []
