"""Does the search page answer everybody and everything, within its budget?"""

from __future__ import annotations

import zlib
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from portal.kernel import clock
from portal.search.index import engine
from portal.search.learning import learn
from portal.web.flask_app import PortalApp
from tests.client import PageClient
from tests.make import Maker
from tests.page import text_of
from tests.search.hostile import HOSTILE
from tests.statements import counted

STATEMENTS = 12  # of a page of results for somebody who is signed in


def _links(client: PageClient) -> list[tuple[str, str]]:
    return [(text_of(link), link.get("href") or "") for link in client.main.iter("a")]


def test_finds_and_marks_in_the_spelling_of_the_text(indexed: PortalApp, client: PageClient, make: Maker) -> None:
    file = make.open()
    make.comment(file, text="Жолаушыға орын жоқ. <script>alert(1)</script>", language="kk")
    assert client.get("/search?q=жолаушының").status_code == 200
    marks = {text_of(mark) for mark in client.page.iter("mark")}
    assert {"Жолаушыға", "жолаушыларды", "жолаушы", "Жолаушы"} <= marks
    assert "<script>alert(1)</script>" in client.main_words


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_speaks_three_languages(indexed: PortalApp, client: PageClient, make: Maker, language: str) -> None:
    make.open()
    for query in ("", "?q=пассажир", "?q=жолаушы", "?q=zzzz"):
        client.set_cookie("language", language)
        assert client.get(f"/search{query}").status_code == 200
        assert client.page.get("lang") == language
    nothing = {"kk": "«zzzz» сұрауы бойынша ештеңе табылмады", "ru": "По запросу «zzzz» ничего не найдено",
               "en": "Nothing found for “zzzz”"}  # fmt: skip
    assert nothing[language] in client.main_words


def test_a_text_in_another_language_has_its_stable_address(indexed: PortalApp, client: PageClient, make: Maker) -> None:
    file = make.open()
    client.get("/search?q=перевозчик&lang=ru")
    assert any(f"/drafts/{file.draft.id}?provision=pnt_2__sub_2#pnt_2__sub_2" in url for _, url in _links(client))
    client.get("/search?q=перевозчик&lang=kk")
    assert any(f"/drafts/{file.draft.id}/versions/1/ru?provision=" in url for _, url in _links(client))


def test_every_link_of_the_results_leads_somewhere(indexed: PortalApp, client: PageClient, make: Maker) -> None:
    file = make.open()
    make.comment(file, text="Пассажиру нужна скамейка.", language="ru")
    client.get("/search?q=пассажир")
    addresses = [url for _, url in _links(client) if url.startswith(("/drafts", "/comments"))]
    assert len(addresses) >= 4
    for address in addresses:
        assert client.get(address.partition("#")[0]).status_code == 200, address


def test_an_address_keeps_the_whole_search(indexed: PortalApp, client: PageClient, make: Maker) -> None:
    make.open()
    client.get("/search?q=пассажир&kind=provision&order=newest&language=ru&since=2020-01-01&status=open")
    tabs = [url for text, url in _links(client) if text.startswith("Comments")]
    kept = {name: values[0] for name, values in parse_qs(urlsplit(tabs[0]).query).items()}
    assert kept == {"q": "пассажир", "kind": "comment", "order": "newest", "language": "ru",
                    "since": "2020-01-01", "status": "open"}  # fmt: skip
    clear = dict((text, url) for text, url in _links(client))["Clear"]
    assert {name: values[0] for name, values in parse_qs(urlsplit(clear).query).items()} == {
        "q": "пассажир", "kind": "provision", "order": "newest",
    }  # fmt: skip
    hidden = {each.get("name"): each.get("value") for each in client.page.iter("input") if each.get("type") == "hidden"}
    assert hidden["q"] == "пассажир" and hidden["kind"] == "provision"


@pytest.mark.parametrize(
    "odd",
    ["kind=dragon", "order=random", "body=abc", "body=99999999999999999999", "type=-1", "status=preparing",
     "language=xx", "since=yesterday", "since=2026-02-31", "until=0000-00-00", "page=0", "page=999999999999", "page=x",
     "kind=&body=&since=", "since=0001-01-01", "until=9999-12-31"],
)  # fmt: skip
def test_odd_values_of_the_address_are_left_out(indexed: PortalApp, client: PageClient, make: Maker, odd: str) -> None:
    make.open()
    assert client.get(f"/search?q=пассажир&{odd}").status_code == 200
    assert "Nothing found" not in client.main_words


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_typed_is_an_error(indexed: PortalApp, client: PageClient, make: Maker, text: str) -> None:
    assert client.get("/search", query_string={"q": text}).status_code == 200


