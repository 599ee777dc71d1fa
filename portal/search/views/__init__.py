"""Which pages does search have?"""

from portal.search.views import desk, files, results, saved, search_index, suggestions
from portal.search.views.blueprint import blueprint

__all__ = ["blueprint", "desk", "files", "results", "saved", "search_index", "suggestions"]
