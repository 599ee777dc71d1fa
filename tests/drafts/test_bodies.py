"""Do bodies keep their past, stand in a tree without circles, and come from a table whole or not at all?"""

from __future__ import annotations

from datetime import date

import pytest

from portal.accounts.actor import OPERATOR
from portal.drafts.actions.bodies import (
    add_body,
    correct_body,
    dissolve_body,
    import_bodies,
    merge_body,
    move_body,
    rename_body,
    restore_body,
)
from portal.drafts.actions.drafts import DraftCard, create_draft
from portal.drafts.body_table import MOST_LINES, read_table
from portal.drafts.body_tree import walk_tree
from portal.drafts.models import Body
from portal.drafts.queries.bodies import (
    BodyFilter,
    find_body,
    find_successor,
    get_body,
    list_bodies,
    list_body_choices,
    list_tree,
    name_then,
    read_plan,
)
from portal.kernel.clock import today
from portal.kernel.db import db
from portal.kernel.errors import Conflict, Invalid, Refused, TooLarge, Unreadable
from portal.ledger.models import Entry
from tests.make import Maker
from tests.shared_data import shared

HEAD = "id\tparent_id\tname_ru\tname_kk\n"
DAY = date(2024, 3, 1)


def body(code: str, name: str = "Орган", parent: Body | None = None) -> Body:
    return add_body(OPERATOR, code=code, kind="other", names={"kk": f"{name} қ", "ru": name}, parent=parent)


def table(*lines: str) -> bytes:
    return (HEAD + "\n".join(lines)).encode()


def odd(data: bytes) -> list[tuple[int, str, bool]]:
    return [(each.line, each.code, each.is_left_out) for each in read_plan(data).oddities]


def kinds() -> list[str]:
    return list(db.session.scalars(db.select(Entry.kind).order_by(Entry.id)))


def test_a_renamed_body_is_called_what_it_was_called_then(make: Maker) -> None:
    found = body("tourism", "Министерство культуры и спорта")
    rename_body(OPERATOR, body=found, names={"kk": "Спорт", "ru": "Министерство спорта"}, on=DAY, reason="Указ № 1")
    rename_body(OPERATOR, body=found, names={"kk": "Спорт 2", "ru": "Агентство спорта"}, on=date(2025, 1, 1), reason="")
    names = [name_then(found, day, "ru") for day in (date(2024, 2, 29), DAY, date(2025, 1, 1))]
    assert [name.then for name in names] == ["Министерство культуры и спорта", "Министерство спорта", "Агентство спорта"]
    assert [name.now for name in names] == ["Агентство спорта", "Агентство спорта", ""]
    assert kinds()[-2:] == ["body-renamed", "body-renamed"]


@pytest.mark.parametrize("on", [date(2999, 1, 1), date(1889, 1, 1), DAY])
def test_a_day_of_renaming_is_after_the_last_and_not_tomorrow(make: Maker, on: date) -> None:
    found = body("tourism")
    rename_body(OPERATOR, body=found, names={"kk": "Б", "ru": "Б"}, on=DAY, reason="")
    with pytest.raises(Invalid) as refusal:
        rename_body(OPERATOR, body=found, names={"kk": "В", "ru": "В"}, on=on, reason="")
    assert refusal.value.field == "on"


def test_a_tree_has_no_circles(make: Maker) -> None:
    top = body("top")
    middle = body("middle", parent=top)
    low = body("low", parent=middle)
    for parent in (top, middle, low):
        with pytest.raises(Invalid):
            move_body(OPERATOR, body=top, parent=parent)
    move_body(OPERATOR, body=low, parent=top)
    assert [(node.body.code, node.depth) for node in walk_tree([top, middle, low], "ru")][0] == ("top", 0)
    assert low.parent_id == top.id


def test_a_circle_that_is_there_is_shown_at_the_top() -> None:
    bodies = [Body(id=1, parent_id=2, name_ru="А", name_kk=""), Body(id=2, parent_id=1, name_ru="Б", name_kk="")]
    assert sorted(node.body.id for node in walk_tree(bodies, "ru")) == [1, 2]


