"""What does an exported document say about itself, in the language of its text?"""

from __future__ import annotations

from portal.drafts.exporters.publication import Publication

WORDS = {
    "kk": {
        "number": "Жоба нөмірі", "type": "Акт түрі", "body": "Әзірлеуші орган", "version": "Нұсқа",
        "published": "Жарияланған күні", "address": "Тұрақты мекенжайы", "digest": "Мәтіннің SHA-256 бақылау сомасы",
        "contents": "Мазмұны", "table": "Кесте", "draft": "Жоба", "act": "Қабылданған акт", "adopted": "Қабылданған күні",
    },
    "ru": {
        "number": "Номер проекта", "type": "Вид акта", "body": "Орган-разработчик", "version": "Версия",
        "published": "Дата публикации", "address": "Постоянный адрес", "digest": "Контрольная сумма текста SHA-256",
        "contents": "Содержание", "table": "Таблица", "draft": "Проект", "act": "Принятый акт", "adopted": "Дата принятия",
    },
    "en": {
        "number": "Number of the draft", "type": "Type of act", "body": "Developing body", "version": "Version",
        "published": "Published on", "address": "Permanent address", "digest": "SHA-256 of the text",
        "contents": "Contents", "table": "Table", "draft": "Draft", "act": "Adopted act", "adopted": "Adopted on",
    },
}  # fmt: skip


def word(name: str, language: str) -> str:
    """A word of the document's frame in the language of its text."""
    return WORDS[language][name]


def facts(publication: Publication, language: str) -> tuple[tuple[str, str], ...]:
    """(name, value) of what is known about the text; days as YYYY-MM-DD in English, DD.MM.YYYY otherwise."""
    day, is_act = publication.published_on, publication.version is None
    values = {
        "act": publication.reference if is_act else "",
        "number": publication.number,
        "type": publication.types.get(language, ""),
        "body": publication.bodies.get(language, ""),
        "version": "" if is_act else str(publication.version),
        "adopted" if is_act else "published": day.isoformat() if language == "en" else day.strftime("%d.%m.%Y"),
        "address": publication.expression(language),
        "digest": publication.digests.get(language, ""),
    }
    return tuple((word(name, language), value) for name, value in values.items() if value)


def line(publication: Publication, language: str) -> str:
    """The facts that stand at the head of each page."""
    if publication.version is None:
        return f"{word('act', language)} · {publication.reference} · {publication.expression(language)}"
    version = f"{word('version', language)} {publication.version}"
    if language == "kk":
        version = f"{publication.version}-нұсқа"
    return f"{word('draft', language)} № {publication.number} · {version} · {publication.expression(language)}"
