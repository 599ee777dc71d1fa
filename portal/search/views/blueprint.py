"""Where do the pages of search hang?"""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("search", __name__)
