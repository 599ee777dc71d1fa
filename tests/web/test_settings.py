"""Does the portal refuse to start with what would be unsafe, and say what to set instead?"""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from portal.kernel.errors import UnsafeSettings
from portal.kernel.settings import load_settings
from tests.law.source import ROOT

KEY = "a-key-of-more-than-thirty-two-characters"
PUBLIC = {
    "PORTAL_BASE_URL": "https://talqy.example", "PORTAL_SECRET_KEY": KEY, "PORTAL_MAIL_URL": "smtp://mail.example:25",
}  # fmt: skip




def test_a_public_portal_with_all_it_needs_starts(tmp_path: Path) -> None:
    settings = load_settings({"PORTAL_INSTANCE": str(tmp_path), **PUBLIC})
    assert settings.is_secure and not settings.is_local and not settings.debug
    assert settings.limits_enabled and not settings.testing and not settings.followers_inline


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"PORTAL_SECRET_KEY": ""}, "PORTAL_SECRET_KEY"),
        ({"PORTAL_SECRET_KEY": "short"}, "PORTAL_SECRET_KEY"),
        ({"PORTAL_SECRET_KEY": "x" * 31}, "PORTAL_SECRET_KEY"),
        ({"PORTAL_BASE_URL": "http://talqy.example"}, "PORTAL_BASE_URL"),
        ({"PORTAL_BASE_URL": "talqy.example"}, "PORTAL_BASE_URL"),
        ({"PORTAL_BASE_URL": "https://"}, "PORTAL_BASE_URL"),
        ({"PORTAL_BASE_URL": "ftp://talqy.example"}, "PORTAL_BASE_URL"),
        ({"PORTAL_BASE_URL": "javascript:alert(1)"}, "PORTAL_BASE_URL"),
        ({"PORTAL_BASE_URL": "http://127.0.0.1.evil.example"}, "PORTAL_BASE_URL"),
        ({"PORTAL_BASE_URL": "http://localhost@evil.example"}, "PORTAL_BASE_URL"),
        ({"PORTAL_DEBUG": "1"}, "PORTAL_DEBUG"),
        ({"PORTAL_DEBUG": "true"}, "PORTAL_DEBUG"),
        ({"PORTAL_MAIL_URL": "mail.example"}, "PORTAL_MAIL_URL"),
        ({"PORTAL_MAIL_URL": "http://mail.example"}, "PORTAL_MAIL_URL"),
        # letters that go nowhere, with links that open accounts, in a log or in memory
        ({"PORTAL_MAIL_URL": "console:"}, "PORTAL_MAIL_URL"),
        ({"PORTAL_MAIL_URL": "memory:"}, "PORTAL_MAIL_URL"),
        ({"PORTAL_SEARCH": "elastic"}, "PORTAL_SEARCH"),
        ({"PORTAL_TRUSTED_PROXIES": "-1"}, "PORTAL_TRUSTED_PROXIES"),
        ({"PORTAL_TRUSTED_PROXIES": "many"}, "PORTAL_TRUSTED_PROXIES"),
        ({"PORTAL_MAX_UPLOAD": "20MB"}, "PORTAL_MAX_UPLOAD"),
        ({"PORTAL_MAX_UPLOAD": "٣"}, "PORTAL_MAX_UPLOAD"),
        ({"PORTAL_MAX_UPLOAD": "²"}, "PORTAL_MAX_UPLOAD"),
    ],
)  # fmt: skip
def test_an_unsafe_value_is_refused_with_a_sentence(tmp_path: Path, change: dict[str, str], name: str) -> None:
    with pytest.raises(UnsafeSettings) as refused:
        load_settings({"PORTAL_INSTANCE": str(tmp_path), **PUBLIC, **change})
    sentence = str(refused.value)
    assert name in sentence
    assert sentence.endswith((".", '"'))
    assert KEY not in sentence, "no secret in a sentence that ends in a log"


def test_on_this_machine_it_starts_with_nothing_set(tmp_path: Path) -> None:
    settings = load_settings({"PORTAL_INSTANCE": str(tmp_path)})
    assert settings.is_local
    assert settings.base_url == "http://127.0.0.1:8000"
    assert load_settings({"PORTAL_INSTANCE": str(tmp_path), "PORT": "9001"}).base_url == "http://127.0.0.1:9001"


def test_the_key_of_this_machine_is_made_once_and_for_its_owner(tmp_path: Path) -> None:
    first, second = (load_settings({"PORTAL_INSTANCE": str(tmp_path)}).secret_key for _ in range(2))
    assert first == second and len(first) >= 43
    key = tmp_path / "keys" / "secret"
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert load_settings({"PORTAL_INSTANCE": str(tmp_path / "other")}).secret_key != first


@pytest.mark.parametrize("base_url", ["http://localhost:8000", "http://127.0.0.1", "http://[::1]:8000", "https://localhost"])
def test_loopback_addresses_are_local(tmp_path: Path, base_url: str) -> None:
    assert load_settings({"PORTAL_INSTANCE": str(tmp_path), "PORTAL_BASE_URL": base_url}).is_local


def test_a_final_slash_is_no_part_of_the_address(tmp_path: Path) -> None:
    settings = load_settings({"PORTAL_INSTANCE": str(tmp_path), **PUBLIC, "PORTAL_BASE_URL": "https://talqy.example/"})
    assert settings.base_url == "https://talqy.example"


def test_the_command_ends_with_the_sentence_and_no_traceback(tmp_path: Path) -> None:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PORTAL_")}
    done = subprocess.run(
        [sys.executable, "-m", "flask", "--app", "wsgi", "routes"], cwd=ROOT, capture_output=True, text=True, timeout=60,
        env={**kept, "PORTAL_INSTANCE": str(tmp_path), "PORTAL_BASE_URL": "https://talqy.example"},
    )  # fmt: skip
    assert done.returncode != 0
    assert "PORTAL_SECRET_KEY must be set" in done.stderr + done.stdout
    assert "Traceback" not in done.stderr + done.stdout
