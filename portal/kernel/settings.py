"""What did the operator decide, and is it safe to run with?

Settings come from the environment with the prefix `PORTAL_`; the README lists them. Anything but
`PORTAL_DEBUG=1` on a loopback address is production and must have a key of its own.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from portal.kernel.errors import UnsafeSettings

ROOT = Path(__file__).resolve().parents[2]
LOOPBACK = {"127.0.0.1", "localhost", "::1"}
MAIL_SCHEMES = {"console", "memory", "smtp", "smtps"}
SEARCH_ENGINES = {"whoosh", "tantivy"}


@dataclass(frozen=True)
class Settings:
    """All that can be set. Sizes are bytes."""

    instance: Path
    database_url: str
    secret_key: str
    base_url: str = "http://127.0.0.1:8000"
    mail_url: str = "console:"
    mail_from: str = "talqy@localhost"
    search: str = "whoosh"
    debug: bool = False
    testing: bool = False
    trusted_proxies: int = 0
    max_upload: int = 20 * 1024 * 1024
    followers_inline: bool = False
    limits_enabled: bool = True
    extra_hosts: tuple[str, ...] = field(default=())

    @property
    def is_local(self) -> bool:
        """Does the portal serve this machine only?"""
        return urlsplit(self.base_url).hostname in LOOPBACK

    @property
    def is_secure(self) -> bool:
        """Is the portal reached over TLS, so that cookies may be bound to it?"""
        return urlsplit(self.base_url).scheme == "https"


def load_settings(environ: Mapping[str, str] = os.environ) -> Settings:
    """Settings from the environment; raises `UnsafeSettings` with what to set."""
    instance = Path(environ.get("PORTAL_INSTANCE") or ROOT / "instance").resolve()
    base_url = environ.get("PORTAL_BASE_URL", f"http://127.0.0.1:{environ.get('PORT', '8000')}").rstrip("/")
    settings = Settings(
        instance=instance,
        database_url=environ.get("PORTAL_DATABASE_URL") or f"sqlite:///{instance / 'portal.sqlite3'}",
        secret_key=environ.get("PORTAL_SECRET_KEY", ""),
        base_url=base_url,
        mail_url=environ.get("PORTAL_MAIL_URL", "console:"),
        mail_from=environ.get("PORTAL_MAIL_FROM", f"talqy@{urlsplit(base_url).hostname or 'localhost'}"),
        search=environ.get("PORTAL_SEARCH", "whoosh"),
        limits_enabled=environ.get("PORTAL_LIMITS", "on") != "off",
        debug=environ.get("PORTAL_DEBUG", "") in {"1", "true", "yes"},
        trusted_proxies=_whole_number(environ, "PORTAL_TRUSTED_PROXIES", 0),
        max_upload=_whole_number(environ, "PORTAL_MAX_UPLOAD", 20 * 1024 * 1024),
    )
    _check(settings)
    if settings.secret_key:
        return settings
    return Settings(**{**settings.__dict__, "secret_key": _local_key(instance)})


def _whole_number(environ: Mapping[str, str], name: str, default: int) -> int:
    value = environ.get(name, str(default))
    if not (value.isascii() and value.isdigit()):
        raise UnsafeSettings(f"{name} must be a whole number, not “{value}”.")
    return int(value)


def _check(settings: Settings) -> None:
    url = urlsplit(settings.base_url)
    if url.scheme not in {"http", "https"} or not url.hostname:
        raise UnsafeSettings("PORTAL_BASE_URL must be a full address such as https://talqy.example.")
    if urlsplit(settings.mail_url).scheme not in MAIL_SCHEMES:
        raise UnsafeSettings("PORTAL_MAIL_URL must be console: or smtp://user:password@host:port.")
    if settings.search not in SEARCH_ENGINES:
        raise UnsafeSettings(f"PORTAL_SEARCH must be one of: {', '.join(sorted(SEARCH_ENGINES))}.")
    if settings.is_local:
        return
    if not settings.limits_enabled:
        raise UnsafeSettings("PORTAL_LIMITS must not be off when PORTAL_BASE_URL is a public address.")
    if settings.debug:
        raise UnsafeSettings("PORTAL_DEBUG must not be set when PORTAL_BASE_URL is a public address.")
    if url.scheme != "https":
        raise UnsafeSettings("PORTAL_BASE_URL must begin with https:// on a public address.")
    if len(settings.secret_key) < 32:
        raise UnsafeSettings(
            "PORTAL_SECRET_KEY must be set to 32 or more random characters on a public address; "
            'make one with: python3 -c "import secrets; print(secrets.token_urlsafe(48))"'
        )
    if urlsplit(settings.mail_url).scheme not in {"smtp", "smtps"}:
        raise UnsafeSettings(
            "PORTAL_MAIL_URL must be smtp://user:password@host:port on a public address: "
            "letters have links that open accounts, and a console shows them to its readers alone."
        )


def _local_key(instance: Path) -> str:
    """A key made once for a portal that serves this machine only."""
    path = instance / "keys" / "secret"
    if path.exists():
        return path.read_text().strip()
    path.parent.mkdir(parents=True, exist_ok=True)
    key = secrets.token_urlsafe(48)
    path.touch(mode=0o600)
    path.write_text(key)
    return key
