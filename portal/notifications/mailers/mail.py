"""What is a letter to a mail server, and what does each way of sending promise?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class Mail:
    """A letter in plain text. `key` is the same when it is sent a second time; `stop_link` ends such letters."""

    key: str
    to: str
    subject: str
    text: str
    language: str
    stop_link: str = ""


class NotSent(Exception):
    """The letter did not go out. `is_final`: the address will never take it; `is_down`: nothing goes out now."""

    def __init__(self, reason: str, *, is_final: bool = False, is_down: bool = False) -> None:
        super().__init__(reason)
        self.is_final = is_final
        self.is_down = is_down


class Mailer(Protocol):
    """A way of sending. It may keep a connection between letters until it is closed; it opens again by itself."""

    def send(self, mail: Mail) -> None:
        """Hand the letter over; raises NotSent."""

    def close(self) -> None:
        """Let go of the connection; never raises."""
