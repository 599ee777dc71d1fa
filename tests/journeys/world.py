"""What is there to be looked at, attacked and walked through? A small portal with a draft in every phase."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from datetime import date, timedelta
from itertools import count
from typing import Any

from portal.accounts.actor import OPERATOR
from portal.accounts.models import User
from portal.accounts.tokens import Purpose, make_token
from portal.consultation.actions.comments import flag_comment
from portal.consultation.actions.moderation import hide_comment
from portal.consultation.actions.opinions import request_opinion
from portal.consultation.actions.replies import ReplyDraft, post_reply
from portal.consultation.models import Comment, Family
from portal.consultation.queries.drafts import DraftFile, get_file
from portal.consultation.queries.opinions import find_channel
from portal.drafts.actions.adopted import publish_adopted_text, upload_adopted_text
from portal.drafts.actions.comparative import Base, build_table
from portal.drafts.actions.drafts import adopt_draft, withdraw_draft
from portal.drafts.actions.reference import save_transferred_day
from portal.drafts.actions.versions import add_attachment
from portal.drafts.models import AttachmentKind, Body, Draft
from portal.drafts.queries.texts import latest_version
from portal.kernel import clock
from portal.kernel.db import db
from portal.ledger.queries import find_entry
from portal.ledger.receipts import receipt_for
from portal.reports.actions import generate_report, publish_report
from portal.search.actions import save_search
from tests.make import TEXT_KK, TEXT_RU, Maker, actor_of

ROLES = ("citizen", "drafter", "moderator", "administrator", "auditor")
HIDDEN_WORDS = "words that nobody may read any more"
SECRET_TITLE = "A draft nobody has been told of"


@dataclass
class World:
    """People by role, drafts by phase, the comments on them, and what proves or opens things."""

    make: Maker
    body: Body
    other_body: Body
    people: dict[str, User]
    other_drafter: User
    newcomer: User  # has not confirmed the address
    preparing: Draft
    announced: DraftFile
    open: DraftFile
    answering: DraftFile
    reported: DraftFile
    withdrawn: DraftFile
    adopted: DraftFile  # with the text of the act
    others: DraftFile  # open, of the other body
    comment: Comment
    hidden: Comment
    own: dict[str, Comment] = field(default_factory=dict)  # role → a comment of theirs on the open draft
    attachment_id: int = 0  # of the draft being prepared
    public_attachment_id: int = 0  # of the open draft
    opinion_id: int = 0  # asked for on the open draft, without an answer
    saved_searches: dict[str, int] = field(default_factory=dict)  # role → one they keep
    receipt: str = ""

    def token(self, purpose: Purpose, user: User | None = None) -> str:
        """What the link in a letter ends in."""
        return make_token(purpose, user or self.people["citizen"])


    def ids(self) -> dict[str, Any]:
        """All of it by number, to find it again in a copy of the database."""
        return {each.name: _id_of(getattr(self, each.name)) for each in fields(self) if each.name != "make"}


def _id_of(thing: Any) -> Any:
    if isinstance(thing, dict):
        return {name: _id_of(each) for name, each in thing.items()}
    if isinstance(thing, DraftFile):
        return ("file", thing.draft.id)
    return (type(thing), thing.id) if isinstance(thing, db.Model) else thing


def recall_world(make: Maker, ids: dict[str, Any]) -> World:
    """The world whose database was copied."""
    make.numbers = count(1000)  # those made before took the first ones
    return World(make=make, **{name: _found(value) for name, value in ids.items()})


def _found(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _found(each) for name, each in value.items()}
    if isinstance(value, tuple):
        kind, number = value
        return get_file(number) if kind == "file" else db.session.get(kind, number)
    return value


def build_world(make: Maker) -> World:
    """Make it through the portal's own actions."""
    body, other = make.body(), _other_body()
    people = {role: make.user(role, body=body if role == "drafter" else None) for role in ROLES}
    preparing = make.draft(en=SECRET_TITLE)
    note = add_attachment(
        OPERATOR, draft=preparing, kind=AttachmentKind.note, language="kk", name="note.txt", data="Түсіндірме жазба".encode()
    )
    _make_table(preparing)
    opened, attachment_id = _open(make)
    save_transferred_day(OPERATOR, on=date(2014, 6, 2), is_working=False, reason="Resolution No 1")
    comments = _comments(make, opened, people)
    world = World(
        make=make, body=body, other_body=other, people=people,
        other_drafter=make.user("drafter", body=other), newcomer=make.user("citizen", confirmed_at=None),
        preparing=preparing, announced=make.open(opens_on=clock.today() + timedelta(days=7)), open=opened,
        answering=_answering(make), reported=_reported(make), withdrawn=_withdrawn(make),
        adopted=_adopted(make), others=make.open(body=other),
        **comments, attachment_id=note.id, public_attachment_id=attachment_id,
        opinion_id=_opinion(opened), saved_searches={role: _saved_search(user) for role, user in people.items()},
    )  # fmt: skip
    for file in (world.open, world.withdrawn):
        file.consultation.family_id = world.open.draft.id
    db.session.add(Family(id=world.open.draft.id, size=2))
    make.commit()
    entry = find_entry(world.comment.entry_number or 0)
    assert entry is not None
    world.receipt = receipt_for(entry).code
    return world


