"""Is a file that takes long to make there already, being made, or did its making fail?

A heavy file is not made while somebody waits for an answer: a job in the queue makes it, once for all who ask, and keeps
it in the folder of made files. What the job does is `prepare`; how it stands is its line of `kernel.progress`.
"""

from __future__ import annotations

import hashlib
from datetime import timedelta
from enum import StrEnum
from pathlib import Path

from flask import current_app

from portal.drafts.exporters import MADE_BY, Publication, export
from portal.drafts.made_files import keep
from portal.drafts.queries.publications import get_publication
from portal.drafts.structure import walk
from portal.kernel.clock import now
from portal.kernel.db import db, transaction_mode
from portal.kernel.models import JobState
from portal.kernel.progress import claim, find_progress, is_under_way, reported

PREPARE = "drafts.prepare_file"  # the job
NAMED = "export:"  # its progress is noted under this and the file's tag
# Units past which a file is heavy: about a quarter of a second of the processor (tests/bench/export_speed.py). The other
# formats take a tenth of a PDF's time.
HEAVY = {"pdf": 1_500, "docx": 4_000}
FORGOTTEN = timedelta(days=1)  # notes of files older than this are of no use


class Stage(StrEnum):
    """How a heavy file stands."""

    ready = "ready"
    preparing = "preparing"
    failed = "failed"


def tag_of(publication: Publication, code: str, language: str | None) -> str:
    """The digest of all that the bytes depend on; the texts count by their own digests."""
    facts = (
        MADE_BY, code, language, publication.address, publication.number, publication.version, publication.type_code,
        publication.body_code, publication.created_on, publication.published_on, sorted(publication.titles.items()),
        publication.reference, sorted(publication.types.items()), sorted(publication.bodies.items()), sorted(publication.digests.items()),
    )  # fmt: skip
    return hashlib.sha256(repr(facts).encode()).hexdigest()


def folder() -> Path:
    """Where made files are kept."""
    return Path(current_app.config["SETTINGS"].instance) / "exports"


def is_heavy(publication: Publication, code: str, language: str) -> bool:
    """Does the file take too long to be made within a request?"""
    bound = HEAVY.get(code)
    if bound is None:
        return False
    return any(number > bound for number, _ in enumerate(walk(publication.texts[language].provisions), start=1))


def stage_of(draft_id: int, publication: Publication, code: str, language: str, *, again: bool = False) -> Stage:
    """How a heavy file stands; asks for it where nobody did. One that failed is asked for only `again`."""
    tag = tag_of(publication, code, language)
    if _path(tag, code).is_file():
        return Stage.ready
    name = _name(tag)
    progress = find_progress(name)
    if progress is not None and progress.state is JobState.failed and not again:
        return Stage.failed
    if not is_under_way(progress) and claim(name, forget=(NAMED, now() - FORGOTTEN)):
        current_app.extensions["jobs"].send(PREPARE, [draft_id, publication.version, code, language])
    return Stage.ready if _path(tag, code).is_file() else Stage.preparing


def prepare(draft_id: int, number: int | None, code: str, language: str) -> None:
    """The job: make the file and keep it, unless another run has."""
    with transaction_mode("read"):
        publication = get_publication(draft_id, number)
        db.session.rollback()
    tag = tag_of(publication, code, language)
    if _path(tag, code).is_file():
        return
    with reported(_name(tag), total=1) as advance:
        keep(_path(tag, code), export(publication, code, language))
        advance(1)


def _path(tag: str, code: str) -> Path:
    return folder() / f"{tag}.{code}"


def _name(tag: str) -> str:
    return f"{NAMED}{tag[:40]}"
