"""What does the queue do for drafts? It makes the files that take long."""

from __future__ import annotations

from portal.drafts.preparing import PREPARE, prepare

JOBS = {PREPARE: prepare}
