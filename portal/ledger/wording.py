"""In which plain words does the public record say what happened, and to what?"""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.ledger.kinds import Kind

GROUPS = (
    (
        _l("Comments and votes"),
        {
            Kind.COMMENT_POSTED: _l("Comment published"),
            Kind.COMMENT_EDITED: _l("Comment edited"),
            Kind.COMMENT_WITHDRAWN: _l("Comment withdrawn by its author"),
            Kind.COMMENT_IMPORTED: _l("Comment carried over from another system"),
            Kind.COMMENT_HIDDEN: _l("Comment hidden by a moderator"),
            Kind.COMMENT_RESTORED: _l("Comment shown again"),
            Kind.COMMENT_REPORTED: _l("Complaint about a comment registered"),
            Kind.COMMENT_FLAGS_DISMISSED: _l("Comment found to keep to the rules"),
            Kind.DRAFT_VOTED: _l("Vote on a draft cast"),
            Kind.DRAFT_VOTE_WITHDRAWN: _l("Vote on a draft taken back"),
            Kind.COMMENT_VOTED: _l("Vote on a comment cast"),
            Kind.COMMENT_VOTE_WITHDRAWN: _l("Vote on a comment taken back"),
        },
    ),
    (
        _l("Answers and reports"),
        {
            Kind.REPLY_POSTED: _l("Official answer published"),
            Kind.REPLY_EDITED: _l("Official answer changed"),
            Kind.REPORT_GENERATED: _l("Report prepared"),
            Kind.REPORT_PUBLISHED: _l("Report published"),
        },
    ),
    (
        _l("Drafts and discussions"),
        {
            Kind.DRAFT_CREATED: _l("Draft created"),
            Kind.DRAFT_EDITED: _l("Details of the draft changed"),
            Kind.DRAFT_DELETED: _l("Draft deleted before publication"),
            Kind.GATE_OVERRIDDEN: _l("Discussion allowed without a required part"),
            Kind.TEXT_UPLOADED: _l("Text of the draft uploaded"),
            Kind.STRUCTURE_EDITED: _l("Structure of the text corrected"),
            Kind.STRUCTURE_EDIT_UNDONE: _l("Correction of the structure undone"),
            Kind.STRUCTURE_EDIT_REDONE: _l("Correction of the structure done again"),
            Kind.STRUCTURE_RESET: _l("Structure of the text set back to what was recognised"),
            Kind.DIFFERENCES_ACKNOWLEDGED: _l("Differences between the Kazakh and the Russian text acknowledged"),
            Kind.ACKNOWLEDGEMENT_WITHDRAWN: _l("Acknowledgement of differences withdrawn"),
            Kind.ATTACHMENT_ADDED: _l("Document attached"),
            Kind.ATTACHMENT_REMOVED: _l("Attached document removed"),
            Kind.VERSION_STARTED: _l("New version of the draft begun"),
            Kind.VERSION_DESCRIBED: _l("What a version changes described"),
            Kind.VERSION_DISCARDED: _l("Version being prepared discarded"),
            Kind.TEXT_CARRIED: _l("Text carried over unchanged into a new version"),
            Kind.COMPARATIVE_TABLE_BUILT: _l("Comparative table built"),
            Kind.COMPARATIVE_TABLE_REMOVED: _l("Comparative table removed"),
            Kind.COMPARATIVE_ROW_EDITED: _l("Row of the comparative table edited"),
            Kind.COMPARATIVE_ROW_ADDED: _l("Row added to the comparative table"),
            Kind.COMPARATIVE_ROW_REMOVED: _l("Row removed from the comparative table"),
            Kind.COMPARATIVE_ROW_MOVED: _l("Row of the comparative table moved"),
            Kind.VERSION_PUBLISHED: _l("Version of the draft published"),
            Kind.DRAFT_WITHDRAWN: _l("Draft withdrawn"),
            Kind.DRAFT_ADOPTED: _l("Draft adopted"),
            Kind.DRAFT_LINKED: _l("Draft linked to an earlier one"),
            Kind.DRAFT_UNLINKED: _l("Link to an earlier draft removed"),
            Kind.DOCUMENT_WAIVED: _l("Stated that no consultative document was needed"),
            Kind.ADOPTED_ACT_LINKED: _l("Address of the adopted act’s official publication given"),
            Kind.ADOPTED_TEXT_UPLOADED: _l("Text of the adopted act uploaded"),
            Kind.ADOPTED_TEXT_PUBLISHED: _l("Text of the adopted act published"),
            Kind.CONSULTATION_ANNOUNCED: _l("Public discussion announced"),
            Kind.CONSULTATION_OPENED: _l("Public discussion opened"),
            Kind.CONSULTATION_CLOSED: _l("Public discussion ended"),
            Kind.CONSULTATION_EXTENDED: _l("Public discussion extended"),
            Kind.CONSULTATION_POSTPONED: _l("Beginning of the public discussion postponed"),
            Kind.CLOCKS_MOVED: _l("Terms moved by a changed rule or calendar"),
            Kind.OPINION_REQUESTED: _l("Opinion on the draft requested"),
            Kind.OPINION_RECORDED: _l("Opinion on the draft received"),
            Kind.OPINION_REMOVED: _l("Request for an opinion removed before publication"),
        },
    ),
    (
        _l("Accounts and settings"),
        {
            Kind.ACCOUNT_REGISTERED: _l("Account registered"),
            Kind.ACCOUNT_EDITED: _l("Account changed by its owner"),
            Kind.ADDRESS_CONFIRMATION_REQUESTED: _l("Confirmation of an e-mail address requested"),
            Kind.ADDRESS_CONFIRMED: _l("E-mail address confirmed"),
            Kind.PASSWORD_RESET_REQUESTED: _l("Password reset requested"),
            Kind.PASSWORD_CHANGED: _l("Password changed"),
            Kind.ROLE_CHANGED: _l("Role changed"),
            Kind.PEOPLE_MOVED: _l("Accounts of a body moved to its successor"),
            Kind.SEARCH_SAVED: _l("Search kept for letters about new results"),
            Kind.SEARCH_EDITED: _l("Kept search changed"),
            Kind.SEARCH_REMOVED: _l("Kept search removed"),
            Kind.ACCOUNT_BLOCKED: _l("Account blocked"),
            Kind.ACCOUNT_UNBLOCKED: _l("Account unblocked"),
            Kind.BODY_SAVED: _l("State body saved"),
            Kind.ACT_TYPE_SAVED: _l("Type of act saved"),
            Kind.OPINION_CHANNEL_SAVED: _l("Channel of opinions saved"),
            Kind.HOLIDAY_SAVED: _l("Day off saved in the calendar"),
            Kind.HOLIDAY_REMOVED: _l("Moved day taken out of the calendar"),
            Kind.AREA_SAVED: _l("Policy area saved"),
            Kind.BODY_CORRECTED: _l("Name of a state body corrected"),
            Kind.BODY_RENAMED: _l("State body renamed"),
            Kind.BODY_MOVED: _l("State body placed under another"),
            Kind.BODY_MERGED: _l("State body merged into another"),
            Kind.BODY_DISSOLVED: _l("State body dissolved"),
            Kind.BODY_RESTORED: _l("State body restored"),
            Kind.BODY_IMPORTED: _l("State body taken from a table"),
        },
    ),
)
WORDS = {kind: words for _name, kinds in GROUPS for kind, words in kinds.items()}

