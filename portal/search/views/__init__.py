"""Which pages does search have?"""

from portal.search.views import files, results, search_index
from portal.search.views.blueprint import blueprint

__all__ = ["blueprint", "files", "results", "search_index"]
