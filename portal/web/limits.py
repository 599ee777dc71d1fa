"""How often may one address or person do a thing before being asked to wait?"""

from __future__ import annotations

from collections.abc import Callable
from ipaddress import ip_address, ip_network
from typing import Any

from flask import Flask, g, request
from flask_limiter import Limiter

SIGN_IN = "10 per 5 minutes"
SIGN_IN_TO_ONE_ACCOUNT = "60 per hour"  # from all addresses together; a new password by letter is always open
REGISTRATION = "10 per hour"
PASSWORD_RESET = "5 per hour"
POSTING = "30 per 5 minutes"
VOTING = "120 per 5 minutes"
SEARCHING = "120 per minute"
UPLOADING = "60 per hour"
EXPORTING = "60 per 5 minutes"


def who_asks() -> str:
    """A signed-in person by id, everybody else by address."""
    actor = g.get("actor")
    person = getattr(actor, "id", None)
    return f"user:{person}" if person else address()


def address() -> str:
    """Whoever it is, by address: an account of one's own is no new start for guessing at others."""
    return f"address:{network(request.remote_addr or '')}"


def network(text: str) -> str:
    """An IPv4 address as it is; of an IPv6 address the /64 that one household or host is given (RFC 6177)."""
    try:
        parsed = ip_address(text)
    except ValueError:
        return text
    if parsed.version == 4:
        return text
    return str(parsed.ipv4_mapped or ip_network((parsed, 64), strict=False))


limiter = Limiter(key_func=who_asks, strategy="moving-window")


def limit(
    rule: str, methods: tuple[str, ...] = ("POST",), by: Callable[[], str] = who_asks
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Bound how often a view may be called with the given methods; past it the answer is 429."""
    return limiter.limit(rule, methods=list(methods), key_func=by)


def register_limits(app: Flask, enabled: bool) -> None:
    """Count in the memory of the serving process."""
    app.config.setdefault("RATELIMIT_STORAGE_URI", "memory://")
    app.config["RATELIMIT_ENABLED"] = enabled
    app.config["RATELIMIT_HEADERS_ENABLED"] = True
    limiter.init_app(app)