def test_a_query_of_a_million_characters_is_cut_and_says_so(indexed: PortalApp, client: PageClient) -> None:
    assert client.get("/search", query_string={"q": "слово " * 170_000}).status_code == 200
    assert "Your query was too long" in client.main_words
    assert len(client.main_words) < 5_000


def test_says_when_only_some_of_the_words_are_found(indexed: PortalApp, client: PageClient, make: Maker) -> None:
    make.open()
    client.get("/search?q=пассажир+дирижабль")
    assert "Few texts or none have all these words" in client.main_words


def test_pages_do_not_overlap(indexed: PortalApp, client: PageClient, make: Maker) -> None:
    file = make.open()
    for number in range(25):
        make.comment(file, text=f"Троллейбус {number}.", language="ru")
    seen: list[str] = []
    for page in (1, 2):
        client.get(f"/search?q=троллейбус&kind=comment&page={page}")
        seen += [url for _, url in _links(client) if url.startswith("/comments/")]
    assert len(seen) == len(set(seen)) == 25


def test_results_stand_under_their_draft(indexed: PortalApp, client: PageClient, make: Maker) -> None:
    file, other = make.open(), make.open(opens_on=clock.today())
    for number in range(4):
        make.comment(file, text=f"Пассажир {number}.", language="ru")
    client.get("/search?q=пассажир&lang=ru")
    titles = [text_of(each) for each in client.page.iter("h3") if "draft-row__title" in (each.get("class") or "")]
    assert len(titles) == 2
    assert sum(url.startswith("/comments/") for _, url in _links(client)) == 2
    more = [url for _, url in _links(client) if f"draft={file.draft.id}" in url]
    assert len(more) == 1 and client.get(more[0]).status_code == 200
    assert {each.get("href") for each in client.page.iter("a") if "draft-row__title" in str(each.getparent().get("class"))}
    assert f"draft={other.draft.id}" not in more[0]


def test_facets_count_and_narrow(indexed: PortalApp, client: PageClient, make: Maker) -> None:
    make.open()
    law = make.open(type="law", opens_on=clock.today())
    make.comment(law, text="Пассажир прав.", language="ru")
    client.get("/search?q=пассажир&lang=ru")
    types = {text: url for text, url in _links(client) if "type=" in url}
    (name, address) = next((text, url) for text, url in types.items() if "Закон" in text)
    counts = {text_of(each.getparent()): None for each in client.page.iter("span") if each.get("class") == "tabs__count"}
    shown = next(int(text.split()[-1]) for text in counts if text.startswith(name))
    assert client.get(address).status_code == 200
    assert f"{shown} результат" in client.main_words
    remove = next(url for text, url in _links(client) if name in text)
    assert "type=" not in remove
    assert client.get(remove).status_code == 200


def test_where_few_have_all_words_others_follow_under_a_heading(
    indexed: PortalApp, client: PageClient, make: Maker
) -> None:
    file = make.open()
    make.comment(file, text="Троллейбус и трамвай.", language="ru")
    make.comment(file, text="Только троллейбус.", language="ru")
    client.get("/search?q=троллейбус+трамвай")
    assert "1 result" in client.main_words and "Texts with some of these words" in client.main_words


def test_a_narrowed_search_without_words_shows_the_newest(
    indexed: PortalApp, client: PageClient, make: Maker
) -> None:
    file = make.open()
    client.get(f"/search?body={file.draft.body_id}")
    assert "1 result" in client.main_words
    client.get("/search?draft=999999")
    assert "Nothing found" in client.main_words


def test_costs_so_many_statements_whatever_is_found(
    indexed: PortalApp, client: PageClient, make: Maker, sign_in: Callable[..., Any]
) -> None:
    for _ in range(3):
        file = make.open()
        for number in range(10):
            make.comment(file, text=f"Пассажир {number}.", language="ru")
    sign_in(client)
    client.get("/search?q=пассажир")
    with counted() as sent:
        client.get("/search?q=пассажир")
    assert len(sent) == STATEMENTS, "\n".join(sent)
    narrow = f"/search?q=пассажир&kind=comment&type={file.draft.type_id}&lang=ru"
    client.get(narrow)
    with counted() as sent:
        client.get(narrow)
    assert len(sent) == STATEMENTS, "\n".join(sent)


def test_a_page_of_results_is_light(indexed: PortalApp, client: PageClient, make: Maker) -> None:
    for _ in range(12):
        file = make.open()
        for number in range(6):
            make.comment(file, text=f"Пассажир {number}. " + "Автобус не пришёл. " * 40, language="ru")
    page = client.get("/search?q=пассажир&lang=ru").data
    assert page.count(b"hits-under__title") >= 40
    assert len(zlib.compress(page, 6)) <= 20_000 and len(page) <= 160_000


