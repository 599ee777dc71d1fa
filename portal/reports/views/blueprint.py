"""To which blueprint do the pages of reports belong?"""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("reports", __name__)
