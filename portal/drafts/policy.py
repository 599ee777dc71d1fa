"""Who may prepare, publish, withdraw and adopt a draft, and what must be there first?"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from datetime import date, timedelta

from portal.accounts.actor import AnyActor
from portal.accounts.roles import Role
from portal.drafts.models import Draft, Version
from portal.kernel import files
from portal.kernel.errors import Conflict, Invalid, NotFound, Refused, TooLarge
from portal.kernel.text import ensure_length

LONGEST_TITLE = 2_000  # characters
LONGEST_NAME = 400
LONGEST_TEXT = 200_000
LONGEST_REASON = 4_000
LONGEST_REFERENCE = 400
LONGEST_AGO = timedelta(days=30 * 365)
AUTHENTIC = ("kk", "ru")  # Law "On legal acts", art. 24(3)
BODY_KINDS = ("ministry", "agency", "committee", "akimat", "maslikhat", "other")
MOST_DAYS = 365  # working days a period may be set to
ATTACHABLE = frozenset({
    files.DOCX, files.XLSX, files.PPTX, files.ODT, files.DOC, files.PDF, files.RTF, files.TEXT, "image/png", "image/jpeg",
})  # fmt: skip

_CODE = re.compile(r"[a-z][a-z0-9-]{1,39}")


def ensure_edits(actor: AnyActor, body_id: int) -> None:
    """A draft is prepared by its own body."""
    if not actor.may("draft.edit") or not actor.acts_for(body_id):
        raise Refused("Only the body that drafts the act can change it.")


def ensure_reads_unpublished(actor: AnyActor, draft: Draft) -> None:
    """What is being prepared is seen by its own body and by auditors; for others it does not exist."""
    if draft.is_public or (actor.may("draft.read_unpublished") and actor.reads_for(draft.body_id)):
        return
    raise NotFound("There is no such draft.")


def ensure_reads_file(actor: AnyActor, draft: Draft) -> None:
    """The desk's pages about a draft are for its body and for auditors; see `ensure_reads_unpublished` for the rest."""
    ensure_reads_unpublished(actor, draft)
    if not actor.reads_for(draft.body_id):
        raise Refused("This draft belongs to another body.")


def ensure_attachable(media_type: str) -> None:
    """A part of the package is a document or a picture of one."""
    if media_type not in ATTACHABLE:
        raise Invalid("Choose a document: Word, Excel, PDF, ODT, text or a scanned picture.", field="file")


def ensure_manages_reference(actor: AnyActor) -> None:
    """Bodies, act types and transferred days are the administrators'."""
    if not actor.may("reference.manage"):
        raise Refused("Only an administrator changes bodies, act types and days.")


def ensure_code(code: str) -> None:
    """A code stands in addresses and commands."""
    if not _CODE.fullmatch(code):
        raise Invalid("A code has 2 to 40 small Latin letters, digits and hyphens and begins with a letter.", field="code")


def ensure_names(names: Mapping[str, str]) -> None:
    """What has a name has it in Kazakh and in Russian."""
    for language in AUTHENTIC:
        if not names.get(language):
            raise Invalid("Enter the name in Kazakh and in Russian.", field=f"name_{language}")
    for language, name in names.items():
        if len(name) > LONGEST_NAME:
            raise TooLarge("A name has 400 characters at most.", field=f"name_{language}")


def ensure_body_kind(kind: str) -> None:
    """What sort of body it is decides where it is listed."""
    if kind not in BODY_KINDS:
        raise Invalid("Choose the kind of body from the list.", field="kind")


def is_period(days: int) -> bool:
    """Can a period have so many working days?"""
    return 1 <= days <= MOST_DAYS


def ensure_period(days: int, field: str) -> None:
    """A period set for an act type or a channel of opinions, in working days."""
    if not is_period(days):
        raise Invalid("A period has from 1 to %(most)s working days.", field=field, most=MOST_DAYS)


def ensure_titles(title_kk: str, title_ru: str) -> None:
    """A draft has a title in both authentic languages."""
    for value, field in ((title_kk, "title_kk"), (title_ru, "title_ru")):
        if not value:
            raise Invalid("Enter the title.", field=field)
        ensure_length(value, LONGEST_TITLE, field)


