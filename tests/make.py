"""How do tests come by people, drafts and comments without typing a page of set-up?"""

from __future__ import annotations

from datetime import date, timedelta
from itertools import count
from typing import Any

from portal.accounts.actor import OPERATOR, Actor
from portal.accounts.models import User
from portal.accounts.roles import Role
from portal.consultation.actions.comments import CommentDraft, post_comment
from portal.consultation.actions.windows import announce_consultation
from portal.consultation.models import Comment
from portal.consultation.queries.drafts import DraftFile, get_file
from portal.drafts.actions.drafts import DraftCard, create_draft
from portal.drafts.actions.versions import upload_text
from portal.drafts.models import Body, Draft
from portal.drafts.queries.reference import find_body, find_type
from portal.kernel.clock import now, today
from portal.kernel.db import db
from portal.ledger.followers import run_followers
from portal.web.flask_app import PortalApp

TEXT_RU = """Правила перевозки пассажиров

Глава 1. Общие положения

1. Настоящие Правила определяют порядок перевозки пассажиров.

2. В Правилах используются понятия:
1) пассажир – лицо, которое едет;
2) перевозчик – лицо, которое везёт.

Глава 2. Оплата проезда

3. Пассажир оплачивает проезд при входе.
"""
TEXT_KK = """Жолаушыларды тасымалдау қағидалары

1-тарау. Жалпы ережелер

1. Осы Қағидалар жолаушыларды тасымалдау тәртібін айқындайды.

2. Қағидаларда мынадай ұғымдар пайдаланылады:
1) жолаушы – көлікпен жүретін адам;
2) тасымалдаушы – көлікпен апаратын тұлға.

2-тарау. Жол ақысын төлеу

3. Жолаушы жол ақысын көлікке кіргенде төлейді.
"""


class Maker:
    """Makes things through the portal's own actions; every method commits and wakes the followers."""

    def __init__(self, app: PortalApp) -> None:
        self.app = app
        self.numbers = count(1)

    def body(self, code: str = "transport") -> Body:
        """A ministry; the same code gives the same body."""
        if (body := find_body(code)) is None:
            body = Body(code=code, kind="ministry", name_kk="Көлік министрлігі", name_ru="Министерство транспорта",
                        name_en="Ministry of Transport")  # fmt: skip
            db.session.add(body)
            self.commit()
        return body

    def user(self, role: str = "citizen", *, body: Body | None = None, **more: Any) -> User:
        """A person with a confirmed address and no password."""
        number = next(self.numbers)
        values: dict[str, Any] = {
            "email": f"person{number}@example.org", "name": f"Resident {number}", "role": Role(role),
            "body_id": body.id if body else None, "confirmed_at": now(), "language": "en",
        }  # fmt: skip
        user = User(**{**values, **more})
        db.session.add(user)
        self.commit()
        return user

    def actor(self, role: str = "citizen", **more: Any) -> Actor:
        """A person as actions see them."""
        return actor_of(self.user(role, **more))

    def draft(self, *, body: Body | None = None, type: str = "order", texts: dict[str, str] | None = None, **titles: str) -> Draft:
        """A draft being prepared, with both texts."""
        act_type = find_type(type)
        assert act_type is not None
        card = DraftCard(
            act_type.id,
            {"kk": "Жолаушыларды тасымалдау қағидаларын бекіту туралы",
             "ru": "Об утверждении Правил перевозки пассажиров",
             "en": "On approval of the rules of carriage of passengers", **titles},
        )  # fmt: skip
        draft = create_draft(OPERATOR, body=body or self.body(), card=card)
        for language, text in (texts or {"kk": TEXT_KK, "ru": TEXT_RU}).items():
            upload_text(OPERATOR, draft=draft, language=language, data=text.encode(), name=f"{language}.txt")
        self.commit()
        return draft

    def open(self, *, opens_on: date | None = None, closes_on: date | None = None, **more: Any) -> DraftFile:
        """A draft open for discussion since today (or another window, past ones too)."""
        draft = self.draft(**more)
        announce_consultation(
            OPERATOR, draft=draft, opens_on=opens_on or today(), closes_on=closes_on, imported=True
        )
        self.commit()
        return get_file(draft.id)

    def closed(self, **more: Any) -> DraftFile:
        """A draft whose discussion ended yesterday."""
        return self.open(opens_on=today() - timedelta(days=20), closes_on=today() - timedelta(days=1), **more)

    def comment(self, file: DraftFile, actor: Actor | None = None, *, text: str = "A remark.", **more: Any) -> Comment:
        """A comment on an open draft."""
        parent = more.pop("parent", None)
        typed = CommentDraft(text=text, language=more.pop("language", "en"), **more)
        comment = post_comment(actor or self.actor(), file=file, typed=typed, parent=parent)
        self.commit()
        return comment

    def commit(self) -> None:
        """Commit and let the followers run, as a request does."""
        db.session.commit()
        run_followers(self.app)


def actor_of(user: User) -> Actor:
    """The person as the request order would present them."""
    return Actor(
        id=user.id, role=user.role, name=user.name, body_id=user.body_id, language=user.language,
        is_confirmed=user.confirmed_at is not None,
    )  # fmt: skip
