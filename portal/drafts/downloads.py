"""How does an exported version go out: under which name, with which headers, kept how long?"""

from __future__ import annotations

from dataclasses import dataclass

from flask import Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from portal.drafts.desk_pages import address_of
from portal.drafts.exporters import FORMATS, Publication, export
from portal.drafts.made_files import made
from portal.drafts.preparing import Stage, folder, is_heavy, stage_of, tag_of
from portal.web.pages import Page, here

# A file stands outside the portal: nothing in it runs, its own style sheet apart.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
_PUBLIC = "public, max-age=86400, immutable"  # a published version never changes
_PRIVATE = "private, no-store"
ASKED_AGAIN_AFTER = 3  # seconds


@dataclass(frozen=True)
class PreparingPage:
    """A file that is being made, or whose making failed. `seconds` until the page asks for it again."""

    file_name: str
    format_name: str
    is_failed: bool
    seconds: int
    file_url: str
    again_url: str
    draft_url: str | None


def send_file_of(
    draft_id: int, publication: Publication, code: str, language: str, *, is_public: bool
) -> AnyResponse | Page:
    """The file in one language; while a heavy one is being made, a page that says so and asks for it again.

    `?again=1` asks once more for a file whose making failed.
    """
    if tag_of(publication, code, language) in request.if_none_match or not is_heavy(publication, code, language):
        return send_export(publication, code, language, is_public=is_public)
    again = "again" in request.args
    stage = stage_of(draft_id, publication, code, language, again=again)
    if again:
        return redirect(here(again=None))
    if stage is Stage.ready:
        return send_export(publication, code, language, is_public=is_public)
    name, is_failed = file_name(publication, code, language), stage is Stage.failed
    draft_url = address_of("consultation.draft" if is_public else "drafts.overview", draft_id)
    page = PreparingPage(name, FORMATS[code].name, is_failed, ASKED_AGAIN_AFTER, here(again=None), here(again=1), draft_url)
    headers = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex"}
    if is_failed:
        return Page("drafts/preparing.html", page, status=503, headers=headers)
    return Page("drafts/preparing.html", page, status=202, headers={**headers, "Retry-After": str(ASKED_AGAIN_AFTER)})


def send_export(publication: Publication, code: str, language: str | None, *, is_public: bool) -> Response:
    """The file as a download. A browser that has it is told so; what took long to make is not made again."""
    tag = tag_of(publication, code, language)
    if tag in request.if_none_match:
        response = Response(status=304)
    else:
        data = made(folder(), f"{tag}.{code}", lambda: export(publication, code, language))
        response = Response(data, mimetype=FORMATS[code].media_type)
        response.headers["Content-Disposition"] = f'attachment; filename="{file_name(publication, code, language)}"'
        response.headers["Content-Security-Policy"] = _POLICY
    response.set_etag(tag)
    response.headers["Cache-Control"] = _PUBLIC if is_public else _PRIVATE
    return response


def file_name(publication: Publication, code: str, language: str | None) -> str:
    """Such as 2026-00017-v2-kk.docx, or 2026-00017-adopted-kk.docx: letters every system takes."""
    parts = [publication.number, "adopted" if publication.version is None else f"v{publication.version}", *([language] if language else [])]
    return f"{'-'.join(parts)}.{FORMATS[code].suffix}"
