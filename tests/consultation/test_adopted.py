"""Is the adopted act linked and its text compared with the draft, for good and for everybody who took part?"""

from __future__ import annotations

import io
import json
from collections.abc import Callable

import pytest
from lxml import etree

from portal.accounts.actor import OPERATOR
from portal.accounts.models import User
from portal.consultation.models import Comment, Reply
from portal.consultation.queries.drafts import DraftFile
from portal.drafts.actions.adopted import link_adopted_act, publish_adopted_text, upload_adopted_text
from portal.drafts.actions.drafts import adopt_draft
from portal.drafts.exporters import export
from portal.drafts.exporters.akn import to_akn
from portal.drafts.importers import read_outline
from portal.drafts.queries.adopted import find_adopted_act, get_adopted_outline, list_adopted_texts
from portal.drafts.queries.publications import get_publication
from portal.drafts.structure import walk
from portal.kernel.clock import today
from portal.kernel.db import db
from portal.kernel.errors import DomainError, Refused
from portal.ledger.models import Entry
from portal.notifications.models import Message
from tests.client import PageClient
from tests.consultation.test_versions import CHANGED_KK, CHANGED_RU
from tests.make import TEXT_KK, TEXT_RU, Maker, actor_of

SignIn = Callable[..., User]
CHANGED = {"kk": CHANGED_KK, "ru": CHANGED_RU}


def adopted(make: Maker) -> DraftFile:
    file = make.closed()
    adopt_draft(OPERATOR, draft=file.draft, adopted_on=today(), reference="Order No 318")
    make.commit()
    return file


def publish(make: Maker, file: DraftFile, texts: dict[str, str] | None = None) -> None:
    for language, text in (texts or CHANGED).items():
        upload_adopted_text(OPERATOR, draft=file.draft, language=language, data=text.encode(), name=f"{language}.txt")
    publish_adopted_text(OPERATOR, draft=file.draft)
    make.commit()


def accept(make: Maker, file: DraftFile, key: str, text: str) -> Comment:
    comment = Comment(
        draft_id=file.draft.id, version_id=file.consultation.version_id, provision_key=key, author_name="Aigerim",
        language="ru", text=text,
    )  # fmt: skip
    db.session.add(comment)
    db.session.flush()
    db.session.add(
        Reply(comment_id=comment.id, draft_id=file.draft.id, body_id=file.draft.body_id, decision="accepted", text="Да.",
              language="ru")
    )  # fmt: skip
    make.commit()
    return comment


@pytest.mark.parametrize(
    "url",
    ["", "adilet.kz/x", "javascript:alert(1)", "ftp://adilet.kz/", "https://", "https://localhost/", "https://user:pw@adilet.kz/",
     "https://user@adilet.kz/", "https://adilet.kz/ x", "https://adilet.kz/" + "x" * 500, "https://[::1", "https://a..kz/",
     "https://adilet.kz:0/", "https://adilet.kz:99999/", "https://adilet.kz\\@evil.kz/", 'https://adilet.kz/"><script>'],
)  # fmt: skip
def test_an_address_is_a_page_of_the_web(make: Maker, url: str) -> None:
    file = adopted(make)
    with pytest.raises(DomainError) as refused:
        link_adopted_act(OPERATOR, draft=file.draft, url=url)
    assert refused.value.field == "url"


def test_an_address_is_kept_and_may_be_corrected(make: Maker) -> None:
    file = adopted(make)
    for url in ("http://adilet.zan.kz/rus/docs/V2600001", "https://zan.gov.kz/client/#!/doc/1/rus?a=b"):
        assert link_adopted_act(OPERATOR, draft=file.draft, url=url).url == url
    assert "adilet" not in str(list(db.session.execute(db.select(Entry.facts))))


def test_only_of_an_adopted_act_and_by_its_body(make: Maker) -> None:
    with pytest.raises(Refused, match="adopted first"):
        link_adopted_act(OPERATOR, draft=make.closed().draft, url="https://zan.gov.kz/")
    stranger = make.actor("drafter", body=make.body("other"))
    with pytest.raises(Refused, match="Only the body"):
        upload_adopted_text(stranger, draft=adopted(make).draft, language="ru", data=b"x", name="x.txt")


