"""How does one person at their own machine read the portal's letters? On standard output."""

from __future__ import annotations

from portal.notifications.mailers.mail import Mail

RULE = "─" * 78


class ConsoleMailer:
    """Prints letters between two rules, each link on a line of its own as the letter has it."""

    def send(self, mail: Mail) -> None:
        lines = [RULE, f"To: {mail.to}", f"Subject: {mail.subject}", "", mail.text.rstrip(), RULE]
        print("\n".join(lines), flush=True)

    def close(self) -> None:
        """Nothing to let go of."""
