"""How does an operator's command answer: in one JSON document or plain words, and with which exit status?

Status 0: done. 2: refused, with one sentence on standard error and nothing changed.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn

import click
from flask import current_app

from portal.kernel.db import db, transaction_mode
from portal.kernel.errors import DomainError

REFUSED = 2

json_option = click.option("--json", "as_json", is_flag=True, help="Print one JSON document and nothing else.")


def print_json(document: Any) -> None:
    """One JSON document on standard output."""
    click.echo(json.dumps(document, ensure_ascii=False, indent=2))


def fail(sentence: str, status: int = REFUSED) -> NoReturn:
    """Say on standard error what is wrong, in one line, and end the command."""
    click.echo(" ".join(sentence.split()), err=True)
    sys.exit(status)


def write_file(path: Path, data: bytes) -> None:
    """Put what a command made where the operator said; no folder is made on the way."""
    if not path.parent.is_dir():
        fail(f"There is no folder {path.parent}. Make it first.")
    try:
        path.write_bytes(data)
    except OSError as error:
        fail(f"{path}: {error.strerror or error}.")


@contextmanager
def plain_refusals() -> Iterator[None]:
    """Let a refusal of the domain end the command with its sentence instead of a traceback."""
    try:
        yield
    except DomainError as error:
        fail(str(error))


@contextmanager
def reading() -> Iterator[None]:
    """A transaction that cannot write."""
    with transaction_mode("read"):
        try:
            yield
        finally:
            db.session.rollback()


@contextmanager
def writing() -> Iterator[None]:
    """One write transaction: all of the block or nothing. After the commit the followers are woken."""
    with transaction_mode("write"):
        try:
            yield
            db.session.commit()
        except BaseException:
            db.session.rollback()
            raise
    for wake in current_app.after_commit:  # type: ignore[attr-defined]
        wake()
