"""How does a receipt look on any page? (the object that `components/receipt.html` shows)"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask import url_for

from portal.ledger.entries import EntryView
from portal.ledger.models import Entry
from portal.ledger.receipts import receipt_for
from portal.ledger.wording import what_happened


@dataclass(frozen=True)
class ReceiptCard:
    """A receipt in the reader's language; `digest` is its code, `url` the page that checks it."""

    number: int
    recorded_at: datetime
    what: str
    digest: str
    url: str
    status: str | None = None
    is_valid: bool | None = None


def receipt_card(entry: Entry | EntryView) -> ReceiptCard:
    """The receipt of an entry; raises Conflict while the entry waits for its number."""
    receipt = receipt_for(entry)
    url = url_for("ledger.receipt", code=receipt.code)
    return ReceiptCard(receipt.number, receipt.recorded_at, what_happened(receipt.kind), receipt.code, url)
