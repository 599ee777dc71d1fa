"""How does a version read in JSON? Described by /static/schemas/draft-version-1.json (JSON Schema 2020-12)."""

from __future__ import annotations

import json
from typing import Any

from portal.drafts.exporters.publication import Publication
from portal.drafts.structure import outline_to_json

FORMAT = "talqy-draft-version/1"


def to_json(publication: Publication, language: str | None = None) -> bytes:
    """One language of a version, or all; texts as `structure.outline_to_json` writes them, warnings left out."""
    languages = [language] if language else list(publication.texts)
    document: dict[str, Any] = {
        "format": FORMAT,
        "draft": {
            "number": publication.number,
            "address": publication.address,
            "type": {"code": publication.type_code, "names": dict(publication.types)},
            "body": {"code": publication.body_code, "names": dict(publication.bodies)},
            "titles": {code: title for code, title in publication.titles.items() if title},
        },
        "version": publication.version,
        **({"adopted": publication.reference} if publication.version is None else {}),
        "published_on": publication.published_on.isoformat(),
        "texts": {code: _text(publication, code) for code in languages},
    }
    return json.dumps(document, ensure_ascii=False, indent=1).encode("utf-8", "replace") + b"\n"


def _text(publication: Publication, language: str) -> dict[str, Any]:
    outline = outline_to_json(publication.texts[language], with_cells=True)
    return {
        "address": publication.expression(language),
        "digest": publication.digests.get(language, ""),
        "outline": {name: outline[name] for name in ("language", "title", "provisions")},
    }