def test_the_adopted_text_carries_the_keys_of_the_draft(make: Maker) -> None:
    file = adopted(make)
    publish(make, file)
    act, texts = find_adopted_act(file.draft.id), list_adopted_texts(file.draft.id)
    assert act is not None and act.published_at is not None and act.version_id == file.consultation.version_id
    keys = [[unit.key for unit, _, _ in walk(get_adopted_outline(file.draft.id, code, ref.digest).provisions)]
            for code, ref in texts.items()]  # fmt: skip
    assert keys[0] == keys[1] == ["chp_1", "pnt_1", "chp_2", "pnt_3", "pnt_3_2"]
    assert act.counts["ru"]["reworded"] == 1 and act.counts["ru"]["removed"] == 3 and act.counts["ru"]["added"] == 1
    recorded = [entry.kind for entry in db.session.scalars(db.select(Entry).order_by(Entry.id))]
    assert recorded.count("adopted-text-uploaded") == 2 and recorded.count("adopted-text-published") == 1


def test_a_published_text_stays(make: Maker) -> None:
    file = adopted(make)
    publish(make, file)
    with pytest.raises(Refused, match="cannot be changed"):
        upload_adopted_text(OPERATOR, draft=file.draft, language="ru", data=TEXT_RU.encode(), name="ru.txt")
    with pytest.raises(Refused, match="cannot be changed"):
        publish_adopted_text(OPERATOR, draft=file.draft)


def test_both_authentic_texts_are_published(make: Maker) -> None:
    file = adopted(make)
    with pytest.raises(Refused):
        publish_adopted_text(OPERATOR, draft=file.draft)
    upload_adopted_text(OPERATOR, draft=file.draft, language="ru", data=CHANGED_RU.encode(), name="ru.txt")
    with pytest.raises(Refused, match="Kazakh"):
        publish_adopted_text(OPERATOR, draft=file.draft)


def test_readers_see_what_changed_on_the_way(make: Maker, client: PageClient) -> None:
    file = adopted(make)
    path = f"/drafts/{file.draft.id}"
    assert client.get(f"{path}/adopted").status_code == client.get(f"{path}/adopted/comments").status_code == 404
    link_adopted_act(OPERATOR, draft=file.draft, url="https://zan.gov.kz/doc/1")
    publish(make, file)
    client.get(path)
    said = client.words
    assert "What changed on the way to adoption: text changed in 1 unit, 1 unit added, 3 units removed." in said
    assert "Official publication" in said and "Order No 318" in said
    client.get(f"{path}/adopted?language=ru")
    assert "картой или наличными" in client.words
    client.get(f"{path}/adopted?language=ru&view=side&show=all")
    assert "Adopted text" in client.words and "Version 1" in client.words
    assert client.get(f"{path}/adopted?language=ru&unit=pnt_3").status_code == 302
    with client.get(f"{path}/adopted/ru/file") as answer:
        assert answer.data == CHANGED_RU.encode()
    assert client.get(f"{path}/adopted?version=9").status_code == 404


def test_an_act_adopted_as_drafted_says_so(make: Maker, client: PageClient) -> None:
    file = adopted(make)
    publish(make, file, {"kk": TEXT_KK, "ru": TEXT_RU})
    client.get(f"/drafts/{file.draft.id}")
    assert "adopted as it was drafted, without changes" in client.words


def test_accepted_comments_show_what_became_of_their_provision(make: Maker, client: PageClient) -> None:
    file = adopted(make)
    accept(make, file, "pnt_3", "Пусть принимают карты.")
    accept(make, file, "pnt_2", "Понятия не нужны.")
    accept(make, file, "pnt_1", "Хорошо.")
    accept(make, file, "", "В целом.")
    publish(make, file)
    client.get(f"/drafts/{file.draft.id}/adopted/comments")
    said = client.words
    assert "4 accepted comments" in said
    for state in ("Text changed", "Provision removed", "Unchanged", "The draft as a whole"):
        assert state in said