SUBJECTS = {
    "user": _l("account No %(id)s"),
    "request": _l("request %(id)s"),
    "body": _l("state body %(id)s"),
    "act-type": _l("type of act %(id)s"),
    "day": _l("day %(id)s"),
    "area": _l("policy area %(id)s"),
    "draft": _l("draft No %(id)s"),
    "version": _l("text No %(id)s"),
    "attachment": _l("document No %(id)s"),
    "opinion": _l("opinion No %(id)s"),
    "opinion-channel": _l("channel of opinions No %(id)s"),
    "consultation": _l("discussion No %(id)s"),
    "comment": _l("comment No %(id)s"),
    "reply": _l("answer No %(id)s"),
    "report": _l("report No %(id)s"),
    "search": _l("kept search No %(id)s"),
}


def what_happened(kind: str) -> str:
    """A kind in the reader's language; a kind nobody knows stays as it is written."""
    return str(WORDS.get(kind, kind))  # type: ignore[call-overload]


def about_what(subject: str) -> str:
    """A subject such as `comment:17` in the reader's language."""
    what, _colon, identity = subject.partition(":")
    words = SUBJECTS.get(what)
    return str(words) % {"id": identity} if words is not None else subject


def kind_choices() -> dict[str, list[tuple[str, str]]]:
    """All kinds in groups, as a select field takes them; the empty one is for all."""
    everything = _("All entries")
    choices = {everything: [("", everything)]}
    for name, kinds in GROUPS:
        choices[str(name)] = [(kind.value, str(words)) for kind, words in kinds.items()]
    return choices
