"""Which pages show reports, bodies and their records?"""

from __future__ import annotations

from portal.reports.views import bodies, desk, reports
from portal.reports.views.blueprint import blueprint

__all__ = ["blueprint", "bodies", "desk", "reports"]
