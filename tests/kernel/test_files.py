from __future__ import annotations

import hashlib
import io
import os
import zipfile
from pathlib import Path

import pytest

from portal.kernel import files
from portal.kernel.errors import NotFound
from portal.kernel.files import FileStore, Unreadable, ZipLimits, open_zip, read_member, sniff


@pytest.fixture
def store(tmp_path: Path) -> FileStore:
    return FileStore(tmp_path / "files")


def zipped(**members: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


def test_what_is_put_is_read_back_by_its_digest(store: FileStore) -> None:
    digest = store.put(b"law")
    assert digest == hashlib.sha256(b"law").hexdigest()
    with store.open(digest) as file:
        assert file.read() == b"law"
    assert store.read(digest) == b"law"


def test_equal_files_are_kept_once_and_no_leavings_stay(store: FileStore, tmp_path: Path) -> None:
    assert store.put(b"law") == store.put(b"law")
    assert len([path for path in (tmp_path / "files").rglob("*") if path.is_file()]) == 1


def test_a_write_that_fails_leaves_nothing(store: FileStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full_disk(*_: object) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr(os, "replace", full_disk)
    with pytest.raises(OSError, match="No space"):
        store.put(b"law")
    assert not [path for path in (tmp_path / "files").rglob("*") if path.is_file()]


@pytest.mark.parametrize(
    "digest", ["", "..", "../../etc/passwd", "A" * 64, "0" * 63, "0" * 64 + "\n", "0" * 64, "/etc/passwd", "0" * 62 + "/."]
)
def test_what_is_no_digest_of_a_kept_file_is_not_found(store: FileStore, digest: str) -> None:
    with pytest.raises(NotFound):
        store.open(digest)


@pytest.mark.parametrize(
    ("data", "media_type"),
    [
        (b"", files.EMPTY),
        (b"%PDF-1.4", files.PDF),
        (b"{\\rtf1", files.RTF),
        (b"\x89PNG\r\n\x1a\n", "image/png"),
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"GIF89a", "image/gif"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), files.DOC),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le"), files.OTHER_OFFICE),
        ("\ufeff<!DOCTYPE html><p>".encode(), files.HTML),
        (b"<?xml version='1.0'?><akomaNtoso/>", files.XML),
        ("Статья 1.".encode(), files.TEXT),
        ("Статья 1.".encode("utf-16"), files.TEXT),
        (b"\x00\x01\x02", files.UNKNOWN),
        (b"PK\x03\x04 cut short", files.ZIP),
        (zipped(**{"[Content_Types].xml": b"", "word/document.xml": b""}), files.DOCX),
        (zipped(**{"[Content_Types].xml": b"", "word/document.xml": b"", "word/vbaProject.bin": b""}), files.DOCM),
        (zipped(**{"[Content_Types].xml": b"", "xl/workbook.xml": b""}), files.XLSX),
        (zipped(**{"[Content_Types].xml": b"", "ppt/presentation.xml": b""}), files.PPTX),
        (zipped(mimetype=files.ODT.encode(), **{"content.xml": b""}), files.ODT),
        (zipped(a=b""), files.ZIP),
    ],
)
def test_the_media_type_is_told_by_the_content(data: bytes, media_type: str) -> None:
    assert sniff(data) == media_type


@pytest.mark.parametrize(
    ("limits", "code"),
    [
        (ZipLimits(members=1), "too_many_parts"),
        (ZipLimits(total=100), "unpacks_too_large"),
        (ZipLimits(ratio=2, ratio_matters_above=10), "unpacks_too_large"),
    ],
)
def test_archives_beyond_the_limits_are_refused(limits: ZipLimits, code: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        open_zip(zipped(a=b"0" * 5_000, b=b""), limits)
    assert refusal.value.code == code


def test_members_are_read_or_absent_or_damaged() -> None:
    data = zipped(a=b"law" * 1000)
    with open_zip(data) as archive:
        assert read_member(archive, "a") == b"law" * 1000
        assert read_member(archive, "b") is None
    broken = bytearray(data)
    broken[35:40] = b"\xff" * 5
    with open_zip(bytes(broken)) as archive, pytest.raises(Unreadable) as refusal:
        read_member(archive, "a")
    assert refusal.value.code == "damaged"
