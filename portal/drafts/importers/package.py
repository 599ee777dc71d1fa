"""Which parts does an office package hold, and may they be parsed?"""

from __future__ import annotations

import posixpath

from lxml import etree

from portal.drafts.importers.numbering import VAL, W
from portal.kernel.files import Unreadable, open_zip, read_member

# One part of an ordinary document stays far below this; the parser would need ten times as much memory.
MAX_PART = 80_000_000
# Elements and attributes of all parts together: each takes a hundred bytes and more once parsed, however short it is
# written. A document of a hundred pages has some hundred thousand.
MAX_MARKS = 3_000_000

# The longest codes have some 15,000; what is longer is no act, and a page could not show it.
MAX_PARAGRAPHS = 40_000
MAX_CELLS = 400_000  # of one table

_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_OFFICE_DOCUMENT = "/officeDocument"
# "Strict" files use other addresses for the same names.
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_USUAL = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def parse_xml(data: bytes) -> etree._Element:
    """The root element; Unreadable for broken XML and for any document type, where entities would hide.

    Nothing outside the data is ever fetched.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise Unreadable("The file is damaged or was not uploaded completely.", code="damaged") from None
    if root.getroottree().docinfo.doctype:
        raise Unreadable("The file refers to things outside itself. Save it again in Word.", code="external_entities")
    return root


class Parts:
    """The XML parts of an archive, bounded in size and marks all together."""

    def __init__(self, data: bytes) -> None:
        self._archive = open_zip(data)
        self._marks = 0

    def raw(self, name: str) -> bytes | None:
        """The bytes of a part, None when there is none; Unreadable when it is too long."""
        try:
            size = self._archive.getinfo(name).file_size
        except KeyError:
            return None
        if size > MAX_PART:
            raise _too_long(size)
        data = read_member(self._archive, name) or b""
        self._marks += data.count(b"<") + data.count(b"=")
        if self._marks > MAX_MARKS:
            raise _too_long(size)
        return data

    def part(self, name: str) -> etree._Element | None:
        """The root of a part, None when there is none."""
        data = self.raw(name)
        return None if data is None else parse_xml(data.replace(_STRICT, _USUAL))

    def close(self) -> None:
        """Let go of the archive."""
        self._archive.close()


class WordPackage(Parts):
    """The parts of a .docx that hold text, styles and numbers."""

    def __init__(self, data: bytes) -> None:
        super().__init__(data)
        self.main_name = self._target("", _OFFICE_DOCUMENT) or "word/document.xml"
        root = self.part(self.main_name)
        body = root.find(W + "body") if root is not None else None
        if body is None:
            raise Unreadable("The file is not a Word document.", code="not_word")
        self.body = body

    def related(self, kind: str) -> etree._Element | None:
        """The root of the part that the document names as its "styles", "numbering" or "footnotes"."""
        name = self._target(self.main_name, "/" + kind)
        return self.part(name) if name else None

    def _target(self, source: str, kind: str) -> str | None:
        folder, name = posixpath.split(source)
        root = self.part(posixpath.join(folder, "_rels", f"{name}.rels"))
        if root is None:
            return None
        for link in root.iter(_RELATIONSHIP):
            if link.get("Type", "").endswith(kind) and link.get("TargetMode") != "External":
                return posixpath.normpath(posixpath.join("/", folder, link.get("Target", ""))).lstrip("/")
        return None


def _too_long(size: int) -> Unreadable:
    return Unreadable(
        "The text is too long: %(size)s MB. Divide the document.", code="too_long", size=max(1, size // 1_000_000)
    )


def is_on(properties: etree._Element | None, name: str) -> bool | None:
    """A switch such as <w:b/>: True, False when it says so, None when it is absent."""
    found = properties.find(W + name) if properties is not None else None
    return None if found is None else found.get(VAL, "1") not in ("0", "false", "off", "none")
