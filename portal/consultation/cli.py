"""What may an operator run that publishes drafts or brings in comments?"""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import BinaryIO

import click
from flask import current_app
from flask.cli import AppGroup

from portal.accounts.actor import OPERATOR
from portal.consultation.actions.imports import import_comments, known_comments
from portal.consultation.actions.windows import announce_consultation
from portal.consultation.clock_commands import channels, duties
from portal.consultation.family_command import gather_families
from portal.consultation.imported import ImportedComment, read_line
from portal.consultation.queries.drafts import get_file
from portal.drafts.actions.drafts import DraftCard, create_draft
from portal.drafts.actions.versions import upload_text
from portal.drafts.commands import drafts, read_file
from portal.drafts.models import Body, Draft
from portal.drafts.queries.reference import find_area, find_body, find_type
from portal.drafts.queries.texts import provision_keys
from portal.kernel.clock import now, today
from portal.kernel.console import fail, json_option, plain_refusals, print_json, reading, writing
from portal.kernel.errors import DomainError, Invalid, TooLarge
from portal.kernel.text import clean_line

BATCH = 1000
LONGEST_LINE = 8 * 1024 * 1024  # bytes
PATH = click.Path(path_type=Path)

comments = AppGroup("comments", help="Bring in comments collected elsewhere.")
commands = (comments, channels, duties)
__all__ = ["commands", "gather_families"]


@drafts.command("import")
@click.option("--body", "body_code", required=True, metavar="CODE", help="The drafting body; see `bodies list`.")
@click.option("--type", "type_code", required=True, metavar="TYPE", help="The act type; see `types list`.")
@click.option("--area", "area_code", metavar="AREA", help="The policy area; see `areas list`.")
@click.option("--title-kk", required=True, help="Title in Kazakh.")
@click.option("--title-ru", required=True, help="Title in Russian.")
@click.option("--title-en", default="", help="Title in English.")
@click.option("--kk", type=PATH, help="File with the Kazakh text.")
@click.option("--ru", type=PATH, help="File with the Russian text.")
@click.option("--en", type=PATH, help="File with the English text.")
@click.option("--open-for", type=click.IntRange(0, 3650), metavar="DAYS",
              help="Calendar days of discussion after today; without it the period of the act type.")
@json_option
def import_draft(
    body_code: str, type_code: str, area_code: str | None, title_kk: str, title_ru: str, title_en: str,
    kk: Path | None, ru: Path | None, en: Path | None, open_for: int | None, as_json: bool,
) -> None:  # fmt: skip
    """Publish a draft from files and open its discussion today. One text is enough.

    All of it goes in or nothing; a file that cannot be read ends with one line and exit status 2.
    """
    paths = {language: path for language, path in (("kk", kk), ("ru", ru), ("en", en)) if path is not None}
    if not paths:
        fail("Give at least one file: --kk, --ru or --en.")
    data = {language: read_file(path) for language, path in paths.items()}
    titles = {"kk": clean_line(title_kk), "ru": clean_line(title_ru), "en": clean_line(title_en)}
    with plain_refusals(), writing():
        draft = create_draft(OPERATOR, body=_body(body_code), card=_card(type_code, area_code, titles))
        for language, path in paths.items():
            _upload(draft, language, data[language], path)
        closes_on = None if open_for is None else today() + timedelta(days=open_for)
        announce_consultation(OPERATOR, draft=draft, opens_on=today(), closes_on=closes_on, imported=True)
        draft_id, number = draft.id, draft.number
    url = f"{current_app.config['SETTINGS'].base_url}/drafts/{draft_id}"
    if as_json:
        print_json({"draft": draft_id, "url": url})
    else:
        click.echo(f"Draft {number} is published and open for discussion: {url}")


def _body(code: str) -> Body:
    if (body := find_body(code)) is None:
        fail(f"There is no body “{code}”; `bodies list` shows them, `bodies add` adds one.")
    return body


def _card(type_code: str, area_code: str | None, titles: dict[str, str]) -> DraftCard:
    if (act_type := find_type(type_code)) is None:
        fail(f"There is no act type “{type_code}”; `types list` shows them.")
    area = find_area(area_code) if area_code else None
    if area_code and area is None:
        fail(f"There is no policy area “{area_code}”; `areas list` shows them.")
    return DraftCard(act_type.id, titles, area_id=area.id if area else None)


