"""What exactly is one entry of the ledger, byte for byte?

An entry's leaf is `SHA-256(0x00 || data)` (RFC 9162, section 2.1.1) where `data` is one line of JSON in the
canonical form of RFC 8785, restricted to strings, whole numbers, booleans and null:

    {"at":"2026-11-22T15:37:13.000000Z","facts":{...},"kind":"comment-posted","subject":"comment:17","v":1}

Line n of the downloadable log is the data of entry n. This form is a promise: a change of it is a new `v`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from hashlib import sha256
from typing import Any

from portal.ledger.merkle import leaf_hash

FORMAT = 1
LONGEST_FACT = 200
LARGEST_NUMBER = 2**53 - 1  # what every JSON reader keeps exactly

Fact = str | int | bool | None
Secret = str | int | None

_SUBJECT = re.compile(r"[a-z][a-z_-]*:[\w.:-]{1,100}")


@dataclass(frozen=True)
class EntryView:
    """One numbered entry as others read it; `facts_text` is the canonical JSON that was hashed."""

    number: int
    kind: str
    subject: str
    at: datetime
    facts_text: str

    @cached_property
    def facts(self) -> Mapping[str, Any]:
        """The facts; digests of secrets are under `digests`. Empty when the stored text is no longer JSON."""
        try:
            facts = json.loads(self.facts_text)
        except ValueError:
            return {}
        return facts if isinstance(facts, dict) else {}

    @property
    def subject_kind(self) -> str:
        """`comment` of `comment:17`."""
        return self.subject.partition(":")[0]

    @property
    def subject_id(self) -> str:
        """`17` of `comment:17`."""
        return self.subject.partition(":")[2]

    @cached_property
    def data(self) -> bytes:
        """The bytes that were hashed."""
        return leaf_data(self.kind, self.subject, self.at, self.facts_text)

    @cached_property
    def leaf(self) -> bytes:
        """The leaf hash, recomputed from what is stored now."""
        return leaf_hash(self.data)


def canonical(value: Any) -> str:
    """Canonical JSON of strings, whole numbers, booleans, null and objects of these."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def facts_text(facts: Mapping[str, Fact], digests: Mapping[str, str]) -> str:
    """Canonical facts; raises ValueError for anything that is not an id, a digest, a number or a code."""
    for name, value in facts.items():
        if name == "digests":
            raise ValueError("“digests” is filled from the secrets; give the value as a secret")
        if isinstance(value, str):
            if len(value) > LONGEST_FACT:
                raise ValueError(f"the fact “{name}” is text; the ledger is public: give it as a secret")
        elif value is not None and not isinstance(value, int):
            raise ValueError(f"the fact “{name}” cannot be written canonically: {type(value).__name__}")
        elif isinstance(value, int) and abs(value) > LARGEST_NUMBER:
            raise ValueError(f"the fact “{name}” is a larger number than JSON readers keep")
    return canonical({**facts, "digests": dict(digests)} if digests else dict(facts))


def check_subject(subject: str) -> str:
    """A subject such as `comment:17`, or ValueError."""
    if not _SUBJECT.fullmatch(subject):
        raise ValueError(f"“{subject}” is not a subject such as “comment:17”")
    return subject


def instant_text(at: datetime) -> str:
    """An instant in UTC with microseconds, as it stands in a leaf."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def leaf_data(kind: str, subject: str, at: datetime, facts: str) -> bytes:
    """The bytes hashed for an entry. `facts` goes in as it is stored, so that no change of it can hide."""
    return (
        f'{{"at":"{instant_text(at)}","facts":{facts},"kind":{canonical(str(kind))},'
        f'"subject":{canonical(subject)},"v":{FORMAT}}}'
    ).encode("utf-8", "surrogatepass")


def secret_digest(salt: bytes, name: str, value: str | int) -> str:
    """Hexadecimal `SHA-256(salt || name || 0x00 || value)`; worthless to a guesser once the salt is erased."""
    return sha256(salt + name.encode() + b"\x00" + str(value).encode("utf-8", "surrogatepass")).hexdigest()
