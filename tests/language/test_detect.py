"""Is the language of a text told, also when it is typed without its letters?"""

from __future__ import annotations

import csv

import pytest

from portal.language.detect import detect
from tests.shared_data import shared


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Қазақстан Республикасының Конституциясы", "kk"),
        ("Жаксы нарсе екен маган унады", "kk"),
        ("Предлагаю дополнить статью 12 новым пунктом", "ru"),
        ("The draft should say when it comes into force", "en"),
        ("Согласно статье 5 (Article 5) закона", "ru"),
        ("", "ru"),
        ("12.5 … 🤩", "ru"),
    ],
)
def test_tells_the_language(text: str, language: str) -> None:
    assert detect(text) == language


def test_says_the_default_of_the_reader_when_there_is_nothing_to_go_by() -> None:
    assert detect("123", default="kk") == "kk"


def test_most_comments_as_people_type_them() -> None:
    with shared("data/comments/kk-kazsandra/04_pc_valid.csv").open(encoding="utf-8") as lines:
        kazakh = [row["text"] for row in csv.DictReader(lines)]
    russian = shared("data/comments/ru-ruarg/train.tsv").read_text(encoding="utf-8").splitlines()[1:]
    assert sum(detect(text) == "kk" for text in kazakh) / len(kazakh) >= 0.92
    assert sum(detect(line.split("\t")[1]) == "ru" for line in russian) / len(russian) >= 0.98
