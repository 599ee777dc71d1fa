"""Does the first page show what it should, cheaply, and are the standing pages whole in every language?"""

from __future__ import annotations

from datetime import timedelta

import pytest

from portal.accounts.actor import OPERATOR
from portal.consultation.actions.replies import ReplyDraft, post_reply
from portal.consultation.queries.drafts import get_file
from portal.home.standing import NAMES, read_standing_page
from portal.kernel import clock, remembered
from tests.make import Maker
from tests.statements import counted


@pytest.fixture(autouse=True)
def fresh_numbers() -> None:
    remembered.forget()


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_an_empty_portal_says_so(client, language: str) -> None:
    page = client.get(f"/?lang={language}")
    assert page.status_code == 200
    assert client.page.get("lang") == language
    empty = {"kk": "Қазір талқылауға ашық жоба жоқ", "ru": "Сейчас нет проектов", "en": "No draft is open"}
    assert empty[language] in page.get_data(as_text=True)


def test_drafts_closing_first_stand_first(make: Maker, client) -> None:
    late = make.open(closes_on=clock.today() + timedelta(days=9), en="Closes late")
    soon = make.open(closes_on=clock.today() + timedelta(days=2), en="Closes soon")
    html = client.get("/").get_data(as_text=True)
    assert 0 < html.index(soon.draft.title_en) < html.index(late.draft.title_en)


def test_an_accepted_proposal_is_shown_with_its_words(make: Maker, client) -> None:
    file = make.open()
    proposal = "Пассажир оплачивает проезд при выходе."
    comment = make.comment(file, language="ru", provision_key="pnt_3", proposed_text=proposal)
    typed = ReplyDraft(decision="accepted", text="Согласны.", language="ru")
    post_reply(OPERATOR, file=get_file(file.draft.id), comment=comment, typed=typed)
    make.commit()
    html = client.get("/").get_data(as_text=True)
    assert "выходе" in html and f"/comments/{comment.id}" in html


def test_proposals_in_the_readers_language_stand_first(make: Maker, client) -> None:
    file = make.open()
    ids = {}
    for language, proposal in (("kk", "Жолаушы жол ақысын түскенде төлейді."), ("ru", "Пассажир платит при выходе.")):
        comment = make.comment(file, language=language, provision_key="pnt_3", proposed_text=proposal)
        typed = ReplyDraft(decision="accepted", text="Келісеміз. Согласны.", language=language)
        post_reply(OPERATOR, file=get_file(file.draft.id), comment=comment, typed=typed)
        ids[language] = f"/comments/{comment.id}"
    make.commit()
    for language, other in (("kk", "ru"), ("ru", "kk")):
        html = client.get(f"/?lang={language}").get_data(as_text=True)
        assert 0 < html.index(ids[language]) < html.index(ids[other])


def test_the_first_page_costs_ten_queries_at_most_however_much_there_is(make: Maker, client) -> None:
    counts = []
    for _ in range(2):
        for _ in range(4):
            file = make.open()
            make.comment(file)
        client.get("/")
        remembered.forget()
        with counted() as statements:
            assert client.get("/").status_code == 200
        counts.append(len(statements))
    assert counts[0] == counts[1] <= 10


def test_standing_pages_exist_in_every_language(client) -> None:
    for name in NAMES:
        for language in ("kk", "ru", "en"):
            page = client.get(f"/{name}?lang={language}")
            assert page.status_code == 200
            assert read_standing_page(name, language).title in page.get_data(as_text=True)


def test_standing_pages_link_only_to_pages_there_are(client) -> None:
    for name in NAMES:
        client.get(f"/{name}")
        for link in client.page.iterfind(".//main//a"):
            assert client.get(link.get("href")).status_code == 200, link.get("href")


def test_numbered_points_go_on_over_headings() -> None:
    starts = [block.start for block in read_standing_page("rules", "en").blocks if block.kind == "numbers"]
    assert starts[0] == 1 and len(starts) > 1 and starts[-1] > starts[0]


