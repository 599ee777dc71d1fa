"""Which pages prepare a draft? Importing them registers their addresses with the blueprint."""

from __future__ import annotations

from portal.drafts.views import card, overview, package, preview, text
from portal.drafts.views.blueprint import blueprint

__all__ = ["blueprint", "card", "overview", "package", "preview", "text"]
