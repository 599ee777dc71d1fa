"""Which readers get a letter about new results of the searches they keep? One letter a day to each, all searches in it."""

from __future__ import annotations

from typing import Any

from flask import current_app

from portal.accounts.models import User
from portal.accounts.tokens import Purpose, make_token
from portal.kernel import clock
from portal.kernel.db import db, transaction_mode
from portal.ledger import sequence
from portal.notifications import queries
from portal.notifications.letters import endpoint_link, write_letter
from portal.notifications.models import Message
from portal.search.backends import IndexUnusable
from portal.search.index import entries_behind
from portal.search.saved import News, is_due, list_due_readers, list_saved, news_of, note_seen

READERS = 20  # a turn
KIND = "search_results"
LONGEST_LINE = 160


def write_alerts() -> int:
    """Write the letters that are due, a few a turn; how many. An index that is behind would lose what it has not yet."""
    with transaction_mode("read"):
        readers = list_due_readers(clock.now(), READERS)
        db.session.rollback()
    written = 0
    for user_id in readers:
        try:
            written += _write_to(user_id)
        except IndexUnusable:
            current_app.logger.info("no index, so no letters about searches")
            break
    return written


def _write_to(user_id: int) -> bool:
    """One reader's letter, if there is anything new; from then on a day or a week passes. Nobody's writing waits for the
    search.
    """
    with transaction_mode("read"):
        instant, number = clock.now(), sequence.tree_size(db.session())
        if entries_behind():
            db.session.rollback()
            return False
        user = db.session.get_one(User, user_id)
        due = [each for each in list_saved(user_id) if is_due(each, instant)]
        wants = user.wants_letters and user.confirmed_at is not None and user.blocked_at is None
        news = [each for each in map(news_of, due) if each.count] if wants else []
        letter, ids = _letter(user, news, number) if news else None, [saved.id for saved in due]
        db.session.rollback()
    with transaction_mode("write"):
        note_seen(ids, instant)
        is_new = letter is not None and not queries.has_letter(number, user_id, KIND)
        if letter is not None and is_new:
            db.session.add(letter)
        db.session.commit()
    return is_new


def _letter(user: User, news: list[News], number: int) -> Message:
    token = make_token(Purpose.stop, user)
    searches = [_search(each, user, token) for each in news]
    values = {"name": user.name, "searches": searches, "list": endpoint_link("search.saved_searches")}
    letter = write_letter(KIND, user.language, values)
    return Message(
        entry_number=number, user_id=user.id, address=user.email, kind=KIND, language=user.language,
        subject=letter.subject, body=letter.text, created_at=clock.now(), next_at=clock.now(),
    )  # fmt: skip


def _search(news: News, user: User, token: str) -> dict[str, Any]:
    page = endpoint_link("search.search", order="newest")
    stop = endpoint_link("search.stop_search", saved_id=news.saved.id, token=token)
    return {
        "words": news.saved.name or news.asked.text,
        "count": news.count,
        "drafts": [(_line(hit.of.draft.title(user.language)), count) for hit, count in news.drafts],
        "link": f"{page}&{news.saved.parameters}",
        "stop": stop,
    }


def _line(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_LINE else line[: LONGEST_LINE - 1].rstrip() + "…"
