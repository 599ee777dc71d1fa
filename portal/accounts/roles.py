"""Which roles are there, and what may each do? One table; views and policies ask nothing else.

A permission is "noun.verb". Conditions on a particular thing (own body, own comment, open window) are
the policies' matter; here stands only who may ever do it.
"""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """What a person is on the portal; one each."""

    citizen = "citizen"
    drafter = "drafter"
    moderator = "moderator"
    administrator = "administrator"
    auditor = "auditor"


_EVERY_ROLE = frozenset(Role)
_CITIZENS = frozenset({Role.citizen, Role.moderator, Role.administrator})
_DRAFTERS = frozenset({Role.drafter, Role.administrator})
_DESK_READERS = _DRAFTERS | {Role.auditor}

PERMISSIONS: dict[str, frozenset[Role]] = {
    # one's own account
    "account.use": _EVERY_ROLE,
    # taking part: a drafter speaks through replies, an auditor changes nothing
    "comment.post": _CITIZENS,
    "comment.report": _CITIZENS | {Role.drafter},
    "comment.vote": _CITIZENS,
    "draft.vote": _CITIZENS,
    # the desk of an agency
    "desk.open": _DESK_READERS,
    "draft.read_unpublished": _DESK_READERS,
    "draft.edit": _DRAFTERS,
    "draft.publish": _DRAFTERS,
    "inbox.read": _DESK_READERS,
    "reply.post": _DRAFTERS,
    "report.read_unpublished": _DESK_READERS,
    "report.generate": _DRAFTERS,
    "report.publish": _DRAFTERS,
    # order
    "moderation.read": frozenset({Role.moderator, Role.administrator, Role.auditor}),
    "comment.hide": frozenset({Role.moderator, Role.administrator}),
    # administration
    "admin.read": frozenset({Role.administrator, Role.auditor}),
    "people.manage": frozenset({Role.administrator}),
    "search.rebuild": frozenset({Role.administrator}),
    "reference.manage": frozenset({Role.administrator}),
    "gate.override": frozenset({Role.administrator}),
}


def role_may(role: Role, permission: str) -> bool:
    """Does the table give a role the permission? An unknown permission is a programming error (KeyError)."""
    return role in PERMISSIONS[permission]