def ensure_changeable(version: Version) -> None:
    """A published text never changes; a changed draft is a new version."""
    if version.published_at is not None:
        raise Refused("This version is published and cannot be changed.")


def ensure_same_text(digest: str, seen: str) -> None:
    """Who changes a text has seen it as it is."""
    if digest != seen:
        raise Conflict(
            "Somebody changed the structure of this text meanwhile. It is shown as it is now: repeat your step if it is "
            "still needed."
        )


def ensure_acknowledges(differences: Collection[str], reason: str) -> None:
    """Differences between the two authentic texts are acknowledged one by one or together, with a public reason."""
    if not differences:
        raise Invalid("Choose the differences that are meant.", field="differences")
    if not reason:
        raise Invalid("Give the reason; it will be public.", field="reason")
    ensure_length(reason, LONGEST_REASON, "reason")


def ensure_package(missing: Collection[str], names: object) -> None:
    """What the act type requires is there before the package is posted; `names` says in words what is `missing`."""
    if set(missing) == {"text-kk"}:
        raise Refused("Upload the Kazakh text first: both texts are authentic.")
    if set(missing) == {"text-ru"}:
        raise Refused("Upload the Russian text first: both texts are authentic.")
    if set(missing) == {"text-kk", "text-ru"}:
        raise Refused("Upload the Kazakh and the Russian text first: both are authentic.")
    if missing:
        raise Refused("The package lacks what is required: %(parts)s.", parts=names)


def ensure_withdrawable(actor: AnyActor, draft: Draft) -> None:
    """A public draft that stands is withdrawn by its body."""
    if not actor.may("draft.publish") or not actor.acts_for(draft.body_id):
        raise Refused("Only the body that drafts the act can withdraw it.")
    if not draft.is_public:
        raise Refused("The draft is not public yet.")
    if draft.withdrawn_at is not None:
        raise Refused("The draft was withdrawn already.")
    if draft.adopted_on is not None:
        raise Refused("The act is adopted; its draft can no longer be withdrawn.")


def ensure_withdraws(actor: AnyActor, draft: Draft, reason: Mapping[str, str]) -> None:
    """A draft is withdrawn with a public reason (language → text)."""
    ensure_withdrawable(actor, draft)
    ensure_public_reason(reason)


def ensure_public_reason(reason: Mapping[str, str], prefix: str = "reason", longest: int = LONGEST_REASON) -> None:
    """What is explained to the public (language → text) is explained in both authentic languages."""
    for language in AUTHENTIC:
        if not reason.get(language):
            raise Invalid("Give the reason in Kazakh and in Russian; it will be public.", field=f"{prefix}_{language}")
    for language, text in reason.items():
        ensure_length(text, longest, f"{prefix}_{language}")


def ensure_adoptable(actor: AnyActor, draft: Draft) -> None:
    """The body says once that its draft became an act."""
    if not actor.may("draft.publish") or not actor.acts_for(draft.body_id):
        raise Refused("Only the body that drafts the act can mark it adopted.")
    if not draft.is_public or draft.withdrawn_at is not None:
        raise Refused("Only a published draft that was not withdrawn can be marked adopted.")
    if draft.adopted_on is not None:
        raise Refused("The draft was marked adopted already.")


def ensure_adopts(actor: AnyActor, draft: Draft, adopted_on: date, reference: str, today: date) -> None:
    """The body says when and as what the act was adopted."""
    ensure_adoptable(actor, draft)
    if adopted_on > today:
        raise Invalid("The date of adoption cannot be in the future.", field="adopted_on")
    if adopted_on < today - LONGEST_AGO:
        raise Invalid("Check the year of adoption.", field="adopted_on")
    if not reference:
        raise Invalid("Enter the name and number of the adopted act.", field="reference")
    ensure_length(reference, LONGEST_REFERENCE, "reference")


def chooses_body(actor: AnyActor) -> bool:
    """May this person prepare drafts for any body?"""
    return actor.role == Role.administrator


def ensure_has_body(actor: AnyActor) -> None:
    """Who prepares drafts does it for a body."""
    if actor.body_id is None and not chooses_body(actor):
        raise Refused("Your account acts for no body yet. Ask an administrator.")
