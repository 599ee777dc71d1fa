"""Which elements does an XML file from outside hold, read so that it can do no harm?"""

from __future__ import annotations

import re

from lxml import etree

from portal.kernel.files import Unreadable

# Elements and attributes together; a code of 850 articles has some 60,000.
MAX_MARKS = 2_000_000
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]{0,400}\?>")
_DOCTYPE = re.compile(r"<!(?:DOCTYPE|ENTITY)\b", re.IGNORECASE)


def read_xml(text: str) -> etree._Element:
    """The root element without comments and instructions.

    Unreadable for any document type, where entities and outside references would hide (nothing is ever expanded or
    fetched), for what is not well-formed (with the line), and for what is nested or grown past any act.
    """
    text = _DECLARATION.sub("", text.lstrip("\ufeff"), count=1)
    if _DOCTYPE.search(text):
        raise Unreadable(
            "The XML declares entities or a document type, which the portal does not follow. Save it without them.",
            code="external_entities",
        )
    if text.count("<") + text.count("=") > MAX_MARKS:
        raise Unreadable("The document has too many parts. Divide it.", code="too_long")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True,
        encoding="utf-8",
    )
    try:
        return etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError as error:
        if any(entry.type_name in ("ERR_RESOURCE_LIMIT", "ERR_ENTITY_LOOP") for entry in parser.error_log):
            raise Unreadable("The XML is nested too deeply or has an endless line: it is no ordinary text.", code="too_deep") \
                from None  # fmt: skip
        raise Unreadable(
            "This is not well-formed XML: there is an error in line %(line)s. Correct it and upload the file again.",
            code="ill_formed", line=error.lineno or 1,
        ) from None
    except ValueError:
        raise Unreadable("The file is damaged or was not uploaded completely.", code="damaged") from None


def local_name(element: etree._Element) -> str:
    """The element's name without its namespace; "" for an unexpanded entity."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