def test_those_who_took_part_get_a_letter_once(make: Maker) -> None:
    file = adopted(make)
    reader = make.user()
    comment = Comment(
        draft_id=file.draft.id, version_id=file.consultation.version_id, author_name="A", author_id=reader.id, language="en", text="x"
    )
    db.session.add(comment)
    make.commit()
    publish(make, file)
    letters = list(db.session.scalars(db.select(Message).where(Message.kind == "adopted_text_published")))
    assert [letter.user_id for letter in letters] == [reader.id]
    assert f"/drafts/{file.draft.id}/adopted" in letters[0].body and "Order No 318" in letters[0].body


def test_the_desk_takes_address_and_texts(make: Maker, client: PageClient, sign_in: SignIn) -> None:
    file = adopted(make)
    drafter = sign_in(client, "drafter", body=make.body())
    assert actor_of(drafter).acts_for(file.draft.body_id)
    path = f"/desk/drafts/{file.draft.id}/adopted-act"
    client.get(f"/desk/drafts/{file.draft.id}")
    assert "Address and text of the adopted act" in client.words
    client.get(path)
    assert client.post(f"{path}/address", data={"url": "zan"}).status_code == 422
    client.post(f"{path}/address", data={"url": "https://zan.gov.kz/doc/1"}, follow_redirects=True)
    assert "The address is saved." in client.words
    assert client.post(f"{path}/texts", data={}).status_code == 422
    answer = client.post(f"{path}/texts", data={"file_kk": (io.BytesIO(b"PK\x03\x04broken"), "kk.docx")})
    assert answer.status_code == 422
    files = {f"file_{code}": (io.BytesIO(text.encode()), f"{code}.txt") for code, text in CHANGED.items()}
    client.post(f"{path}/texts", data=files, follow_redirects=True)
    assert "text changed in 1 unit" in client.words
    client.post(f"{path}/publish", follow_redirects=True)
    assert "The adopted text is published." in client.words
    client.get(path)
    assert "does not change any more" in client.words
    assert client.post(f"{path}/publish").status_code in {403, 409, 422}


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_the_adopted_text_is_read_at_an_address_of_its_own(make: Maker, client: PageClient, language: str) -> None:
    file = adopted(make)
    base = f"/drafts/{file.draft.id}/adopted"
    assert client.get(f"{base}/{language}").status_code == client.get(f"{base}/{language}.pdf").status_code == 404
    publish(make, file)
    client.set_cookie("language", language)
    assert client.get(f"{base}/text").location == f"{base}/{language}"
    assert client.get(f"{base}/en").status_code == client.get(f"{base}/xx").status_code == 404
    assert client.get(f"{base}/{language}").status_code == 200
    assert client.page.xpath("//*[@id='pnt_3']")
    alternates = {link.get("href") for link in client.page.xpath("//link[@rel='alternate'][@type]")}
    machine = json.loads(client.page.xpath("string(//script[@type='application/ld+json'])"))
    assert machine["alternateName"] == "Order No 318" and machine["url"].endswith(f"{base}/{language}")
    client.inspects = False
    for suffix in ("akn.xml", "docx", "pdf", "html", "json"):
        address = f"{base}/{language}.{suffix}"
        assert address in alternates
        with client.get(address) as answer:
            assert answer.status_code == 200 and f"-adopted-{language}.{suffix}" in answer.headers["Content-Disposition"]
    with client.get(f"{base}.akn.xml") as answer:
        assert answer.status_code == 200 and b"<act " in answer.data and b"/akn/kz/act/order/" in answer.data
    with client.get(f"{base}.pdf") as answer:
        assert answer.status_code == 404
    client.inspects = True
    client.get(base)
    assert client.page.xpath(f"//a[@href='{base}/kk']")


def test_the_adopted_text_comes_back_from_its_files(make: Maker) -> None:
    file = adopted(make)
    publish(make, file)
    publication = get_publication(file.draft.id, None)
    assert publication.expression("ru") == f"http://127.0.0.1:8000/drafts/{file.draft.id}/adopted/ru"
    for code in ("akn", "docx", "html", "json"):
        again = read_outline(export(publication, code, "ru"), f"act.{code}", "ru")
        assert [unit.text for unit, *_ in walk(again.provisions)] == [unit.text for unit, *_ in walk(publication.texts["ru"].provisions)]
    assert etree.fromstring(to_akn(publication, None)).xpath("string(//*[local-name()='FRBRversionNumber'])") == ""
