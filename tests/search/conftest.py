"""A portal with an index, and how many statements a page costs."""

from __future__ import annotations

import pytest

from portal.search.index import rebuild
from portal.web.flask_app import PortalApp


@pytest.fixture
def indexed(app: PortalApp) -> PortalApp:
    """The portal with an index of nothing yet; followers keep it in step."""
    rebuild()
    return app


