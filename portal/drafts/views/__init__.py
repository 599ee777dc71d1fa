"""Which pages prepare a draft? Importing them registers their addresses with the blueprint."""

from __future__ import annotations

from portal.drafts.views import card, differences, export, gate, overview, package, preview, structure, text
from portal.drafts.views.blueprint import blueprint

__all__ = ["blueprint", "card", "differences", "export", "gate", "overview", "package", "preview", "structure", "text"]
