"""Which acts does the ledger know?

One kind per public action, noun + participle. The value is written into the leaves of the tree, so a name
once used is a promise: add kinds, never rename or remove one.
"""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """What happened."""

    ACCOUNT_REGISTERED = "account-registered"
    ADDRESS_CONFIRMATION_REQUESTED = "address-confirmation-requested"
    ADDRESS_CONFIRMED = "address-confirmed"
    PASSWORD_RESET_REQUESTED = "password-reset-requested"
    PASSWORD_CHANGED = "password-changed"
    ROLE_CHANGED = "role-changed"
    PEOPLE_MOVED = "people-moved"
    ACCOUNT_BLOCKED = "account-blocked"
    ACCOUNT_UNBLOCKED = "account-unblocked"
    ACCOUNT_EDITED = "account-edited"

    BODY_SAVED = "body-saved"
    ACT_TYPE_SAVED = "act-type-saved"
    HOLIDAY_SAVED = "holiday-saved"
    HOLIDAY_REMOVED = "holiday-removed"
    AREA_SAVED = "area-saved"
    BODY_CORRECTED = "body-corrected"
    BODY_RENAMED = "body-renamed"
    BODY_MOVED = "body-moved"
    BODY_MERGED = "body-merged"
    BODY_DISSOLVED = "body-dissolved"
    BODY_RESTORED = "body-restored"
    BODY_IMPORTED = "body-imported"

    DRAFT_CREATED = "draft-created"
    DRAFT_EDITED = "draft-edited"
    DRAFT_DELETED = "draft-deleted"
    GATE_OVERRIDDEN = "gate-overridden"
    TEXT_UPLOADED = "text-uploaded"
    STRUCTURE_EDITED = "structure-edited"
    STRUCTURE_EDIT_UNDONE = "structure-edit-undone"
    STRUCTURE_EDIT_REDONE = "structure-edit-redone"
    STRUCTURE_RESET = "structure-reset"
    DIFFERENCES_ACKNOWLEDGED = "differences-acknowledged"
    ACKNOWLEDGEMENT_WITHDRAWN = "acknowledgement-withdrawn"
    ATTACHMENT_ADDED = "attachment-added"
    ATTACHMENT_REMOVED = "attachment-removed"
    VERSION_STARTED = "version-started"
    VERSION_DESCRIBED = "version-described"
    VERSION_DISCARDED = "version-discarded"
    TEXT_CARRIED = "text-carried"
    COMPARATIVE_TABLE_BUILT = "comparative-table-built"
    COMPARATIVE_TABLE_REMOVED = "comparative-table-removed"
    COMPARATIVE_ROW_EDITED = "comparative-row-edited"
    COMPARATIVE_ROW_ADDED = "comparative-row-added"
    COMPARATIVE_ROW_REMOVED = "comparative-row-removed"
    COMPARATIVE_ROW_MOVED = "comparative-row-moved"
    VERSION_PUBLISHED = "version-published"
    DRAFT_WITHDRAWN = "draft-withdrawn"
    DRAFT_ADOPTED = "draft-adopted"
    DRAFT_LINKED = "draft-linked"
    DRAFT_UNLINKED = "draft-unlinked"
    ADOPTED_ACT_LINKED = "adopted-act-linked"
    ADOPTED_TEXT_UPLOADED = "adopted-text-uploaded"
    ADOPTED_TEXT_PUBLISHED = "adopted-text-published"

    CONSULTATION_ANNOUNCED = "consultation-announced"
    CONSULTATION_OPENED = "consultation-opened"
    CONSULTATION_CLOSED = "consultation-closed"
    CONSULTATION_EXTENDED = "consultation-extended"
    CONSULTATION_POSTPONED = "consultation-postponed"
    CLOCKS_MOVED = "clocks-moved"
    OPINION_REQUESTED = "opinion-requested"
    OPINION_RECORDED = "opinion-recorded"
    OPINION_REMOVED = "opinion-removed"
    OPINION_CHANNEL_SAVED = "opinion-channel-saved"

    COMMENT_POSTED = "comment-posted"
    COMMENT_EDITED = "comment-edited"
    COMMENT_WITHDRAWN = "comment-withdrawn"
    COMMENT_IMPORTED = "comment-imported"
    COMMENT_HIDDEN = "comment-hidden"
    COMMENT_RESTORED = "comment-restored"
    COMMENT_REPORTED = "comment-reported"
    COMMENT_FLAGS_DISMISSED = "comment-flags-dismissed"

    DRAFT_VOTED = "draft-voted"
    DRAFT_VOTE_WITHDRAWN = "draft-vote-withdrawn"
    COMMENT_VOTED = "comment-voted"
    COMMENT_VOTE_WITHDRAWN = "comment-vote-withdrawn"

    REPLY_POSTED = "reply-posted"
    REPLY_EDITED = "reply-edited"

    REPORT_GENERATED = "report-generated"
    REPORT_PUBLISHED = "report-published"

    SEARCH_SAVED = "search-saved"
    SEARCH_EDITED = "search-edited"
    SEARCH_REMOVED = "search-removed"
