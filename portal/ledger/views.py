"""HTTP of the public record: pages, downloads and proofs, all open to everybody and all for reading."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from flask import Blueprint, Flask, Response, current_app, jsonify, redirect, request, url_for
from flask_babel import gettext as _

from portal.kernel.clock import OFFICIAL_TIME
from portal.kernel.errors import Conflict, DomainError, Invalid, NotFound
from portal.ledger import queries
from portal.ledger.cards import ReceiptCard, receipt_card
from portal.ledger.entries import EntryView
from portal.ledger.forms import KindForm, ReceiptForm
from portal.ledger.heads import PublicKey, SignedHead, find_public_key, key_path
from portal.ledger.kinds import Kind
from portal.ledger.log import read_log
from portal.ledger.queries import InclusionProof
from portal.ledger.receipts import ReceiptCheck, Status, check_receipt, receipt_document
from portal.ledger.wording import about_what, what_happened
from portal.web.access import public
from portal.web.errors import sentence, status_of
from portal.web.formats import format_day_table, format_number
from portal.web.pages import Page, here, show

blueprint = Blueprint("ledger", __name__)

PER_PAGE = 50


@dataclass(frozen=True)
class HeadCard:
    """The latest signed head with the key to check it."""

    size: int
    at: datetime
    root: str
    log: str
    key_line: str


@dataclass(frozen=True)
class LedgerPage:
    """One page of entries, newest first; `rows` are the cells of a table."""

    total: int
    head: HeadCard | None
    rows: tuple[tuple[Any, ...], ...]
    is_filtered: bool
    newest_url: str | None
    older_url: str | None


@dataclass(frozen=True)
class EntryPage:
    """One entry, with the proof that it is under the latest head where there is one."""

    number: int
    what: str
    about: str
    at: datetime
    facts: tuple[tuple[str, str], ...]
    digests: tuple[tuple[str, str], ...]
    data: str
    leaf: str
    code: str
    is_whole: bool
    proof: InclusionProof | None
    head: HeadCard | None
    previous_url: str | None
    next_url: str | None


@dataclass(frozen=True)
class ReceiptPage:
    """What came of checking a receipt; `card` only where there is an entry to show."""

    status: Status
    code: str
    card: ReceiptCard | None
    entry_url: str | None
    file_url: str | None


@blueprint.get("/ledger")
@public
def entries() -> Page:
    """The record, newest first, all or of one kind."""
    form = KindForm(request.args)
    kind = form.kind.data or None
    if kind is not None and kind not in set(Kind):
        raise Invalid("The public record knows no such kind of entry.")
    below = _number("below")
    shown = queries.list_entries(kind=kind, below=below, limit=PER_PAGE + 1)
    page = LedgerPage(
        total=queries.count_entries(),
        head=_head_card(queries.find_head()),
        rows=tuple(_row(entry) for entry in shown[:PER_PAGE]),
        is_filtered=kind is not None,
        newest_url=here(below=None) if below is not None else None,
        older_url=here(below=shown[PER_PAGE - 1].number) if len(shown) > PER_PAGE else None,
    )
    return Page("ledger/entries.html", page, form)


@blueprint.get("/ledger/entries/<int:number>")
@public
def entry(number: int) -> Page:
    """One entry and its place in the tree."""
    found = queries.get_entry(number)
    head = queries.find_head()
    covered = head is not None and head.size > number
    proof = queries.proof_of_inclusion(number, head.size) if head is not None and covered else None
    facts = dict(found.facts)
    digests = facts.pop("digests", {})
    page = EntryPage(
        number=number,
        what=what_happened(found.kind),
        about=about_what(found.subject),
        at=found.at,
        facts=tuple((name, value if isinstance(value, str) else json.dumps(value)) for name, value in facts.items()),
        digests=tuple(digests.items()) if isinstance(digests, dict) else (),
        data=found.data.decode("utf-8", "replace"),
        leaf=found.leaf.hex(),
        code=receipt_card(found).digest,
        is_whole=proof is None or proof.holds,
        proof=proof,
        head=_head_card(head) if covered else None,
        previous_url=url_for("ledger.entry", number=number - 1) if number else None,
        next_url=url_for("ledger.entry", number=number + 1) if number + 1 < queries.count_entries() else None,
    )
    return show("ledger/entry.html", page)


@blueprint.get("/ledger/log.jsonl")
@public
def log() -> Response:
    """The log from `?first=` (0 unless told) to its present end: each line is what was hashed for one entry."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    return Response(
        read_log(app, _number("first") or 0),
        mimetype="application/jsonl",
        headers={"Content-Disposition": 'attachment; filename="ledger.jsonl"'},
    )


