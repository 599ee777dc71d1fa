"""Does a comment on the row of a table find its row in the next version, and does the comparison show rows one by one?"""

from __future__ import annotations

from typing import Any

import pytest

from portal.accounts.actor import OPERATOR
from portal.consultation.actions.versions import publish_changed_version
from portal.consultation.models import Comment
from portal.consultation.queries.drafts import DraftFile, get_file
from portal.drafts.actions.next_version import describe_version, start_version
from portal.drafts.actions.versions import upload_text
from portal.drafts.compare.rows import align_rows
from portal.drafts.queries.versions import list_outlines
from portal.drafts.structure import Kind, walk
from portal.kernel.db import db
from tests.client import PageClient
from tests.consultation.test_versions import add_comment
from tests.make import Maker

HEAD = "# Rules\n\n1. The fees are these.\n\n| No | Service | Fee |\n|---|---|---|\n"
ROWS = [
    "| 1 | Issue of a licence to carry passengers | 10 units |",
    "| 2 | Copy of a licence that was lost | 3 units |",
    "| 3 | Inspection of a bus before the season | 5 units |",
    "| 4 | Change of the owner's address | none |",
]
# the first is gone, the third costs more, the fourth comes first, one is new
NEXT = [ROWS[3], ROWS[1], "| 3 | Inspection of a bus before the season | 7 units |", "| 5 | Permit for a foreign carrier | 20 units |"]


def published(make: Maker, before: list[str], after: list[str], *, head: str = HEAD) -> DraftFile:
    """A draft of two versions with a table each; `head` is that of the second."""
    file = make.closed(texts=dict.fromkeys(("kk", "ru"), HEAD + "\n".join(before) + "\n"))
    start_version(OPERATOR, draft=file.draft)
    for language in ("kk", "ru"):
        data = (head + "\n".join(after) + "\n").encode()
        upload_text(OPERATOR, draft=file.draft, language=language, data=data, name=f"{language}.md")
    describe_version(OPERATOR, draft=file.draft, note={"kk": "Өзгерді.", "ru": "Изменено."})
    publish_changed_version(OPERATOR, file=get_file(file.draft.id))
    make.commit()
    return get_file(file.draft.id)


def table_key(file: DraftFile) -> str:
    outline = list_outlines(file.consultation.version_id)[0]
    return next(unit.key for unit, _, _ in walk(outline.provisions) if unit.kind is Kind.table)


def test_rows_are_known_by_what_they_say() -> None:
    old = [("1", "alpha beta gamma"), ("2", "delta"), ("3", "epsilon zeta eta theta"), ("4", "iota kappa")]
    new = [("4", "iota kappa"), ("2", "delta"), ("2-1", "something else"), ("3", "epsilon zeta eta iota")]
    assert [(row.change.value, row.old, row.new) for row in align_rows(old, new)] == [
        ("moved", 4, 1), ("removed", 1, 0), ("same", 2, 2), ("added", 0, 3), ("reworded", 3, 4),
    ]  # fmt: skip
    assert align_rows((), ()) == ()
    assert [row.change.value for row in align_rows(old, ())] == ["removed"] * 4


@pytest.mark.parametrize(
    ("old", "new"), [([("a",)] * 3, [("a",)] * 5), ([("",)] * 4, [("", "")] * 2), ([("x",), ("y",)], [("y",), ("x",), ("x",)])]
)
def test_every_row_stands_in_the_comparison_once(old: list[tuple[str, ...]], new: list[tuple[str, ...]]) -> None:
    rows = align_rows(old, new)
    assert sorted(row.old for row in rows if row.old) == list(range(1, len(old) + 1))
    assert [row.new for row in rows if row.new] == list(range(1, len(new) + 1))


def test_comments_on_rows_are_carried_by_what_the_rows_say(client: PageClient, make: Maker) -> None:
    file = published(make, ROWS, NEXT)
    key = table_key(file)
    said = {2: "On the first.", 3: "On the copy.", 4: "On the inspection.", 5: "On the address."}
    comments: dict[int, Comment] = {row: add_comment(make, file, f"{key}__row_{row}", text) for row, text in said.items()}
    assert len(comments) == 4
    assert client.get(f"/drafts/{file.draft.id}/versions/2/comments?lang=en").status_code == 200
    shown = client.words
    assert shown.index("On the first.") < shown.index("On the inspection.") < shown.index("On the address.") < shown.index("On the copy.")
    assert "Row removed" in shown and "Unchanged: 1" in shown and "Moved: 1" in shown
    assert "row 2" in shown and "Issue of a licence" in shown


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
@pytest.mark.parametrize("view", ["inline", "side"])
def test_the_comparison_shows_a_table_row_by_row(client: PageClient, make: Maker, language: str, view: str) -> None:
    file = published(make, ROWS, NEXT)
    response = client.get(f"/drafts/{file.draft.id}/versions/1/compare/2?lang={language}&view={view}")
    assert response.status_code == 200
    for states in (("Жол қосылды", "Строка добавлена", "Row added"), ("Жол алып тасталды", "Строка исключена", "Row removed")):
        assert states[("kk", "ru", "en").index(language)] in client.words
    assert "<del>" in response.text and "<ins>" in response.text


def test_a_row_that_stayed_is_unchanged_though_its_table_changed(client: PageClient, make: Maker) -> None:
    file = published(make, ROWS, ["| 0 | Something new that is put before | 1 unit |", *ROWS])
    key = table_key(file)
    add_comment(make, file, f"{key}__row_3", "On the copy.")
    db.session.rollback()
    answer: Any = client.get(f"/drafts/{file.draft.id}/versions/2/comments?lang=en")
    assert answer.status_code == 200 and "Unchanged: 1" in client.words and "row 4" in client.words
