"""Who takes part in the demonstration? Nobody real: descriptions in place of names, addresses that reach nobody."""

from __future__ import annotations

import random
from dataclasses import dataclass

from portal.accounts.actor import Actor
from portal.accounts.models import User
from portal.accounts.passwords import hash_password
from portal.accounts.roles import Role
from portal.kernel.clock import now
from portal.kernel.db import db

PASSWORD = "talqy demonstration"
VOTERS = 48
ACCOUNTS = (
    ("citizen@talqy.example", Role.citizen, "Тұрғын, Астана", None),
    ("drafter@talqy.example", Role.drafter, "Жобаны әзірлеуші", "transport"),
    ("moderator@talqy.example", Role.moderator, "Модератор", None),
    ("administrator@talqy.example", Role.administrator, "Әкімші", None),
    ("auditor@talqy.example", Role.auditor, "Аудитор", None),
)


@dataclass
class People:
    """The people of the demonstration as actors."""

    voters: list[Actor]
    moderator: Actor
    administrator: Actor
    drafters: dict[int, Actor]
    authors: dict[str, Actor]

    def drafter(self, body_id: int) -> Actor:
        """The drafter of a body."""
        if body_id not in self.drafters:
            self.drafters[body_id] = _add(f"drafter-{body_id}", Role.drafter, "Жобаны әзірлеуші", body_id)
        return self.drafters[body_id]

    def author(self, name: str, language: str) -> Actor:
        """The person behind a displayed name."""
        if name not in self.authors:
            self.authors[name] = _add(f"author-{len(self.authors) + 1}", Role.citizen, name, None, language)
        return self.authors[name]

    def some(self, chance: random.Random, count: int) -> list[Actor]:
        """So many different voters."""
        return chance.sample(self.voters, min(count, len(self.voters)))


def gather(bodies: dict[str, int]) -> People:
    """Make the accounts one can sign in with, and the voters. `bodies` is code → id."""
    accounts = {
        email: _add(email, role, name, bodies[code] if code else None, password=PASSWORD)
        for email, role, name, code in ACCOUNTS
    }
    drafter = accounts["drafter@talqy.example"]
    return People(
        voters=[_add(f"voter-{number}", Role.citizen, f"Қатысушы № {number}", None) for number in range(1, VOTERS + 1)],
        moderator=accounts["moderator@talqy.example"],
        administrator=accounts["administrator@talqy.example"],
        drafters={bodies["transport"]: drafter},
        authors={},
    )


def _add(
    name: str, role: Role, shown: str, body_id: int | None, language: str = "kk", password: str | None = None
) -> Actor:
    user = User(
        email=name if "@" in name else f"{name}@people.example", name=shown, role=role, body_id=body_id,
        language=language, confirmed_at=now(), created_at=now(), password_hash=hash_password(password) if password else None,
    )  # fmt: skip
    db.session.add(user)
    db.session.flush()
    return Actor(id=user.id, role=role, name=shown, body_id=body_id, language=language)
