"""When and how does a changed text of a discussed draft become public?"""

from __future__ import annotations

from collections.abc import Collection

from portal.accounts.actor import AnyActor
from portal.consultation.policy import ensure_text_may_change
from portal.consultation.queries.drafts import DraftFile
from portal.drafts.actions.next_version import publish_next_version
from portal.drafts.models import Version


def publish_changed_version(actor: AnyActor, *, file: DraftFile, left_out: Collection[str] = ()) -> Version:
    """Publish the version being prepared after the discussion of the one before has closed.

    The consultation, its comments and votes stay with the version they were given on; their provisions are found in
    the new one by their keys. `left_out` are languages left out on purpose. Raises Refused at any other time.
    """
    ensure_text_may_change(file.phase, file.consultation.closes_on)
    return publish_next_version(actor, draft=file.draft, left_out=left_out)
