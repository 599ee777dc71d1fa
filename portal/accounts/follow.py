"""What do accounts add to the portal when it starts? The answer to who sent a request."""

from __future__ import annotations

from portal.accounts.sessions import register_sessions

START = (register_sessions,)
