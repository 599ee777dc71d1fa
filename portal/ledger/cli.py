"""What may an operator, or anybody with a copy, run about the ledger?"""

from __future__ import annotations

import json
import signal
import sys
import threading
from dataclasses import asdict
from pathlib import Path
from typing import BinaryIO, NoReturn

import click
from flask import Flask, current_app
from flask.cli import AppGroup

from portal.kernel.db import db, transaction_mode
from portal.kernel.errors import DomainError
from portal.ledger.heads import SignedHead, find_public_key, key_path, read_key, read_note
from portal.ledger.log import read_log
from portal.ledger.receipts import Status, check_file
from portal.ledger.verify import Verdict, verify
from portal.ledger.worker import work

ledger = AppGroup("ledger", help="Verify and export the public ledger.")

EXISTING = click.Path(exists=True, dir_okay=False, path_type=Path)


@ledger.command("verify")
@click.option("--head", "heads", type=EXISTING, multiple=True, help="A signed head kept elsewhere; may be repeated.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def verify_ledger(heads: tuple[Path, ...], as_json: bool) -> None:
    """Recompute every hash and signature; exit 1 and name the first altered entry if one does not fit."""
    key = find_public_key(key_path(current_app.instance_path))
    known = []
    for path in heads:
        head = _read_head(path)
        if key is None or not head.is_signed_by(key):
            _fail(f"{path}: this head was not signed with the key of this portal.")
        known.append(head)
    with transaction_mode("read"):
        verdict = verify(key, known)
        db.session.rollback()
    click.echo(json.dumps(_as_json(verdict), ensure_ascii=False) if as_json else _as_text(verdict))
    sys.exit(0 if verdict.valid else 1)


@ledger.command("export")
@click.option("--out", type=click.File("wb", lazy=False), required=True, help="The file to write; - for the screen.")
def export_ledger(out: BinaryIO) -> None:
    """Write the log: line n, counted from 0, is exactly what was hashed for entry n."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    out.writelines(read_log(app))


@ledger.command("check-receipt")
@click.argument("file", type=EXISTING)
@click.option("--key", "key_line", help="The public key to trust; the key of this portal, where there is one.")
def check_receipt_file(file: Path, key_line: str | None) -> None:
    """Check a downloaded receipt without database or network; exit 1 if it is not genuine, 2 if it is no receipt."""
    try:
        trusted = read_key(key_line) if key_line else find_public_key(key_path(current_app.instance_path))
    except DomainError as error:
        _fail(str(error))
    check = check_file(file.read_bytes(), trusted)
    click.echo(f"{check.status.value}: {check.reason}", err=check.status is not Status.GENUINE)
    if check.key is not None and not check.is_trusted:
        click.echo(f"Signed with {check.key.line} - compare it with the key the portal publishes.", err=True)
    sys.exit({Status.GENUINE: 0, Status.NOT_GENUINE: 1}.get(check.status, 2))


def _read_head(path: Path) -> SignedHead:
    """A head kept as its note or as `head.json` was downloaded."""
    try:
        text = path.read_text("utf-8")
        return read_note(json.loads(text)["note"] if text.startswith("{") else text)
    except (DomainError, ValueError, KeyError, TypeError):
        _fail(f"{path}: this is not a signed head of a ledger.")


def _fail(sentence: str) -> NoReturn:
    click.echo(sentence, err=True)
    sys.exit(2)


def _as_json(verdict: Verdict) -> dict[str, object]:
    if verdict.valid:
        return {"valid": True, "entries": verdict.entries, "root": verdict.root, "heads": verdict.heads}
    altered = asdict(verdict.first_altered) if verdict.first_altered else None
    return {"valid": False, "entries": verdict.entries, "first_altered": altered, "reason": verdict.reason}


def _as_text(verdict: Verdict) -> str:
    if verdict.valid:
        return f"The ledger is valid: {verdict.entries} entries, {verdict.heads} signed heads, root {verdict.root}"
    altered = verdict.first_altered
    if altered is None:
        return f"The ledger is NOT valid. {verdict.reason}"
    last = "" if altered.last is None else f" (or one up to {altered.last})"
    what = f"{altered.kind} of {altered.subject}" if altered.kind else "missing"
    return f"The ledger is NOT valid. {verdict.reason} First altered: entry {altered.number}{last}, {what}."


@click.command("worker")
def worker() -> None:
    """Follow the ledger, open and close what is due and do queued work, until told to stop."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    stop = threading.Event()
    consumer = app.extensions["jobs"].huey.create_consumer(workers=1, periodic=False, initial_delay=0.2, max_delay=1)
    consumer.start()
    for number in (signal.SIGINT, signal.SIGTERM):  # after the consumer has set its own
        signal.signal(number, lambda *_: stop.set())
    work(app, stop)
    consumer.stop(graceful=True)


commands = (ledger, worker)
