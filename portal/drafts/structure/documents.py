"""How is an outline written down, so that it can be stored and printed?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from portal.drafts.cells import cell_keys
from portal.drafts.structure.units import Kind, Outline, Provision, Warning_


def outline_to_json(outline: Outline, *, with_cells: bool = False) -> dict[str, Any]:
    """A plain document, as a version stores it; `with_cells` adds the key of each cell of a table, for readers."""
    document: dict[str, Any] = {
        "language": outline.language,
        "title": outline.title,
        "provisions": [_provision_to_json(provision, with_cells) for provision in outline.provisions],
        "tables": outline.tables,
        "warnings": [
            {"code": warning.code, "key": warning.key, "params": dict(warning.params), "text": str(warning)}
            for warning in outline.warnings
        ],
    }
    if outline.confidence is not None:
        document["confidence"] = outline.confidence
        document["reasons"] = [
            {"code": reason.code, "params": dict(reason.params), "text": str(reason)} for reason in outline.reasons
        ]
    return document


def _provision_to_json(provision: Provision, with_cells: bool) -> dict[str, Any]:
    document: dict[str, Any] = {
        "key": provision.key,
        "kind": provision.kind.value,
        "number": provision.number,
        "heading": provision.heading,
        "text": provision.text,
        "children": [_provision_to_json(child, with_cells) for child in provision.children],
    }
    if provision.rows:
        document["rows"] = [list(row) for row in provision.rows]
        if with_cells:
            document["cell_keys"] = cell_keys(provision.key, provision.rows)
    if provision.notes:
        document["notes"] = list(provision.notes)
    if provision.address:
        document["address"] = provision.address
    return document


def outline_from_json(document: Mapping[str, Any]) -> Outline:
    """The outline that `outline_to_json` wrote; KeyError or ValueError when the document is not one."""
    return Outline(
        language=document["language"],
        title=document["title"],
        provisions=tuple(_provision_from_json(child) for child in document["provisions"]),
        warnings=tuple(
            Warning_(warning["code"], warning.get("key", ""), dict(warning.get("params", {})))
            for warning in document["warnings"]
        ),
        confidence=document.get("confidence"),
        reasons=tuple(
            Warning_(reason["code"], "", dict(reason.get("params", {}))) for reason in document.get("reasons", ())
        ),
    )


def _provision_from_json(document: Mapping[str, Any]) -> Provision:
    return Provision(
        key=document["key"],
        kind=Kind(document["kind"]),
        number=document["number"],
        heading=document["heading"],
        text=document["text"],
        children=tuple(_provision_from_json(child) for child in document["children"]),
        rows=tuple(tuple(row) for row in document.get("rows", ())),
        notes=tuple(document.get("notes", ())),
        address=document.get("address", ""),
    )
