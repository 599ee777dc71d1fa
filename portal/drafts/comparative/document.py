"""What does a comparative table say as a paper: its heads and its cells in one language?"""

from __future__ import annotations

from dataclasses import dataclass

TITLES = {"kk": "Салыстырма кесте", "ru": "Сравнительная таблица"}
HEADS = {
    "kk": ("Құрылымдық элемент", "Қолданыстағы редакция", "Ұсынылатын редакция", "Негіздеме"),
    "ru": ("Структурный элемент", "Действующая редакция", "Предлагаемая редакция", "Обоснование"),
}
# what official tables say where there is no wording
ABSENT = {"kk": "Жоқ", "ru": "Отсутствует"}
LEFT_OUT = {"kk": "Алып тасталсын", "ru": "Исключить"}


@dataclass(frozen=True)
class TableDocument:
    """The table in one language; a row is (element, wording in force, proposed wording, reasons)."""

    language: str
    draft_title: str
    draft_number: str
    rows: tuple[tuple[str, str, str, str], ...]

    @property
    def title(self) -> str:
        return TITLES[self.language]

    @property
    def heads(self) -> tuple[str, str, str, str]:
        return HEADS[self.language]


def cells(change: str, element: str, present: str, proposed: str, reason: str, language: str) -> tuple[str, str, str, str]:
    """The cells of a row as an official table prints them."""
    if change == "added" and not present:
        present = ABSENT[language]
    if change == "removed" and not proposed:
        proposed = LEFT_OUT[language]
    return element, present, proposed, reason