def test_a_merged_body_points_to_who_came_after_it(make: Maker) -> None:
    old, middle, new = body("old"), body("middle"), body("new", "Новый орган")
    child = body("child", parent=old)
    merge_body(OPERATOR, body=old, successor=middle, on=DAY, reason="Указ № 2")
    merge_body(OPERATOR, body=middle, successor=new, on=date(2025, 1, 1), reason="Указ № 3")
    db.session.refresh(child)
    assert find_successor(old) is new and child.parent_id == new.id
    assert name_then(old, date(2024, 1, 1), "ru").now == "Новый орган"
    with pytest.raises(Refused):
        create_draft(OPERATOR, body=old, card=DraftCard(1, {"kk": "Ж", "ru": "П"}))
    with pytest.raises(Refused):
        move_body(OPERATOR, body=old, parent=new)
    restore_body(OPERATOR, body=old)
    assert old.dissolved_on is None and kinds()[-1] == "body-restored"


def test_a_body_is_not_merged_into_its_own_part_nor_dissolved_over_others(make: Maker) -> None:
    top = body("top")
    low = body("low", parent=top)
    with pytest.raises(Invalid):
        merge_body(OPERATOR, body=top, successor=low, on=DAY, reason="x")
    with pytest.raises(Invalid):
        merge_body(OPERATOR, body=top, successor=top, on=DAY, reason="x")
    with pytest.raises(Refused):
        dissolve_body(OPERATOR, body=top, on=DAY, reason="x")
    with pytest.raises(Invalid):
        dissolve_body(OPERATOR, body=low, on=DAY, reason="")
    dissolve_body(OPERATOR, body=low, on=DAY, reason="x")
    assert low not in [node.body for node in list_tree(BodyFilter(), "ru")]
    assert low in [node.body for node in list_tree(BodyFilter(with_ended=True), "ru")]


@pytest.mark.parametrize("role", ["citizen", "drafter", "moderator", "auditor"])
def test_only_administrators_change_bodies(make: Maker, role: str) -> None:
    found, actor = body("somewhere"), make.actor(role)
    with pytest.raises(Refused):
        rename_body(actor, body=found, names={"kk": "Б", "ru": "Б"}, on=DAY, reason="")
    with pytest.raises(Refused):
        move_body(actor, body=found, parent=None)
    with pytest.raises(Refused):
        correct_body(actor, body=found, kind="other", names={"kk": "Б", "ru": "Б"})
    with pytest.raises(Refused):
        import_bodies(actor, plan=read_plan(table("1\tnull\tА\tА")))


def test_oddities_are_told_line_by_line(make: Maker) -> None:
    long = "А" * 401
    data = table(
        "1\tnull\tКомитет  А\tА комитеті", "1\tnull\tДругой\tБасқа", "x y\tnull\tБ\tБ1", "3\t99\tВ\tВ1", "4\t5\tГ\tГ1",
        "5\t4\tД\tД1", "6\tnull\tnull\tЕ", f"7\tnull\t{long}\tЖ", "8\tnull\tЗ\tnull", "9\tnull\tИ\tМaслихат 1", "10\tnull\tК",
        "11\tnull\tК «Л\tК1", "12\tnull\tКомитет А\tМ1", "а13\tnull\tН\tН1", "b14\tnull\tО\tО1", "15\t15\tП\tП1",
    )  # fmt: skip
    assert odd(data) == [
        (2, "white-space", False), (3, "duplicate-id", True), (4, "odd-id", True), (5, "missing-parent", False),
        (6, "cycle", False), (8, "no-name-ru", True), (9, "long-name", True), (10, "no-name-kk", False),
        (11, "mixed-scripts", False), (12, "columns", True), (13, "quotes", False), (14, "same-name", False),
        (15, "odd-id", True), (16, "id-not-number", False), (17, "cycle", False),
    ]  # fmt: skip
    import_bodies(OPERATOR, plan=read_plan(data))
    assert odd(data)[0] == (2, "white-space", False) and read_plan(data).added == read_plan(data).changed == ()


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", Invalid), (b"\x00\xff\x93" * 9000, Unreadable), (b"id\tname\n1\tx", Invalid), (b"\xff\xfe\x00", Unreadable),
        (HEAD.encode() + "Ж".encode("cp1251"), Unreadable), (b"id\tparent_id\tname_ru\tname_kk\n\0", Unreadable),
        (table(*(f"{n}\t\tА{n}\tБ{n}" for n in range(MOST_LINES + 1))), TooLarge), (b"x" * 6_000_000, TooLarge),
        (b'id,parent_id,name_ru,name_kk\n1,,"A', Unreadable),
    ],
    ids=["empty", "noise", "columns", "utf16", "cp1251", "nul", "lines", "bytes", "quote"],
)  # fmt: skip
def test_what_is_no_table_is_refused(data: bytes, error: type[Exception]) -> None:
    with pytest.raises(error):
        read_table(data)


