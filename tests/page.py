"""Is this response a page that everybody can use? Every HTML answer in the tests is asked.

The rules follow WCAG 2.2 (1.3.1, 2.4.1, 2.4.2, 2.4.6, 3.1.1, 3.3.2, 4.1.2), the content security policy and our own
laws: one h1, no skipped headings, labelled controls, live references, captions, a token in every POST form.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

import html5lib
from lxml import etree

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
UNLABELLED = {"hidden", "submit", "button", "reset", "image"}
REFERENCES = ("aria-labelledby", "aria-describedby", "aria-controls", "aria-owns", "for", "list", "headers", "popovertarget")
INLINE_HANDLER = re.compile(r"^on[a-z]+$")
# html5lib reports these where the HTML standard of today is content
HARMLESS = {"expected-doctype-but-got-end-tag", "unexpected-char-in-cdata"}


class BadPage(AssertionError):
    """What is wrong with a page, one line each."""


def parse(html: str) -> etree._Element:
    """The document; raises BadPage for markup a browser would have to repair."""
    parser = html5lib.HTMLParser(tree=html5lib.getTreeBuilder("lxml"), namespaceHTMLElements=False)
    tree = parser.parse(html)
    faults = [f"{code} {data} at {place}" for place, code, data in parser.errors if code not in HARMLESS]
    if faults:
        raise BadPage("markup: " + "; ".join(faults[:5]))
    return tree.getroot()


def check_page(html: str, language: str | None = None) -> etree._Element:
    """Raise BadPage with every fault found; returns the parsed document for further questions."""
    root = parse(html)
    faults = [
        *_language(root, language),
        *_title_and_headings(root),
        *_landmarks(root),
        *_ids_and_references(root),
        *_controls(root),
        *_forms(root),
        *_tables_and_images(root),
        *_no_inline(root),
    ]
    if faults:
        raise BadPage("\n".join(faults))
    return root


def text_of(element: etree._Element) -> str:
    """The words of an element, white space collapsed."""
    return " ".join("".join(element.itertext()).split())


def _language(root: etree._Element, language: str | None) -> Iterator[str]:
    lang = root.get("lang")
    if lang not in {"kk", "ru", "en"} or (language and lang != language):
        yield f"html lang is {lang!r}, not {language or 'kk, ru or en'}"


def _title_and_headings(root: etree._Element) -> Iterator[str]:
    titles, firsts = root.findall(".//head/title"), root.findall(".//h1")
    if len(firsts) != 1:
        yield f"{len(firsts)} h1 instead of one"
    if len(titles) != 1 or not text_of(titles[0]):
        yield "no title"
    last = 0
    for element in root.iter(*HEADINGS):
        level = int(element.tag[1])
        if last and level > last + 1:
            yield f"heading skips from h{last} to h{level}: {text_of(element)[:60]}"
        if not text_of(element):
            yield f"empty {element.tag}"
        last = level


def _landmarks(root: etree._Element) -> Iterator[str]:
    if len(root.findall(".//main")) != 1:
        yield "there must be one main"
    links = [a for a in root.iter("a") if (a.get("href") or "").startswith("#")]
    mains = {element.get("id") for element in root.iter("main")}
    if not links or links[0].get("href", "")[1:] not in mains:
        yield "the first link within the page must skip to main"
    names = [(nav.get("aria-label"), nav.get("aria-labelledby")) for nav in root.iter("nav")]
    if len(names) > 1 and (len(set(names)) < len(names) or (None, None) in names):
        yield f"several nav need names of their own: {names}"


def _ids_and_references(root: etree._Element) -> Iterator[str]:
    ids = Counter(element.get("id") for element in root.iter() if element.get("id") is not None)
    yield from (f"id used {count} times: {name}" for name, count in ids.items() if count > 1)
    yield from (f"bad id: {name!r}" for name in ids if not name or re.search(r"\s", name))
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        for attribute in REFERENCES:
            for target in (element.get(attribute) or "").split():
                if target not in ids:
                    yield f"{element.tag} {attribute} points nowhere: {target}"
        href = element.get("href") or ""
        if element.tag == "a" and len(href) > 1 and href.startswith("#") and href[1:] not in ids:
            yield f"link to nothing on the page: {href}"


def _controls(root: etree._Element) -> Iterator[str]:
    labelled = {label.get("for") for label in root.iter("label")}
    for control in root.iter("input", "select", "textarea"):
        if control.tag == "input" and control.get("type", "text") in UNLABELLED:
            continue
        wrapped = any(parent.tag == "label" for parent in control.iterancestors())
        if not (wrapped or control.get("id") in labelled or control.get("aria-label") or control.get("aria-labelledby")):
            yield f"control without a label: {control.get('name')}"
    for element in root.iter("a", "button", "summary"):
        if not (text_of(element) or element.get("aria-label") or element.get("aria-labelledby")):
            yield f"{element.tag} without words: {etree.tostring(element)[:80]!r}"
    for group in root.iter("fieldset"):
        if group.find("legend") is None:
            yield "fieldset without a legend"


def _forms(root: etree._Element) -> Iterator[str]:
    for form in root.iter("form"):
        if form.get("method", "get").lower() == "post":
            token = form.find(".//input[@name='csrf_token']")
            if token is None or not token.get("value"):
                yield f"POST form without a token: {form.get('action')}"


def _tables_and_images(root: etree._Element) -> Iterator[str]:
    for table in root.iter("table"):
        if table.find("caption") is None and not table.get("aria-label") and not table.get("aria-labelledby"):
            yield "table without a caption"
    for image in root.iter("img"):
        if image.get("alt") is None:
            yield f"image without alt: {image.get('src')}"


def _no_inline(root: etree._Element) -> Iterator[str]:
    for script in root.iter("script"):
        # a data block is never executed (HTML, 4.12.1): in it machines read what a page is about
        if not script.get("src") and script.get("type") not in {"application/json", "application/ld+json"}:
            yield "inline script"
    if next(root.iter("style"), None) is not None:
        yield "inline style sheet"
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        for name, value in element.attrib.items():
            if name == "style" or INLINE_HANDLER.match(name):
                yield f"inline {name} on {element.tag}"
            if name in {"href", "src", "action"} and value.strip().lower().startswith("javascript:"):
                yield f"script address on {element.tag}"
