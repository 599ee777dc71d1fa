"""Who vouches for the ledger as it stood at a moment, and how does anyone check that?

A head is the root over the first `size` entries, signed with the portal's Ed25519 key. It is written as a
checkpoint (C2SP tlog-checkpoint in a C2SP signed note), so that programs made for other logs read it too:

    talqy-ledger/1f0c9a7e55d20b34             the log, named after its key
    128                                       how many entries
    m1Yh...=                                  the root, base64
    at 2026-11-22T15:37:13.000000Z            when it was signed
    <empty line>
    — talqy-ledger/1f0c9a7e55d20b34 ab12...=  base64 of 4 bytes of key id and 64 bytes of signature

Signed are the lines before the empty one, each with its line end. The key is `keys/ledger.pem` in the instance
folder. Losing it breaks nothing written before but ends the chain of heads: back it up apart from the database.
"""

from __future__ import annotations

import os
import secrets
from base64 import b64decode, b64encode
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from portal.kernel.errors import Unreadable
from portal.ledger.entries import instant_text

ED25519 = b"\x01"  # the algorithm's number in a signed note
DASH = "\u2014"


@dataclass(frozen=True)
class PublicKey:
    """The 32 bytes with which heads are checked."""

    raw: bytes

    @property
    def log(self) -> str:
        """The name of the log, which follows from its key."""
        return f"talqy-ledger/{sha256(self.raw).hexdigest()[:16]}"

    @property
    def key_id(self) -> bytes:
        """Four bytes that say which key signed."""
        return sha256(self.log.encode() + b"\n" + ED25519 + self.raw).digest()[:4]

    @property
    def line(self) -> str:
        """The key on one line, as programs for signed notes take it: name+id+key."""
        return f"{self.log}+{self.key_id.hex()}+{b64encode(ED25519 + self.raw).decode()}"

    @property
    def pem(self) -> str:
        """The key as OpenSSL takes it."""
        key = Ed25519PublicKey.from_public_bytes(self.raw)
        return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


@dataclass(frozen=True)
class SignedHead:
    """The signed root over the first `size` entries."""

    size: int
    root: bytes
    at: datetime
    signature: bytes

    def is_signed_by(self, key: PublicKey) -> bool:
        """Did the holder of the key sign exactly this?"""
        try:
            message = _signed_text(key, self.size, self.root, self.at)
            Ed25519PublicKey.from_public_bytes(key.raw).verify(self.signature, message)
        except (InvalidSignature, ValueError, TypeError, AttributeError):
            return False
        return True

    def note(self, key: PublicKey) -> str:
        """The head as a signed note."""
        signature = b64encode(key.key_id + self.signature).decode()
        return f"{_signed_text(key, self.size, self.root, self.at).decode()}\n{DASH} {key.log} {signature}\n"


def key_path(instance: Path | str) -> Path:
    """Where the key of a portal lies."""
    return Path(instance) / "keys" / "ledger.pem"


def ensure_key(path: Path) -> Ed25519PrivateKey:
    """The signing key, made once. Two processes that start together end up with the same one."""
    if not path.exists():
        _make_key(path)
    key = load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(key, Ed25519PrivateKey):
        raise Unreadable("The ledger's key is not an Ed25519 key.")
    return key


def find_public_key(path: Path) -> PublicKey | None:
    """The key to check with; None where nothing was ever signed."""
    return public_key(ensure_key(path)) if path.exists() else None


def public_key(key: Ed25519PrivateKey) -> PublicKey:
    """What may be shown of a signing key."""
    return PublicKey(key.public_key().public_bytes_raw())


def sign_head(key: Ed25519PrivateKey, size: int, root: bytes, at: datetime) -> SignedHead:
    """Vouch for a tree."""
    return SignedHead(size, root, at, key.sign(_signed_text(public_key(key), size, root, at)))


def read_key(line: str) -> PublicKey:
    """A key from its line; raises Unreadable."""
    try:
        name, key_id, encoded = line.strip().split("+", 2)
        decoded = b64decode(encoded, validate=True)
        key = PublicKey(decoded[1:])
        if decoded[:1] != ED25519 or len(decoded) != 33 or (key.log, key.key_id.hex()) != (name, key_id):
            raise ValueError(line)
    except (ValueError, AttributeError) as error:
        raise Unreadable("This is not a public key of a ledger.") from error
    return key


def read_note(note: str) -> SignedHead:
    """A head from its note, not checked yet; raises Unreadable."""
    try:
        log, size, root, at, empty, signature, end = note.split("\n")
        dash, signer, encoded = signature.split(" ")
        decoded = b64decode(encoded, validate=True)
        if (dash, signer, empty, end) != (DASH, log, "", "") or not size.isdecimal() or len(size) > 18:
            raise ValueError(note)
        moment = datetime.strptime(at, "at %Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)
        return SignedHead(int(size), b64decode(root, validate=True), moment, decoded[4:])
    except (ValueError, AttributeError) as error:
        raise Unreadable("This is not a signed head of a ledger.") from error


def _signed_text(key: PublicKey, size: int, root: bytes, at: datetime) -> bytes:
    return f"{key.log}\n{size}\n{b64encode(root).decode()}\nat {instant_text(at)}\n".encode()


def _make_key(path: Path) -> None:
    """Written in full beside its place, then linked into it: whoever comes second changes nothing."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    written = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    pem = Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    handle = os.open(written, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(pem)
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(written, path)
        except FileExistsError:
            pass
    finally:
        written.unlink()
