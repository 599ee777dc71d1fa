"""Which words of a Markdown line does a reader see, and what does the head of the file say?"""

from __future__ import annotations

import html
import re

_MOST_HEAD_LINES = 400
_HEAD_LINE = re.compile(r"[\w.-]{1,60}\s*:(?:\s.*)?|\s+.*|-\s.*|#.*|\s*|[\]}].*")
_TITLE = re.compile(r"^(?:title|name|название|атауы)\s*:\s*(.+)$", re.MULTILINE | re.IGNORECASE)

_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,300}>|<!--(?:[^-]|-(?!->)){0,2000}-->")
_AUTOLINK = re.compile(r"<((?:https?|mailto):[^<>\s]{1,500})>")
_IMAGE = re.compile(r"!\[[^\[\]]{0,300}\]\((?:[^()\s]|\([^()\s]{0,200}\)){0,2000}(?:\s+\"[^\"]{0,300}\")?\)")
_LINK = re.compile(r"\[([^\[\]]{1,500})\]\(((?:[^()\s]|\([^()\s]{0,200}\)){0,2000})(?:\s+\"[^\"]{0,300}\")?\)")
_CODE = re.compile(r"`{1,3}([^`\n]{1,500})`{1,3}")
_STRONG = re.compile(r"(?<![\w_\\])__(?=[^\s_])([^_\n]{1,1000})(?<=[^\s_])__(?![\w_])")
_STARS = re.compile(r"(?<!\\)\*{2,3}(?!\*)")
_EMPHASIS = re.compile(
    r"(?<![\w*\\])\*(?=[^\s*])([^*\n]{1,400})(?<=[^\s\\])\*(?![\w*])"
    r"|(?<![\w_\\])_(?=[^\s_])([^_\n]{1,400})(?<=[^\s\\])_(?![\w_])"
)
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_BETWEEN_LINKS = re.compile(r"[\s·|•/,→←»«‹›>—–-]*")
_FEWEST_LINKS = 2


def without_front_matter(text: str) -> str:
    """The text after the head between two lines «---», if there is one of names and values."""
    head = _front_matter(text)
    return text if head is None else text[head[1]:]


def title_of(text: str) -> str:
    """The title the head of the file gives, "" when it gives none."""
    head = _front_matter(text)
    found = _TITLE.search(head[0]) if head is not None else None
    return found[1].strip().strip("\"'").replace('\\"', '"').strip() if found is not None else ""


def _front_matter(text: str) -> tuple[str, int] | None:
    """The head without its fences, and where the text goes on; None without a head."""
    if not text.lstrip("\ufeff").startswith("---"):
        return None
    place = text.find("\n") + 1
    if place == 0 or text[:place].strip("\ufeff \r\n") != "---":
        return None
    start = place
    for _ in range(_MOST_HEAD_LINES):
        end = text.find("\n", place)
        line = text[place:end if end >= 0 else len(text)].rstrip("\r")
        if line.strip() in ("---", "..."):
            return text[start:place], (end + 1 if end >= 0 else len(text))
        if end < 0 or not _HEAD_LINE.fullmatch(line):
            return None
        place = end + 1
    return None


def is_navigation(text: str) -> bool:
    """Is a line nothing but links to other places, as sites put at the foot of a page?"""
    links = _LINK.findall(text[:4_000])
    if len(links) < _FEWEST_LINKS or len(text) > 4_000 or any(target.startswith("#") for _, target in links):
        return False
    return bool(_BETWEEN_LINKS.fullmatch(_LINK.sub("", text)))


def plain(text: str) -> str:
    """The words of a line without the marks of emphasis, links, pictures and tags."""
    if not any(mark in text for mark in "*_[<`\\&"):
        return text.strip()
    if "<" in text:
        text = _TAG.sub("", _AUTOLINK.sub(r"\1", _BREAK.sub("\n", text)))
    if "[" in text:
        text = _LINK.sub(r"\1", _IMAGE.sub("", text))
    text = _STARS.sub("", _STRONG.sub(r"\1", _CODE.sub(r"\1", text)))
    text = _EMPHASIS.sub(lambda found: found[1] or found[2], text)
    return html.unescape(_ESCAPE.sub(r"\1", text)).strip()
