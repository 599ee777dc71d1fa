"""What do the demonstration's files say?

`content/bodies.toml` names the bodies; each folder beside it is a draft: `draft.toml`, `text.<language>.txt`, `comments.toml`,
`version-2.<language>.txt` where the text was changed after the discussion, `adopted.<language>.txt` for the act. A card with members stands for one draft each,
with the words of the member where a name stands in braces.
Days are counted from the day of loading, so that the demonstration is always alive.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
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
    words: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def texts(self) -> dict[str, bytes]:
        """Language → the text as a plain file."""
        return self._read("text")

    @cached_property
    def changed_texts(self) -> dict[str, bytes]:
        """Language → the text of the second version; empty when there is none."""
        return self._read("version-2")

    @cached_property
    def adopted_texts(self) -> dict[str, bytes]:
        """Language → the text of the act as it was adopted; empty when it is not known."""
        return self._read("adopted")

    @property
    def phase(self) -> str:
        return str(self.card["phase"])

    def by_language(self, name: str) -> dict[str, str]:
        """`title` → {"kk": ..., "ru": ..., "en": ...}."""
        return {language: self._said(str(self.card.get(f"{name}_{language}", ""))) for language in ("kk", "ru", "en")}

    def _read(self, name: str) -> dict[str, bytes]:
        found = sorted((FOLDER / self.slug).glob(f"{name}.*.txt"))
        return {path.suffixes[-2].strip("."): self._said(path.read_text("utf-8")).encode() for path in found}

    def _said(self, text: str) -> str:
        for name, word in self.words.items():
            text = text.replace(f"{{{name}}}", word)
        return text


def read_bodies() -> list[dict[str, Any]]:
    """The bodies: code, kind, names; `former` is the name borne until a day (`on`)."""
    return list(tomllib.loads((FOLDER / "bodies.toml").read_text("utf-8"))["body"])


def read_drafts() -> list[DraftContent]:
    """Every draft, in the order in which their discussions open."""
    folders = [folder for folder in sorted(FOLDER.iterdir()) if (folder / "draft.toml").exists()]
    drafts = [draft for folder in folders for draft in _drafts_of(folder)]
    return sorted(drafts, key=lambda draft: (draft.card["opens"], draft.slug))


def _drafts_of(folder: Path) -> Iterator[DraftContent]:
    card, comments = _toml(folder / "draft.toml"), tuple(_toml(folder / "comments.toml").get("comment", ()))
    for words in card.pop("member", [{}]):
        yield DraftContent(folder.name, card | ({"body": words["body"]} if words else {}), comments, words)


def _toml(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text("utf-8"))
