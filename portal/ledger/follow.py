"""What happens to the ledger itself after an act? A new head is signed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from flask import Flask, current_app

from portal.kernel import clock
from portal.kernel.db import db
from portal.ledger.entries import EntryView
from portal.ledger.followers import Follower, run_followers
from portal.ledger.heads import ensure_key, key_path, sign_head
from portal.ledger.models import Head
from portal.ledger.queries import root_at


def sign_growth(entries: Sequence[EntryView]) -> None:
    """Sign the tree as it stands after the last of the entries, once."""
    size = entries[-1].number + 1
    if db.session.get(Head, size) is None:
        head = sign_head(ensure_key(key_path(current_app.instance_path)), size, root_at(size), clock.now())
        db.session.add(Head(size=head.size, root=head.root, at=head.at, signature=head.signature))


def follow_inline(app: Flask) -> None:
    """In tests the followers run after each commit, in the process that committed."""
    settings = app.config.get("SETTINGS")
    if settings is not None and settings.followers_inline:
        app.after_commit.append(partial(run_followers, app))  # type: ignore[attr-defined]


FOLLOWERS = (Follower("heads", sign_growth, batch=5000),)
START = (follow_inline,)