def test_what_was_typed_is_shown_as_chosen_and_can_be_taken_out(
    indexed: PortalApp, client: PageClient, make: Maker
) -> None:
    file = make.open()
    make.comment(file, text="Пассажир прав.", language="ru")
    client.get("/search", query_string={"q": "пассажир body:transport -status:adopted вид:комментарий", "year": "2026"})
    chips = {text.removeprefix("Remove the filter: "): url for text, url in _links(client) if text.endswith("×")}
    queries = {text: parse_qs(urlsplit(url).query).get("q") for text, url in chips.items()}
    assert queries == {
        "2026 ×": ["пассажир body:transport -status:adopted вид:комментарий"],
        "Ministry of Transport ×": ["пассажир -status:adopted вид:комментарий"],
        "Except: Adopted ×": ["пассажир body:transport вид:комментарий"],
        "Comments ×": ["пассажир body:transport -status:adopted"],
    }
    current = [text for text, url in _links(client) if text.startswith("Comments") and "kind=comment" in url]
    assert current, "the tabs say which kind is shown, and replace what was typed"
    assert not any("вид" in url for text, url in _links(client) if text.startswith("Provisions"))
    clear = dict((text, url) for text, url in _links(client))["Clear"]
    assert parse_qs(urlsplit(clear).query) == {"q": ["пассажир"]}


def test_a_draft_is_searched_from_its_own_page(indexed: PortalApp, client: PageClient, make: Maker) -> None:
    file = make.open()
    comment = make.comment(file, text="Пассажир прав.", language="ru")
    make.open(opens_on=clock.today())
    client.get(f"/drafts/{file.draft.id}")
    box = next(form for form in client.page.iter("form") if form.get("role") == "search")
    assert box.get("action") == "/search"
    hidden = {each.get("name"): each.get("value") for each in box.iter("input") if each.get("type") == "hidden"}
    client.get("/search", query_string={**hidden, "q": "пассажир"})
    titles = [text_of(each) for each in client.page.iter("h1")]
    assert titles == ["Search in this draft"]
    results = [url for _, url in _links(client) if url.startswith(("/drafts/", "/comments/"))]
    assert f"/comments/{comment.id}" in results
    assert all(url.startswith((f"/drafts/{file.draft.id}", "/comments/", "/drafts?")) for url in results)


def test_the_page_says_what_was_searched_and_is_kept_out_of_other_indexes(
    indexed: PortalApp, client: PageClient, make: Maker
) -> None:
    client.get("/search?q=пассажир")
    assert text_of(client.page.find(".//head/title")) == "пассажир – Search – Talqy"
    assert [each.get("content") for each in client.page.iter("meta") if each.get("name") == "robots"] == ["noindex"]
    client.get("/search")
    assert [each.get("href") for each in client.page.iter("link") if each.get("rel") == "canonical"] == ["/search"]


def test_a_visitor_learns_that_new_results_can_come_by_mail(
    indexed: PortalApp, client: PageClient, make: Maker
) -> None:
    client.get("/search?q=пассажир&year=2026")
    address = dict(_links(client))["Mail me new results"]
    assert parse_qs(urlsplit(address).query)["next"] == ["/search?q=%D0%BF%D0%B0%D1%81%D1%81%D0%B0%D0%B6%D0%B8%D1%80&year=2026"]


def test_without_an_index_it_says_that_it_is_being_rebuilt(app: PortalApp, client: PageClient) -> None:
    assert client.get("/search?q=пассажир").status_code == 200
    assert "The search index is being rebuilt" in client.main_words
    assert "Nothing found" not in client.main_words


@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_damaged_index_is_said_to_be_rebuilt_and_fails_the_health_check(
    indexed: PortalApp, client: PageClient, make: Maker
) -> None:
    make.open()
    assert client.get("/healthz").json["index"] == "ok"
    for path in engine().folder.live().glob("*.seg"):
        path.write_bytes(b"damaged")
    engine().store.forget()
    assert client.get("/search?q=пассажир").status_code == 200
    assert "The search index is being rebuilt" in client.main_words
    assert client.get("/healthz").status_code == 503


def test_offers_what_may_have_been_meant(indexed: PortalApp, client: PageClient, make: Maker) -> None:
    make.open()
    learn()
    client.get("/search?q=gfccf;bh&type=1")
    assert "Did you mean: пассажир" in client.main_words
    address = dict(_links(client))["пассажир"]
    assert parse_qs(urlsplit(address).query)["q"] == ["пассажир"]
    client.get("/search?q=пассажир")
    assert "Did you mean" not in client.main_words
