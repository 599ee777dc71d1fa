"""Can a drafter correct a structure on the desk without script, undo it, and settle what the two texts differ in?"""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest

from portal.accounts.models import User
from portal.drafts.models import Acknowledgement, Body, Draft, TextEdits
from portal.drafts.queries.editing import get_prepared_text
from portal.drafts.queries.texts import find_text, latest_version, list_text_languages
from portal.drafts.structure import find, outline_from_json, walk
from portal.kernel.db import db
from portal.ledger.models import Entry
from tests.client import PageClient
from tests.make import TEXT_KK, TEXT_RU, Maker
from tests.page import text_of

SignIn = Callable[..., User]
SHORTER = TEXT_RU.replace("2) перевозчик – лицо, которое везёт.\n", "")


@pytest.fixture
def body(make: Maker) -> Body:
    return make.body()


@pytest.fixture
def drafter(client: PageClient, sign_in: SignIn, body: Body) -> User:
    return sign_in(client, "drafter", body=body)


@pytest.fixture
def draft(make: Maker, drafter: User) -> Draft:
    return make.draft()


def keys(draft: Draft, language: str = "ru") -> list[str]:
    db.session.expire_all()
    text = find_text(latest_version(draft.id).id, language)
    return [unit.key for unit, _, _ in walk(outline_from_json(text.outline).provisions)]


def digest(draft: Draft, language: str = "ru") -> str:
    db.session.expire_all()
    return list_text_languages(latest_version(draft.id).id)[language]


def step(client: PageClient, draft: Draft, act: str, unit: str, **fields: str) -> int:
    data = {"act": act, "unit": unit, "digest": digest(draft), **fields}
    return client.post(f"/desk/drafts/{draft.id}/structure/ru", data=data).status_code


def turn(client: PageClient, draft: Draft, act: str) -> int:
    data = {"act": act, "digest": digest(draft)}
    return client.post(f"/desk/drafts/{draft.id}/structure/ru/history", data=data).status_code


def kinds() -> list[str]:
    return list(db.session.scalars(db.select(Entry.kind).order_by(Entry.id)))


def test_the_list_shows_every_unit_and_a_chosen_one_its_steps(client: PageClient, draft: Draft) -> None:
    response = client.get(f"/desk/drafts/{draft.id}/structure")
    assert response.status_code == 302 and response.location.endswith("/structure/kk")
    client.get(f"/desk/drafts/{draft.id}/structure/ru")
    links = [link.get("href") for link in client.page.iterfind(".//ol[@class='units']//a")]
    assert len(links) == len(keys(draft)) and all(link.endswith(f"#{key}") for link, key in zip(links, keys(draft), strict=True))
    assert "Choose a unit in the list" in client.words
    for key in keys(draft):
        assert client.get(f"/desk/drafts/{draft.id}/structure/ru?unit={key}").status_code == 200
        assert client.page.find(".//a[@aria-current='true'][@class='units__link']") is not None
    assert "Merge with the one before" in client.words and "Raise a level: point" in client.words


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_pages_stand_in_every_language(client: PageClient, make: Maker, drafter: User, language: str) -> None:
    draft = make.draft(texts={"kk": TEXT_KK, "ru": SHORTER})
    for path in ("structure/kk?unit=pnt_2__sub_1", "structure/ru?unit=pnt_2__sub_1", "structure/ru", "differences"):
        sign = "&" if "?" in path else "?"
        assert client.get(f"/desk/drafts/{draft.id}/{path}{sign}lang={language}").status_code == 200
        assert client.page.get("lang") == language


def test_a_unit_is_merged_undone_and_merged_again(client: PageClient, draft: Draft) -> None:
    before = keys(draft)
    assert step(client, draft, "merge", "pnt_2__sub_2", joint="new-line") == 302
    assert "pnt_2__sub_2" not in keys(draft)
    client.get(f"/desk/drafts/{draft.id}/structure/ru")
    assert "Subpoint 2: merged with the one before." in client.words and "Last step:" in client.words
    assert turn(client, draft, "undo") == 302 and keys(draft) == before
    client.get(f"/desk/drafts/{draft.id}/structure/ru")
    assert "Undone." in client.words and "Undone step: Subpoint 2: merged with the one before" in client.words
    assert turn(client, draft, "redo") == 302 and "pnt_2__sub_2" not in keys(draft)
    assert step(client, draft, "rename", "pnt_1", number="1-1", heading="") == 302
    assert turn(client, draft, "reset") == 302 and keys(draft) == before
    assert db.session.query(TextEdits).one().done == 0
    recorded = ["structure-edited", "structure-edit-undone", "structure-edit-redone", "structure-edited", "structure-reset"]
    assert kinds()[-5:] == recorded
    assert turn(client, draft, "undo") == 302
    client.get(f"/desk/drafts/{draft.id}/structure/ru")
    assert "There is nothing to undo." in client.words


