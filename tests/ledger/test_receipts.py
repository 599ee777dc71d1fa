"""A genuine receipt is recognised, a slip of the pen is told apart from a forgery, a file proves itself."""

from __future__ import annotations

import json
from typing import Any

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from portal.kernel.db import db
from portal.kernel.errors import Conflict
from portal.ledger import sequence
from portal.ledger.heads import PublicKey, ensure_key, key_path, public_key
from portal.ledger.kinds import Kind
from portal.ledger.merkle import leaf_hash
from portal.ledger.queries import find_entry_for, get_entry
from portal.ledger.receipts import Status, check_file, check_receipt, code_of, read_code, receipt_document, receipt_for
from portal.ledger.record import record
from tests.ledger.acts import document, fill


def test_a_receipt_names_its_entry(log_app: Flask) -> None:
    fill(log_app, 3)
    with log_app.app_context():
        entry = find_entry_for("comment:2", Kind.COMMENT_POSTED)
        assert entry is not None
        receipt = receipt_for(entry)
        assert (receipt.number, receipt.kind, receipt.subject) == (1, "comment-posted", "comment:2")
        digits = "".join(receipt.code.split("-")[1:6])
        assert entry.leaf.hex().upper().startswith(digits) and len(digits) == 20
        check = check_receipt(receipt.code)
        assert check.is_genuine and check.entry == entry and check.code == receipt.code


def test_a_receipt_is_read_however_it_is_typed(log_app: Flask) -> None:
    fill(log_app, 12)
    with log_app.app_context():
        code = receipt_for(get_entry(11)).code
        cyrillic = code.translate(str.maketrans("ABCE0", "АВСЕО"))
        for typed in (code.lower(), code.replace("-", ""), f"  {code} \n", code.replace("-", " – "), cyrillic, "00" + code):
            assert check_receipt(typed).status is Status.GENUINE, typed
            assert check_receipt(typed).code == code


def test_a_receipt_before_the_number(in_log: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sequence, "numbers_inline", lambda session: False)
    with pytest.raises(Conflict):
        receipt_for(record(Kind.DRAFT_CREATED, "draft:1"))


@pytest.mark.parametrize(
    "typed",
    ["", " ", "abc", "1-2-3", "\x00", "💥", "9" * 5000, "-" * 99, "1" * 37 + "-00", "٣-9F3A22BC01DD77E04C1B-42", "null", "'\"><script>"],
)
def test_nonsense_is_malformed(in_log: Flask, typed: str) -> None:
    assert check_receipt(typed).status is Status.MALFORMED


@given(st.text(max_size=120))
def test_nothing_typed_raises(typed: str) -> None:
    read = read_code(typed)
    assert read is None or code_of(read[0], bytes.fromhex(read[1])).startswith(f"{read[0]}-")


@given(st.integers(0, 10**9), st.binary(max_size=8), st.data())
def test_every_single_slip_is_a_typing_error(number: int, data: bytes, draw: st.DataObject) -> None:
    code = code_of(number, leaf_hash(data)).replace("-", "")
    place = draw.draw(st.integers(0, len(code) - 1))
    digits = "0123456789ABCDEF" if len(str(number)) <= place < len(code) - 2 else "0123456789"
    wrong = draw.draw(st.sampled_from([d for d in digits if d != code[place]]))
    assert read_code(code[:place] + wrong + code[place + 1 :]) is None
    before_check = len(code) - 3
    place = draw.draw(st.integers(0, before_check - 1))
    swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    assert swapped == code or read_code(swapped) is None


def test_a_forged_code_is_not_genuine(log_app: Flask) -> None:
    fill(log_app, 3)
    with log_app.app_context():
        forged = check_receipt(code_of(1, leaf_hash(b"what I wish I had said")))
        assert forged.status is Status.NOT_GENUINE and forged.entry is None
        assert check_receipt(code_of(2, get_entry(1).leaf)).status is Status.NOT_GENUINE
        assert check_receipt(code_of(10**14, get_entry(1).leaf)).status is Status.NOT_GENUINE


def test_a_receipt_outlives_an_alteration(log_app: Flask, tamper) -> None:
    fill(log_app, 3)
    with log_app.app_context():
        code = receipt_for(get_entry(1)).code
    tamper("UPDATE ledger_entry SET facts = replace(facts, '7', '8') WHERE number = 1")
    with log_app.app_context():
        assert check_receipt(code).status is Status.ALTERED
    tamper("DELETE FROM ledger_entry WHERE number = 1")
    with log_app.app_context():
        assert check_receipt(code).status is Status.ALTERED


def trusted(app: Flask) -> PublicKey:
    return public_key(ensure_key(key_path(app.instance_path)))


@pytest.mark.parametrize("number", [0, 6, 10])
def test_a_file_proves_itself(log_app: Flask, number: int) -> None:
    fill(log_app, 11)
    content = json.dumps(document(log_app, number)).encode()
    check = check_file(content, trusted(log_app))
    assert (check.status, check.is_trusted) == (Status.GENUINE, True), check.reason
    assert check_file(content).status is Status.GENUINE
    assert not check_file(content).is_trusted
    assert "salt" not in content.decode()


def test_no_file_before_a_head_covers_the_entry(log_app: Flask) -> None:
    fill(log_app, 2)
    with log_app.app_context():
        record(Kind.DRAFT_CREATED, "draft:1")
        db.session.commit()
        assert receipt_document(get_entry(2), trusted(log_app)) is None
        assert receipt_document(get_entry(1), trusted(log_app)) is not None


def test_a_tampered_file_is_not_genuine(log_app: Flask, tmp_path) -> None:
    fill(log_app, 11)
    good, other = document(log_app, 6), document(log_app, 5)
    changes: dict[str, Any] = {
        "entry": good["entry"].replace("comment:7", "comment:8"),
        "number": 5,
        "code": other["code"],
        "path": other["path"],
        "head": good["head"].replace("\n11\n", "\n12\n"),
        "public_key": public_key(ensure_key(key_path(tmp_path / "forger"))).line,
    }
    for name, value in changes.items():
        assert value != good[name]
        check = check_file(json.dumps({**good, name: value}).encode(), trusted(log_app))
        assert check.status is Status.NOT_GENUINE, name


def test_a_file_of_another_key_is_not_ours(log_app: Flask, tmp_path) -> None:
    fill(log_app, 2)
    content = json.dumps(document(log_app, 1)).encode()
    stranger = public_key(ensure_key(key_path(tmp_path / "other")))
    assert check_file(content, stranger).status is Status.NOT_GENUINE


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"null", b"7", b"\xff\xfe", b'{"format":"talqy-receipt/1"}', b'{"format":"other"}', b"[" * 100_000],
)
def test_a_file_that_is_no_receipt(content: bytes) -> None:
    assert check_file(content).status is Status.MALFORMED


def test_parts_of_the_wrong_kind_are_malformed(log_app: Flask) -> None:
    fill(log_app, 2)
    good = document(log_app, 1)
    for name in good:
        for value in (None, 7, [], {}, "x", ["zz"], -1):
            if name == "number" and value == 7:
                continue
            status = check_file(json.dumps({**good, name: value}).encode()).status
            assert status in {Status.MALFORMED, Status.NOT_GENUINE}, (name, value)
