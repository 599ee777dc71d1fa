"""Is every file and function small enough to read, annotated, documented and in a room with a name?"""

from __future__ import annotations

import ast

from tests.law.source import modules

LONGEST_FILE = 400
LONGEST_FUNCTION = 40
LONGEST_APP = 130
NO_ROOMS = {"utils", "helpers", "common", "misc", "base", "manager", "util", "helper"}


def test_files_are_short() -> None:
    long = [f"{m.name}: {m.lines} lines" for m in modules() if m.lines > LONGEST_FILE]
    long += [f"{m.name}: {m.lines} lines" for m in modules() if m.name == "portal.app" and m.lines > LONGEST_APP]
    assert not long, "\n".join(long)


def test_functions_are_short() -> None:
    long = [
        f"{module.name}.{function.name}: {size} lines"
        for module in modules()
        for function in module.functions()
        if (size := (function.end_lineno or 0) - function.lineno + 1) > LONGEST_FUNCTION
    ]
    assert not long, "\n".join(long)


def test_every_module_says_which_question_it_answers() -> None:
    silent = [m.name for m in modules() if not (ast.get_docstring(m.tree) or "").strip()]
    assert not silent, "\n".join(silent)


def test_everything_is_annotated() -> None:
    bare = [
        f"{module.name}.{function.name}"
        for module in modules()
        for function in module.functions()
        if function.returns is None
        or any(
            argument.annotation is None
            for argument in [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]
            if argument.arg not in {"self", "cls"}
        )
    ]
    assert not bare, "\n".join(bare)


def test_imports_stand_at_the_top() -> None:
    inside = [
        f"{module.name}.{function.name}: line {node.lineno}"
        for module in modules()
        for function in module.functions()
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert not inside, "\n".join(inside)


def test_no_room_is_a_drawer_for_everything() -> None:
    drawers = [m.name for m in modules() if set(m.name.split(".")) & NO_ROOMS]
    assert not drawers, "\n".join(drawers)
