"""Which pages does search have?"""

from portal.search.views import results, search_index
from portal.search.views.blueprint import blueprint

__all__ = ["blueprint", "results", "search_index"]
