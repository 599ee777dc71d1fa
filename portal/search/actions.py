"""How does a person keep a search, so that its new results come by mail, and let go of it?"""

from __future__ import annotations

from sqlalchemy import delete

from portal.accounts.actor import Actor
from portal.kernel.clock import now
from portal.kernel.db import db
from portal.ledger.kinds import Kind
from portal.ledger.record import record
from portal.search.models import Frequency, SavedSearch
from portal.search.policy import ensure_may_keep, ensure_own_search, ensure_search_name
from portal.search.saved import count_saved, is_saved


def save_search(actor: Actor, *, parameters: str, is_narrow: bool, language: str) -> SavedSearch:
    """Mail new results of the search at this address from now on; what is asked for stays private."""
    ensure_may_keep(
        actor, kept=count_saved(actor.id), is_kept=is_saved(actor.id, parameters), is_narrow=is_narrow
    )
    saved = SavedSearch(
        user_id=actor.id, parameters=parameters, language=language, created_at=now(), seen_until=now()
    )
    db.session.add(saved)
    db.session.flush()
    record(Kind.SEARCH_SAVED, f"search:{saved.id}", {}, secrets={"user": actor.id, "parameters": parameters})
    return saved


def edit_search(actor: Actor, *, saved: SavedSearch, name: str, frequency: Frequency) -> None:
    """Call it so, and write of it so often; what came while nothing was to be written is not made up for."""
    ensure_own_search(actor.id, saved.user_id)
    ensure_search_name(name)
    if saved.frequency is Frequency.never:
        saved.seen_until = now()
    saved.name, saved.frequency = name, frequency
    db.session.flush()
    record(Kind.SEARCH_EDITED, f"search:{saved.id}", {}, secrets={"user": saved.user_id, "name": name})


def remove_search(actor: object, *, saved: SavedSearch, owner_id: int | None) -> None:
    """No more letters about it; `owner_id` is whoever asks: signed in, or by the link of a letter."""
    ensure_own_search(owner_id, saved.user_id)
    db.session.execute(delete(SavedSearch).where(SavedSearch.id == saved.id))
    record(Kind.SEARCH_REMOVED, f"search:{saved.id}", {}, secrets={"user": saved.user_id})
