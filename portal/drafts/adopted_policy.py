"""What may be said of an adopted act, by whom, and when is its text final?"""

from __future__ import annotations

import re
from collections.abc import Collection
from urllib.parse import urlsplit

from portal.accounts.actor import AnyActor
from portal.drafts.models import AdoptedAct, Draft
from portal.drafts.policy import AUTHENTIC, ensure_package
from portal.drafts.words import PartNames
from portal.kernel.errors import Invalid, Refused, TooLarge

LONGEST_URL = 500
_UNFIT = re.compile(r"[\s\x00-\x1f\x7f\\<>\"]")
_HOST = re.compile(r"[^\W_]([\w-]*[^\W_])?(\.[^\W_]([\w-]*[^\W_])?)+")


def ensure_describes_act(actor: AnyActor, draft: Draft) -> None:
    """The body tells about the act once it has marked its draft adopted."""
    if not actor.may("draft.publish") or not actor.acts_for(draft.body_id):
        raise Refused("Only the body that drafts the act can tell about the adopted act.")
    if draft.adopted_on is None:
        raise Refused("Mark the draft adopted first.")


def ensure_official_url(url: str) -> None:
    """A page of the web, without anybody's name or password in its address; readers follow it from here."""
    if len(url) > LONGEST_URL:
        raise TooLarge("An address has %(max)s characters at most.", field="url", max=LONGEST_URL)
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        parts, port = urlsplit(""), None
    is_web = parts.scheme in {"http", "https"} and _HOST.fullmatch(parts.hostname or "") is not None
    if _UNFIT.search(url) or not is_web or port == 0:
        raise Invalid("Enter the full address of a page. It begins with https://", field="url")
    if parts.username is not None or parts.password is not None:
        raise Invalid("Enter an address without a user name and password.", field="url")


def ensure_text_is_open(act: AdoptedAct | None) -> None:
    """A published text never changes."""
    if act is not None and act.published_at is not None:
        raise Refused("The text of the adopted act is published and cannot be changed.")


def ensure_adopted_texts(drafted: Collection[str], adopted: Collection[str]) -> None:
    """Each authentic language the draft was discussed in is there; one at least."""
    missing = [f"text-{language}" for language in AUTHENTIC if language in drafted and language not in adopted]
    ensure_package(missing, PartNames(missing))
    if not adopted:
        raise Refused("Upload a text first.")
