"""Which outline does a USLM file (United States Legislative Markup) hold, read from its own structure?"""

from __future__ import annotations

from lxml import etree

from portal.drafts.importers.tongue import detect_language
from portal.drafts.importers.tree import Node
from portal.drafts.importers.xml_units import UnitReader, Vocabulary, drop_title, settled, words_of
from portal.drafts.structure import Kind, Outline

_TITLES = ("{*}main/{*}longTitle/{*}officialTitle", ".//{*}officialTitle", ".//{*}longTitle", ".//{*}docTitle")


def _kind_of(element: etree._Element, name: str) -> Kind | None:
    return None


WORDS = Vocabulary(
    kinds={
        "title": Kind.part, "subtitle": Kind.section, "division": Kind.part, "subdivision": Kind.section, "part": Kind.section,
        "subpart": Kind.subsection, "chapter": Kind.chapter, "subchapter": Kind.paragraph, "section": Kind.article,
        "article": Kind.article, "courtRule": Kind.article, "appendix": Kind.annex, "schedule": Kind.annex,
        "appropriations": Kind.paragraph, "preliminary": Kind.paragraph,
    },
    inner=frozenset({
        "subsection", "paragraph", "subparagraph", "clause", "subclause", "item", "subitem", "subsubitem", "level", "compiledAct",
        "recital", "listItem",
    }),
    leaves=frozenset({"p", "chapeau", "continuation", "content", "proviso", "listHeading", "officialTitle", "docTitle"}),
    inline=frozenset({
        "b", "i", "u", "sup", "sub", "ref", "inline", "span", "term", "shortTitle", "amendingAction", "quotedText", "headingText",
        "date", "em", "strong", "a", "sponsor", "cosponsor", "committee", "name", "role", "def", "actionDescription", "entity",
        "proviso", "addedText", "deletedText", "docTitle", "img", "property", "marker", "editorialContent", "elided",
    }),
    quoted=frozenset({"quotedContent"}),
    notes=frozenset({"footnote", "note", "sourceCredit", "editorialNote"}),
    skipped=frozenset({"meta", "toc", "page", "del"}),
    breaks=frozenset({"br"}),
    kind_of=_kind_of,
)  # fmt: skip


def read_uslm(root: etree._Element, language: str | None = None) -> Outline:
    """The outline of a bill, resolution or law: sections are articles, what lies in them points and subpoints."""
    node = Node(Kind.part)
    UnitReader(WORDS).read(root, node)
    found = (root.find(path) for path in _TITLES)
    title = next((words_of(one, WORDS) for one in found if one is not None), "")
    if not title and (named := root.find(".//{http://purl.org/dc/elements/1.1/}title")) is not None:
        title = " ".join("".join(named.itertext()).split())
    drop_title(node, title)
    return settled(node, title, language, detect_language)
