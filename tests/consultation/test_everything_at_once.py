"""Does the page of a draft that has everything a draft can have keep to its queries?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest

from portal.accounts.actor import OPERATOR
from portal.accounts.models import User
from portal.consultation.actions.extensions import extend_consultation
from portal.consultation.actions.moderation import hide_comment
from portal.consultation.actions.opinions import OpinionAnswer, record_opinion, request_opinion
from portal.consultation.actions.replies import ReplyDraft, post_reply
from portal.consultation.actions.versions import publish_changed_version
from portal.consultation.actions.votes import vote_on_comment, vote_on_draft
from portal.consultation.actions.windows import announce_consultation
from portal.consultation.queries.drafts import DraftFile, get_file
from portal.consultation.queries.opinions import find_channel
from portal.drafts.actions.bodies import rename_body
from portal.drafts.actions.gate import override_gate
from portal.drafts.actions.next_version import describe_version, start_version
from portal.drafts.actions.versions import add_attachment, upload_text
from portal.drafts.models import AttachmentKind
from portal.drafts.queries.reference import get_type
from portal.kernel import clock
from portal.kernel.clock import today
from tests.client import PageClient
from tests.consultation.test_reading_page import MOST_QUERIES
from tests.consultation.test_versions import CHANGED_KK, CHANGED_RU
from tests.make import TEXT_KK, TEXT_RU, Maker, actor_of
from tests.statements import counted

SignIn = Callable[..., User]
START = datetime(2026, 3, 2, 5, 0, tzinfo=UTC)  # a Monday
LATER = START + timedelta(days=3)
REASON = {"kk": "Көпшіліктің өтініші бойынша.", "ru": "По просьбе общественности."}
SHORTER_KK = TEXT_KK.replace("2) тасымалдаушы – көлікпен апаратын тұлға.\n", "")


@pytest.fixture(autouse=True)
def in_march() -> Iterator[None]:
    with clock.frozen(START):
        yield


def open_draft(make: Maker) -> DraftFile:
    """A draft with two unlike texts, all parts, two opinions, a moved day and what people said of it, still open."""
    draft = make.draft(type="law", texts={"kk": SHORTER_KK, "ru": TEXT_RU})
    act_type = get_type(draft.type_id)
    act_type.required_parts = ["passport", "note"]
    override_gate(OPERATOR, draft=draft, reason=REASON)  # a note comes, a passport does not
    for kind in (AttachmentKind.note, AttachmentKind.calculation, AttachmentKind.other):
        for language in ("kk", "ru"):
            add_attachment(OPERATOR, draft=draft, kind=kind, language=language, text="Түсіндірме.")
    for code in ("councils", "chamber"):
        channel = find_channel(code)
        assert channel is not None
        opinion = request_opinion(OPERATOR, draft=draft, channel=channel, addressee="Палата", sent_on=today())
    record_opinion(OPERATOR, draft=draft, opinion=opinion, answer=OpinionAnswer(today(), "objects", text="Нет.", language="ru"))
    make.commit()
    announce_consultation(OPERATOR, draft=draft, opens_on=today(), imported=True)
    make.commit()
    file = get_file(draft.id)
    extend_consultation(OPERATOR, file=file, closes_on=file.consultation.closes_on + timedelta(days=14), reason=REASON)
    with clock.frozen(LATER):
        names = {"kk": "Көлік агенттігі", "ru": "Агентство транспорта"}
        rename_body(OPERATOR, body=make.body(), names=names, on=today(), reason="Указ № 1")
        make.commit()
    return get_file(draft.id)


def speak(make: Maker, file: DraftFile, user: User) -> None:
    """Comments on the whole and on a point, with answers, votes, one the body replied to and one that was hidden."""
    actor = actor_of(user)
    for key in ("", "pnt_3"):
        comments = [make.comment(file, actor, text=f"Remark {number} {key}", provision_key=key) for number in range(3)]
        make.comment(file, actor, text="Why so?", parent=comments[0])
        hide_comment(make.actor("moderator"), comment=comments[2], rule=1, reason="Spam", language="en")
        vote_on_comment(make.actor(), file=file, comment=comments[0], value=1)
        post_reply(OPERATOR, file=file, comment=comments[0], typed=ReplyDraft("accepted", "Принято.", "ru"))
    vote_on_draft(actor, file=file, value=1)
    make.commit()


def queries_of(client: PageClient, address: str) -> list[str]:
    """The statements of a visit, when what is kept in memory is there."""
    assert client.get(address).status_code == 200
    with counted() as statements:
        client.get(address)
    return statements


def addresses(file: DraftFile) -> tuple[str, ...]:
    address = f"/drafts/{file.draft.id}"
    version = f"{address}/versions/1/ru"
    return address, f"{address}?provision=pnt_3", f"{version}?beside=kk&provision=pnt_3"


def test_an_open_draft_that_has_everything(make: Maker, client: PageClient, sign_in: SignIn) -> None:
    file = open_draft(make)
    user = make.user()
    speak(make, file, user)
    with clock.frozen(LATER):
        seen = {address: queries_of(client, address) for address in addresses(file)}
        sign_in(client, user=user)
        seen |= {f"{address} signed in": queries_of(client, address) for address in addresses(file)}
    text = client.words
    for words in ("Көпшіліктің өтініші", "Агентство транспорта", "Objects", "Remark 1 pnt_3", "acknowledged"):
        assert words in text, words
    for address, statements in seen.items():
        assert len(statements) <= MOST_QUERIES, "\n".join((address, *statements))


def test_a_changed_draft_that_has_everything(make: Maker, client: PageClient, sign_in: SignIn) -> None:
    file = open_draft(make)
    user = make.user()
    speak(make, file, user)
    with clock.frozen(START + timedelta(days=60)):
        start_version(OPERATOR, draft=file.draft)
        for language, text in (("kk", CHANGED_KK), ("ru", CHANGED_RU)):
            upload_text(OPERATOR, draft=file.draft, language=language, data=text.encode(), name=f"{language}.txt")
        describe_version(OPERATOR, draft=file.draft, note=REASON)
        publish_changed_version(OPERATOR, file=get_file(file.draft.id))
        make.commit()
        sign_in(client, user=user)
        places = (*addresses(file), f"/drafts/{file.draft.id}/versions/2/ru?provision=pnt_3")
        for address in places:
            statements = queries_of(client, address)
            assert len(statements) <= MOST_QUERIES, "\n".join((address, *statements))
