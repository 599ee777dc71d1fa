"""How does the domain say no, in words that can be translated?

A message is an English sentence with named `%(placeholders)s`; it is looked up in the catalogues when it
is shown, so it must be written as a literal where the error is raised (the extractor reads it there).
Values stay raw (dates, numbers): whoever shows the sentence formats them for the reader's language.
"""

from __future__ import annotations

from typing import Any


class DomainError(Exception):
    """A rule of the portal was not met. `plural` is chosen by the value named `n`."""

    def __init__(self, message: str, *, plural: str | None = None, field: str | None = None, **params: Any) -> None:
        self.message = message
        self.plural = plural
        self.field = field
        self.params = params
        super().__init__(message)

    def __str__(self) -> str:
        chosen = self.plural if self.plural and self.params.get("n") != 1 else self.message
        return chosen % self.params if self.params else chosen


class NotFound(DomainError):
    """There is no such thing, or the reader may not know that there is."""


class Refused(DomainError):
    """The actor may not do this, or not now."""


class Invalid(DomainError):
    """What was given cannot be used; `field` names the form field at fault, if one is."""


class Unreadable(Invalid):
    """A file cannot be read as what it claims to be."""


class Conflict(DomainError):
    """Somebody else was there first."""


class TooLarge(Invalid):
    """What was given exceeds a stated limit."""


class UnsafeSettings(Exception):
    """The settings would run a production portal without protection; the text says what to set."""
