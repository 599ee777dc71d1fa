"""How does an exported version go out: under which name, with which headers, kept how long?"""

from __future__ import annotations

import hashlib

from flask import Response, current_app, request

from portal.drafts.exporters import FORMATS, MADE_BY, Publication, export
from portal.drafts.made_files import made

# A file stands outside the portal: nothing in it runs, its own style sheet apart.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
_PUBLIC = "public, max-age=86400, immutable"  # a published version never changes
_PRIVATE = "private, no-store"


def send_export(publication: Publication, code: str, language: str | None, *, is_public: bool) -> Response:
    """The file as a download. A browser that has it is told so; what took long to make is not made again."""
    tag = _tag(publication, code, language)
    if tag in request.if_none_match:
        response = Response(status=304)
    else:
        folder = current_app.config["SETTINGS"].instance / "exports"
        data = made(folder, f"{tag}.{code}", lambda: export(publication, code, language))
        response = Response(data, mimetype=FORMATS[code].media_type)
        response.headers["Content-Disposition"] = f'attachment; filename="{file_name(publication, code, language)}"'
        response.headers["Content-Security-Policy"] = _POLICY
    response.set_etag(tag)
    response.headers["Cache-Control"] = _PUBLIC if is_public else _PRIVATE
    return response


def file_name(publication: Publication, code: str, language: str | None) -> str:
    """Such as 2026-00017-v2-kk.docx: letters every system takes."""
    parts = [publication.number, f"v{publication.version}", *([language] if language else [])]
    return f"{'-'.join(parts)}.{FORMATS[code].suffix}"


def _tag(publication: Publication, code: str, language: str | None) -> str:
    """The digest of all that the bytes depend on; the texts count by their own digests."""
    facts = (
        MADE_BY, code, language, publication.address, publication.number, publication.version, publication.type_code,
        publication.body_code, publication.created_on, publication.published_on, sorted(publication.titles.items()),
        sorted(publication.types.items()), sorted(publication.bodies.items()), sorted(publication.digests.items()),
    )  # fmt: skip
    return hashlib.sha256(repr(facts).encode()).hexdigest()
