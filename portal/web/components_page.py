"""What does every component look like, in every state and language? (/components, never in production)"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from wtforms import BooleanField, DateField, FileField, PasswordField, RadioField, SelectField, SelectMultipleField
from wtforms import StringField, TextAreaField
from wtforms.validators import Length

from portal.web.access import public
from portal.web.forms import PortalForm
from portal.web.locale import current_language
from portal.web.pages import Page, PageNumbers, show
from portal.web.samples import SAMPLES, Words

WHEN = datetime(2026, 11, 17, 6, 30, tzinfo=UTC)


class SampleForm(PortalForm):
    """One field of every kind."""

    title = StringField()
    email = StringField()
    text = TextAreaField(validators=[Length(max=2000)])
    wording = TextAreaField()
    decision = RadioField(choices=[])
    stance = RadioField(choices=[])
    areas = SelectMultipleField(choices=[])
    agree = BooleanField()
    body = SelectField(choices=[])
    opens_on = DateField()
    document = FileField()
    password = PasswordField()


@dataclass(frozen=True)
class Step:
    """One step of a timeline."""

    name: str
    state: str
    note: str | None


@dataclass(frozen=True)
class Answer:
    """An agency's answer."""

    body: str
    decision: str
    reason: str
    answered_at: datetime = WHEN
    lang: str = "kk"
    change_url: str | None = None
    segments: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Comment:
    """A comment with everything it can have."""

    id: str
    author: str
    text: str
    lang: str
    stance: str | None = None
    posted_at: datetime = WHEN
    url: str | None = None
    quote: str | None = None
    proposed: tuple[tuple[str, str], ...] = ()
    is_edited: bool = False
    is_withdrawn: bool = False
    hidden_reason: str | None = None
    carried: str | None = None
    vote_url: str | None = None
    vote_choices: tuple[tuple[str, str, int], ...] = ()
    my_vote: str | None = None
    reply_url: str | None = None
    receipt_url: str | None = None
    answer: Answer | None = None
    replies: tuple[Comment, ...] = ()


@dataclass(frozen=True)
class Provision:
    """A provision of the sample law."""

    key: str
    number: str
    text: str
    comments: int = 0
    comment_url: str | None = "#"
    thread_url: str | None = "#thread"
    heading: str | None = None
    label: str | None = None
    segments: tuple[tuple[str, str], ...] = ()
    depth: int = 0
    is_chosen: bool = False
    state: str | None = None


@dataclass(frozen=True)
class ComponentsPage:
    """Samples for the gallery; `w` holds the words of one language."""

    w: Words
    empty: SampleForm
    wrong: SampleForm
    numbers: PageNumbers
    steps: tuple[Step, ...]
    provisions: tuple[Provision, ...]
    comments: tuple[Comment, ...]
    answers: tuple[Answer, ...]
    cards: tuple[dict[str, Any], ...]
    letters: tuple[dict[str, Any], ...]
    when: datetime = WHEN
    tag_kinds: tuple[str, ...] = field(
        default=("plain", "open", "waiting", "done", "for", "against", "neutral", "accepted", "partly", "refused")
    )


@public
def components_page() -> Page:
    """The gallery. The application decides whether it has an address."""
    words = SAMPLES[current_language()]
    return show(
        "web/components_page.html",
        ComponentsPage(
            w=words,
            empty=_sample_form(words, "empty-"),
            wrong=_wrong_form(words),
            numbers=PageNumbers(number=5, size=20, total=3312),
            steps=_steps(words),
            provisions=_provisions(words),
            comments=_comments(words),
            answers=_answers(words),
            cards=_cards(words),
            letters=_letters(words),
        ),
    )


def _sample_form(words: Words, prefix: str) -> SampleForm:
    form = SampleForm(formdata=None, prefix=prefix)
    for name, label in zip(form._fields, words.labels, strict=True):
        form[name].label.text = label
    form.decision.choices = list(zip("abcd", words.decisions, strict=True))
    form.stance.choices = list(zip(("for", "against", "neutral"), words.stances, strict=True))
    form.areas.choices = list(zip("abc", words.areas, strict=True))
    form.body.choices = list(zip("abc", words.bodies, strict=True))
    form.decision.data = "b"
    form.areas.data = ["a"]
    return form


def _wrong_form(words: Words) -> SampleForm:
    form = _sample_form(words, "wrong-")
    form.title.data = "х"
    for item in form:
        item.errors = [words.error]
    return form


def _steps(words: Words) -> tuple[Step, ...]:
    states = ("done", "current", "next", "next", "next")
    return tuple(Step(*step) for step in zip(words.steps, states, words.step_notes, strict=True))


def _provisions(words: Words) -> tuple[Provision, ...]:
    nine, ten, eleven, one, two = words.provisions
    return (
        Provision("art-1", "", words.article_text, 4, label=words.article_label, heading=words.article_heading),
        Provision("point-9", "9.", nine, 27),
        Provision("point-10", "10.", ten[0][1], 318, segments=ten, is_chosen=True),
        Provision("point-11", "11.", eleven, 94, state=words.changed),
        Provision("point-11-1", "1)", one, 2, depth=1),
        Provision("point-11-2", "2)", two, 0, depth=1),
        Provision("point-12-1", "12-1.", nine, 0),
    )


def _answers(words: Words) -> tuple[Answer, ...]:
    decisions = ("accepted", "partly_accepted", "not_accepted", "out_of_scope", "noted", "")
    return tuple(
        Answer(
            words.bodies[0],
            decision,
            words.reason,
            lang=words.lang,
            change_url="#point-10" if decision == "accepted" else None,
            segments=words.change if decision == "partly_accepted" else (),
        )
        for decision in decisions
    )


def _comments(words: Words) -> tuple[Comment, ...]:
    choices = tuple(zip(("agree", "disagree", "pass"), words.votes, (1212, 18, 3), strict=True))
    first, second, third = words.comments
    accepted = _answers(words)[1]
    reply = Comment("c-3", words.authors[1], third, words.lang, "neutral", reply_url="#", is_edited=True)
    return (
        Comment(
            "c-1", words.authors[0], first, words.lang, "against", url="#c-1", quote=words.quote,
            proposed=words.change, vote_url="#", vote_choices=choices, my_vote="agree", reply_url="#",
            receipt_url="#", answer=accepted, replies=(reply,),
        ),
        Comment("c-2", words.authors[1], second, words.lang, "for", vote_choices=choices, carried=words.changed),
        Comment("c-4", words.authors[0], first, words.lang, hidden_reason=words.reason),
        Comment("c-5", words.authors[0], first, words.lang, is_withdrawn=True),
    )  # fmt: skip


def _cards(words: Words) -> tuple[dict[str, Any], ...]:
    rows = zip(words.titles, words.bodies, words.types, words.lefts, (2006, 941, 38), (318, 207, 12), strict=True)
    return tuple(
        {
            "url": "#", "title": title, "status": words.open, "status_kind": "open", "time_left": left, "body": body,
            "type": kind, "votes": votes, "comments": comments, "days_passed": 10 - 2 * index, "days_total": 12,
        }
        for index, (title, body, kind, left, votes, comments) in enumerate(rows)
    )  # fmt: skip


def _letters(words: Words) -> tuple[dict[str, Any], ...]:
    stances = ("against", "against", "for")
    return tuple(
        {
            "url": "#", "title": text, "note": f"№ {318 - index} · {words.authors[0]}", "stance": stance,
            "support": words.support, "is_chosen": index == 0,
        }
        for index, (text, stance) in enumerate(zip(words.comments, stances, strict=True))
    )  # fmt: skip
