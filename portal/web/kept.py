"""How is what a person typed kept when it cannot be taken right now?

A form that arrives without a valid session (it expired, or the page is a day old) is not thrown away: all
its fields travel back inside the page as one hidden value, and the person sends them again with one button
after signing in. Nothing is stored on the server; passwords and files are never kept.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from flask import request

from portal.web.pages import safe_next

FIELD = "kept"
NEVER_KEPT = ("password", "csrf_token", FIELD)
LONGEST_SHOWN = 20_000


@dataclass(frozen=True)
class KeptForm:
    """A form that waits: where it goes and its fields in order."""

    action: str
    fields: tuple[tuple[str, str], ...]

    @property
    def text(self) -> str:
        """The longest value: what the person would hate to lose."""
        return max((value for _, value in self.fields), key=len, default="")[:LONGEST_SHOWN]

    def to_json(self) -> str:
        """For the hidden field `kept`."""
        return json.dumps({"action": self.action, "fields": self.fields}, ensure_ascii=False)


def keep_request() -> KeptForm:
    """The fields of the present request."""
    fields = [
        (name, value)
        for name, value in request.form.items(multi=True)
        if not any(word in name for word in NEVER_KEPT)
    ]
    return KeptForm(request.full_path.rstrip("?"), tuple(fields))


def read_kept(value: str | None) -> KeptForm | None:
    """The form inside a hidden field, or None for anything that is not one of ours."""
    try:
        data = json.loads(value or "")
        fields = tuple((str(name), str(text)) for name, text in data["fields"])
        action = safe_next(str(data["action"]), "")
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
    return KeptForm(action, fields) if action else None
