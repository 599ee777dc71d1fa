"""What does a report say? A plain document, frozen when the report is generated.

{"format": 1, "draft", "consultation", "version", "numbers", "provisions": [{"key", "labels", "comments": [...]}],
"hidden": [...]}; labels name the provision in each language, dates are ISO. It holds what is public anyway and nothing else: no account, no address.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from typing import Any

from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy import func

from portal.consultation.models import Comment, ModerationEvent, Reply
from portal.consultation.queries.drafts import DraftFile
from portal.drafts.cells import place_in, unit_of
from portal.drafts.labels import chain_label
from portal.drafts.models import Draft
from portal.drafts.queries.comparative import map_row_names, table_row_of
from portal.drafts.queries.reference import get_body, get_type
from portal.drafts.queries.texts import get_outline, list_text_languages
from portal.drafts.structure import Provision
from portal.kernel.clock import legal_day
from portal.kernel.db import db

FORMAT = 1
LANGUAGES = ("kk", "ru", "en")


def build_document(file: DraftFile) -> dict[str, Any]:
    """All that the report on a draft says now. A fixed number of queries."""
    texts = list_text_languages(file.consultation.version_id)
    language = next(iter(texts), "kk")
    outline = get_outline(file.consultation.version_id, language, texts[language]) if texts else None
    rows = _comments(file.draft.id)
    return {
        "format": FORMAT,
        "draft": _draft(file.draft),
        "consultation": {
            "announced_on": legal_day(file.consultation.announced_at).isoformat(),
            "opens_on": file.consultation.opens_on.isoformat(),
            "closes_on": file.consultation.closes_on.isoformat(),
            "answers_due_on": file.consultation.answers_due_on.isoformat(),
        },
        "version": {"texts": texts},
        "numbers": _numbers(file, rows),
        "provisions": _by_provision(
            rows, dict(_chains(outline.provisions if outline else ())), _table_labels(file.consultation.version_id, rows)
        ),
        "hidden": _hidden(file.draft.id),
    }


def canonical_digest(document: dict[str, Any]) -> str:
    """SHA-256 of the document in canonical JSON; the ledger entry of the report holds it."""
    text = json.dumps(document, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def count_unanswered(draft_id: int) -> int:
    """Public comments without a decision."""
    unanswered = (Comment.draft_id == draft_id, ~Comment.is_gone, ~Comment.is_answered)
    return db.session.scalar(db.select(func.count()).select_from(Comment).where(*unanswered)) or 0


def _draft(draft: Draft) -> dict[str, Any]:
    body, act_type = get_body(draft.body_id), get_type(draft.type_id)
    return {
        "id": draft.id,
        "number": draft.number,
        "titles": {language: draft.title(language) for language in LANGUAGES},
        "body": {language: body.name(language) for language in LANGUAGES},
        "type": {language: act_type.name(language) for language in LANGUAGES},
    }


def _comments(draft_id: int) -> list[Any]:
    """(comment, reply) of all public comments, oldest first."""
    return list(
        db.session.execute(
            db.select(Comment, Reply)
            .outerjoin(Reply, Reply.comment_id == Comment.id)
            .where(Comment.draft_id == draft_id, Comment.hidden_at.is_(None), Comment.withdrawn_at.is_(None))
            .order_by(Comment.created_at, Comment.id)
        )
    )


def _numbers(file: DraftFile, rows: list[Any]) -> dict[str, Any]:
    stances: dict[str, int] = {}
    decisions: dict[str, int] = {}
    in_time = 0
    for comment, reply in rows:
        stance = comment.stance.value if comment.stance else "none"
        stances[stance] = stances.get(stance, 0) + 1
        if reply is not None:
            decisions[reply.decision.value] = decisions.get(reply.decision.value, 0) + 1
            in_time += reply.posted_at < file.consultation.answers_due_at
    hidden, withdrawn = db.session.execute(
        db.select(func.count(Comment.hidden_at), func.count(Comment.withdrawn_at)).where(
            Comment.draft_id == file.draft.id
        )
    ).one()
    return {
        "comments": len(rows),
        "authors": len({comment.author_id or comment.author_name for comment, _reply in rows}),
        "hidden": hidden,
        "withdrawn": withdrawn,
        "votes_for": file.tally.votes_for,
        "votes_against": file.tally.votes_against,
        "stances": stances,
        "decisions": decisions,
        "answered_in_time": in_time,
    }


def _by_provision(
    rows: list[Any], chains: dict[str, tuple[Provision, ...]], of_table: dict[str, dict[str, str]]
) -> list[dict[str, Any]]:
    """Comments under their provisions in the order of the text; those on the whole draft come first.

    `of_table` names rows of the comparative table by key.
    """
    grouped: dict[str, list[dict[str, Any]]] = {}
    for comment, reply in rows:
        grouped.setdefault(comment.provision_key, []).append(_comment(comment, reply))
    turns = {key: turn for turn, key in enumerate(chains)}

    def turn(key: str) -> tuple[int, int, int]:
        place = place_in(key)
        return turns.get(unit_of(key), len(turns) if key else -1), place.row if place else 0, place.column if place else 0

    return [
        {"key": key, "labels": of_table.get(key) or _labels(chains.get(unit_of(key), ()), key), "comments": grouped[key]}
        for key in sorted(grouped, key=turn)
    ]


def _labels(chain: tuple[Provision, ...], key: str) -> dict[str, str]:
    """The name of a place in each language; the bare key where the text has no such provision, nothing for the whole."""
    return {language: chain_label(chain, language, place_in(key)) if chain else key for language in LANGUAGES}


def _table_labels(version_id: int, rows: list[Any]) -> dict[str, dict[str, str]]:
    """The names of rows of the comparative table in each language, by key; asked only where comments stand at one."""
    labels: dict[str, dict[str, str]] = {}
    if any(table_row_of(comment.provision_key) is not None for comment, _reply in rows):
        for language in LANGUAGES:
            with force_locale(language):
                for key, element in map_row_names(version_id, language).items():
                    labels.setdefault(key, {})[language] = _("Comparative table: %(element)s", element=element)
    return labels


def _chains(
    provisions: Iterable[Provision], above: tuple[Provision, ...] = ()
) -> Iterator[tuple[str, tuple[Provision, ...]]]:
    for provision in provisions:
        chain = (*above, provision)
        yield provision.key, chain
        yield from _chains(provision.children, chain)


def _comment(comment: Comment, reply: Reply | None) -> dict[str, Any]:
    return {
        "id": comment.id,
        "parent": comment.parent_id,
        "author": comment.author_name,
        "organisation": comment.organisation,
        "posted_on": legal_day(comment.created_at).isoformat(),
        "language": comment.language,
        "stance": comment.stance.value if comment.stance else None,
        "text": comment.text,
        "proposed_text": comment.proposed_text,
        "agree": comment.agree,
        "disagree": comment.disagree,
        "entry": comment.entry_number,
        "reply": None if reply is None else {
            "decision": reply.decision.value,
            "text": reply.text,
            "language": reply.language,
            "unit": reply.unit,
            "answered_on": legal_day(reply.posted_at).isoformat(),
            "changed_provision": reply.changed_provision,
        },
    }  # fmt: skip


def _hidden(draft_id: int) -> list[dict[str, Any]]:
    rows = db.session.execute(
        db.select(Comment.id, ModerationEvent.rule, ModerationEvent.reason, ModerationEvent.language, ModerationEvent.at)
        .join(ModerationEvent, ModerationEvent.comment_id == Comment.id)
        .where(Comment.draft_id == draft_id, Comment.hidden_at.is_not(None), ModerationEvent.action == "hidden")
        .order_by(ModerationEvent.id)
    )
    return [
        {"id": id, "rule": rule, "reason": reason, "language": language, "hidden_on": legal_day(at).isoformat()}
        for id, rule, reason, language, at in rows
    ]
