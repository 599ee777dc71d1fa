"""Which `field:value` conditions may be typed among the words of a query, in three languages?

Only names and values of these tables are conditions; anything else with a colon in it is just words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from portal.consultation.models import DecisionKind
from portal.language.scripts import fold, loosen
from portal.search.documents import HitKind
from portal.search.statuses import Status


class FieldName(StrEnum):
    """What a query may be narrowed down by while typing."""

    kind = "kind"
    body = "body"
    type = "type"
    status = "status"
    area = "area"
    language = "language"
    year = "year"
    decision = "decision"
    has = "has"
    draft = "draft"


@dataclass(frozen=True, slots=True)
class Condition:
    """`value` is a code of the portal, except for bodies, types, areas and drafts: there what was typed to name one.

    `is_without`: what has it is left out. `typed` is the condition as it stands in the query.
    """

    name: FieldName
    value: str
    is_without: bool = False
    typed: str = ""


_NAMES = {
    FieldName.kind: "kind вид түр түрі",
    FieldName.body: "body орган мекеме",
    FieldName.type: "type тип акт",
    FieldName.status: "status статус мәртебе",
    FieldName.area: "area сфера область сала саласы",
    FieldName.language: "language lang язык тіл тілі",
    FieldName.year: "year год жыл жылы",
    FieldName.decision: "decision результат нәтиже",
    FieldName.has: "has есть бар",
    FieldName.draft: "draft проект жоба",
}
_VALUES: dict[FieldName, dict[str, str]] = {
    FieldName.kind: {
        HitKind.draft: "draft drafts проект проекты жоба жобалар",
        HitKind.provision: "provision provisions норма нормы нормалар",
        HitKind.comment: "comment comments комментарий комментарии пікір пікірлер",
        HitKind.reply: "reply replies answer answers ответ ответы жауап жауаптар",
    },
    FieldName.status: {
        Status.announced: "announced анонсирован объявлен жарияланды",
        Status.open: "open открыт открыто идет ашық",
        Status.answering: "answering ответы рассмотрение жауаптар",
        Status.archived: "archived archive архив мұрағат",
        Status.report_published: "report report_published отчет есеп",
        Status.adopted: "adopted принят қабылданды",
        Status.withdrawn: "withdrawn отозван қайтарылды",
    },
    FieldName.language: {
        "kk": "kk kaz kazakh каз казахский қазақ қазақша",
        "ru": "ru rus russian рус русский орыс орысша",
        "en": "en eng english англ английский ағылшын ағылшынша",
    },
    FieldName.decision: {
        DecisionKind.accepted: "accepted принято қабылданды",
        DecisionKind.partly_accepted: "partly partly_accepted частично ішінара",
        DecisionKind.not_accepted: "rejected not_accepted отклонено қабылданбады",
        DecisionKind.out_of_scope: "out_of_scope вне тысқары",
        DecisionKind.noted: "noted учтено ескерілді",
    },
    FieldName.has: {"answers": "answers answer ответ ответы жауап жауаптар"},
}  # fmt: skip


def _key(text: str) -> str:
    """As it may be typed: in any case, with or without Kazakh letters."""
    return loosen(fold(text))


def _table(words: Iterable[tuple[str, str]]) -> dict[str, str]:
    return {_key(word): code for code, named in words for word in named.split()}


_NAME_OF = _table((name.value, words) for name, words in _NAMES.items())
_VALUE_OF = {name: _table((str(code), words) for code, words in values.items()) for name, values in _VALUES.items()}
_DRAFT = re.compile(r"[0-9]{1,9}|[0-9]{4}-[0-9]{1,8}")
_YEAR = re.compile(r"(19|20)[0-9]{2}")


def read_condition(name: str, value: str) -> Condition | None:
    """The condition typed as `name:value`; None where it is none, and so words."""
    known = _NAME_OF.get(_key(name))
    if known is None or not value:
        return None
    field = FieldName(known)
    if field in _VALUE_OF:
        code = _VALUE_OF[field].get(_key(value))
        return Condition(field, code) if code else None
    if field is FieldName.year:
        return Condition(field, value) if _YEAR.fullmatch(value) else None
    if field is FieldName.draft:
        return Condition(field, value) if _DRAFT.fullmatch(value) else None
    return Condition(field, value)
