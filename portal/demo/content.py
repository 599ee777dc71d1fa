"""What do the demonstration's files say?

`content/bodies.toml` names the bodies; each folder beside it is a draft: `draft.toml`, `text.<language>.txt`, `comments.toml`,
and `version-2.<language>.txt` where the text was changed after the discussion.
Days are counted from the day of loading, so that the demonstration is always alive.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "content"


@dataclass(frozen=True)
class DraftContent:
    """One draft of the demonstration."""

    slug: str
    card: dict[str, Any]
    comments: tuple[dict[str, Any], ...]

    @cached_property
    def texts(self) -> dict[str, bytes]:
        """Language → the text as a plain file."""
        return self._read("text")

    @cached_property
    def changed_texts(self) -> dict[str, bytes]:
        """Language → the text of the second version; empty when there is none."""
        return self._read("version-2")

    @property
    def phase(self) -> str:
        return str(self.card["phase"])

    def by_language(self, name: str) -> dict[str, str]:
        """`title` → {"kk": ..., "ru": ..., "en": ...}."""
        return {language: str(self.card.get(f"{name}_{language}", "")) for language in ("kk", "ru", "en")}

    def _read(self, name: str) -> dict[str, bytes]:
        found = sorted((FOLDER / self.slug).glob(f"{name}.*.txt"))
        return {path.suffixes[-2].strip("."): path.read_bytes() for path in found}


def read_bodies() -> list[dict[str, Any]]:
    """The bodies: code, kind, names; `former` is the name borne until a day (`on`)."""
    return list(tomllib.loads((FOLDER / "bodies.toml").read_text("utf-8"))["body"])


def read_drafts() -> list[DraftContent]:
    """Every draft, in the order in which their discussions open."""
    drafts = [
        DraftContent(folder.name, _toml(folder / "draft.toml"), tuple(_toml(folder / "comments.toml").get("comment", ())))
        for folder in sorted(FOLDER.iterdir())
        if (folder / "draft.toml").exists()
    ]
    return sorted(drafts, key=lambda draft: (draft.card["opens"], draft.slug))


def _toml(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text("utf-8"))
