"""How do tests read what was sent?"""

from __future__ import annotations

from portal.notifications.mailers.mail import Mail


class MemoryMailer:
    """Keeps letters in `sent`, in order."""

    def __init__(self) -> None:
        self.sent: list[Mail] = []

    def send(self, mail: Mail) -> None:
        self.sent.append(mail)

    def close(self) -> None:
        """Nothing to let go of."""
