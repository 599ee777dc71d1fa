"""To which blueprint do the pages of consultations belong?"""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("consultation", __name__)
