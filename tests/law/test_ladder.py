"""Do imports go down the ladder only, and keep out of other features' doors?"""

from __future__ import annotations

from portal.ladder import LADDER
from tests.law.source import Module, modules

CLOSED = {"views", "forms", "follow", "cli"}
# a form is an input of its own feature; these files are what every feature stands on
OPEN_EVERYWHERE = {"web", "kernel"}


def _target(name: str) -> tuple[str, str]:
    parts = name.split(".")
    return (parts[1] if len(parts) > 1 else "", parts[2] if len(parts) > 2 else "")


def _portal_imports(module: Module) -> list[tuple[str, str, int]]:
    return [(*_target(name), line) for name, line in module.imports() if name.startswith("portal.")]


def test_every_folder_of_the_package_stands_on_the_ladder() -> None:
    folders = {module.feature for module in modules()} - {""}
    assert folders == set(LADDER)


def test_imports_go_down_the_ladder() -> None:
    place = {name: number for number, name in enumerate(LADDER)}
    wrong = [
        f"{module.name}:{line} imports {feature}, which stands above {module.feature}"
        for module in modules()
        if module.feature
        for feature, _, line in _portal_imports(module)
        if feature in place and place[feature] > place[module.feature]
    ]
    assert not wrong, "\n".join(sorted(set(wrong)))


def test_nobody_enters_another_feature_by_its_views_forms_follow_or_cli() -> None:
    wrong = [
        f"{module.name}:{line} imports {feature}.{file}"
        for module in modules()
        if module.feature
        for feature, file, line in _portal_imports(module)
        if feature != module.feature and file in CLOSED and feature not in OPEN_EVERYWHERE
    ]
    # the demonstration's `start` ends in `serve`; operator commands may go on to one another
    wrong = [line for line in wrong if not line.startswith("portal.demo.cli")]
    assert not wrong, "\n".join(sorted(set(wrong)))


def test_pure_features_know_no_framework() -> None:
    wrong = [
        f"{module.name}:{line} imports {name}"
        for module in modules()
        if module.feature == "language"
        for name, line in module.imports()
        if name.split(".")[0] in {"flask", "sqlalchemy", "flask_sqlalchemy", "os", "pathlib", "io"}
    ]
    assert not wrong, "\n".join(wrong)


def test_policies_ask_neither_database_nor_http() -> None:
    wrong = [
        f"{module.name}:{line} imports {name}"
        for module in modules()
        if module.role == "policy"
        for name, line in module.imports()
        if name.split(".")[0] in {"flask", "sqlalchemy"} or name in {"portal.kernel.db", "portal.kernel.db.db"}
    ]
    assert not wrong, "\n".join(wrong)


def test_views_send_no_queries_and_actions_never_commit() -> None:
    wrong = []
    for module in modules():
        text = module.path.read_text("utf-8")
        if module.role == "views" and module.feature != "web" and "db.session" in text:
            wrong.append(f"{module.name} uses db.session: put the query in queries.py")
        if module.role in {"actions", "queries", "policy"} and ".commit()" in text:
            wrong.append(f"{module.name} commits: the request does")
    assert not wrong, "\n".join(wrong)


def test_there_are_no_rings_of_imports() -> None:
    known = {module.name for module in modules()}
    graph = {
        module.name: {name for name, _ in module.imports() if name in known and name != module.name} for module in modules()
    }
    done: set[str] = set()
    for start in graph:
        _walk(start, graph, [], done)


def _walk(name: str, graph: dict[str, set[str]], path: list[str], done: set[str]) -> None:
    assert name not in path, "ring: " + " → ".join([*path[path.index(name) :], name])
    if name in done:
        return
    for target in sorted(graph[name]):
        # a package that gathers its own parts is not a ring
        if not name.startswith(target + "."):
            _walk(target, graph, [*path, name], done)
    done.add(name)
