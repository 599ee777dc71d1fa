"""How does a person vote on a draft or a comment?"""

from __future__ import annotations

from typing import Any

from flask import flash, g, redirect, request, url_for
from flask_babel import gettext as _

from portal.consultation.actions.votes import vote_on_comment, vote_on_draft
from portal.consultation.queries.comments import get_comment
from portal.consultation.queries.drafts import get_file
from portal.consultation.views.addresses import onward
from portal.consultation.views.blueprint import blueprint
from portal.consultation.views.posting import receipt_words
from portal.kernel.errors import Invalid
from portal.ledger.models import Entry
from portal.web.access import access
from portal.web.limits import VOTING, limit

VALUES = {"1": 1, "0": 0, "-1": -1, "": None}


@blueprint.post("/drafts/<int:draft_id>/vote")
@access("draft.vote")
@limit(VOTING)
def vote_draft(draft_id: int) -> Any:
    """Vote for (1) or against (-1), or take the vote back (empty)."""
    value = _value()
    _tell(vote_on_draft(g.actor, file=get_file(draft_id), value=value), value)
    return redirect(onward(url_for("consultation.draft", draft_id=draft_id)))


@blueprint.post("/comments/<int:comment_id>/vote")
@access("comment.vote")
@limit(VOTING)
def vote_comment(comment_id: int) -> Any:
    """Agree (1), disagree (-1), pass (0), or take the vote back (empty)."""
    found, value = get_comment(comment_id), _value()
    _tell(vote_on_comment(g.actor, file=get_file(found.draft_id), comment=found, value=value), value)
    return redirect(onward(url_for("consultation.comment", comment_id=comment_id), f"comment-{comment_id}"))


def _value() -> int | None:
    value = request.form.get("value")
    if value not in VALUES:
        raise Invalid("Choose a vote from the list.")
    return VALUES[value]


def _tell(entry: Entry | None, value: int | None) -> None:
    if entry is None:
        return
    receipt = receipt_words(entry)
    if receipt is None:
        flash(_("Your vote is taken back.") if value is None else _("Your vote is counted."), "success")
    elif value is None:
        flash(_("Your vote is taken back. Entry No %(number)s, receipt %(code)s.", **receipt), "success")
    else:
        flash(_("Your vote is counted. Entry No %(number)s, receipt %(code)s.", **receipt), "success")
