"""How do letters come out of the ledger and into the mail?"""

from __future__ import annotations

from collections.abc import Sequence

from portal.ledger.entries import EntryView
from portal.ledger.followers import Follower
from portal.notifications.alerts import write_alerts
from portal.notifications.compose import compose
from portal.notifications.mailers import make_mailer
from portal.notifications.outbox import send_waiting
from portal.web.flask_app import PortalApp


def write_letters(entries: Sequence[EntryView]) -> None:
    """Compose the letters the entries call for; sending them is the outbox's."""
    for entry in entries:
        compose(entry)


def start_mail(app: PortalApp) -> None:
    """Choose the way of sending; in tests, where followers run at once, letters leave at once too."""
    settings = app.config["SETTINGS"]
    app.extensions["mailer"] = make_mailer(settings)

    def send_at_once() -> None:
        with app.app_context():
            send_waiting()

    if settings.followers_inline:
        app.after_commit.append(send_at_once)


FOLLOWERS = (Follower("letters", write_letters, batch=100),)
PERIODIC = (write_alerts, send_waiting)
START = (start_mail,)
