"""How does a day that was announced move: by an extension, a postponement, or a changed rule?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from portal.accounts.actor import AnyActor
from portal.consultation.actions.windows import set_days
from portal.consultation.clock_policy import (
    ensure_extendable,
    ensure_extends,
    ensure_moves_clocks,
    ensure_postponable,
    ensure_postpones,
)
from portal.consultation.clock_rules import GROUNDS, Move, lawful_window
from portal.consultation.clocks import What, roll_forward
from portal.consultation.models import ClockMove, Consultation, Opinion
from portal.consultation.queries.clocks import DraftMoves
from portal.consultation.queries.drafts import DraftFile
from portal.drafts.queries.reference import find_type, get_type, work_calendar
from portal.kernel.clock import end_of, now, start_of, today
from portal.kernel.db import db
from portal.ledger.kinds import Kind
from portal.ledger.record import Act, record, record_many


def extend_consultation(actor: AnyActor, *, file: DraftFile, closes_on: date, reason: Mapping[str, str]) -> date:
    """Let an open discussion run longer; the reason (kk and ru) is public. The last day, rolled to a working day.

    Answers and report are due so much later. Raises Invalid for a day that is not later than the present last one,
    Refused before the opening and after the last instant of the last day.
    """
    window = file.consultation
    ensure_extendable(actor, file.draft, file.phase, window.closes_on)
    ensure_extends(window.opens_on, window.closes_on, closes_on, reason)
    closes_on = roll_forward(closes_on, work_calendar())
    before = _days(window)
    set_days(window, get_type(file.draft.type_id), closes_on)
    _keep_moves(actor, file, before, "extended", reason)
    record(
        Kind.CONSULTATION_EXTENDED,
        f"consultation:{window.id}",
        {"draft": file.draft.id, "from": str(before[What.discussion]), "to": str(closes_on)},
        secrets={"reason": str(sorted(reason.items()))},
    )
    return closes_on


def postpone_consultation(actor: AnyActor, *, file: DraftFile, opens_on: date, reason: Mapping[str, str]) -> None:
    """Let an announced discussion begin later; its last day moves with it where the law's period asks so.

    Raises Refused once the first day has begun. To call it off altogether the draft is withdrawn.
    """
    window, draft = file.consultation, file.draft
    ensure_postponable(actor, draft, file.phase, window.opens_on)
    ensure_postpones(window.opens_on, opens_on, today(), reason)
    act_type, calendar, before = get_type(draft.type_id), work_calendar(), _days(window)
    period = find_type(GROUNDS.get(window.ground, "")) or act_type
    least = lawful_window(opens_on, max(window.least_days or 0, period.discussion_days), calendar)
    window.opens_on, window.opens_at = opens_on, start_of(opens_on)
    set_days(window, act_type, max(least, window.closes_on))
    _keep_moves(actor, file, before, "postponed", reason)
    record(
        Kind.CONSULTATION_POSTPONED,
        f"consultation:{window.id}",
        {"draft": draft.id, "opens_on": str(opens_on), "closes_on": str(window.closes_on)},
        secrets={"reason": str(sorted(reason.items()))},
    )


def move_clocks(actor: AnyActor, *, found: Sequence[DraftMoves], cause: str, source: str) -> None:
    """Move what a changed rule or calendar moves (`queries.clocks.find_moves`), one entry for each draft.

    `cause` is "rule" or "calendar"; `source` the ledger's subject of what changed, such as `day:2026-12-16`.
    """
    ensure_moves_clocks(actor)
    ids = [each.draft_id for each in found]
    windows = {
        window.draft_id: window
        for window in db.session.scalars(db.select(Consultation).where(Consultation.draft_id.in_(ids)))
    }
    opinion_ids = [opinion_id for each in found for opinion_id, _ in each.opinions]
    opinions = {each.id: each for each in db.session.scalars(db.select(Opinion).where(Opinion.id.in_(opinion_ids)))}
    for each in found:
        for move in each.moves:
            _set_day(windows[each.draft_id], move)
            _keep(actor, each.draft_id, move, cause, source=source)
        for opinion_id, move in each.opinions:
            opinion = opinions[opinion_id]
            opinion.due_on, opinion.due_at = move.to_on, end_of(move.to_on)
            _keep(actor, each.draft_id, move, cause, source=source, opinion_id=opinion_id)
    db.session.flush()
    record_many([_moved(each, source) for each in found])


def _moved(each: DraftMoves, source: str) -> Act:
    facts: dict[str, int | str] = {move.what.value: str(move.to_on) for move in each.moves}
    if each.opinions:
        facts["opinions"] = len(each.opinions)
    return Act(Kind.CLOCKS_MOVED, f"draft:{each.draft_id}", {**facts, "draft": each.draft_id, "source": source})


def _days(window: Consultation) -> dict[What, date | None]:
    return {
        What.opening: window.opens_on, What.discussion: window.closes_on,
        What.answers: window.answers_due_on, What.report: window.report_due_on,
    }  # fmt: skip


def _set_day(window: Consultation, move: Move) -> None:
    if move.what is What.discussion:
        window.closes_on, window.closes_at = move.to_on, end_of(move.to_on)
    elif move.what is What.answers:
        window.answers_due_on, window.answers_due_at = move.to_on, end_of(move.to_on)
    else:
        window.report_due_on, window.report_due_at = move.to_on, end_of(move.to_on)


def _keep_moves(
    actor: AnyActor, file: DraftFile, before: Mapping[What, date | None], cause: str, reason: Mapping[str, str]
) -> None:
    """What moved since `before`, for the draft's page."""
    for what, to_on in _days(file.consultation).items():
        from_on = before[what]
        if from_on is not None and to_on is not None and from_on != to_on:
            _keep(actor, file.draft.id, Move(what, from_on, to_on), cause, reason=dict(reason))
    db.session.flush()


def _keep(
    actor: AnyActor, draft_id: int, move: Move, cause: str, *, source: str = "", opinion_id: int | None = None,
    reason: Mapping[str, str] | None = None,
) -> None:  # fmt: skip
    db.session.add(
        ClockMove(
            draft_id=draft_id, what=move.what.value, from_on=move.from_on, to_on=move.to_on, cause=cause, source=source,
            opinion_id=opinion_id, moved_by=actor.id, moved_at=now(), reason=dict(reason or {}),
        )
    )  # fmt: skip
