"""Are passwords kept as they should be, and are the first guesses refused?"""

from __future__ import annotations

import pytest
from argon2 import PasswordHasher

from portal.accounts import passwords
from portal.accounts.passwords import hash_password, is_guessable, needs_rehash, password_fits
from portal.accounts.policy import ensure_password
from portal.kernel.errors import Invalid, TooLarge


def test_a_hash_is_argon2id_and_fits_its_password_only() -> None:
    stored = hash_password("three unlikely words")
    assert stored.startswith("$argon2id$")
    assert password_fits("three unlikely words", stored)
    assert not password_fits("three unlikely word", stored)
    assert hash_password("three unlikely words") != stored


def test_the_keyboards_way_of_composing_letters_does_not_matter() -> None:
    stored = hash_password("кофе й чай ё")
    assert password_fits("кофе \u0438\u0306 чай \u0435\u0308", stored)


@pytest.mark.parametrize("stored", [None, "", "plain", "$argon2id$broken"])
def test_nothing_fits_what_is_no_hash(stored: str | None) -> None:
    assert not password_fits("nobody has this password", stored)


def test_an_unknown_address_costs_as_much_as_a_known_one(monkeypatch: pytest.MonkeyPatch) -> None:
    class Counting(PasswordHasher):
        checks = 0

        def verify(self, hash: str | bytes, password: str | bytes) -> bool:
            Counting.checks += 1
            return super().verify(hash, password)

    monkeypatch.setattr(passwords, "_hasher", Counting(time_cost=1, memory_cost=1024))
    passwords._nobodys_hash.cache_clear()
    password_fits("whatever it is", None)
    passwords._nobodys_hash.cache_clear()
    assert Counting.checks == 1


def test_a_hash_with_other_parameters_is_made_anew() -> None:
    assert needs_rehash(PasswordHasher(time_cost=1, memory_cost=8192).hash("three unlikely words"))
    assert not needs_rehash(hash_password("three unlikely words"))


@pytest.mark.parametrize(
    "password",
    [
        "password123", "Password!!!", "qwertyuiop", "1234567890", "9876543210", "йцукенгшщз", "aaaaaaaaaaaa",
        "abababababab", "құпиясөз2026", "Astana2025!", "1q2w3e4r5t", "gulnara@example.kz", "GULNARA@example.kz",
        "Gulnara1990", "gulnaragulnara", "Гүлнара Сейіт", "abcdefghij",
    ],
)  # fmt: skip
def test_the_first_guesses_are_refused(password: str) -> None:
    assert is_guessable(password, "gulnara@example.kz", "Гүлнара Сейіт")


@pytest.mark.parametrize(
    "password", ["three unlikely words", "қоян шам терезе", "h7-Tq2.vv9xK", "correct horse battery", "1985 жылғы қар"]
)
def test_good_passwords_pass(password: str) -> None:
    ensure_password(password, email="gulnara@example.kz", name="Гүлнара")


def test_length_is_counted_in_characters() -> None:
    with pytest.raises(Invalid, match="10"):
        ensure_password("қоянжәнем", email="a@b.kz", name="A")
    with pytest.raises(TooLarge, match="200"):
        ensure_password("ab cd ef " * 23, email="a@b.kz", name="A")
    ensure_password("ab cd ef " * 22, email="a@b.kz", name="A")
