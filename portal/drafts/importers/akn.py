"""Which outline does an Akoma Ntoso file (1.0 to 3.0) hold, read from its own structure?"""

from __future__ import annotations

from dataclasses import replace

from lxml import etree

from portal.drafts.importers.marks import is_sentence
from portal.drafts.importers.tongue import detect_language
from portal.drafts.importers.tree import Node
from portal.drafts.importers.xml_source import local_name
from portal.drafts.importers.xml_units import UnitReader, Vocabulary, drop_title, settled, words_of
from portal.drafts.structure import Kind, Outline

_DOCUMENTS = frozenset({
    "act", "bill", "doc", "statement", "debate", "debateReport", "judgment", "amendment", "amendmentList", "officialGazette",
    "documentCollection", "portion",
})  # fmt: skip
_ARTICLES = ("article", "rule", "clause")
_NAMED = {
    "schedule": Kind.annex, "annex": Kind.annex, "appendix": Kind.annex, "regulation": Kind.article, "rule": Kind.article,
    "article": Kind.article, "section": Kind.article, "crossheading": Kind.paragraph, "crossHeading": Kind.paragraph,
    "part": Kind.part, "chapter": Kind.chapter, "groupOfParts": Kind.part,
}  # fmt: skip
_LANGUAGES = {"kaz": "kk", "kk": "kk", "rus": "ru", "ru": "ru", "eng": "en", "en": "en"}
_TITLES = ("docTitle", "shortTitle", "longTitle")


def _kind_of(element: etree._Element, name: str) -> Kind | None:
    if name == "hcontainer":
        return _NAMED.get(element.get("name", ""))
    if name == "section":
        # Above articles it is a раздел; a section that holds none is itself what others call an article.
        return Kind.section if _has_inside(element, _ARTICLES) else Kind.article
    if name == "clause":
        holder = next((one for one in element.iterancestors() if local_name(one) in ("article", "section", "clause")), None)
        is_inner = holder is not None and not (
            local_name(holder) == "section" and _kind_of(holder, "section") is Kind.section
        )
        return Kind.subpoint if is_inner else Kind.article
    if name in ("item", "li") and element.find("{*}num") is not None:
        return Kind.subpoint
    return None


def _has_inside(element: etree._Element, names: tuple[str, ...]) -> bool:
    return any(next(element.iterdescendants("{*}" + name), None) is not None for name in names)


WORDS = Vocabulary(
    kinds={
        "part": Kind.part, "title": Kind.part, "book": Kind.part, "tome": Kind.part, "subpart": Kind.subsection,
        "subtitle": Kind.subsection, "division": Kind.section, "subdivision": Kind.subsection, "chapter": Kind.chapter,
        "subchapter": Kind.paragraph, "article": Kind.article, "rule": Kind.article, "attachment": Kind.annex,
        "annex": Kind.annex, "schedule": Kind.annex, "debateSection": Kind.paragraph,
    },
    inner=frozenset({
        "paragraph", "subsection", "subparagraph", "point", "indent", "alinea", "level", "hcontainer", "subclause", "subrule",
        "proviso", "transitional", "item", "blockContainer", "list", "container", "tblock",
    }),
    leaves=frozenset({"p", "block", "listIntroduction", "listWrapUp", "li", "docTitle", "longTitle", "formula", "tocItem"}),
    inline=frozenset({
        "b", "i", "u", "sup", "sub", "ref", "rref", "mref", "def", "term", "date", "quotedText", "mod", "rmod", "span", "inline",
        "person", "organization", "concept", "object", "event", "location", "process", "role", "entity", "quantity", "time",
        "a", "ins", "abbr", "docType", "docNumber", "docDate", "docProponent", "docStage", "docStatus", "docCommittee",
        "docIntroducer", "docJurisdiction", "docketNumber", "docPurpose", "docTitle", "shortTitle", "legislature", "session",
        "party", "judge", "lawyer", "opinion", "argument", "signature", "affectedDocument", "relatedDocument", "change",
        "vote", "outcome", "decoration", "embeddedText", "remark", "recordedTime", "placeholder", "fillIn", "neutralCitation",
        "img", "noteRef", "extractText", "narrative", "foreign", "count",
    }),
    quoted=frozenset({"quotedStructure", "embeddedStructure", "extractStructure"}),
    notes=frozenset({"authorialNote", "note"}),
    skipped=frozenset({"meta", "toc", "del", "componentRef", "documentRef", "componentData"}),
    breaks=frozenset({"br", "eol", "marker"}),
    kind_of=_kind_of,
)  # fmt: skip


