"""Which way do letters leave the portal?"""

from __future__ import annotations

from urllib.parse import urlsplit

from portal.kernel.settings import Settings
from portal.notifications.mailers.console import ConsoleMailer
from portal.notifications.mailers.mail import Mail, Mailer, NotSent
from portal.notifications.mailers.memory import MemoryMailer
from portal.notifications.mailers.smtp import SmtpMailer

__all__ = ["ConsoleMailer", "Mail", "Mailer", "MemoryMailer", "NotSent", "SmtpMailer", "make_mailer"]


def make_mailer(settings: Settings) -> Mailer:
    """The mailer `PORTAL_MAIL_URL` asks for: `console:`, `memory:`, `smtp://` or `smtps://`."""
    scheme = urlsplit(settings.mail_url).scheme
    if scheme == "memory":
        return MemoryMailer()
    if scheme in {"smtp", "smtps"}:
        return SmtpMailer(settings.mail_url, settings.mail_from)
    return ConsoleMailer()
