"""What does search do after an act? It carries it into the index."""

from __future__ import annotations

from flask import Flask

from portal.ledger.followers import Follower
from portal.search.index import BATCH, FOLLOWER, REBUILD, ensure_answers, follow_acts, keep_index, rebuild_by_job
from portal.search.learning import LEARN, keep_learning, learn_by_job, unlearn


def watch_index(app: Flask) -> None:
    """Let the health check ask for the index."""
    app.extensions["health"]["index"] = ensure_answers


FOLLOWERS = (
    Follower(FOLLOWER, follow_acts, batch=BATCH, writes=False),
    Follower("words", unlearn, batch=50),
)
JOBS = {REBUILD: rebuild_by_job, LEARN: learn_by_job}
PERIODIC = (keep_index, keep_learning)
START = (watch_index,)
