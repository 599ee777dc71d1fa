"""What does the source say about itself? Parsed once for all laws."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "portal"


@dataclass(frozen=True)
class Module:
    """One file of the package."""

    path: Path
    tree: ast.Module
    lines: int

    @property
    def name(self) -> str:
        """portal.ledger.record"""
        parts = self.path.relative_to(ROOT).with_suffix("").parts
        return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)

    @property
    def feature(self) -> str:
        """ledger; empty for portal.app and the like."""
        parts = self.path.relative_to(PACKAGE).parts
        return parts[0] if len(parts) > 1 else ""

    @property
    def role(self) -> str:
        """The file's name within its feature, or the folder's when the file became one: actions, views, models ..."""
        parts = self.path.relative_to(PACKAGE).parts
        return Path(parts[1]).stem if len(parts) > 1 else Path(parts[0]).stem

    def imports(self) -> Iterator[tuple[str, int]]:
        """(module imported, line); `from a import b` yields a and a.b."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from ((alias.name, node.lineno) for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
                yield node.module, node.lineno
                yield from ((f"{node.module}.{alias.name}", node.lineno) for alias in node.names)

    def functions(self) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
        """Every function and method."""
        yield from (n for n in ast.walk(self.tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef))


@cache
def modules() -> tuple[Module, ...]:
    """Every Python file of the package."""
    return tuple(
        Module(path, ast.parse(text), text.count("\n") + 1)
        for path in sorted(PACKAGE.rglob("*.py"))
        for text in [path.read_text("utf-8")]
    )
