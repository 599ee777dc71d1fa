"""Where are uploaded and generated files kept, what are they really, and are they safe to open?"""

from __future__ import annotations

import hashlib
import io
import lzma
import os
import re
import struct
import tempfile
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from portal.kernel import errors

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
DOCM = "application/vnd.ms-word.document.macroenabled.12"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
ODT = "application/vnd.oasis.opendocument.text"
DOC = "application/msword"
OTHER_OFFICE = "application/x-ole-storage"
ENCRYPTED_OFFICE = "application/vnd.ms-office.encrypted"
PDF = "application/pdf"
RTF = "application/rtf"
HTML = "text/html"
XML = "application/xml"
ZIP = "application/zip"
TEXT = "text/plain"
EMPTY = "application/x-empty"
UNKNOWN = "application/octet-stream"

_DIGEST = re.compile(r"[0-9a-f]{64}")


class Unreadable(errors.Unreadable):
    """A file that cannot be read; `code` names the reason for programs, the message says it to people."""

    def __init__(self, message: str, *, code: str, **params: Any) -> None:
        super().__init__(message, **params)
        self.code = code


class FileStore:
    """Files named by the SHA-256 of their content, so that equal files are kept once and none can be altered."""

    def __init__(self, root: Path) -> None:
        self._root = Path(root)

    def put(self, data: bytes) -> str:
        """Keep the bytes durably (written aside, synced, then renamed) and return their hexadecimal digest."""
        digest = hashlib.sha256(data).hexdigest()
        path = self._path(digest)
        if path.exists():
            return digest
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".put-")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            os.replace(temporary, path)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
        _sync_folder(path.parent)
        return digest

    def open(self, digest: str) -> BinaryIO:
        """The stored bytes as a stream; NotFound when the digest is malformed or names nothing."""
        try:
            return self._path(digest).open("rb")
        except FileNotFoundError:
            raise errors.NotFound("There is no such file.") from None

    def read(self, digest: str) -> bytes:
        """All the stored bytes; NotFound as for `open`."""
        with self.open(digest) as file:
            return file.read()

    def _path(self, digest: str) -> Path:
        # Only a full digest becomes a path: nothing a caller passes can climb out of the root.
        if not _DIGEST.fullmatch(digest):
            raise errors.NotFound("There is no such file.")
        return self._root / digest[:2] / digest[2:4] / digest


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


_MAGIC = (
    (b"%PDF-", PDF),
    (b"{\\rtf", RTF),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# All that the standard library raises for archives that are cut, altered or made to mislead.
_BROKEN_ZIP = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, ValueError, OverflowError, IndexError,
    RuntimeError, NotImplementedError, OSError,
)
_ZIP_STARTS = (b"PK\x03\x04", b"PK\x05\x06")
_BYTE_ORDER_MARKS = (b"\xff\xfe", b"\xfe\xff")


def sniff(data: bytes) -> str:
    """The media type told by the content alone; the name of a file is never asked."""
    if not data:
        return EMPTY
    for magic, media_type in _MAGIC:
        if data.startswith(magic):
            return media_type
    if data.startswith(_OLE):
        # A password-protected .docx is an OLE container with this stream name in UTF-16.
        if "EncryptedPackage".encode("utf-16-le") in data:
            return ENCRYPTED_OFFICE
        # Tables, slides, mail and installers come in the same container.
        return DOC if "WordDocument".encode("utf-16-le") in data or _is_cut(data) else OTHER_OFFICE
    if data.startswith(_ZIP_STARTS):
        return _sniff_zip(data)
    return _sniff_text(data)


def _is_cut(container: bytes) -> bool:
    """Does an OLE container end before the directory that tells what is in it? Nearly all such files were Word's."""
    shift, first = (int.from_bytes(container[at : at + size], "little") for at, size in ((30, 2), (48, 4)))
    return (first + 1) << min(shift, 12) >= len(container)


def _sniff_zip(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 200:
                declared = archive.read("mimetype").decode("ascii", "replace").strip()
                return ODT if declared.startswith(ODT) else ZIP
    except (*_BROKEN_ZIP, KeyError):
        return ZIP
    if "[Content_Types].xml" not in names:
        return ZIP
    if any(name.startswith("word/") for name in names):
        return DOCM if any(name.lower().endswith("vbaproject.bin") for name in names) else DOCX
    if any(name.startswith("xl/") for name in names):
        return XLSX
    return PPTX if any(name.startswith("ppt/") for name in names) else ZIP


def _sniff_text(data: bytes) -> str:
    head = data[:4096]
    if head.startswith(_BYTE_ORDER_MARKS):
        return TEXT
    if any(byte < 9 or 13 < byte < 27 for byte in head):
        return UNKNOWN
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1024].lower()
    if start.startswith((b"<!doctype html", b"<html")):
        return HTML
    if start.startswith(b"<?xml"):
        return HTML if b"<html" in start else XML
    return TEXT


@dataclass(frozen=True, slots=True)
class ZipLimits:
    """What an archive may hold before it is refused unopened; sizes in bytes, uncompressed."""

    members: int = 4_000
    total: int = 400_000_000
    # Office XML repeats itself and shrinks well; a bomb's ratio is near the 1,032 that deflate can reach.
    ratio: int = 300
    ratio_matters_above: int = 20_000_000


def open_zip(data: bytes, limits: ZipLimits = ZipLimits()) -> zipfile.ZipFile:
    """The archive, once its table of contents has passed the limits; Unreadable with a code otherwise."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except _BROKEN_ZIP:
        raise Unreadable("The file is damaged or was not uploaded completely.", code="damaged") from None
    members = archive.infolist()
    total = sum(member.file_size for member in members)
    if len(members) > limits.members:
        raise Unreadable(
            "The file holds more than %(limit)s parts inside: it is not an ordinary document.",
            code="too_many_parts", limit=limits.members,
        )
    inflated = total > limits.ratio_matters_above and total > limits.ratio * max(len(data), 1)
    if total > limits.total or inflated:
        raise Unreadable(
            "The file would unpack to %(size)s MB: it is not an ordinary document.",
            code="unpacks_too_large", size=total // 1_000_000,
        )
    if any(member.flag_bits & 1 for member in members):
        raise Unreadable("The file is protected by a password. Save it without one.", code="encrypted")
    return archive


def read_member(archive: zipfile.ZipFile, name: str) -> bytes | None:
    """One member's bytes, or None when there is none; Unreadable when it is damaged.

    Reading stops at the size the table of contents declares, which `open_zip` has checked.
    """
    try:
        return archive.read(name)
    except KeyError:
        return None
    except _BROKEN_ZIP:
        raise Unreadable("The file is damaged or was not uploaded completely.", code="damaged") from None