def test_a_step_after_an_undo_takes_the_place_of_the_undone(client: PageClient, draft: Draft) -> None:
    step(client, draft, "merge", "pnt_2__sub_2", joint="line")
    turn(client, draft, "undo")
    step(client, draft, "rename", "pnt_3", number="4", heading="")
    history = get_prepared_text(latest_version(draft.id).id, "ru").history
    assert (len(history.done), len(history.undone)) == (1, 0)


def test_a_unit_is_split_at_a_sentence_or_at_words(client: PageClient, make: Maker, drafter: User) -> None:
    draft = make.draft(texts={"ru": TEXT_RU.replace("при входе.", "при входе. 4. Дети едут бесплатно. Багаж оплачивается.")})
    client.get(f"/desk/drafts/{draft.id}/structure/ru?unit=pnt_3")
    places = {text_of(radio.getparent().find("label")): radio.get("value") for radio in client.page.iterfind(".//input[@name='at']")}
    at = places["4."] if "4." in places else next(value for words, value in places.items() if words.startswith("4. Дети"))
    assert step(client, draft, "split", "pnt_3", at=at) == 302
    assert keys(draft)[-1] == "pnt_4"
    assert step(client, draft, "split", "pnt_4", words="Багаж оплачивается") == 302
    assert keys(draft)[-1] == "pnt_4__ind_2"
    for fields, said in (
        ({"words": "Самолёт"}, "do not stand in the unit"),
        ({"at": "x"}, "Choose where the new unit begins."),
        ({"at": "999999"}, "Choose where the new unit begins."),
        ({"at": "9", "as_kind": "table"}, "from the list"),
        ({"at": "9", "as_kind": "'"}, "from the list"),
    ):
        assert step(client, draft, "split", "pnt_3", **fields) == 422
        assert said in client.words


def test_kind_place_number_and_name_are_corrected(client: PageClient, draft: Draft) -> None:
    assert step(client, draft, "relevel", "pnt_2__sub_2", kind="point", inside="chp_1") == 302
    assert find(get_prepared_text(latest_version(draft.id).id, "ru").outline, "pnt_2__sub_2") is None
    assert step(client, draft, "rename", "chp_2", number="3", heading="Об оплате") == 302
    assert "chp_3" in keys(draft)
    for unit, fields in (("chp_3", {"number": "3 <b>"}), ("chp_3", {"number": "3", "heading": "х" * 2001})):
        assert step(client, draft, "rename", unit, **fields) in {413, 422}
    assert step(client, draft, "relevel", "pnt_1", kind="chapter", inside="chp_1") == 422
    assert step(client, draft, "relevel", "pnt_1", kind="subpoint", inside="nothing") == 422
    assert step(client, draft, "merge", "nothing") == 422
    assert step(client, draft, "merge", "chp_1") == 422 and step(client, draft, "'", "pnt_1") == 422
    assert step(client, draft, "rename", "pnt_1", number="1", heading="") == 422
    assert "This step changes nothing." in client.words


def test_a_step_on_a_text_that_changed_is_refused_with_what_to_do(client: PageClient, draft: Draft) -> None:
    seen = digest(draft)
    step(client, draft, "rename", "pnt_3", number="5", heading="")
    data = {"act": "merge", "unit": "pnt_2", "digest": seen, "joint": "line"}
    assert client.post(f"/desk/drafts/{draft.id}/structure/ru", data=data).status_code == 409
    assert "Somebody changed the structure of this text meanwhile." in client.words
    assert {field.get("value") for field in client.page.iterfind(".//input[@name='digest']")} == {digest(draft)}


def test_a_new_file_takes_the_place_of_corrections_after_a_question(client: PageClient, draft: Draft) -> None:
    step(client, draft, "merge", "pnt_2__sub_2", joint="line")
    path = f"/desk/drafts/{draft.id}/text"

    def send(**more: str) -> int:
        data = {"file_ru": (io.BytesIO(TEXT_RU.encode()), "ru.txt"), **more}
        return client.post(path, data=data, content_type="multipart/form-data").status_code

    client.get(path)
    assert "The new file takes the place of the text corrected here" in client.words and "1 correction" in client.words
    assert send() == 403 and "was corrected here in 1 step" in client.words
    assert "pnt_2__sub_2" not in keys(draft)
    assert send(drops_edits="y") == 302 and "pnt_2__sub_2" in keys(draft)
    assert db.session.query(TextEdits).count() == 0
    client.get(path)
    assert "takes the place of the text corrected here" not in client.words


