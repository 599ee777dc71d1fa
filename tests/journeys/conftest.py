"""What do the journeys begin with?"""

from __future__ import annotations

import pytest

from tests.journeys.world import World, build_world
from tests.make import Maker


@pytest.fixture
def world(make: Maker) -> World:
    """A draft in every phase, a person in every role."""
    return build_world(make)
