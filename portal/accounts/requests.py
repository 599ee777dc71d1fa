"""How is a letter asked for by typing an address, without the public log telling whose it is?"""

from __future__ import annotations

import secrets

from sqlalchemy import delete

from portal.accounts.models import AddressRequest, User
from portal.kernel.clock import now
from portal.kernel.db import db


def keep_request(owner: User | None) -> str:
    """The subject under which the ledger names the request: it looks the same for an unknown address (no owner)."""
    code = secrets.token_hex(16)
    if owner is not None:
        db.session.execute(delete(AddressRequest).where(AddressRequest.user_id == owner.id))
        db.session.add(AddressRequest(code=code, user_id=owner.id, created_at=now()))
        db.session.flush()
    return f"request:{code}"
