"""Do letters reach a real mail server whole, safely, and the console readably?"""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP as Server
from aiosmtpd.smtp import AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from portal.kernel import clock
from portal.kernel.settings import Settings
from portal.notifications.mailers import (
    ConsoleMailer,
    Mail,
    MemoryMailer,
    NotSent,
    SmtpMailer,
    make_mailer,
)
from portal.notifications.mailers import smtp as smtp_module

MAIL = Mail("reset_password.7.1", "aigul@example.kz", "Жаңа құпиясөз", "Сәлеметсіз бе!\n\nhttps://x.kz/a\n", "kk")
SENDER = "talqy@portal.example"


class Mailbox:
    """What the server took, and what it is to refuse."""

    def __init__(self) -> None:
        self.envelopes: list[Envelope] = []
        self.sessions: set[int] = set()
        self.answer = "250 OK"
        self.tls: list[bool] = []

    async def handle_RCPT(self, server: Server, session: Session, envelope: Envelope, address: str, options: list[str]) -> str:
        if "nobody" in address:
            return "550 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Server, session: Session, envelope: Envelope) -> str:
        if self.answer.startswith("250"):
            self.envelopes.append(envelope)
            self.sessions.add(id(session))
            self.tls.append(session.ssl is not None)
        return self.answer

    def message(self, number: int = -1) -> EmailMessage:
        found = message_from_bytes(self.envelopes[number].content, policy=default)  # type: ignore[arg-type]
        assert isinstance(found, EmailMessage)
        return found


