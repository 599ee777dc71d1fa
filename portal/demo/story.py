"""In which order did the demonstration happen?

Everything is done by the portal's own actions at the hour it is said to have happened, oldest first, so that the
ledger, the counts and the mails are those of a portal that was really used.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from portal.accounts.actor import OPERATOR, Actor
from portal.consultation.actions.comments import CommentDraft, post_comment
from portal.consultation.actions.moderation import hide_comment
from portal.consultation.actions.replies import ReplyDraft, post_reply
from portal.consultation.actions.votes import vote_on_comment, vote_on_draft
from portal.consultation.actions.windows import announce_consultation, note_closing, note_opening
from portal.consultation.clock_rules import GROUNDS
from portal.consultation.models import Comment
from portal.consultation.queries.drafts import get_file
from portal.demo.content import DraftContent
from portal.demo.people import People
from portal.demo.places import key_of
from portal.demo.procedure import (
    acknowledge,
    allow_missing,
    ask_opinion,
    change_text,
    compare_with,
    extend,
    follow_document,
    ground_of,
    receive_opinion,
    show_adopted,
)
from portal.drafts.actions.drafts import DraftCard, adopt_draft, create_draft, withdraw_draft
from portal.drafts.actions.versions import add_attachment, upload_text
from portal.drafts.models import AttachmentKind
from portal.drafts.queries.reference import answers_due, closing_day, find_body, find_type, list_areas
from portal.drafts.queries.texts import get_draft
from portal.drafts.structure import Outline
from portal.kernel.clock import start_of
from portal.kernel.db import db
from portal.reports.actions import generate_report, publish_report


@dataclass(frozen=True, order=True)
class Event:
    """Something done at an instant; `place` keeps simultaneous things in the order they were told."""

    at: datetime
    place: int
    act: Callable[[], None] = field(compare=False)


class Story:
    """All that happened to one draft."""

    def __init__(
        self, content: DraftContent, people: People, now: datetime, today: date, numbers: dict[str, str]
    ) -> None:
        """`numbers` is what all stories share: slug → number of the draft."""
        self.content, self.people, self.now, self.numbers = content, people, now, numbers
        self.random = random.Random(content.slug + content.words.get("body", ""))
        self.opens_on = today + timedelta(days=int(content.card["opens"]))
        act_type = find_type(content.card["type"])
        body = find_body(content.card["body"])
        assert act_type is not None and body is not None, content.slug
        self.act_type, self.body = act_type, body
        self.ground = ground_of(content.card)
        self.closes_on = lawful = closing_day(find_type(GROUNDS.get(self.ground.code, "")) or act_type, self.opens_on)
        if content.phase in {"answering", "report_published", "adopted"}:
            self.closes_on = min(self.closes_on, today - timedelta(days=1))
        self.is_cut = self.closes_on < lawful  # so that it has closed whatever holidays there are on the day of loading
        self.answers_on = min(answers_due(act_type, self.closes_on), today)
        self.drafter = people.drafter(body.id)
        self.draft_id = 0
        self.outline: Outline | None = None
        self.comments: dict[str, int] = {}
        self.opinions: dict[str, int] = {}

    def events(self) -> Iterator[Event]:
        """What happened, each with its hour; sort before telling."""
        told = list(self._told())
        yield from (Event(min(at, self.now), place, act) for place, (at, act) in enumerate(told))

    def _told(self) -> Iterator[tuple[datetime, Callable[[], None]]]:
        opening, closing = start_of(self.opens_on), start_of(self.closes_on + timedelta(days=1))
        card = self.content.card
        yield opening - timedelta(days=card.get("prepared", 3)), self._prepare
        if self.content.phase == "preparation":
            return
        yield opening - timedelta(days=card["announced"]) if "announced" in card else opening - timedelta(hours=14), self._announce
        yield from self._opinions(opening)
        if self.content.phase == "announced":
            return
        yield opening, lambda: note_opening(OPERATOR, file=get_file(self.draft_id))
        last = closing if self.content.phase != "withdrawn" else opening + timedelta(days=12)
        yield from self._draft_votes(opening, min(last, self.now))
        for data in self.content.comments:
            yield from self._comment(data, opening, min(last, self.now))
        if longer := card.get("extension"):
            at = opening + timedelta(days=longer["on"], hours=10)
            yield at, lambda: extend(self.drafter, self.draft_id, self.closes_on, longer)
        if self.content.phase == "withdrawn":
            yield opening + timedelta(days=12, hours=1), self._withdraw
        elif closing <= self.now:
            yield closing, lambda: note_closing(OPERATOR, file=get_file(self.draft_id))
        if self.content.phase in {"report_published", "adopted"}:
            yield start_of(self.answers_on) + timedelta(hours=12), self._report
        if changed := card.get("version"):
            at = start_of(self.answers_on) + timedelta(days=changed["after"], hours=11)
            yield at, lambda: change_text(self.drafter, self.draft_id, self.content.changed_texts, changed)
        if self.content.phase == "adopted":
            yield start_of(self.answers_on) + timedelta(days=21), self._adopt
        if url := card.get("adopted_url"):
            at = start_of(self.answers_on) + timedelta(days=24, hours=11)
            yield at, lambda: show_adopted(self.drafter, self.draft_id, self.content.adopted_texts, url)

    def _prepare(self) -> None:
        card = self.content.card
        areas = {area.code: area.id for area in list_areas()}
        draft = create_draft(
            self.drafter,
            body=self.body,
            card=DraftCard(
                self.act_type.id, self.content.by_language("title"), self.content.by_language("summary"),
                card.get("passport", {}), areas.get(card["area"]),
            ),
        )  # fmt: skip
        self.draft_id, self.numbers[self.content.slug] = draft.id, draft.number
        for language, data in self.content.texts.items():
            outline = upload_text(
                self.drafter, draft=draft, language=language, data=data, name=f"{self.content.slug}.{language}.txt"
            )
            self.outline = self.outline or outline
        for language, text in card.get("note", {}).items():
            add_attachment(self.drafter, draft=draft, kind=AttachmentKind.note, language=language, text=text.strip())
        if earlier := card.get("follows"):
            follow_document(self.drafter, draft.id, self.numbers[earlier])
        if table := card.get("table"):
            compare_with(self.drafter, draft.id, self.numbers[table["base"]], table)

    def _announce(self) -> None:
        card = self.content.card
        if missing := card.get("override"):
            allow_missing(self.people.administrator, self.draft_id, missing)
        if meant := card.get("acknowledged"):
            acknowledge(self.drafter, self.draft_id, meant)
        announce_consultation(
            self.drafter, draft=get_draft(self.draft_id), opens_on=self.opens_on, closes_on=self.closes_on, ground=self.ground,
            imported=self.is_cut,
        )  # fmt: skip

    def _opinions(self, opening: datetime) -> Iterator[tuple[datetime, Callable[[], None]]]:
        for said in self.content.card.get("opinion", ()):
            yield opening + timedelta(days=said["sent"], hours=10), lambda said=said: self._ask(said)
            at = opening + timedelta(days=said.get("answered", 0), hours=15)
            if "answered" in said and at <= self.now:
                yield at, lambda said=said: receive_opinion(self.drafter, self.draft_id, self.opinions[said["addressee"]], said)

    def _ask(self, said: dict[str, str]) -> None:
        self.opinions[said["addressee"]] = ask_opinion(self.drafter, self.draft_id, said)

    def _draft_votes(self, opening: datetime, last: datetime) -> Iterator[tuple[datetime, Callable[[], None]]]:
        mood = self.random.uniform(0.35, 0.85)
        for voter in self.people.some(self.random, self.random.randint(12, 44)):
            value = 1 if self.random.random() < mood else -1
            yield self._between(opening, last), lambda voter=voter, value=value: self._vote(voter, value)

    def _vote(self, voter: Actor, value: int) -> None:
        vote_on_draft(voter, file=get_file(self.draft_id), value=value)

    def _comment(
        self, data: dict[str, object], opening: datetime, last: datetime
    ) -> Iterator[tuple[datetime, Callable[[], None]]]:
        day = opening + timedelta(days=int(str(data["day"])))
        # parents stand before their answers in the file, so the hour grows with the place
        place = 4 + 16 * (self.content.comments.index(data) + 1) / (len(self.content.comments) + 1)
        posted = min(day + timedelta(hours=place), last - timedelta(minutes=20))
        if data.get("parent"):
            posted = min(posted + timedelta(minutes=7), last - timedelta(minutes=10))
        yield posted, lambda: self._post(data)
        voters = self.people.some(self.random, int(str(data["votes_for"])) + int(str(data["votes_against"])))
        for number, voter in enumerate(voters):
            value = 1 if number < int(str(data["votes_for"])) else -1
            at = self._between(posted + timedelta(minutes=1), last)
            yield at, lambda voter=voter, value=value: self._vote_on(data, voter, value)
        if hidden := data.get("hidden"):
            yield posted + timedelta(hours=2), lambda: self._hide(data, dict(hidden))  # type: ignore[call-overload]
        if reply := data.get("reply"):
            yield self._reply_time(posted), lambda: self._reply(data, dict(reply))  # type: ignore[call-overload]

    def _reply_time(self, posted: datetime) -> datetime:
        if self.content.phase == "open":
            return posted + timedelta(hours=26)
        days = max(1, (self.answers_on - self.closes_on).days - 1)
        return start_of(self.closes_on) + timedelta(days=self.random.randint(1, days), hours=self.random.randint(9, 17))

    def _post(self, data: dict[str, object]) -> None:
        assert self.outline is not None
        parent = db.session.get(Comment, self.comments[str(data["parent"])]) if data.get("parent") else None
        typed = CommentDraft(
            text=str(data["text"]).strip(), language=str(data["language"]), stance=str(data["stance"]),
            proposed_text=str(data.get("proposed", "")).strip(), provision_key=key_of(self.outline, str(data["provision"])),
        )  # fmt: skip
        author = self.people.author(str(data["author"]), str(data["language"]))
        comment = post_comment(author, file=get_file(self.draft_id), typed=typed, parent=parent)
        self.comments[str(data["id"])] = comment.id

    def _stored(self, data: dict[str, object]) -> Comment:
        comment = db.session.get(Comment, self.comments[str(data["id"])])
        assert comment is not None
        return comment

    def _vote_on(self, data: dict[str, object], voter: Actor, value: int) -> None:
        comment = self._stored(data)
        if comment.hidden_at is None and comment.author_id != voter.id:
            vote_on_comment(voter, file=get_file(self.draft_id), comment=comment, value=value)

    def _hide(self, data: dict[str, object], hidden: dict[str, object]) -> None:
        language = str(data["language"])
        hide_comment(
            self.people.moderator, comment=self._stored(data), rule=int(str(hidden["rule"])),
            reason=str(hidden[f"reason_{language}"]), language=language,
        )  # fmt: skip

    def _reply(self, data: dict[str, object], reply: dict[str, object]) -> None:
        assert self.outline is not None
        language = str(reply["language"])
        typed = ReplyDraft(
            decision=str(reply["decision"]), text=str(reply["text"]).strip(), language=language,
            unit=str(reply.get(f"unit_{language}", "")), changed_provision=key_of(self.outline, str(reply.get("changed", ""))),
        )  # fmt: skip
        post_reply(self.drafter, file=get_file(self.draft_id), comment=self._stored(data), typed=typed)

    def _report(self) -> None:
        report = generate_report(self.drafter, file=get_file(self.draft_id))
        publish_report(self.drafter, file=get_file(self.draft_id), report=report)

    def _withdraw(self) -> None:
        reason = {name.removeprefix("withdrawn_reason_"): text for name, text in self.content.card.items()
                  if name.startswith("withdrawn_reason_")}  # fmt: skip
        withdraw_draft(self.drafter, draft=get_draft(self.draft_id), reason=reason)

    def _adopt(self) -> None:
        adopted_on = self.answers_on + timedelta(days=20)
        adopt_draft(
            self.drafter, draft=get_draft(self.draft_id), adopted_on=adopted_on, reference=self.content.card["adopted_reference"]
        )

    def _between(self, first: datetime, last: datetime) -> datetime:
        seconds = max(1, int((last - first).total_seconds()) - 60)
        return (first + timedelta(seconds=self.random.randint(0, seconds))).astimezone(UTC)
