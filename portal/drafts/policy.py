"""Who may prepare, publish, withdraw and adopt a draft, and what must be there first?"""

from __future__ import annotations

from collections.abc import Collection

from portal.accounts.actor import AnyActor
from portal.drafts.models import Draft, Version
from portal.kernel.errors import Invalid, NotFound, Refused, TooLarge

LONGEST_TITLE = 2_000  # characters
LONGEST_TEXT = 200_000
AUTHENTIC = ("kk", "ru")  # Law "On legal acts", art. 24(3)


def ensure_edits(actor: AnyActor, body_id: int) -> None:
    """A draft is prepared by its own body."""
    if not actor.may("draft.edit") or not actor.acts_for(body_id):
        raise Refused("Only the body that drafts the act can change it.")


def ensure_reads_unpublished(actor: AnyActor, draft: Draft) -> None:
    """What is being prepared is seen by its own body and by auditors; for others it does not exist."""
    if draft.is_public or (actor.may("draft.read_unpublished") and actor.reads_for(draft.body_id)):
        return
    raise NotFound("There is no such draft.")


def ensure_titles(title_kk: str, title_ru: str) -> None:
    """A draft has a title in both authentic languages."""
    for value, field in ((title_kk, "title_kk"), (title_ru, "title_ru")):
        if not value:
            raise Invalid("Enter the title.", field=field)
        if len(value) > LONGEST_TITLE:
            raise TooLarge(
                "Your text must be %(max)s characters or fewer. It now has %(length)s.",
                field=field, max=LONGEST_TITLE, length=len(value),
            )  # fmt: skip


def ensure_changeable(version: Version) -> None:
    """A published text never changes; a changed draft is a new version."""
    if version.published_at is not None:
        raise Refused("This version is published and cannot be changed.")


def ensure_package(languages: Collection[str]) -> None:
    """Both authentic texts are there before the package is posted."""
    missing = [language for language in AUTHENTIC if language not in languages]
    if missing == ["kk"]:
        raise Refused("Upload the Kazakh text first: both texts are authentic.")
    if missing == ["ru"]:
        raise Refused("Upload the Russian text first: both texts are authentic.")
    if missing:
        raise Refused("Upload the Kazakh and the Russian text first: both are authentic.")


def ensure_withdraws(actor: AnyActor, draft: Draft, reason: str) -> None:
    """A public draft is withdrawn by its body with a public reason."""
    if not actor.may("draft.publish") or not actor.acts_for(draft.body_id):
        raise Refused("Only the body that drafts the act can withdraw it.")
    if not draft.is_public:
        raise Refused("The draft is not public yet.")
    if draft.withdrawn_at is not None:
        raise Refused("The draft was withdrawn already.")
    if draft.adopted_on is not None:
        raise Refused("The act is adopted; its draft can no longer be withdrawn.")
    if not reason:
        raise Invalid("Give the reason; it will be public.", field="reason")


def ensure_adopts(actor: AnyActor, draft: Draft, reference: str) -> None:
    """The body says when and as what the act was adopted."""
    if not actor.may("draft.publish") or not actor.acts_for(draft.body_id):
        raise Refused("Only the body that drafts the act can mark it adopted.")
    if not draft.is_public or draft.withdrawn_at is not None:
        raise Refused("Only a draft that stands can be marked adopted.")
    if not reference:
        raise Invalid("Enter the date and number of the adopted act.", field="reference")