@blueprint.get("/ledger/head.json")
@public
def head() -> tuple[Response, int]:
    """The latest signed head, as a note and in parts, with the public key."""
    card, found, key = None, queries.find_head(), _key()
    if found is None or key is None or (card := _head_card(found)) is None:
        return _refuse(NotFound("No head has been signed yet."))
    parts = {"log": card.log, "size": card.size, "root": card.root, "at": found.at.isoformat()}
    return jsonify({**parts, "note": found.note(key), "public_key": key.line, "public_key_pem": key.pem}), 200


@blueprint.get("/ledger/consistency.json")
@public
def consistency() -> tuple[Response, int]:
    """The proof that the record of `?second=` entries (all, unless told) begins with that of `?first=`."""
    try:
        first, second = _number("first"), _number("second")
        if first is None:
            raise Invalid("Give the size of the older record as “first”.")
        proof = queries.consistency(first, queries.count_entries() if second is None else second)
    except DomainError as error:
        return _refuse(error)
    answer = {"first": proof.first, "second": proof.second, "path": [node.hex() for node in proof.path]}
    return jsonify({**answer, "first_root": proof.first_root.hex(), "second_root": proof.second_root.hex()}), 200


@blueprint.get("/receipts")
@public
def receipts() -> Any:
    """Where a receipt is checked; a code that could be one leads to its own page."""
    if "code" not in request.args:
        return show("ledger/receipts.html", form=ReceiptForm(None))
    form = ReceiptForm(request.args)
    if form.validate():
        check = check_receipt(form.code.data)
        if check.status is not Status.MALFORMED:
            return redirect(url_for("ledger.receipt", code=check.code))
        form.code.errors = [_mistyped()]
    return show("ledger/receipts.html", form=form)


@blueprint.get("/receipts/<code>")
@public
def receipt(code: str) -> Any:
    """Is this receipt genuine?"""
    check = check_receipt(code)
    if check.status is Status.MALFORMED:
        form = ReceiptForm(None, data={"code": check.code})
        form.code.errors = [_mistyped()]
        return show("ledger/receipts.html", form=form, status=422)
    return Page("ledger/receipt.html", _receipt_page(check), status=404 if check.status is Status.NOT_GENUINE else 200)


@blueprint.get("/receipts/<code>.json")
@public
def receipt_file(code: str) -> tuple[Response, int]:
    """The file that proves a receipt without this portal; 503 for the second until a head covers it."""
    try:
        check = check_receipt(code)
        if check.status is Status.MALFORMED:
            raise Invalid("This is not the code of a receipt.")
        if check.entry is None or not check.is_genuine:
            raise NotFound("There is no such receipt in the public record.")
        key = _key()
        document = receipt_document(check.entry, key) if key else None
    except DomainError as error:
        return _refuse(error)
    if document is None:
        answer, _status = _refuse(Conflict("The entry is being signed. Try again in a moment."))
        answer.headers["Retry-After"] = "1"
        return answer, 503
    answer = jsonify(document)
    answer.headers["Content-Disposition"] = f'attachment; filename="receipt-{check.entry.number}.json"'
    return answer, 200


def _receipt_page(check: ReceiptCheck) -> ReceiptPage:
    if check.entry is None:
        return ReceiptPage(check.status, check.code, None, None, None)
    entry_url = url_for("ledger.entry", number=check.entry.number)
    words = _("Genuine") if check.is_genuine else _("The entry was altered")
    card = replace(
        receipt_card(check.entry), digest=check.code, url=entry_url, status=words, is_valid=check.is_genuine
    )
    file_url = url_for("ledger.receipt_file", code=check.code) if check.is_genuine else None
    return ReceiptPage(check.status, check.code, card, entry_url, file_url)


def _row(entry: EntryView) -> tuple[Any, ...]:
    link = (format_number(entry.number), url_for("ledger.entry", number=entry.number))
    moment = f"{format_day_table(entry.at)}, {entry.at.astimezone(OFFICIAL_TIME):%H:%M}"
    return link, what_happened(entry.kind), about_what(entry.subject), moment


def _head_card(head: SignedHead | None) -> HeadCard | None:
    key = _key()
    if head is None or key is None:
        return None
    return HeadCard(head.size, head.at, head.root.hex(), key.log, key.line)


def _key() -> PublicKey | None:
    return find_public_key(key_path(current_app.instance_path))


def _number(name: str) -> int | None:
    """A whole number from the query; None when it is not given."""
    text = request.args.get(name, "").strip()
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= 15):
        raise Invalid("“%(value)s” is not the number of an entry.", value=text[:40])
    return int(text)


def _mistyped() -> str:
    return _("The code is not complete or has a mistake in it. Compare it with your receipt.")


def _refuse(error: DomainError) -> tuple[Response, int]:
    """A refusal for programs."""
    return jsonify({"error": sentence(error)}), status_of(error)
