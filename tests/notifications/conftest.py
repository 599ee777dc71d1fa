"""What do the tests of letters stand on beside the common fixtures?"""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from portal.notifications.mailers import Mail, NotSent
from portal.web.flask_app import PortalApp


@dataclass
class UnsteadyMailer:
    """Fails as it is told, letter by letter, then works."""

    failures: list[NotSent] = field(default_factory=list)
    sent: list[Mail] = field(default_factory=list)
    tries: int = 0
    closed: int = 0

    def send(self, mail: Mail) -> None:
        self.tries += 1
        if self.failures:
            raise self.failures.pop(0)
        self.sent.append(mail)

    def close(self) -> None:
        self.closed += 1


@pytest.fixture
def mailer(app: PortalApp) -> UnsteadyMailer:
    """The portal's way of sending in this test."""
    unsteady = UnsteadyMailer()
    app.extensions["mailer"] = unsteady
    return unsteady
