"""How are letters handed to a mail server (RFC 5321, RFC 6409)?

`smtp://` uses STARTTLS wherever the server offers it, `smtps://` speaks TLS from the start; certificates are checked
except on this machine itself. A password is never sent to another machine in the clear.
"""

from __future__ import annotations

import smtplib
import ssl
from contextlib import suppress
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from urllib.parse import unquote, urlsplit

from portal.accounts.addresses import wire_address
from portal.kernel import clock
from portal.kernel.errors import DomainError
from portal.kernel.settings import LOOPBACK
from portal.notifications.mailers.mail import Mail, NotSent

PATIENCE = 10  # seconds for the server to answer
SENDER = "Talqy"


class SmtpMailer:
    """One connection, opened with the first letter and kept until closed."""

    def __init__(self, url: str, sender: str) -> None:
        parts = urlsplit(url)
        self._is_tls = parts.scheme == "smtps"
        self._host = parts.hostname or "localhost"
        self._user = unquote(parts.username or "")
        self._password = unquote(parts.password or "")
        self._port = parts.port or (465 if self._is_tls else 587 if self._user else 25)
        name, address = parseaddr(sender)
        self._sender = Address(name or SENDER, addr_spec=address)
        self._connection: smtplib.SMTP | None = None

    def send(self, mail: Mail) -> None:
        """Hand the letter over; a refused recipient is final, a server that cannot be reached is down."""
        message = self.message(mail)
        try:
            self._connection = self._connection or self._connect()
            self._connection.send_message(message)
        except (smtplib.SMTPResponseException, smtplib.SMTPRecipientsRefused) as error:
            self.close()
            raise _refusal(error) from None
        except (smtplib.SMTPException, OSError) as error:
            self.close()
            raise NotSent(f"{type(error).__name__}: {error}", is_down=True) from None

    def close(self) -> None:
        """Say goodbye."""
        connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(smtplib.SMTPException, OSError):
                connection.quit()

    def message(self, mail: Mail) -> EmailMessage:
        """The letter as it goes over the wire; raises NotSent for an address no server would take.

        No value adds a header of its own: the email package refuses line breaks, and what it would decode to one
        (RFC 2047 encoded words) is taken apart before.
        """
        message = EmailMessage(policy=SMTP)
        try:
            message["From"] = self._sender
            message["To"] = Address(addr_spec=wire_address(mail.to))
            message["Subject"] = " ".join(mail.subject.split()).replace("=?", "= ?")
        except (ValueError, DomainError) as error:
            raise NotSent(f"bad address: {error}", is_final=True) from None
        message["Date"] = format_datetime(clock.now())
        message["Message-ID"] = f"<{mail.key}@{self._sender.domain}>"
        message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no automatic answers
        if mail.stop_link:
            message["List-Unsubscribe"] = f"<{mail.stop_link}>"
            if mail.stop_link.startswith("https:"):
                message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"  # RFC 8058
        message.set_content(mail.text)
        message["Content-Language"] = mail.language
        return message

    def _connect(self) -> smtplib.SMTP:
        context = self._tls()
        if self._is_tls:
            connection: smtplib.SMTP = smtplib.SMTP_SSL(self._host, self._port, timeout=PATIENCE, context=context)
        else:
            connection = smtplib.SMTP(self._host, self._port, timeout=PATIENCE)
        try:
            self._greet(connection, context)
        except BaseException:
            connection.close()
            raise
        return connection

    def _greet(self, connection: smtplib.SMTP, context: ssl.SSLContext) -> None:
        connection.ehlo()
        is_safe = self._is_tls or self._host in LOOPBACK
        if not self._is_tls and connection.has_extn("starttls"):
            connection.starttls(context=context)
            connection.ehlo()
            is_safe = True
        if not self._user:
            return
        if not is_safe:
            raise smtplib.SMTPException("the server offers no TLS; the password is not sent in the clear")
        connection.login(self._user, self._password)

    def _tls(self) -> ssl.SSLContext:
        context = ssl.create_default_context()
        if self._host in LOOPBACK:
            context.check_hostname = False
            context.verify_mode = ssl.CERT_NONE
        return context


def _refusal(error: smtplib.SMTPResponseException | smtplib.SMTPRecipientsRefused) -> NotSent:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, said = next(iter(error.recipients.values()))
    else:
        code, said = error.smtp_code, _as_bytes(error.smtp_error)
    words = said.decode("utf-8", "replace")
    # a password refused, or a server that shuts down, says nothing about this letter
    is_down = isinstance(error, smtplib.SMTPAuthenticationError | smtplib.SMTPConnectError) or code == 421
    return NotSent(f"{code} {words}", is_final=500 <= code < 600 and not is_down, is_down=is_down)


def _as_bytes(said: bytes | str) -> bytes:
    return said if isinstance(said, bytes) else said.encode()
