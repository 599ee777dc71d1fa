"""Which pages prepare a draft? Importing them registers their addresses with the blueprint."""

from __future__ import annotations

from portal.drafts.views import (
    card,
    comparative,
    comparative_rows,
    differences,
    export,
    gate,
    overview,
    package,
    preview,
    structure,
    text,
)
from portal.drafts.views.blueprint import blueprint

__all__ = [
    "blueprint", "card", "comparative", "comparative_rows", "differences", "export", "gate", "overview", "package", "preview",
    "structure", "text",
]  # fmt: skip
