"""Is a bill linked to its consultative document, and a draft to the one it replaces?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from portal.accounts.actor import OPERATOR
from portal.accounts.models import User
from portal.consultation.actions.links import link_draft, unlink_draft
from portal.consultation.models import Consultation
from portal.consultation.queries.drafts import DraftFile
from portal.consultation.queries.links import get_link, list_links
from portal.drafts.actions.drafts import withdraw_draft
from portal.drafts.actions.gate import delete_draft
from portal.drafts.models import Draft, DraftLink, LinkKind
from portal.kernel.clock import now, today
from portal.kernel.db import db
from portal.kernel.errors import Conflict, Invalid, NotFound, Refused
from portal.ledger.models import Entry
from tests.client import PageClient
from tests.make import Maker

SignIn = Callable[..., User]


def document(make: Maker, **more: object) -> DraftFile:
    return make.open(type="kdrp", en="Document on fares", **more)  # type: ignore[arg-type]


def linked(make: Maker) -> tuple[DraftFile, Draft, DraftLink]:
    earlier, bill = document(make), make.draft(type="law", en="Bill on fares")
    link = link_draft(OPERATOR, draft=bill, number=earlier.draft.number)
    make.commit()
    return earlier, bill, link


def report(make: Maker, draft_id: int) -> None:
    db.session.execute(db.update(Consultation).where(Consultation.draft_id == draft_id).values(reported_at=now()))
    make.commit()
    db.session.expire_all()


def test_a_bill_follows_its_consultative_document(make: Maker) -> None:
    earlier, bill, link = linked(make)
    assert (link.from_id, link.to_id, link.kind) == (earlier.draft.id, bill.id, LinkKind.consultative)
    (row,) = list_links(bill.id)
    assert row.is_earlier and row.number == earlier.draft.number
    entries = list(db.session.scalars(db.select(Entry).where(Entry.kind == "draft-linked")))
    assert len(entries) == 1 and entries[0].subject == f"draft:{bill.id}"


def test_a_bill_that_is_not_public_is_not_named_on_the_document(make: Maker) -> None:
    earlier, *_ = linked(make)
    assert list_links(earlier.draft.id) == []


def test_what_can_lead_to_what(make: Maker) -> None:
    earlier, order, bill = document(make), make.draft(), make.draft(type="law")
    hidden, other_bill = make.draft(type="kdrp"), make.open(type="law")
    with pytest.raises(Invalid, match="neither"):
        link_draft(OPERATOR, draft=order, number=earlier.draft.number)
    with pytest.raises(Invalid, match="neither"):
        link_draft(OPERATOR, draft=bill, number=other_bill.draft.number)
    with pytest.raises(Invalid, match="no public draft"):
        link_draft(OPERATOR, draft=bill, number=hidden.number)
    with pytest.raises(Invalid, match="itself"):
        link_draft(OPERATOR, draft=other_bill.draft, number=other_bill.draft.number)
    link_draft(OPERATOR, draft=bill, number=earlier.draft.number)
    with pytest.raises(Conflict):
        link_draft(OPERATOR, draft=bill, number=earlier.draft.number)


def test_a_draft_replaces_a_withdrawn_one(make: Maker, client: PageClient) -> None:
    old, new = make.open(en="First try"), make.open(en="Second try")
    withdraw_draft(OPERATOR, draft=old.draft, reason={"kk": "Қайта өңделді.", "ru": "Переработан."})
    link = link_draft(OPERATOR, draft=new.draft, number=old.draft.number)
    make.commit()
    assert link.kind is LinkKind.replacement
    client.get(f"/drafts/{old.draft.id}")
    assert "Replaced by another draft: Second try" in client.words
    client.get(f"/drafts/{new.draft.id}")
    assert "Replaces a withdrawn draft: First try" in client.words


def test_only_the_bill_s_body_links_it(make: Maker) -> None:
    earlier, bill = document(make), make.draft(type="law")
    stranger = make.actor("drafter", body=make.body("other"))
    with pytest.raises(Refused):
        link_draft(stranger, draft=bill, number=earlier.draft.number)


def test_a_link_is_removed_until_the_report(make: Maker) -> None:
    _, bill, link = linked(make)
    unlink_draft(OPERATOR, draft=bill, link=link)
    assert list_links(bill.id) == []
    public = make.open(type="law", opens_on=today() - timedelta(days=30), closes_on=today() - timedelta(days=9))
    link = link_draft(OPERATOR, draft=public.draft, number=document(make).draft.number)
    report(make, public.draft.id)
    with pytest.raises(Refused, match="report"):
        unlink_draft(OPERATOR, draft=public.draft, link=link)


def test_a_link_is_removed_from_the_later_draft_only(make: Maker) -> None:
    earlier, _, link = linked(make)
    with pytest.raises(NotFound):
        get_link(earlier.draft.id, link.id)


def test_a_deleted_draft_takes_its_links_along(make: Maker) -> None:
    earlier, bill, _ = linked(make)
    delete_draft(OPERATOR, draft=bill)
    make.commit()
    assert db.session.scalar(db.select(DraftLink.id)) is None
    assert db.session.get(Draft, earlier.draft.id) is not None


def test_both_pages_show_the_link_in_the_order_of_the_law(make: Maker, client: PageClient) -> None:
    earlier, bill = document(make), make.open(type="law", en="Bill on fares")
    make.comment(earlier)
    link_draft(OPERATOR, draft=bill.draft, number=earlier.draft.number)
    report(make, earlier.draft.id)
    client.get(f"/drafts/{bill.draft.id}")
    said = client.words
    assert f"First discussed as a consultative document: Document on fares, No {earlier.draft.number} · 1 comment" in said
    assert said.index("Consultative document") < said.index("Announced")
    client.get(f"/drafts/{earlier.draft.id}")
    assert f"Followed by the bill: Bill on fares, No {bill.draft.number}" in client.words


def test_the_desk_links_by_number_and_by_choice(make: Maker, client: PageClient, sign_in: SignIn) -> None:
    earlier, bill = document(make), make.draft(type="law")
    sign_in(client, "drafter", body=make.body())
    path = f"/desk/drafts/{bill.id}/links"
    client.get(path)
    assert "No consultative document is linked" in client.words and "Document on fares" in client.words
    client.get(f"{path}?q=FARES")
    assert "Document on fares" in client.words
    client.get(f"{path}?q=nothing")
    assert "Nothing found" in client.words
    assert client.post(path, data={"number": "2026-99999"}).status_code == 422
    assert "There is no public draft with this number." in client.words
    client.post(path, data={"number": earlier.draft.number}, follow_redirects=True)
    assert "The drafts are linked." in client.words and "No consultative document is linked" not in client.words
    link = db.session.scalars(db.select(DraftLink)).one()
    client.post(f"{path}/{link.id}/remove", follow_redirects=True)
    assert "The link is removed." in client.words


def test_opening_a_bill_without_a_document_says_so_calmly(make: Maker, client: PageClient, sign_in: SignIn) -> None:
    bill, order = make.draft(type="law"), make.draft()
    sign_in(client, "drafter", body=make.body())
    client.get(f"/desk/drafts/{bill.id}/open")
    assert "article 17-1" in client.words
    client.get(f"/desk/drafts/{order.id}/open")
    assert "article 17-1" not in client.words
    link_draft(OPERATOR, draft=bill, number=document(make).draft.number)
    make.commit()
    client.get(f"/desk/drafts/{bill.id}/open")
    assert "article 17-1" not in client.words


def test_why_no_consultative_document_was_needed_is_public_and_in_the_ledger(
    client: PageClient, make: Maker, sign_in: SignIn
) -> None:
    sign_in(client, "drafter", body=make.body())
    bill = make.open(type="law")
    path = f"/desk/drafts/{bill.draft.id}/links"
    assert client.post(f"{path}/waiver", data={"reason_kk": "Қажет емес.", "reason_ru": ""}).status_code == 422
    assert client.page.find(".//*[@id='reason_ru-error']") is not None
    said = {"reason_kk": "Халықаралық шарттан туындайды.", "reason_ru": "Следует из международного договора."}
    assert client.post(f"{path}/waiver", data=said).status_code == 302
    last = db.session.scalars(db.select(Entry).order_by(Entry.id.desc())).first()
    assert last is not None and (last.kind, last.subject) == ("document-waived", f"draft:{bill.draft.id}")
    for address in (path, f"/drafts/{bill.draft.id}?lang=ru"):
        client.get(f"{address}")
    assert "Следует из международного договора." in " ".join(client.words.split())
    order = make.open()
    assert client.post(f"/desk/drafts/{order.draft.id}/links/waiver", data=said).status_code == 403
