"""What does a citizen take home, and is a receipt that somebody shows a genuine one?

A receipt's code can be read out on the telephone: `128-9F3A-22BC-01DD-77E0-4C1B-89` is entry 128, the first twenty
hexadecimal digits of its leaf hash, and a check number (everything before it read as one hexadecimal number, modulo
97) that finds every single wrong digit and every swap of neighbours. So a slip of the pen is told apart from a
forgery. The file that goes with it proves itself without this portal.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from portal.kernel.db import db
from portal.kernel.errors import Conflict, Unreadable
from portal.ledger import merkle
from portal.ledger.entries import EntryView
from portal.ledger.heads import PublicKey, read_key, read_note
from portal.ledger.merkle import Place
from portal.ledger.models import Entry
from portal.ledger.queries import find_entry, find_head, proof_of_inclusion
from portal.ledger.sequence import load_nodes

FILE_FORMAT = "talqy-receipt/1"
DIGITS = 20
LONGEST_CODE = 100
LARGEST_FILE = 1_000_000

# What fingers and eyes confuse: Cyrillic letters that look Latin, and letters that look like digits.
_LOOK_ALIKES = str.maketrans("АВСЕОІOIL", "ABCE01011")
_CODE = re.compile(r"(?P<number>[0-9]{1,15})(?P<hash>[0-9A-F]{20})(?P<check>[0-9]{2})")


class Status(StrEnum):
    """What came of checking a receipt."""

    GENUINE = "genuine"
    NOT_GENUINE = "not-genuine"
    MALFORMED = "malformed"
    ALTERED = "altered"  # the receipt was issued here, but its entry no longer reads as it did


@dataclass(frozen=True)
class Receipt:
    """Proof that an act is in the ledger."""

    code: str
    number: int
    kind: str
    subject: str
    recorded_at: datetime


@dataclass(frozen=True)
class ReceiptCheck:
    """`code` is in its proper form, or as typed when malformed; `entry` is the one the receipt names."""

    status: Status
    code: str
    entry: EntryView | None = None

    @property
    def is_genuine(self) -> bool:
        return self.status is Status.GENUINE


@dataclass(frozen=True)
class FileCheck:
    """What a receipt file proves; `key` signed it, and is the portal's own only if `is_trusted`."""

    status: Status
    reason: str
    key: PublicKey | None = None
    is_trusted: bool = False


def receipt_for(entry: Entry | EntryView) -> Receipt:
    """The receipt of an entry; raises Conflict while the entry waits for its number."""
    if entry.number is None:
        raise Conflict("The entry is being registered. Try again in a moment.")
    return Receipt(code_of(entry.number, entry.leaf), entry.number, entry.kind, entry.subject, entry.at)


def code_of(number: int, leaf: bytes) -> str:
    """The code of the entry with this number and leaf hash."""
    return _write_code(number, leaf.hex()[:DIGITS].upper())


def read_code(code: str) -> tuple[int, str] | None:
    """Entry number and the twenty digits of a code as typed; None when it cannot be a code."""
    if len(code) > LONGEST_CODE:
        return None
    plain = re.sub(r"[\W_]", "", code).upper().translate(_LOOK_ALIKES)
    found = _CODE.fullmatch(plain)
    if found is None:
        return None
    number, digits = int(found["number"]), found["hash"]
    return (number, digits) if found["check"] == _check_number(number, digits) else None


def check_receipt(code: str) -> ReceiptCheck:
    """Is this the code of a receipt issued here? Never raises for anything typed."""
    read = read_code(code)
    if read is None:
        return ReceiptCheck(Status.MALFORMED, code.strip()[:LONGEST_CODE])
    number, digits = read
    proper = _write_code(number, digits)
    entry = find_entry(number)
    if entry is not None and code_of(number, entry.leaf) == proper:
        return ReceiptCheck(Status.GENUINE, proper, entry)
    recorded = load_nodes(db.session(), [Place(0, number)]).get(Place(0, number))
    was_issued = recorded is not None and code_of(number, recorded) == proper
    return ReceiptCheck(Status.ALTERED if was_issued else Status.NOT_GENUINE, proper, entry if was_issued else None)


def receipt_document(entry: EntryView, key: PublicKey) -> dict[str, Any] | None:
    """The file of a receipt; None until a signed head covers the entry.

    `entry` is the exact line that was hashed, `path` the hashes (hexadecimal) from its leaf to the root of `head`, a
    signed note; `public_key` is the line of the key that signed it.
    """
    head = find_head()
    if head is None or head.size <= entry.number:
        return None
    proof = proof_of_inclusion(entry.number, head.size)
    return {
        "format": FILE_FORMAT,
        "code": code_of(entry.number, entry.leaf),
        "number": entry.number,
        "entry": entry.data.decode("utf-8", "surrogatepass"),
        "path": [node.hex() for node in proof.path],
        "head": head.note(key),
        "public_key": key.line,
    }


def check_file(content: bytes, trusted: PublicKey | None = None) -> FileCheck:
    """Does a receipt file prove what it says? Needs neither database nor network; never raises.

    With `trusted`, a file signed with any other key is not genuine; without, compare the key with the published one.
    """
    try:
        document = json.loads(content[:LARGEST_FILE])
        if document["format"] != FILE_FORMAT:
            return FileCheck(Status.MALFORMED, "The file is not a receipt of this format.")
        return _check_document(document, trusted)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, Unreadable):
        return FileCheck(Status.MALFORMED, "The file is not a receipt, or a part of it is missing.")


def _check_document(document: Mapping[str, Any], trusted: PublicKey | None) -> FileCheck:
    key, head = read_key(document["public_key"]), read_note(document["head"])
    leaf = merkle.leaf_hash(document["entry"].encode("utf-8", "surrogatepass"))
    path = [bytes.fromhex(node) for node in document["path"]]
    number = int(document["number"])
    if document["head"] != head.note(key) or not head.is_signed_by(key):
        return FileCheck(Status.NOT_GENUINE, "The signature under the head is not right.", key)
    if not merkle.proves_inclusion(leaf, number, head.size, path, head.root):
        return FileCheck(Status.NOT_GENUINE, "The entry is not in the record that was signed.", key)
    if document["code"] != code_of(number, leaf):
        return FileCheck(Status.NOT_GENUINE, "The code does not belong to the entry.", key)
    if trusted is not None and key != trusted:
        return FileCheck(Status.NOT_GENUINE, "The file was signed with a key that is not this portal's.", key)
    reason = f"Entry {number} is in the record of {head.size} entries signed by {key.log}."
    return FileCheck(Status.GENUINE, reason, key, trusted is not None)


def _write_code(number: int, digits: str) -> str:
    groups = [digits[start : start + 4] for start in range(0, DIGITS, 4)]
    return "-".join([str(number), *groups, _check_number(number, digits)])


def _check_number(number: int, digits: str) -> str:
    return f"{int(f'{number}{digits}', 16) % 97:02d}"