def _upload(draft: Draft, language: str, data: bytes, path: Path) -> None:
    try:
        upload_text(OPERATOR, draft=draft, language=language, data=data, name=path.name)
    except DomainError as error:
        fail(f"{path}: {error}")


@comments.command("import")
@click.argument("file", type=PATH)
@click.option("--draft", "draft_id", type=click.IntRange(1, 2**31 - 1), required=True, metavar="ID", help="The draft they are about.")
@json_option
def import_file(file: Path, draft_id: int, as_json: bool) -> None:
    """Bring in comments from FILE, one JSON object a line, with authors, dates, threads and votes.

    Fields: external_id, text; author, language, stance (for, against, neutral), provision (a key), parent (an
    external_id), created_at, votes_for, votes_against. A line whose external_id is there already is skipped, so the
    command may be repeated; a bad line is reported with its number and the rest goes in. Exit status 1 only when
    nothing could be taken.
    """
    try:
        stream = file.open("rb")
    except OSError as error:
        fail(f"{file}: {error.strerror or error}.")
    with stream, plain_refusals():
        intake = Intake(draft_id)
        for number, line in numbered_lines(stream):
            intake.take(number, line)
        intake.finish()
    errors = sorted(intake.errors)
    if as_json:
        listed = [{"line": number, "error": sentence} for number, sentence in errors]
        print_json({"imported": intake.imported, "skipped": intake.skipped, "errors": listed})
    else:
        for number, sentence in errors:
            click.echo(f"line {number}: {sentence}", err=True)
        click.echo(f"{intake.imported} imported, {intake.skipped} there already, {len(errors)} bad lines")
    if errors and not intake.imported and not intake.skipped:
        raise SystemExit(1)


def numbered_lines(stream: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """The lines that are not blank, counted from 1; of an endless line only its first LONGEST_LINE bytes."""
    number, begins = 0, True
    while line := stream.readline(LONGEST_LINE):
        if begins:
            number += 1
            line = line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line
            if line.strip():
                yield number, line
        begins = line.endswith(b"\n")


class Intake:
    """Comments on their way in: batches of their own transactions, answers kept back until their parents are in."""

    def __init__(self, draft_id: int) -> None:
        with reading():
            self._keys = provision_keys(get_file(draft_id).consultation.version_id)
            self._known = known_comments(draft_id)
        self._draft_id = draft_id
        self._seen: set[str] = set()
        self._batch: list[ImportedComment] = []
        self._waiting: dict[str, list[tuple[int, ImportedComment]]] = {}
        self._told_at = time.monotonic()
        self.imported = self.skipped = 0
        self.errors: list[tuple[int, str]] = []

    def take(self, number: int, line: bytes) -> None:
        """One line; what is wrong with it goes to `errors`."""
        try:
            if len(line) >= LONGEST_LINE:
                raise TooLarge("The line is longer than %(max)s bytes.", max=LONGEST_LINE)
            comment = read_line(line, now())
            if comment.provision_key and comment.provision_key not in self._keys:
                raise Invalid("The draft has no provision “%(key)s”.", key=comment.provision_key[:100])
        except DomainError as error:
            self.errors.append((number, str(error)))
            return
        if comment.external_id in self._known or comment.external_id in self._seen:
            self.skipped += 1
            return
        self._seen.add(comment.external_id)
        if comment.parent and comment.parent not in self._known:
            self._waiting.setdefault(comment.parent, []).append((number, comment))
        else:
            self._batch.append(comment)
        if len(self._batch) >= BATCH:
            self._flush()
            self._tell(number)

    def finish(self) -> None:
        """Put in what is left; an answer whose parent never came is an error of its line."""
        while self._batch:
            self._flush()
        for parent, orphans in self._waiting.items():
            sentence = f"There is no comment with the external_id “{parent}” to answer."
            self.errors.extend((number, sentence) for number, _ in orphans)

    def _flush(self) -> None:
        batch, self._batch = self._batch[:BATCH], self._batch[BATCH:]
        with writing():
            file = get_file(self._draft_id)
            self.imported += import_comments(OPERATOR, file=file, comments=batch, known=self._known)
        for comment in batch:
            self._batch += [answer for _, answer in self._waiting.pop(comment.external_id, ())]

    def _tell(self, number: int) -> None:
        if time.monotonic() - self._told_at >= 1:
            self._told_at = time.monotonic()
            click.echo(f"{number} lines read, {self.imported} imported, {len(self.errors)} bad", err=True)
