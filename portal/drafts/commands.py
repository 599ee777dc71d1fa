"""Under which name does an operator find all commands about drafts, whatever feature carries them out?

Importing a draft announces a discussion, which only `consultation` can do; it adds its command to this group.
"""

from __future__ import annotations

from flask.cli import AppGroup

drafts = AppGroup("drafts", help="Look at and import drafts of legal acts.")
