"""Which addresses are taken, and in which form?"""

from __future__ import annotations

import pytest

from portal.accounts.addresses import normal_address, wire_address
from portal.kernel.errors import Invalid


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Aigul@Example.KZ", "aigul@example.kz"),
        ("a+b.c@sub.example.kz", "a+b.c@sub.example.kz"),
        ("aigul@Пошта.ҚАЗ", "aigul@пошта.қаз"),
        ("aigul@xn--80a1acny.xn--80ao21a", "aigul@почта.қаз"),
    ],
)
def test_addresses_are_kept_in_one_form(typed: str, kept: str) -> None:
    assert normal_address(typed) == kept
    assert normal_address(kept) == kept
    assert wire_address(kept).isascii()


@pytest.mark.parametrize(
    "typed",
    [
        "", "aigul", "aigul@", "@example.kz", "a b@example.kz", "aigul@example", "aigul@@example.kz",
        "aigul@example.kz\nBcc: all@example.kz", "aigul@example.kz, b@example.kz", "<script>@example.kz",
        "aigul@exa mple.kz", "ә@example.kz", "a@" + "b" * 250 + ".kz", "a@[127.0.0.1]",
        "\u202ea@example.kz", "=?utf-8?q?=0ABcc=3Ab=40example.kz?=@example.kz",
    ],
)  # fmt: skip
def test_what_is_no_address_is_refused(typed: str) -> None:
    with pytest.raises(Invalid) as refusal:
        normal_address(typed)
    assert refusal.value.field == "email"