def _other_body() -> Body:
    other = Body(code="district", kind="akimat", name_kk="Аудан әкімдігі", name_ru="Акимат района", name_en="District akimat")
    db.session.add(other)
    db.session.flush()
    return other


def _open(make: Maker) -> tuple[DraftFile, int]:
    """An open draft with a file in its package; packages are filled before the draft is public."""
    file = make.open()
    file.draft.is_public = False
    note = add_attachment(
        OPERATOR, draft=file.draft, kind=AttachmentKind.note, language="ru", name="записка.txt", data="Записка".encode()
    )
    _make_table(file.draft)
    file.draft.is_public = True
    make.commit()
    return get_file(file.draft.id), note.id


def _make_table(draft: Draft) -> None:
    """A comparative table of one row; it too is made before the version is published."""
    version = latest_version(draft.id)
    published_at, version.published_at = version.published_at, None
    base = TEXT_RU.replace("при входе", "у водителя").encode()
    build_table(OPERATOR, draft=draft, base=Base({"ru": ("act.txt", base)}))
    version.published_at = published_at


def _opinion(file: DraftFile) -> int:
    channel = find_channel("councils")
    assert channel is not None
    asked = request_opinion(
        OPERATOR, draft=file.draft, channel=channel, addressee="Public council", sent_on=clock.today()
    )
    return asked.id


def _saved_search(user: User) -> int:
    return save_search(actor_of(user), parameters="q=word", is_narrow=True, language="en").id


def _comments(make: Maker, file: DraftFile, people: dict[str, User]) -> dict[str, Any]:
    comment = make.comment(file, text="The ticket must be sold on the bus.", provision_key="pnt_3", stance="for")
    make.comment(file, text="And by telephone.", parent=comment)
    hidden = make.comment(file, text=HIDDEN_WORDS, proposed_text=HIDDEN_WORDS, organisation="Hidden organisation")
    reader = actor_of(people["citizen"])
    flag_comment(reader, comment=hidden, reason="It insults.")
    flag_comment(reader, comment=comment, reason="I do not like it.")
    hide_comment(actor_of(people["moderator"]), comment=hidden, rule=1, reason="It insults people.", language="en")
    own = {
        role: make.comment(file, actor_of(people[role]), text=f"What a {role} says.")
        for role in ("citizen", "moderator", "administrator")
    }
    return {"comment": comment, "hidden": hidden, "own": own}


def _answering(make: Maker) -> DraftFile:
    """A draft whose discussion has ended, with one comment answered and one not."""
    with clock.frozen(clock.now() - timedelta(days=12)):
        file = make.open(closes_on=clock.today() + timedelta(days=9))
        first = make.comment(file, text="Answered.")
        make.comment(file, text="Not answered.")
    file = get_file(file.draft.id)
    post_reply(OPERATOR, file=file, comment=first, typed=ReplyDraft("noted", "It is noted.", "en"))
    make.commit()
    return file


def _reported(make: Maker) -> DraftFile:
    with clock.frozen(clock.now() - timedelta(days=12)):
        file = make.open(closes_on=clock.today() + timedelta(days=9))
        comment = make.comment(file, text="Answered and reported.")
    file = get_file(file.draft.id)
    post_reply(OPERATOR, file=file, comment=comment, typed=ReplyDraft("accepted", "It is right.", "en"))
    make.commit()
    publish_report(OPERATOR, file=file, report=generate_report(OPERATOR, file=file))
    make.commit()
    return get_file(file.draft.id)


def _adopted(make: Maker) -> DraftFile:
    draft = _reported(make).draft
    adopt_draft(OPERATOR, draft=draft, adopted_on=clock.today(), reference="Order No 1")
    for language, text in (("kk", TEXT_KK), ("ru", TEXT_RU)):
        upload_adopted_text(OPERATOR, draft=draft, language=language, data=text.encode(), name=f"{language}.txt")
    publish_adopted_text(OPERATOR, draft=draft)
    make.commit()
    return get_file(draft.id)


def _withdrawn(make: Maker) -> DraftFile:
    file = make.open()
    make.comment(file, text="Before it was withdrawn.")
    withdraw_draft(OPERATOR, draft=file.draft, reason={"kk": "Қажет емес.", "ru": "Не нужен."})
    make.commit()
    return get_file(file.draft.id)
