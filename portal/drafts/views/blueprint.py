"""To which blueprint do the pages of drafts belong?"""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("drafts", __name__)