def read_akn(root: etree._Element, language: str | None = None) -> Outline:
    """The outline of the main document; other documents in the file and attachments become annexes.

    Of several languages the one asked for is read, else the first. The text is in the order of the file.
    """
    documents = _documents(root)
    chosen = _in_one_language(documents, language) or [root]
    main = next((one for one in chosen if local_name(one) in ("act", "bill")), chosen[0])
    others = frozenset(chosen) - {main}
    words = replace(WORDS, kind_of=lambda element, name: Kind.annex if element in others else _kind_of(element, name))
    node = Node(Kind.part)
    UnitReader(words, frozenset(documents) - frozenset(chosen)).read(root, node)
    for annex in (child for child in node.children if child.kind is Kind.annex and not child.heading):
        _head(annex)
    title = _title(main)
    drop_title(node, title)
    return settled(node, title, language or _language(main), detect_language)


def _documents(root: etree._Element) -> list[etree._Element]:
    """The documents side by side in the file, which are not attachments."""
    found: list[etree._Element] = []
    for element in root.iterdescendants(etree.Element):
        name = local_name(element)
        if name in _DOCUMENTS and name != "documentCollection" and not _lies_in(element, found):
            found.append(element)
    return found


def _in_one_language(found: list[etree._Element], language: str | None) -> list[etree._Element]:
    """Only the documents in the language asked, or the first one's, where the same work stands in several."""
    works = [one.find(".//{*}FRBRWork/{*}FRBRthis") for one in found]
    names = [work.get("value") if work is not None else place for place, work in enumerate(works)]
    languages = [_language(one) for one in found]
    if len(set(languages)) < 2 or len(set(names)) == len(names):
        return found
    chosen = language if language in languages else languages[0]
    return [one for one, code in zip(found, languages, strict=True) if code == chosen]


def _head(annex: Node) -> None:
    """An attachment without a heading is headed by its first line, if that is no sentence."""
    first = annex.children[0] if annex.children else None
    if first is None or first.kind is not Kind.indent or first.children or len(first.lines) != 1:
        return
    if len(first.lines[0]) < 300 and not is_sentence(first.lines[0]):
        annex.heading = first.lines[0]
        annex.notes += first.notes
        del annex.children[0]


def _lies_in(element: etree._Element, found: list[etree._Element]) -> bool:
    holders = set(element.iterancestors())
    return any(one in holders for one in found) or any(local_name(one) in ("attachment", "attachments") for one in holders)


def _title(document: etree._Element) -> str:
    for name in _TITLES:
        parts = [
            words_of(part, WORDS) for part in document.iter("{*}" + name)
            if any(local_name(holder) in ("preface", "coverPage", "preamble", "longTitle", "header") for holder in part.iterancestors())
        ]
        if title := next(filter(None, parts), ""):
            return title
    said = [one.get("value", "") for one in document.iterfind(".//{*}FRBRWork/{*}FRBRalias")]
    said += ["".join(one.itertext()) for one in document.iterfind(".//{*}meta//{http://purl.org/dc/elements/1.1/}title")]
    return next((" ".join(one.split()) for one in said if one.strip() and one.strip()[0] not in "#/"), "")


def _language(document: etree._Element) -> str | None:
    found = document.find(".//{*}FRBRlanguage")
    code = "" if found is None else found.get("language", "")
    return _LANGUAGES.get(code.lower())
