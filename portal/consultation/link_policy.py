"""Which drafts may lead to which, and who says so?

A link is made by the body that drafts the later one, at any time while that draft stands. It can be taken back until the
report on the later draft's discussion is published: from then on it is a part of what was reported.
"""

from __future__ import annotations

from collections.abc import Mapping

from portal.accounts.actor import AnyActor
from portal.consultation.phases import Phase
from portal.drafts.models import Draft, LinkKind
from portal.drafts.policy import ensure_edits, ensure_public_reason
from portal.kernel.errors import Invalid, Refused

CONSULTATIVE = "kdrp"  # the act type of consultative documents of regulatory policy
BILLS = frozenset({"law", "code", "emergency-bill"})  # the types a consultative document goes before, art. 17-1
MOST_LINKS = 20  # of one draft, in either direction


def kind_of_link(earlier: Draft, earlier_type: str, later_type: str) -> LinkKind:
    """How the earlier draft leads to the later one: a consultative document to its bill, a withdrawn draft to another.

    Raises Invalid for any other pair.
    """
    if earlier_type == CONSULTATIVE and later_type in BILLS:
        return LinkKind.consultative
    if earlier.withdrawn_at is not None:
        return LinkKind.replacement
    raise Invalid(
        "A consultative document leads to a bill, and a withdrawn draft to the one in its place. This draft is neither.",
        field="number",
    )


def ensure_links(actor: AnyActor, earlier: Draft, later: Draft, links: int) -> None:
    """A draft that stands is linked to an earlier public one by its own body; `links` it has already."""
    ensure_edits(actor, later.body_id)
    if earlier.id == later.id:
        raise Invalid("A draft cannot be linked to itself.", field="number")
    if not earlier.is_public:
        raise Invalid("There is no public draft with this number.", field="number")
    if later.withdrawn_at is not None:
        raise Refused("The draft was withdrawn; its links stay as they are.")
    if links >= MOST_LINKS:
        raise Refused("A draft has %(most)s links at most.", most=MOST_LINKS)


def ensure_waives(actor: AnyActor, draft: Draft, lacks_document: bool, reason: Mapping[str, str]) -> None:
    """A bill without a consultative document says in public why none was needed (art. 17-1), in both languages."""
    ensure_edits(actor, draft.body_id)
    if draft.withdrawn_at is not None or draft.adopted_on is not None or not lacks_document:
        raise Refused("This draft needs no such statement.")
    ensure_public_reason(reason)


def ensure_unlinks(actor: AnyActor, later: Draft, phase: Phase) -> None:
    """A link is taken back by the body that made it, until the report."""
    ensure_edits(actor, later.body_id)
    if phase in {Phase.report_published, Phase.adopted, Phase.withdrawn}:
        raise Refused("The report on the discussion is published; its links stay as they are.")
