"""Under which name does an operator find all commands about drafts, whatever feature carries them out?

Importing a draft announces a discussion, which only `consultation` can do; it adds its command to this group.
"""

from __future__ import annotations

from pathlib import Path

from flask.cli import AppGroup

from portal.drafts.export_command import export_version
from portal.drafts.table_command import export_table
from portal.kernel.console import fail

LARGEST_FILE = 200 * 1024 * 1024

drafts = AppGroup("drafts", help="Look at, import and export drafts of legal acts.")
drafts.add_command(export_version)
drafts.add_command(export_table)


def read_file(path: Path) -> bytes:
    """The bytes of a file an operator named; ends the command with one line when it cannot be read."""
    try:
        if path.stat().st_size > LARGEST_FILE:
            fail(f"{path}: the file is larger than {LARGEST_FILE // 1024 // 1024} MB.")
        return path.read_bytes()
    except OSError as error:
        fail(f"{path}: {error.strerror or error}.")