def test_a_spreadsheet_with_semicolons_is_read() -> None:
    rows = read_table('id;parent_id;name_ru;name_kk\r\n1;;"А; Б";"Ә"\r\n'.encode()).rows
    assert [(row.name_ru, row.name_kk, row.parent) for row in rows] == [("А; Б", "Ә", None)]


def test_a_table_that_changed_renames_with_history_and_moves(make: Maker) -> None:
    hand = body("mf", "Министерство финансов Республики Казахстан")
    import_bodies(OPERATOR, plan=read_plan(table("1\tnull\tМинистерство финансов РК\tҚР ҚМ", "2\t1\tКомитет\tnull")))
    assert hand.external_id == "1" and hand.name_ru == "Министерство финансов Республики Казахстан"
    child = find_body("body-2")
    assert child is not None and child.parent_id == hand.id and child.name("kk") == "Комитет"
    plan = read_plan(table("1\tnull\tМинистерство финансов РК\tҚР ҚМ", "2\tnull\tКазначейство\tҚазынашылық"))
    assert [change.what for change in plan.changed] == [("name", "parent")]
    import_bodies(OPERATOR, plan=plan)
    assert child.parent_id is None and name_then(child, date(2020, 1, 1), "ru").then == "Комитет"


def test_a_plan_that_no_longer_holds_is_refused(make: Maker) -> None:
    plan = read_plan(table("1\tnull\tА\tА1"))
    import_bodies(OPERATOR, plan=plan)
    with pytest.raises(Conflict):
        import_bodies(OPERATOR, plan=plan)


def test_the_bodies_of_the_present_portal_become_a_tree(make: Maker) -> None:
    data = shared("data/legalacts/bodies.tsv").read_bytes()
    plan = read_plan(data)
    assert import_bodies(OPERATOR, plan=plan) == 171 and len(list_bodies()) == 171
    assert kinds().count("body-imported") == 171
    again = read_plan(data)
    assert (again.added, again.changed, again.unchanged) == ((), (), 171)
    nodes = list_tree(BodyFilter(), "ru")
    assert len(nodes) == 171 and max(node.depth for node in nodes) == 2
    region = next(node for node in nodes if node.body.external_id == "7031")
    assert get_body(region.body.id).name("kk") == "Ақмола облысы" and region.children == 31
    found = list_tree(BodyFilter("маслихат кокшетау"), "kk")
    assert [node.body.external_id for node in found] == ["14174154"]


def test_choices_show_the_tree_and_former_names_are_found(make: Maker) -> None:
    ministry = make.body("ministry")
    under = add_body(OPERATOR, code="committee", kind="committee", names={"kk": "Комитет", "ru": "Комитет дорог", "en": ""}, parent=ministry)
    rename_body(OPERATOR, body=ministry, names={"kk": "Жаңа", "ru": "Новое имя", "en": ""}, on=today(), reason="")
    make.commit()
    assert list_body_choices("ru") == [(str(ministry.id), "Новое имя"), (str(under.id), "\u2003Комитет дорог")]
    assert [code for code, _ in list_body_choices("ru", by_code=True)] == ["ministry", "committee"]
    assert [node.body.id for node in list_tree(BodyFilter("министерство транспорта"), "ru")] == [ministry.id]
