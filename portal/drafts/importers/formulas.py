"""How does a formula of a word processor read in one line of text?"""

from __future__ import annotations

from lxml import etree

_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
OFFICE_MATH = (_M + "oMath", _M + "oMathPara")
_DEEPEST = 40


def spoken(element: etree._Element, depth: int = 0) -> str:
    """An Office formula on one line: fractions with a stroke, powers with ^, indices with _."""
    if depth > _DEEPEST:
        return ""
    parts = {
        name: _grouped(part, depth) for name in ("num", "den", "e", "sup", "sub", "deg")
        if (part := element.find(_M + name)) is not None
    }
    match element.tag.removeprefix(_M) if isinstance(element.tag, str) else "":
        case "t":
            return element.text or ""
        case "f":
            return f"{parts.get('num', '')}/{parts.get('den', '')}"
        case "sSup" | "sSub" | "sSubSup":
            low = f"_{parts['sub']}" if parts.get("sub") else ""
            high = f"^{parts['sup']}" if parts.get("sup") else ""
            return parts.get("e", "") + low + high
        case "rad":
            return f"{parts.get('deg', '')}√{parts.get('e', '')}"
        case "d":
            return "(" + ", ".join(_inside(part, depth) for part in element.findall(_M + "e")) + ")"
    return _inside(element, depth)


def _inside(element: etree._Element, depth: int) -> str:
    return "".join(spoken(child, depth + 1) for child in element)


def _grouped(element: etree._Element, depth: int) -> str:
    """A part of a formula, in brackets when it is more than one term."""
    text = _inside(element, depth)
    is_one = len(text) < 2 or all(letter.isalnum() or letter in ",." for letter in text)
    return text if is_one or (text[0], text[-1]) == ("(", ")") else f"({text})"