def test_differences_are_settled_one_by_one_and_open_again_when_the_text_changes(
    client: PageClient, make: Maker, drafter: User
) -> None:
    draft = make.draft(texts={"kk": TEXT_KK, "ru": SHORTER + "\n4. Новый пункт.\n"})
    path = f"/desk/drafts/{draft.id}/differences"
    client.get(path)
    boxes = [box.get("value") for box in client.page.iterfind(".//input[@name='differences']")]
    assert len(boxes) == 2
    assert client.post(path, data={"differences": boxes, "reason": ""}).status_code == 422
    assert client.post(path, data={"reason": "x"}).status_code == 422
    assert client.post(path, data={"differences": ["0" * 64], "reason": "x"}).status_code == 409
    assert client.post(path, data={"differences": boxes[:1], "reason": "Так сложилось."}).status_code == 302
    client.get(path)
    assert "1 difference is acknowledged." in client.words and "Так сложилось." in client.words
    assert kinds()[-1] == "differences-acknowledged"
    assert client.post(path, data={"differences": boxes[1:], "reason": "И здесь."}).status_code == 302
    step(client, draft, "rename", "pnt_4", number="7", heading="")
    client.get(path)
    left = [box.get("value") for box in client.page.iterfind(".//input[@name='differences']")]
    assert len(left) == 1 and left[0] not in boxes
    form = next(form for form in client.page.iter("form") if "/withdraw" in (form.get("action") or ""))
    assert client.post(form.get("action")).status_code == 302
    assert db.session.query(Acknowledgement).count() == 1 and kinds()[-1] == "acknowledgement-withdrawn"
    assert client.post(path, data={"all_of_them": "y", "reason": "Всё так."}).status_code == 302
    client.get(path)
    assert not client.page.findall(".//input[@name='differences']")


def test_a_unit_is_made_like_its_other_language(client: PageClient, make: Maker, drafter: User) -> None:
    draft = make.draft(texts={"kk": TEXT_KK, "ru": TEXT_RU.replace("3. Пассажир", "5. Пассажир")})
    client.get(f"/desk/drafts/{draft.id}/structure/ru?unit=pnt_5")
    assert "Make it as in the other text (Kazakh): point 3" in client.words
    form = next(
        form for form in client.page.iter("form")
        if {field.get("name"): field.get("value") for field in form.iter("input")}.get("number") == "3"
        and form.find(".//input[@type='text']") is None
    )  # fmt: skip
    data = {field.get("name"): field.get("value") for field in form.iter("input")}
    assert client.post(form.get("action"), data=data).status_code == 302
    client.get(f"/desk/drafts/{draft.id}/differences")
    assert "agree in structure" in client.words


def test_a_code_of_nine_hundred_articles_stays_light(client: PageClient, make: Maker, drafter: User) -> None:
    articles = "".join(f"Статья {n}. Название\n1. Первый пункт статьи.\n2. Второй пункт статьи.\n" for n in range(1, 901))
    draft = make.draft(texts={"ru": f"Кодекс\n\nГлава 1. Общая\n{articles}"})
    response = client.get(f"/desk/drafts/{draft.id}/structure/ru?unit=art_700")
    assert len(response.data) < 200_000
    assert client.page.find(".//li[@id='art_700']") is not None
    assert step(client, draft, "merge", "art_700__pnt_2", joint="line") == 302


def test_others_read_or_see_nothing(client: PageClient, make: Maker, draft: Draft, sign_in: SignIn) -> None:
    sign_in(client, "auditor")
    assert client.get(f"/desk/drafts/{draft.id}/structure/ru?unit=pnt_1").status_code == 200
    assert client.page.find(".//main//form") is None
    assert step(client, draft, "merge", "pnt_2", joint="line") == 403
    sign_in(client, "drafter", body=make.body("health"))
    for path in ("structure", "structure/ru", "differences"):
        assert client.get(f"/desk/drafts/{draft.id}/{path}").status_code == 404
    assert step(client, draft, "merge", "pnt_2", joint="line") in {403, 404}


def test_a_published_text_is_only_read(client: PageClient, make: Maker, drafter: User) -> None:
    draft = make.open().draft
    assert client.get(f"/desk/drafts/{draft.id}/structure/ru?unit=pnt_1").status_code == 200
    assert "no longer changed" in client.words
    assert step(client, draft, "merge", "pnt_2", joint="line") == 403
    assert client.get(f"/desk/drafts/{draft.id}/structure/xx").status_code == 404
