"""Can a drafter prepare a draft on the desk from the first line to the package, and nobody else?"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import typst

from portal.accounts.models import User
from portal.drafts.models import PASSPORT_ROWS, Attachment, AttachmentKind, Body, Draft
from portal.drafts.queries.reference import find_area, find_type
from portal.drafts.queries.texts import latest_version, list_attachments, list_text_languages
from portal.kernel.db import db
from portal.ledger.models import Entry
from portal.web.flask_app import PortalApp
from tests.client import PageClient
from tests.drafts import opendocument
from tests.drafts.word import para, run, word_file
from tests.make import TEXT_KK, TEXT_RU, Maker
from tests.page import text_of
from tests.statements import counted

SignIn = Callable[..., User]
HOSTILE = ["'\"><script>alert(1)</script>", "\u202egnp.exe", "{{ 7*7 }}", "%(name)s %d", "a\x00b", "🙂", "../../etc/passwd"]
TABS = ("", "/card", "/text", "/package", "/preview")


@pytest.fixture
def body(make: Maker) -> Body:
    return make.body()


@pytest.fixture
def drafter(client: PageClient, sign_in: SignIn, body: Body) -> User:
    return sign_in(client, "drafter", body=body)


def new_fields(**more: str) -> dict[str, str]:
    order, area = find_type("order"), find_area("transport")
    assert order is not None and area is not None
    return {"type": str(order.id), "area": str(area.id), "title_kk": "Жоба туралы", "title_ru": "О проекте", **more}


def only_draft() -> Draft:
    db.session.expire_all()
    return db.session.scalars(db.select(Draft).order_by(Draft.id.desc()).limit(1)).one()


def upload(client: PageClient, draft_id: int, **files: bytes) -> int:
    """Send files to the texts page; the status of the answer."""
    data = {f"file_{language}": (io.BytesIO(data), f"{language}.docx") for language, data in files.items()}
    return client.post(f"/desk/drafts/{draft_id}/text", data=data, content_type="multipart/form-data").status_code


def test_a_draft_is_begun_described_and_filled(client: PageClient, drafter: User, body: Body) -> None:
    assert client.get("/desk/drafts/new").status_code == 200
    assert "Ministry of Transport" in client.words
    response = client.post("/desk/drafts/new", data=new_fields())
    draft = only_draft()
    assert response.status_code == 302 and response.location.endswith(f"/desk/drafts/{draft.id}")
    assert (draft.body_id, draft.title_kk, draft.is_public) == (body.id, "Жоба туралы", False)
    client.get(response.location)
    assert "Nobody but your body and auditors sees it yet." in client.words
    assert "Upload the texts" in client.words and client.words.count("Missing") == 4

    card = {f"{row}_{code}": f"{row} {code}" for row in (*PASSPORT_ROWS, "summary") for code in ("kk", "ru")}
    assert client.post(f"/desk/drafts/{draft.id}/card", data={**new_fields(title_en="On it"), **card}).status_code == 302
    draft = only_draft()
    assert draft.title_en == "On it" and draft.passport["ru"]["aims"] == "aims ru" and draft.summary_kk == "summary kk"

    docx = {"kk": word_file(para("1. Бірінші тармақ.")), "ru": word_file(para("1. Первый пункт."))}
    assert upload(client, draft.id, **docx) == 302
    client.get(f"/desk/drafts/{draft.id}/text")
    assert "1-тармақ" in client.words and "Пункт 1" in client.words and "The file “kk.docx” is read." in client.words

    notes = {"note_kk": "Бірінші жол.\r\nЕкінші жол.", "note_ru": "Зачем нужен акт."}
    assert client.post(f"/desk/drafts/{draft.id}/package", data=notes).status_code == 302
    assert {each.language: each.text for each in list_attachments(draft.id)} == {
        "kk": "Бірінші жол.\nЕкінші жол.", "ru": "Зачем нужен акт."
    }  # fmt: skip
    client.get(f"/desk/drafts/{draft.id}")
    assert "The package is complete." in client.words and client.words.count("Missing") == 0
    client.get(f"/desk/drafts/{draft.id}/preview?text=ru")
    assert "Первый пункт." in client.words and "aims ru" in client.words


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_every_page_stands_in_every_language(client: PageClient, make: Maker, drafter: User, language: str) -> None:
    draft = make.draft(texts={"kk": TEXT_KK, "ru": TEXT_RU, "en": "Rules\n\n1. The first point.\n"})
    for path in ("/desk/drafts", "/desk/drafts/new", *(f"/desk/drafts/{draft.id}{tab}" for tab in TABS)):
        response = client.get(f"{path}?lang={language}")
        assert response.status_code == 200, path
        assert client.page.get("lang") == language
    client.get(f"/desk/drafts/{draft.id}/text?beside=en")
    assert "The first point." in client.words


def test_pages_of_the_desk_ask_few_questions(client: PageClient, make: Maker, drafter: User) -> None:
    draft = make.draft()
    for tab in TABS:
        with counted() as statements:
            client.get(f"/desk/drafts/{draft.id}{tab}")
        assert len(statements) <= 10, (tab, statements)


def test_what_is_wrong_stands_beside_its_field_and_nothing_typed_is_lost(client: PageClient, drafter: User) -> None:
    response = client.post("/desk/drafts/new", data=new_fields(title_kk="", title_ru="О проекте правил"))
    assert response.status_code == 422
    html = response.get_data(as_text=True)
    assert "О проекте правил" in html and 'href="#title_kk"' in html and "Enter the title." in html
    assert client.post("/desk/drafts/new", data=new_fields(type="")).status_code == 422
    assert "Choose the type of the act." in client.words
    for wrong in ("999999", "x", "1; drop table draft", "９"):
        assert client.post("/desk/drafts/new", data=new_fields(type=wrong)).status_code == 422
        assert client.post("/desk/drafts/new", data=new_fields(area=wrong)).status_code == 422
    assert client.post("/desk/drafts/new", data=new_fields(title_kk="Ж" * 2001)).status_code == 413
    assert db.session.scalar(db.select(db.func.count()).select_from(Draft)) == 0


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_are_only_words(client: PageClient, drafter: User, text: str) -> None:
    client.post("/desk/drafts/new", data=new_fields(title_kk=f"Жоба {text}", title_ru=f"Проект {text}"))
    draft = only_draft()
    client.post(f"/desk/drafts/{draft.id}/card", data={**new_fields(title_kk=f"Жоба {text}"), "aims_kk": f"x {text}"})
    client.post(f"/desk/drafts/{draft.id}/package", data={"note_kk": f"x {text}", "note_ru": ""})
    file = (io.BytesIO(b"plain words"), f"{text}.txt")
    client.post(f"/desk/drafts/{draft.id}/package/files", data={"kind": "other", "language": "", "file": file})
    body_text = word_file(para("1. Пункт " + text.replace("\x00", "")))
    data = {"file_ru": (io.BytesIO(body_text), f"{text}.docx")}
    client.post(f"/desk/drafts/{draft.id}/text", data=data, content_type="multipart/form-data")
    assert set(list_text_languages(latest_version(draft.id).id)) == {"ru"}
    for path in ("/desk/drafts", *(f"/desk/drafts/{draft.id}{tab}" for tab in TABS)):
        assert client.get(path).status_code == 200
    stored = only_draft()
    assert "\x00" not in stored.title_kk and "\u202e" not in stored.title_kk
    for attachment in list_attachments(draft.id):
        if attachment.file:
            download = client.get(f"/desk/drafts/{draft.id}/package/{attachment.id}")
            assert download.status_code == 200 and download.mimetype == "application/octet-stream"
            assert download.headers["Content-Disposition"].startswith("attachment")


def test_a_megabyte_of_text_is_refused_and_given_back(client: PageClient, make: Maker, drafter: User) -> None:
    draft = make.draft()
    response = client.post(f"/desk/drafts/{draft.id}/package", data={"note_kk": "ә" * 1_000_000, "note_ru": "Записка"})
    assert response.status_code == 413
    assert "200,000" in client.words and "ә" * 1000 in response.get_data(as_text=True)
    assert [each.text for each in list_attachments(draft.id)] == ["Записка"]


def refused_files() -> dict[str, bytes]:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", b" " * 60_000_000)
    return {
        "bomb": file.getvalue(),
        "doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "WordDocument".encode("utf-16-le"),
        "protected": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
        "pdf": b"%PDF-1.7\n" + b"x" * 300,
        "empty": b"",
        "cut": word_file(para("1. Пункт."))[:-100],
        "macros": word_file(para("1. Пункт."), members={"word/vbaProject.bin": b"x"}),
        "noise": bytes(range(256)) * 20,
    }


@pytest.mark.parametrize("name", list(refused_files()))
@pytest.mark.parametrize(("language", "sign"), [("kk", "Түзету қажет"), ("ru", "Нужно исправить"), ("en", "There is a problem")])
def test_a_file_that_cannot_be_read_is_refused_beside_its_field(
    client: PageClient, make: Maker, drafter: User, name: str, language: str, sign: str
) -> None:
    draft = make.draft()
    before = list_text_languages(latest_version(draft.id).id)
    client.set_cookie("language", language)
    assert upload(client, draft.id, ru=refused_files()[name]) == 422
    assert sign in client.words
    assert client.page.find(".//*[@id='file_ru-error']") is not None
    if language != "en":  # the refusal is in the reader's language
        error = text_of(client.page.find(".//*[@id='file_ru-error']"))
        assert any("а" <= letter <= "я" for letter in error.lower()), error
    assert list_text_languages(latest_version(draft.id).id) == before


def test_a_good_file_goes_in_beside_a_bad_one(client: PageClient, make: Maker, drafter: User) -> None:
    draft = make.draft(texts={"ru": TEXT_RU})
    assert upload(client, draft.id, kk=word_file(para("1. Тармақ.")), ru=b"%PDF-1.7 x") == 422
    assert "The file “kk.docx” is read." in client.words
    assert set(list_text_languages(latest_version(draft.id).id)) == {"kk", "ru"}


def test_no_file_at_all_is_said(client: PageClient, make: Maker, drafter: User) -> None:
    draft = make.draft()
    assert client.post(f"/desk/drafts/{draft.id}/text", data={}).status_code == 422
    assert "Choose a file." in client.words


def test_fifty_thousand_paragraphs_are_read_or_refused(client: PageClient, make: Maker, drafter: User) -> None:
    draft = make.draft(texts={"ru": TEXT_RU})
    body = "".join(para(f"{number}. Пункт правил.") for number in range(1, 50_001))
    assert upload(client, draft.id, kk=word_file(body)) in {302, 422}
    assert client.get(f"/desk/drafts/{draft.id}/text").status_code == 200
    assert client.get(f"/desk/drafts/{draft.id}/text?page=99999").status_code == 200
    assert client.get(f"/desk/drafts/{draft.id}/preview").status_code == 200


def test_differences_of_the_languages_are_shown_with_their_place(client: PageClient, make: Maker, drafter: User) -> None:
    shorter = TEXT_RU.replace("2) перевозчик – лицо, которое везёт.\n", "")
    draft = make.draft(texts={"kk": TEXT_KK, "ru": shorter})
    client.get(f"/desk/drafts/{draft.id}/text")
    assert "This unit is in the Kazakh text only." in client.words and "Not in this language" in client.words
    (link,) = [a for a in client.page.iterfind(".//a") if "subpoint 2" in text_of(a).lower()]
    target = link.get("href").partition("#")[2]
    assert client.page.find(f".//*[@id='{target}']") is not None


def test_documents_are_added_and_removed(client: PageClient, make: Maker, drafter: User) -> None:
    draft = make.draft()
    path = f"/desk/drafts/{draft.id}/package"
    fields = {"kind": "comparative-table", "language": "ru"}
    assert client.post(f"{path}/files", data={**fields, "file": (io.BytesIO(b"%PDF-1.7 x"), "таблица.pdf")}).status_code == 302
    (attachment,) = list_attachments(draft.id)
    assert (attachment.kind, attachment.name) == (AttachmentKind.comparative_table, "таблица.pdf")
    client.get(path)
    assert "таблица.pdf" in client.words
    assert client.get(f"{path}/{attachment.id}").data == b"%PDF-1.7 x"
    for wrong in ({"file": (io.BytesIO(b""), "x.pdf")}, {"file": (io.BytesIO(b"\x7fELF\0\0"), "x.pdf")}, {}):
        assert client.post(f"{path}/files", data={**fields, **wrong}).status_code == 422
    assert client.post(f"{path}/files", data={**fields, "kind": "gift"}).status_code == 422
    assert client.post(f"{path}/{attachment.id}/remove").status_code == 302
    assert client.post(f"{path}/{attachment.id}/remove").status_code == 404
    assert list_attachments(draft.id) == []


def test_a_note_left_as_it_was_is_not_written_again(client: PageClient, make: Maker, drafter: User) -> None:
    draft = make.draft()
    path = f"/desk/drafts/{draft.id}/package"
    client.post(path, data={"note_kk": "Жазба", "note_ru": "Записка"})
    entries = db.session.scalar(db.select(db.func.count()).select_from(Entry))
    client.post(path, data={"note_kk": "Жазба", "note_ru": "Записка"})
    assert db.session.scalar(db.select(db.func.count()).select_from(Entry)) == entries
    client.post(path, data={"note_kk": "", "note_ru": "Записка 2"})
    db.session.expire_all()
    assert [(each.language, each.text) for each in list_attachments(draft.id)] == [("ru", "Записка 2")]


def paths_of(draft_id: int) -> list[str]:
    return [f"/desk/drafts/{draft_id}{tab}" for tab in (*TABS, "/open", "/text/ru", "/package/1")]


def test_what_another_body_prepares_does_not_exist(client: PageClient, make: Maker, sign_in: SignIn) -> None:
    draft = make.draft()
    sign_in(client, "drafter", body=make.body("health"))
    for path in paths_of(draft.id):
        assert client.get(path).status_code == 404, path
    for path in ("/card", "/text", "/package", "/package/files", "/package/1/remove", "/open"):
        assert client.post(f"/desk/drafts/{draft.id}{path}", data=new_fields()).status_code == 404, path
    assert client.get("/desk/drafts/999999").status_code == 404
    assert client.get(f"/desk/drafts/{10**30}").status_code == 404
    assert client.post("/desk/drafts/new", data=new_fields(body=str(draft.body_id))).status_code == 302
    assert only_draft().body_id != draft.body_id  # the form's body is not asked of a drafter


def test_what_another_body_published_is_not_its_neighbours_business(
    client: PageClient, make: Maker, sign_in: SignIn
) -> None:
    draft = make.open().draft
    sign_in(client, "drafter", body=make.body("health"))
    for path in [*paths_of(draft.id), f"/desk/drafts/{draft.id}/withdraw", f"/desk/drafts/{draft.id}/adopt"]:
        assert client.get(path).status_code == 403, path


@pytest.mark.parametrize(("role", "status"), [("citizen", 403), ("moderator", 403), ("auditor", 200)])
def test_auditors_read_and_change_nothing(
    client: PageClient, make: Maker, sign_in: SignIn, role: str, status: int
) -> None:
    draft = make.draft()
    sign_in(client, role)
    for tab in TABS:
        assert client.get(f"/desk/drafts/{draft.id}{tab}").status_code == status
        if status == 200:
            forms = [form.get("action") or "" for form in client.page.iterfind(".//main//form")]
            assert forms == [], (tab, forms)
    assert client.get("/desk/drafts/new").status_code == 403
    for path in ("/card", "/text", "/package", "/package/files", "/open", "/withdraw", "/adopt"):
        assert client.post(f"/desk/drafts/{draft.id}{path}").status_code == 403
    assert client.get("/desk/drafts").status_code == status


def test_visitors_are_asked_to_sign_in(client: PageClient, make: Maker) -> None:
    draft = make.draft()
    for path in ("/desk", "/desk/drafts", "/desk/drafts/new", *paths_of(draft.id)):
        response = client.get(path)
        assert response.status_code == 302 and "/sign-in" in response.location


def test_administrators_choose_a_body(client: PageClient, make: Maker, sign_in: SignIn) -> None:
    body = make.body()
    sign_in(client, "administrator")
    client.get("/desk/drafts/new")
    assert "Choose the body" in client.words
    assert client.post("/desk/drafts/new", data=new_fields()).status_code == 422
    assert client.post("/desk/drafts/new", data=new_fields(body=str(body.id))).status_code == 302
    assert only_draft().body_id == body.id


def test_a_drafter_without_a_body_is_told_so(client: PageClient, sign_in: SignIn) -> None:
    sign_in(client, "drafter")
    assert client.get("/desk/drafts/new").status_code == 403
    assert "Your account acts for no body yet." in client.words
    assert client.get("/desk/drafts").status_code == 200


def test_a_public_draft_is_read_but_not_changed(client: PageClient, make: Maker, drafter: User) -> None:
    draft = make.open().draft
    client.get(f"/desk/drafts/{draft.id}/card")
    assert client.page.find(".//main//form") is None
    for path in ("/card", "/package"):
        response = client.post(f"/desk/drafts/{draft.id}{path}", data=new_fields(note_kk="x"))
        assert response.status_code == 403, path
    assert upload(client, draft.id, kk=word_file(para("1. Тармақ."))) == 403
    assert db.session.scalar(db.select(db.func.count()).select_from(Attachment)) == 0


def upload_file(client: PageClient, draft_id: int, name: str, data: bytes, **fields: str) -> int:
    """Send one Russian file under this name, with further fields; the status of the answer."""
    sent = {"file_ru": (io.BytesIO(data), name), **fields}
    return client.post(f"/desk/drafts/{draft_id}/text", data=sent, content_type="multipart/form-data").status_code


def test_every_kind_of_file_the_form_names_is_read(client: PageClient, make: Maker, drafter: User) -> None:
    draft = make.draft(texts={"kk": TEXT_KK})
    opened = opendocument.odt_file(opendocument.para("1. Пункт из ODT."))
    printed = typst.compile("1\\. Пункт из PDF.".encode(), format="pdf")
    files = {
        "odt": opened, "pdf": printed, "html": "<html><body><p>1. Пункт из HTML.</p></body></html>".encode(),
        "md": "# Закон\n\n1. Пункт из MD.\n".encode(), "txt": "1. Пункт из TXT.".encode(),
    }  # fmt: skip
    client.get(f"/desk/drafts/{draft.id}/text")
    accepted = client.page.xpath("//input[@name='file_ru']/@accept")[0].split(",")
    for name, data in files.items():
        assert f".{name}" in accepted
        assert upload_file(client, draft.id, f"act.{name}", data) == 302
        client.get(f"/desk/drafts/{draft.id}/text")
        assert f"Пункт из {name.upper()}." in client.words, name


def test_tracked_changes_are_read_as_the_drafter_chose(client: PageClient, make: Maker, drafter: User) -> None:
    draft = make.draft(texts={"kk": TEXT_KK})
    data = word_file(
        f"<w:p>{run('1. Срок ')}<w:del w:id='1'><w:r><w:delText>десять</w:delText></w:r></w:del>"
        f"<w:ins w:id='2'>{run('пятнадцать')}</w:ins>{run(' дней.')}</w:p>"
    )
    for changes, shown in (("", "Срок пятнадцать дней."), ("refused", "Срок десять дней."), ("nonsense", "Срок пятнадцать")):
        assert upload_file(client, draft.id, "act.docx", data, **({"changes": changes} if changes else {})) == 302
        client.get(f"/desk/drafts/{draft.id}/text")
        assert shown in client.words and "The file held tracked changes" in client.words


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_files_that_cannot_be_read_leave_what_was_there(
    client: PageClient, make: Maker, drafter: User, language: str
) -> None:
    draft = make.draft()
    before = [(entry.id, entry.kind) for entry in db.session.scalars(db.select(Entry))]
    whole = typst.compile("1\\. Пункт.".encode(), format="pdf")
    for data in (b"%PDF-1.7\n", whole[: len(whole) // 3], b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, b"{\\rtf1 a}"):
        client.get(f"/desk/drafts/{draft.id}/text?lang={language}")
        assert upload_file(client, draft.id, "act.pdf", data) == 422
        assert "Пункт" in client.words or "тармақ" in client.words
    db.session.expire_all()
    assert [(entry.id, entry.kind) for entry in db.session.scalars(db.select(Entry))] == before


# The form parser leaves the file it had begun to the garbage collector when the body ends too soon.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning", "ignore::ResourceWarning")
def test_an_upload_that_dies_midway_leaves_nothing(
    client: PageClient, make: Maker, drafter: User, app: PortalApp
) -> None:
    draft = make.draft(texts={"kk": TEXT_KK})
    body, boundary = word_file(para("1. Новый пункт.")), b"part"
    head = b'--part\r\nContent-Disposition: form-data; name="%s"%s\r\n\r\n'
    whole = (
        head % (b"csrf_token", b"") + client.token().encode() + b"\r\n"
        + head % (b"file_ru", b'; filename="act.docx"') + body + b"\r\n--part--\r\n"
    )
    path, kind = f"/desk/drafts/{draft.id}/text", f"multipart/form-data; boundary={boundary.decode()}"
    files = sorted(path for path in Path(app.instance_path).rglob("*") if path.is_file() and "files" in path.parts)
    before = [(entry.id, entry.kind) for entry in db.session.scalars(db.select(Entry))]
    for kept in (0.2, 0.5, 0.9, 0.98):
        sent = whole[: int(len(whole) * kept)]
        response = client.post(path, data=sent, content_type=kind, headers={"Content-Length": str(len(sent))})
        assert 400 <= response.status_code < 500
    db.session.expire_all()
    assert list(list_text_languages(latest_version(draft.id).id)) == ["kk"]
    assert [(entry.id, entry.kind) for entry in db.session.scalars(db.select(Entry))] == before
    assert sorted(path for path in Path(app.instance_path).rglob("*") if path.is_file() and "files" in path.parts) == files
    assert client.post(path, data=whole, content_type=kind).status_code == 302
