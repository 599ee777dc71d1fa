"""Which articles and schedules have drafts of UK bills and instruments, by the archive that keeps them?"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from lxml import etree

from portal.drafts.importers import Unreadable, read_outline
from portal.drafts.structure import Kind, walk
from tests.bench.import_sets.scoring import articles, scored
from tests.shared_data import SHARED


def _akn_units(path: Path, suits: Callable[[etree._Element, str], bool]) -> Iterator[str]:
    for element in etree.parse(str(path)).iter(etree.Element):
        name = etree.QName(element).localname
        inside = {etree.QName(parent).localname for parent in element.iterancestors()}
        if "quotedStructure" not in inside and suits(element, name):
            number = element.find("{*}num")
            yield (number.text or "").strip() if _is_schedule(element, name) and number is not None else (
                "".join(number.itertext()).strip() if number is not None else ""
            )


def _is_article(element: etree._Element, name: str) -> bool:
    return name in ("section", "article", "rule") or (name == "hcontainer" and element.get("name") == "regulation")


def _is_schedule(element: etree._Element, name: str) -> bool:
    return name == "hcontainer" and element.get("name") == "schedule"


def _schedule_number(printed: str) -> str:
    found = re.match(r"\s*(?:SCHEDULE|ATODLEN)?\s*(\d+[A-Z]?(?![a-z]))", printed, re.IGNORECASE)
    return found[1] if found else ""


def uk_drafts() -> Iterator[dict[str, object]]:
    """The 47 drafts of UK bills and instruments against the Akoma Ntoso a national archive made of them."""
    reference, found, schedules, annexes = Counter(), Counter(), Counter(), Counter()
    refused: list[str] = []
    files = sorted((SHARED / "data/akn-uslm/uk-lawmaker-docx-akn").glob("*/*.docx"))
    for path in files:
        akn = path.with_suffix(".xml")
        reference.update((path.parent.name, path.stem, number.strip(".")) for number in _akn_units(akn, _is_article))
        schedules.update(
            (path.parent.name, path.stem, _schedule_number(number)) for number in _akn_units(akn, _is_schedule)
        )
        try:
            outline = read_outline(path.read_bytes(), path.name)
        except Unreadable as refusal:
            refused.append(f"{path.parent.name}/{path.name}: {refusal}")
            continue
        found.update({(path.parent.name, path.stem, *unit): count for unit, count in articles(outline).items()})
        annexes.update(
            (path.parent.name, path.stem, _schedule_number(provision.number))
            for provision, _, _ in walk(outline.provisions) if provision.kind is Kind.annex
        )  # fmt: skip
    yield scored("uk-drafts articles", reference, found, files=len(files), refused=refused)
    yield scored("uk-drafts schedules", schedules, annexes, files=len(files))


def other_documents() -> Iterator[dict[str, object]]:
    """Documents without a reference: what is found in them, or the sentence that refuses them."""
    for path in sorted((SHARED / "data/documents").glob("*")):
        line: dict[str, object] = {"bench": "import_accuracy", "set": "documents", "file": path.name}
        try:
            outline = read_outline(path.read_bytes(), path.name)
        except Unreadable as refusal:
            yield {**line, "refused": str(refusal)}
            continue
        counts = Counter(provision.kind.value for provision, _, _ in walk(outline.provisions))
        yield {**line, "title": outline.title, "language": outline.language, "units": dict(counts)}
