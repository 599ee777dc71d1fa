"""Is a slip of the finger, a wrong keyboard, a word of the other language understood by what the texts teach?"""

from __future__ import annotations

import pytest

from portal.consultation.actions.moderation import hide_comment
from portal.kernel.db import db
from portal.ledger.followers import run_followers
from portal.search.concepts import in_other_language
from portal.search.documents import HitKind, Reference, Text
from portal.search.learning import Lessons, keep_learning, learn
from portal.search.spelling import propose
from portal.search.suggest import suggest
from portal.search.terms import parse
from portal.web.flask_app import PortalApp
from tests.make import Maker
from tests.search.hostile import HOSTILE


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("gfccf;bh", "пассажир"),
        ("пасажир", "пассажир"),
        ("пассажри", "пассажир"),
        (";jkfeis", "жолаушы"),
        ("ghfdbk gthtdjprb", "правил перевозки"),
        ("жолаушв", "жолаушы"),
        ("пассажир", None),
        ("пассажирах", None),  # other forms find the same
        ("бекіті", None),
        ("zzzzzz", None),
        ("12", None),
        ("", None),
    ],
)
def test_a_slip_or_a_wrong_keyboard(indexed: PortalApp, make: Maker, typed: str, meant: str | None) -> None:
    make.open()
    assert learn() > 20
    assert propose(typed) == meant


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_typed_is_an_error(app: PortalApp, text: str) -> None:
    propose(text)
    in_other_language(parse(text))


def test_words_that_always_stand_together_are_one_concept() -> None:
    lessons = Lessons()
    titles = [("Салық туралы", "О налоге"), ("Салық және су", "Налог и вода"), ("Су мен салық", "Вода и налог"),
              ("Су көлемі", "Объём воды"), ("Салық мерзімі", "Срок налога")]  # fmt: skip
    for number, (kazakh, russian) in enumerate(titles):
        for language, title in (("kk", kazakh), ("ru", russian)):
            lessons.take(Text(Reference(HitKind.draft, number, number, language), "", title, "", language))
    found = {(row["language"], row["stem"]): row["other"] for row in lessons.concepts()}
    assert found["kk", "салық"].startswith("налог")
    assert any(other == "салық" for (language, _), other in found.items() if language == "ru")
    assert not any(other.startswith("срок") for other in found.values())


def test_a_query_is_offered_in_the_other_language(indexed: PortalApp, make: Maker) -> None:
    for kazakh, russian in (("Салық төлеу", "Уплата налога"), ("Салық есебі", "Налог и отчёт"), ("Салық", "Налог"),
                            ("Су", "Вода")):  # fmt: skip
        make.open(kk=kazakh, ru=russian)
    learn()
    assert (in_other_language(parse("салықтың")) or "").startswith("налог")
    assert in_other_language(parse("налогов")) == "салық"
    assert in_other_language(parse("дирижабль")) is None


def test_the_worker_learns_once_and_again_when_there_is_more(indexed: PortalApp, make: Maker) -> None:
    keep_learning()
    assert propose("пасажир") is None
    make.open()
    keep_learning()
    assert propose("пасажир") == "пассажир"


def test_words_of_a_hidden_comment_are_proposed_no_more(indexed: PortalApp, make: Maker) -> None:
    file = make.open()
    make.comment(file, text="Пассажир и кракозябра.", language="ru")
    hidden = make.comment(file, text="Пассажир и мракобесище.", language="ru")
    run_followers(indexed)
    learn()
    assert suggest("мракоб") and propose("мракабесище")
    hide_comment(make.actor("moderator"), comment=hidden, rule=2, reason="Грубость.", language="ru")
    db.session.commit()
    run_followers(indexed)
    assert not suggest("мракоб") and not propose("мракабесище")
    assert suggest("кракоз") and suggest("пассаж")
