"""Heads are signed once, by a key nobody else can read, in a form other programs know."""

from __future__ import annotations

import stat
import threading
from base64 import b64decode
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from flask import Flask
from sqlalchemy import select

from portal.kernel.db import db
from portal.kernel.errors import Unreadable
from portal.ledger.followers import rewind, run_followers
from portal.ledger.heads import ensure_key, find_public_key, key_path, public_key, read_key, read_note, sign_head
from portal.ledger.models import Head
from portal.ledger.queries import find_head, root_at
from tests.ledger.acts import fill

NOON = datetime(2026, 11, 22, 7, 0, tzinfo=UTC)


def test_the_key_is_made_once_and_is_private(tmp_path: Path) -> None:
    path = key_path(tmp_path)
    assert find_public_key(path) is None
    made: list[bytes] = []
    threads = [threading.Thread(target=lambda: made.append(public_key(ensure_key(path)).raw)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 8 and len(set(made)) == 1
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [file.name for file in path.parent.iterdir()] == ["ledger.pem"]
    key = find_public_key(path)
    assert key is not None and key.raw == made[0]


def test_the_note_is_a_checkpoint(tmp_path: Path) -> None:
    """Read by hand as C2SP signed-note and tlog-checkpoint say."""
    private = ensure_key(key_path(tmp_path))
    key = public_key(private)
    root = sha256(b"root").digest()
    note = sign_head(private, 128, root, NOON).note(key)
    text, signature = note.split("\n\n")
    log, size, root_line, at = text.split("\n")
    assert (size, b64decode(root_line), at) == ("128", root, "at 2026-11-22T07:00:00.000000Z")
    dash, name, encoded = signature.rstrip("\n").split(" ")
    blob = b64decode(encoded)
    assert (dash, name, len(blob)) == ("—", log, 68)
    assert blob[:4] == sha256(log.encode() + b"\n\x01" + key.raw).digest()[:4]
    Ed25519PublicKey.from_public_bytes(key.raw).verify(blob[4:], f"{text}\n".encode())
    pem = load_pem_public_key(key.pem.encode())
    assert isinstance(pem, Ed25519PublicKey) and pem.public_bytes_raw() == key.raw


def test_a_note_and_a_key_come_back(tmp_path: Path) -> None:
    private = ensure_key(key_path(tmp_path))
    key = public_key(private)
    head = sign_head(private, 3, sha256(b"root").digest(), NOON)
    assert read_note(head.note(key)) == head
    assert read_key(key.line) == key
    assert head.is_signed_by(key)


@pytest.mark.parametrize("line", ["", "a+b", "a+b+c", "talqy-ledger/0+00000000+AQ==", "x" * 1000])
def test_a_key_that_is_none(line: str) -> None:
    with pytest.raises(Unreadable):
        read_key(line)


@pytest.mark.parametrize("note", ["", "a\n1\nAA==\nat now\n\n— a AA==\n", "a\n-1\n\n\n\n\n", "\n" * 6])
def test_a_note_that_is_none(note: str) -> None:
    with pytest.raises(Unreadable):
        read_note(note)


def test_another_head_is_not_signed(tmp_path: Path) -> None:
    private = ensure_key(key_path(tmp_path))
    head = sign_head(private, 3, sha256(b"root").digest(), NOON)
    for field, value in {"size": 4, "root": sha256(b"x").digest(), "at": NOON.replace(hour=8), "signature": b"x" * 64}.items():
        assert not type(head)(**{**head.__dict__, field: value}).is_signed_by(public_key(private))
    other = public_key(ensure_key(key_path(tmp_path / "other")))
    assert not head.is_signed_by(other)


def test_growth_is_signed_once(log_app: Flask) -> None:
    run_followers(log_app)
    with log_app.app_context():
        assert find_head() is None
    fill(log_app, 5)
    fill(log_app, 2, first=6)
    run_followers(log_app)
    with log_app.app_context():
        assert list(db.session.scalars(select(Head.size))) == [5, 7]
        head, key = find_head(), find_public_key(key_path(log_app.instance_path))
        assert head is not None and key is not None
        assert head.root == root_at(7) and head.is_signed_by(key)
        assert find_head(5) is not None and find_head(6) is None
        first = find_head(5)
        rewind("heads")
        db.session.commit()
    run_followers(log_app)
    with log_app.app_context():
        assert find_head(5) == first  # seen twice, signed once
