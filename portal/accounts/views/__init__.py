"""Which pages are there about accounts?"""

from __future__ import annotations

from portal.accounts.views import account, passwords, people, registration, session
from portal.accounts.views.blueprint import blueprint

__all__ = ["account", "blueprint", "passwords", "people", "registration", "session"]