@pytest.fixture
def serve() -> Iterator[Callable[..., tuple[Mailbox, int]]]:
    """Starts a mail server on this machine; gives its mailbox and port."""
    with ExitStack() as stack:

        def serve(**options: object) -> tuple[Mailbox, int]:
            mailbox = Mailbox()
            with socket.socket() as free:
                free.bind(("127.0.0.1", 0))
                port = free.getsockname()[1]
            controller = Controller(mailbox, hostname="127.0.0.1", port=port, **options)
            controller.start()
            stack.callback(controller.stop)
            return mailbox, port

        yield serve


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> ssl.SSLContext:
    """A server's TLS with a certificate nobody vouches for."""
    folder: Path = tmp_path_factory.mktemp("tls")
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "mail.example")])
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(clock.now() - timedelta(days=1))
        .not_valid_after(clock.now() + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    (folder / "cert.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    (folder / "key.pem").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "cert.pem", folder / "key.pem")
    return context


def test_a_letter_arrives_whole(serve: Callable[..., tuple[Mailbox, int]]) -> None:
    mailbox, port = serve()
    mailer = SmtpMailer(f"smtp://127.0.0.1:{port}", SENDER)
    mailer.send(MAIL)
    mailer.close()
    envelope, message = mailbox.envelopes[0], mailbox.message()
    assert (envelope.mail_from, envelope.rcpt_tos) == (SENDER, ["aigul@example.kz"])
    assert message["Subject"] == "Жаңа құпиясөз"
    assert message["From"] == f"Talqy <{SENDER}>" and message["To"] == "aigul@example.kz"
    assert message.get_content().replace("\r\n", "\n") == MAIL.text
    assert message.get_content_type() == "text/plain" and message.get_content_charset() == "utf-8"
    assert message["Message-ID"] == "<reset_password.7.1@portal.example>"
    assert (message["Auto-Submitted"], message["Content-Language"]) == ("auto-generated", "kk")
    assert message["Date"] and message["List-Unsubscribe"] is None


def test_one_connection_serves_many_letters(serve: Callable[..., tuple[Mailbox, int]]) -> None:
    mailbox, port = serve()
    mailer = SmtpMailer(f"smtp://127.0.0.1:{port}", SENDER)
    for _ in range(5):
        mailer.send(MAIL)
    assert (len(mailbox.envelopes), len(mailbox.sessions)) == (5, 1)
    mailer.close()
    mailer.close()
    mailer.send(MAIL)
    mailer.close()
    assert len(mailbox.envelopes) == 6


@pytest.mark.parametrize(
    "subject", ["Hello\r\nBcc: all@example.kz", "Hello\nX-Evil: 1\n\nbody", "a\rb", "x" * 900, "=?utf-8?q?=0ABcc:_a?=",
     "Ә =?utf-8?b?CkJjYzogYQ==?= =?=?utf-8?q?=0A?="]
)
def test_no_value_adds_a_header(serve: Callable[..., tuple[Mailbox, int]], subject: str) -> None:
    mailbox, port = serve()
    mailer = SmtpMailer(f"smtp://127.0.0.1:{port}", SENDER)
    mailer.send(Mail("k", "aigul@example.kz", subject, "text", "en"))
    mailer.close()
    message = mailbox.message()
    assert message["Bcc"] is None and message["X-Evil"] is None
    assert mailbox.envelopes[0].rcpt_tos == ["aigul@example.kz"]
    assert message.get_content().strip() == "text"


@pytest.mark.parametrize(
    "address", ["aigul@example.kz\r\nRCPT TO:<b@example.kz>", "a@example.kz, b@example.kz", "", "nonsense", "<a@b.kz>",
     "=?utf-8?q?=0ABcc=3Ab=40example.kz?=@example.kz"]
)
def test_an_address_is_one_address(serve: Callable[..., tuple[Mailbox, int]], address: str) -> None:
    mailbox, port = serve()
    mailer = SmtpMailer(f"smtp://127.0.0.1:{port}", SENDER)
    with pytest.raises(NotSent) as refusal:
        mailer.send(Mail("k", address, "subject", "text", "en"))
    assert refusal.value.is_final and not mailbox.envelopes


def test_a_domain_in_kazakh_letters(serve: Callable[..., tuple[Mailbox, int]]) -> None:
    mailbox, port = serve()
    mailer = SmtpMailer(f"smtp://127.0.0.1:{port}", SENDER)
    mailer.send(Mail("k", "aigul@пошта.қаз", "subject", "text", "kk"))
    mailer.close()
    (address,) = mailbox.envelopes[0].rcpt_tos
    assert address.isascii() and address.startswith("aigul@xn--")


def test_a_dot_alone_on_a_line_ends_nothing(serve: Callable[..., tuple[Mailbox, int]]) -> None:
    mailbox, port = serve()
    mailer = SmtpMailer(f"smtp://127.0.0.1:{port}", SENDER)
    text = "before\n.\nQUIT\n..\nafter\n"
    mailer.send(Mail("k", "aigul@example.kz", "subject", text, "en"))
    mailer.close()
    assert mailbox.message().get_content().replace("\r\n", "\n") == text


def test_a_letter_one_may_stop_says_so_to_mail_programs(serve: Callable[..., tuple[Mailbox, int]]) -> None:
    mailbox, port = serve()
    mailer = SmtpMailer(f"smtp://127.0.0.1:{port}", SENDER)
    mailer.send(Mail("k", "aigul@example.kz", "s", "t", "en", "https://portal.example/letters/token"))
    mailer.close()
    assert mailbox.message()["List-Unsubscribe"] == "<https://portal.example/letters/token>"


class TestFailures:
    """What the server says decides what becomes of the letter."""

    def test_a_refused_recipient_is_final(self, serve: Callable[..., tuple[Mailbox, int]]) -> None:
        mailbox, port = serve()
        mailer = SmtpMailer(f"smtp://127.0.0.1:{port}", SENDER)
        with pytest.raises(NotSent, match="550 no such mailbox") as refusal:
            mailer.send(Mail("k", "nobody@example.kz", "s", "t", "en"))
        assert refusal.value.is_final and not refusal.value.is_down
        mailer.send(MAIL)
        mailer.close()
        assert len(mailbox.envelopes) == 1

    @pytest.mark.parametrize(
        ("answer", "is_final", "is_down"),
        [("451 busy", False, False), ("554 spam", True, False), ("421 closing", False, True)],
    )
    def test_a_refused_letter(
        self, serve: Callable[..., tuple[Mailbox, int]], answer: str, is_final: bool, is_down: bool
    ) -> None:
        mailbox, port = serve()
        mailbox.answer = answer
        mailer = SmtpMailer(f"smtp://127.0.0.1:{port}", SENDER)
        with pytest.raises(NotSent) as refusal:
            mailer.send(MAIL)
        mailer.close()
        assert (refusal.value.is_final, refusal.value.is_down) == (is_final, is_down)

    def test_nobody_there(self) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        with pytest.raises(NotSent) as refusal:
            SmtpMailer(f"smtp://127.0.0.1:{port}", SENDER).send(MAIL)
        assert refusal.value.is_down and not refusal.value.is_final


class TestSafety:
    """Passwords and letters go over TLS wherever there is any."""

    @staticmethod
    def admit(server: Server, session: Session, envelope: Envelope, mechanism: str, data: LoginPassword) -> AuthResult:
        is_right = (data.login, data.password) == (b"portal", b"p@ss/word")
        return AuthResult(success=is_right, handled=False)

    def test_starttls_where_offered(
        self, serve: Callable[..., tuple[Mailbox, int]], certificate: ssl.SSLContext
    ) -> None:
        mailbox, port = serve(tls_context=certificate, require_starttls=True)
        mailer = SmtpMailer(f"smtp://localhost:{port}", SENDER)
        mailer.send(MAIL)
        mailer.close()
        assert mailbox.tls == [True]

    def test_tls_from_the_start(
        self, serve: Callable[..., tuple[Mailbox, int]], certificate: ssl.SSLContext
    ) -> None:
        mailbox, port = serve(ssl_context=certificate)
        mailer = SmtpMailer(f"smtps://127.0.0.1:{port}", SENDER)
        mailer.send(MAIL)
        mailer.close()
        assert len(mailbox.envelopes) == 1

    def test_a_password_with_signs_in_it(
        self, serve: Callable[..., tuple[Mailbox, int]], certificate: ssl.SSLContext
    ) -> None:
        mailbox, port = serve(tls_context=certificate, authenticator=self.admit, auth_required=True)
        mailer = SmtpMailer(f"smtp://portal:p%40ss%2Fword@127.0.0.1:{port}", SENDER)
        mailer.send(MAIL)
        mailer.close()
        assert mailbox.tls == [True]

    def test_a_wrong_password_blames_the_server_not_the_letter(
        self, serve: Callable[..., tuple[Mailbox, int]], certificate: ssl.SSLContext
    ) -> None:
        _, port = serve(tls_context=certificate, authenticator=self.admit, auth_required=True)
        with pytest.raises(NotSent) as refusal:
            SmtpMailer(f"smtp://portal:wrong-password@127.0.0.1:{port}", SENDER).send(MAIL)
        assert refusal.value.is_down and not refusal.value.is_final
        assert "wrong-password" not in str(refusal.value)

    def test_an_unknown_certificate_of_another_machine_is_refused(
        self,
        serve: Callable[..., tuple[Mailbox, int]],
        certificate: ssl.SSLContext,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setattr(smtp_module, "LOOPBACK", set())
        mailbox, port = serve(tls_context=certificate)
        with pytest.raises(NotSent, match="CERTIFICATE_VERIFY_FAILED"):
            SmtpMailer(f"smtp://127.0.0.1:{port}", SENDER).send(MAIL)
        assert not mailbox.envelopes

    def test_no_password_in_the_clear_to_another_machine(
        self, serve: Callable[..., tuple[Mailbox, int]], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(smtp_module, "LOOPBACK", set())
        mailbox, port = serve(authenticator=self.admit, auth_require_tls=False)
        with pytest.raises(NotSent, match="no TLS"):
            SmtpMailer(f"smtp://portal:p%40ss%2Fword@127.0.0.1:{port}", SENDER).send(MAIL)
        assert not mailbox.envelopes


def test_the_console_is_readable(capsys: pytest.CaptureFixture[str]) -> None:
    ConsoleMailer().send(MAIL)
    lines = capsys.readouterr().out.splitlines()
    assert "To: aigul@example.kz" in lines and "Subject: Жаңа құпиясөз" in lines
    assert "https://x.kz/a" in lines, "the link stands alone, to be clicked or copied"


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("console:", ConsoleMailer), ("memory:", MemoryMailer), ("smtp://mail.example:25", SmtpMailer),
        ("smtps://u:p@mail.example", SmtpMailer),
    ],
)  # fmt: skip
def test_the_setting_chooses(url: str, kind: type) -> None:
    settings = Settings(Path("/nonexistent"), "", "", mail_url=url)
    assert isinstance(make_mailer(settings), kind)
