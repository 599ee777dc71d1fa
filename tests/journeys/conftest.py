"""What do the journeys begin with?"""

from __future__ import annotations

from tests.journeys.stage import stage

__all__ = ["stage"]
