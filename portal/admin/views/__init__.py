"""Which pages does administration have?"""

from portal.admin.views import areas, bodies, body, body_table, channels, days, start, types
from portal.admin.views.blueprint import blueprint

__all__ = ["areas", "blueprint", "bodies", "body", "body_table", "channels", "days", "start", "types"]
