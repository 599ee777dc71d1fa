"""Do a word and the same word typed without Kazakh letters find each other?"""

from __future__ import annotations

import pytest

from portal.language.analysis import analyse, meets, wanted
from portal.language.stem_kk import stem
from portal.language.stop_words import STOP_WORDS, spellings


@pytest.mark.parametrize("proper", ["үйде", "ұнады", "өзіме", "ішінде", "оқып", "жазсаң", "дәмді", "қызметтің"])
def test_each_spelling_finds_the_other(proper: str) -> None:
    typed = proper.translate(str.maketrans("әғқңөұүһі", "агкноуухи"))
    for query, text in ((proper, typed), (typed, proper)):
        (asked,), (there,) = analyse(query), analyse(text)
        assert meets(wanted(asked), there)


def test_stop_words_have_both_spellings() -> None:
    assert {"және", "жане"} <= STOP_WORDS
    assert spellings("жане") == spellings("және") == {"және", "жане"}
    assert spellings("как") == {"как"}


@pytest.mark.parametrize(
    ("form", "other"),
    [
        ("жылғы", "жыл"), ("сыртқы", "сырт"), ("жоғарғыларға", "жоғары"), ("деді", "деген"), ("дейді", "деп"),
        ("аталатын", "аталған"), ("тағайындалады", "тағайындалған"), ("құнанбайұлының", "құнанбай"),
        ("байтұрсынқызы", "байтұрсын"), ("мүсіреповтің", "мүсірепов"), ("қырғызға", "қырғыз"),
    ],
)  # fmt: skip
def test_forms_that_meet(form: str, other: str) -> None:
    assert stem(form) == stem(other)
