"""Who may open and send what? Every endpoint of the portal with the permission it asks for, read and agreed line by line.

A line that changes here changes who may do something: `portal/accounts/roles.py` says which roles have a permission.
"""

from __future__ import annotations

EVERYBODY = "everybody"

ACCESS: dict[str, dict[str, str]] = {
    "web": {
        "components": EVERYBODY,  # not in production
        "healthz": EVERYBODY,
    },
    "ledger": {
        # the record is public: that is its point
        "consistency": EVERYBODY,
        "entries": EVERYBODY,
        "entry": EVERYBODY,
        "head": EVERYBODY,
        "log": EVERYBODY,
        "receipt": EVERYBODY,
        "receipt_file": EVERYBODY,
        "receipts": EVERYBODY,
    },
    "accounts": {
        # nobody is signed in yet
        "confirm": EVERYBODY,
        "forgot_password": EVERYBODY,
        "new_password": EVERYBODY,
        "register": EVERYBODY,
        "registered": EVERYBODY,
        "reset_requested": EVERYBODY,
        "send_confirmation": EVERYBODY,
        "send_forgot_password": EVERYBODY,
        "send_new_password": EVERYBODY,
        "send_registration": EVERYBODY,
        "send_sign_in": EVERYBODY,
        "sign_in": EVERYBODY,
        "sign_out": EVERYBODY,
        # one's own account
        "account": "account.use",
        "password": "account.use",
        "send_account": "account.use",
        "send_confirmation_again": "account.use",
        "send_password": "account.use",
        # other people's
        "people": "admin.read",
        "person": "admin.read",
        "send_block": "people.manage",
        "send_role": "people.manage",
        "send_unblock": "people.manage",
    },
    "drafts": {
        "desk": "desk.open",
        # what is being prepared is read by its body and by auditors
        "attachment": "draft.read_unpublished",
        "card": "draft.read_unpublished",
        "overview": "draft.read_unpublished",
        "package": "draft.read_unpublished",
        "preview": "draft.read_unpublished",
        "source": "draft.read_unpublished",
        "text": "draft.read_unpublished",
        # and changed by its body
        "attach": "draft.edit",
        "create": "draft.edit",
        "detach": "draft.edit",
        "new": "draft.edit",
        "save_card": "draft.edit",
        "save_note": "draft.edit",
        "upload": "draft.edit",
    },
    "consultation": {
        # what is published
        "attachment": EVERYBODY,
        "comment": EVERYBODY,
        "comments": EVERYBODY,
        "draft": EVERYBODY,
        "drafts": EVERYBODY,
        "moderation_log": EVERYBODY,
        "print_draft": EVERYBODY,
        "text_file": EVERYBODY,
        "version": EVERYBODY,
        # taking part
        "answer_comment": "comment.post",
        "edit": "comment.post",
        "my_comments": "account.use",
        "new_comment": "comment.post",
        "report_comment": "comment.report",
        "send_answer": "comment.post",
        "send_comment": "comment.post",
        "send_edit": "comment.post",
        "send_report": "comment.report",
        "send_withdraw": "comment.post",
        "vote_comment": "comment.vote",
        "vote_draft": "draft.vote",
        "withdraw": "comment.post",
        # the desk
        "adopt_draft": "draft.publish",
        "adopt_draft_form": "draft.publish",
        "announce": "draft.publish",
        "desk_drafts": "desk.open",
        "draft_inbox": "inbox.read",
        "inbox": "inbox.read",
        "open_consultation": "draft.publish",
        "reply": "reply.post",
        "reply_desk": "inbox.read",
        "withdraw_draft_for_good": "draft.publish",
        "withdraw_draft_form": "draft.publish",
        # order
        "hide_comment": "comment.hide",
        "keep_comment": "comment.hide",
        "moderation_queue": "moderation.read",
        "send_hide": "comment.hide",
        "send_show": "comment.hide",
        "show_comment": "comment.hide",
    },
    "search": {
        "search": EVERYBODY,
    },
    "notifications": {
        # opened from a letter, by whoever holds its token
        "send_stop": EVERYBODY,
        "stop": EVERYBODY,
    },
    "reports": {
        "bodies": EVERYBODY,
        "body": EVERYBODY,
        "report": EVERYBODY,
        "report_docx": EVERYBODY,
        "report_json": EVERYBODY,
        "reports": EVERYBODY,
        "desk_report": "report.read_unpublished",
        "desk_report_docx": "report.read_unpublished",
        "desk_reports": "report.read_unpublished",
        "make_report": "report.generate",
        "publish": "report.publish",
    },
    "home": {
        "home": EVERYBODY,
        "robots": EVERYBODY,
        "standing_page": EVERYBODY,
    },
}  # fmt: skip

DECLARED = {f"{feature}.{view}": permission for feature, views in ACCESS.items() for view, permission in views.items()}
