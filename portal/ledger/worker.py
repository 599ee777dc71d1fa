"""What does the process beside the web server do all day?

Number what waits for a number, let the followers read, do what the hour asks for, rest half a second. Nothing that
goes wrong ends it: a failure is logged and tried again after a rest that grows to a minute.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from flask import Flask

from portal.kernel.db import db, transaction_mode
from portal.ledger.followers import Patience, run_followers
from portal.ledger.sequence import number_waiting, numbers_inline

log = logging.getLogger(__name__)

PAUSE = 0.5  # seconds


def work(app: Flask, stop: threading.Event, pause: float = PAUSE) -> None:
    """Go round until told to stop."""
    patience = Patience()
    while not stop.is_set():
        try:
            work_once(app, patience)
        except Exception:
            log.exception("the worker stumbled and goes on")
        stop.wait(pause)


def work_once(app: Flask, patience: Patience | None = None) -> int:
    """One round; how many entries the followers handled."""
    patience = patience or Patience()
    _attempt(app, "numbering", _number_entries, patience)
    handled = run_followers(app, patience)
    for act in app.extensions.get("periodic", ()):
        _attempt(app, getattr(act, "__qualname__", repr(act)), act, patience)
    return handled


def _number_entries() -> None:
    if not numbers_inline(db.session()):
        number_waiting()


def _attempt(app: Flask, name: str, act: Callable[[], object], patience: Patience) -> None:
    """Run an act in a write transaction of its own."""
    if patience.rests(name):
        return
    try:
        with app.app_context(), transaction_mode("write"):
            act()
            db.session.commit()
        patience.recovered(name)
    except Exception:
        patience.failed(name)
        log.exception("“%s” failed and will be tried again", name)
