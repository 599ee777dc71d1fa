"""How are passwords kept and checked, and which are too easy to guess?

Argon2id (RFC 9106) with the parameters of the OWASP Password Storage Cheat Sheet; a hash made with other ones is
made anew when its owner next signs in. Passwords are compared in NFKC, so that they do not depend on the keyboard.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

SHORTEST = 10
LONGEST = 200
FEWEST_LETTERS = 4  # different ones

_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_LINES = (
    "01234567890", "9876543210", "qwertyuiop", "asdfghjkl", "zxcvbnm", "abcdefghijklmnopqrstuvwxyz",
    "йцукенгшщзхъ", "фывапролджэ", "ячсмитьбю", "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
)  # fmt: skip


def hash_password(password: str) -> str:
    """The hash to store; takes some 20 milliseconds and 19 MB."""
    return _hasher.hash(_normal(password))


def password_fits(password: str, stored: str | None) -> bool:
    """Is this the password behind the hash? Takes as long when there is no hash (an unknown address)."""
    try:
        return _hasher.verify(stored or _nobodys_hash(), _normal(password)) and bool(stored)
    except (Argon2Error, InvalidHashError):
        return False


def needs_rehash(stored: str) -> bool:
    """Was the hash made with other parameters than today's?"""
    return _hasher.check_needs_rehash(stored)


def is_guessable(password: str, *known: str) -> bool:
    """Is the password among the most used ones, a run on the keyboard, or made of what is known of its owner?"""
    plain = _normal(password).casefold()
    core = plain.strip("0123456789!?.,-_*#@ ") or plain
    if len(set(plain)) < FEWEST_LETTERS or plain in _common() or core in _common() or _is_run(plain):
        return True
    return any(plain in {word, word * 2} or core == word for word in _words(known))


def _normal(password: str) -> str:
    return unicodedata.normalize("NFKC", password)


def _words(known: tuple[str, ...]) -> set[str]:
    """An address, what stands before its @, a name, and the parts of a name."""
    values = [value.casefold() for value in known if value]
    parts = [value.partition("@")[0] for value in values]
    return {*values, *parts, *("".join(value.split()) for value in values)} - {""}


def _is_run(plain: str) -> bool:
    lines = [way for line in _LINES for way in (line * 2, line[::-1] * 2)]
    return any(plain in line for line in lines)


@lru_cache(maxsize=1)
def _nobodys_hash() -> str:
    return _hasher.hash("nobody has this password")


@lru_cache(maxsize=1)
def _common() -> frozenset[str]:
    lines = (Path(__file__).parent / "common_passwords.txt").read_text("utf-8").splitlines()
    return frozenset(line.casefold() for line in lines if line and not line.startswith("#"))
