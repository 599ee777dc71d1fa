"""Does every public action take an actor first, the rest by name, ask a policy and record once?"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tests.law.source import Module, modules

# what an operator's bulk command records is many entries at once, through `record_many`
RECORDERS = {"record", "record_many", "_record_vote", "_log"}


def _actions() -> Iterator[tuple[Module, ast.FunctionDef]]:
    for module in modules():
        if module.role != "actions" or module.feature in {"demo"}:
            continue
        for node in module.tree.body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                if node.args.args and node.args.args[0].arg == "actor":
                    yield module, node


def _calls(function: ast.FunctionDef) -> list[str]:
    return [
        node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        for node in ast.walk(function)
        if isinstance(node, ast.Call)
    ]


def test_there_are_actions() -> None:
    assert len(list(_actions())) > 20


def test_public_functions_of_actions_take_the_actor_first_or_are_named_as_what_they_are() -> None:
    helpers = [
        f"{module.name}.{node.name}"
        for module in modules()
        if module.role == "actions" and module.feature not in {"demo"}
        for node in module.tree.body
        if isinstance(node, ast.FunctionDef)
        and not node.name.startswith("_")
        and not (node.args.args and node.args.args[0].arg == "actor")
        and any(name in RECORDERS for name in _calls(node))
    ]
    assert not helpers, "\n".join(helpers)


def test_all_but_the_actor_is_given_by_name() -> None:
    wrong = [f"{module.name}.{node.name}" for module, node in _actions() if len(node.args.args) != 1]
    assert not wrong, "\n".join(wrong)


def test_every_action_asks_a_policy() -> None:
    wrong = [
        f"{module.name}.{node.name}"
        for module, node in _actions()
        if not any(
            name.startswith(("ensure_", "_ensure_")) or name in {"note_opening", "note_closing", "Refused"}
            for name in _calls(node)
        )
    ]
    assert not wrong, "\n".join(wrong)


def test_every_action_records() -> None:
    names = {node.name for _, node in _actions()}
    wrong = [
        f"{module.name}.{node.name}"
        for module, node in _actions()
        if not (set(_calls(node)) & (RECORDERS | (names - {node.name})))
    ]
    assert not wrong, "\n".join(wrong)
