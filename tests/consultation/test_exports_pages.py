"""Are a version, its languages, its provisions and its files found at addresses that last?"""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from lxml import etree

from portal.accounts.models import User
from portal.drafts.exporters import FORMATS
from portal.kernel.files import DOCX
from tests.client import PageClient
from tests.make import Maker

SignIn = Callable[..., User]
TYPES = {
    "docx": DOCX, "pdf": "application/pdf", "html": "text/html", "akn.xml": "application/akn+xml",
    "xml": "application/akn+xml", "json": "application/json",
}  # fmt: skip


@pytest.mark.parametrize("suffix", list(TYPES))
def test_a_text_is_downloaded_in_every_format(client: PageClient, make: Maker, suffix: str) -> None:
    draft = make.open().draft
    make.commit()
    client.inspects = False  # the file stands outside the portal and carries its own style sheet
    address = f"/drafts/{draft.id}/versions/1/ru.{suffix}"
    answer = client.get(address)
    assert answer.status_code == 200 and answer.mimetype == TYPES[suffix]
    ending = "akn.xml" if suffix == "xml" else suffix
    assert f'filename="{draft.number}-v1-ru.{ending}"' in answer.headers["Content-Disposition"]
    assert "immutable" in answer.headers["Cache-Control"] and "sandbox" in answer.headers["Content-Security-Policy"]
    again = client.get(address, headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304 and again.data == b""
    other = client.get(f"/drafts/{draft.id}/versions/1/kk.{suffix}")
    assert other.headers["ETag"] != answer.headers["ETag"]


def test_formats_that_hold_all_languages_have_an_address_for_the_version(client: PageClient, make: Maker) -> None:
    draft_id = make.open().draft.id
    make.commit()
    assert set(json.loads(client.get(f"/drafts/{draft_id}/versions/1.json").data)["texts"]) == {"kk", "ru"}
    root = etree.fromstring(client.get(f"/drafts/{draft_id}/versions/1.akn.xml").data)
    assert len(root.findall(".//{*}bill")) == 2
    assert client.get(f"/drafts/{draft_id}/versions/1.pdf").status_code == 404


def test_a_version_leads_to_the_reader_s_language(client: PageClient, make: Maker) -> None:
    draft_id = make.open().draft.id
    make.commit()
    answer = client.get(f"/drafts/{draft_id}/versions/1?lang=ru")
    assert answer.status_code == 302 and answer.location.endswith(f"/drafts/{draft_id}/versions/1/ru")
    assert client.get(f"/drafts/{draft_id}/versions/7").status_code == 404


def test_the_page_names_its_formats_languages_and_itself(client: PageClient, make: Maker) -> None:
    draft_id = make.open().draft.id
    make.commit()
    client.get(f"/drafts/{draft_id}/versions/1/ru")
    links = {(a.get("type"), a.get("hreflang")): a.get("href") for a in client.page.iterfind(".//link[@rel='alternate']")}
    for format_ in FORMATS.values():
        for language in ("kk", "ru"):
            address = f"/drafts/{draft_id}/versions/1/{language}.{format_.suffix}"
            assert links[(format_.media_type, language)] == address
            assert client.page.find(f".//a[@href='{address}']") is not None
    data = json.loads(client.page.findtext(".//script[@type='application/ld+json']") or "")
    assert data["@type"] == "Legislation" and data["inLanguage"] == "ru"
    assert data["url"].endswith(f"/drafts/{draft_id}/versions/1/ru")
    assert {part["encodingFormat"] for part in data["encoding"]} == {format_.media_type for format_ in FORMATS.values()}


def test_the_data_block_cannot_be_left(client: PageClient, make: Maker) -> None:
    draft = make.open(kk="</script><script>alert(1)</script>", ru="</script><b>").draft
    make.commit()
    html = client.get(f"/drafts/{draft.id}").get_data(as_text=True)
    assert "<script>alert" not in html and "</script><b>" not in html


def test_what_is_not_public_has_no_files_but_for_its_body(client: PageClient, make: Maker, sign_in: SignIn) -> None:
    draft = make.draft()
    make.commit()
    for suffix in TYPES:
        assert client.get(f"/drafts/{draft.id}/versions/1/kk.{suffix}").status_code == 404
    assert client.get(f"/drafts/{draft.id}/versions/1.json").status_code == 404
    assert client.get(f"/drafts/{draft.id}/versions/1").status_code == 404
    assert client.get(f"/drafts/{draft.id}/versions/1/kk/find").status_code == 404
    assert client.get(f"/desk/drafts/{draft.id}/export/kk.docx").status_code in {302, 303, 401, 403}
    sign_in(client, "drafter", body=make.body())
    answer = client.get(f"/desk/drafts/{draft.id}/export/kk.docx")
    assert answer.status_code == 200 and answer.headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("ending", ["kk.exe", "de.pdf", "kk.", ".pdf", "kk.pdf.zip", "../kk.pdf", "kk.akn"])
def test_other_files_there_are_none(client: PageClient, make: Maker, ending: str) -> None:
    draft_id = make.open().draft.id
    make.commit()
    assert client.get(f"/drafts/{draft_id}/versions/1/{ending}").status_code == 404
