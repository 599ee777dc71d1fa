"""What do all forms of a Kazakh word share?

Kazakh adds endings one after another: root, derivation, plural, possessive, case, predicate. The stemmer takes them off
from the outside, as long as one fits by vowel harmony and by the sound before it, and then settles the root into one
spelling. Each step looks at nothing but what is left of the word, so that a word cut once too often is cut so in all
its forms: they still meet. In order:

1.  A word of `words_kk` is whole. Among readings, the one that arrives at the longest whole word wins.
2.  A finite verb (-ды after a vowel, -йды, -ады, -ып, -са, -сын, -майды ...) is taken down to its root at once.
3.  A participle or name of a deed (-ған, -атын, -у), bare or found under case endings, is taken down likewise.
4.  Otherwise one nominal ending goes, the longest that fits, and 3 and 4 repeat.
5.  Under a verbal ending go the negation (-ма, -ба, -па) and the passive (-ыл, -л, -лан), which do not change the
    concept; the causative and the reciprocal do, and stay, like all endings that make another noun (-лық, -шы, -лы).
6.  A word that says when or where (жыл-ғы, сырт-қы, кейін-гі) leaves the time or place, a contracted verb (де-п, бо-п)
    its root, a name that says whose child (Құнанбай-ұлы, Байтұрсын-қызы) the father's name.
7.  The root is settled: final ы, і go (акт-і-лер, оқы-ды); б, г, ғ become п, к, қ (кітаб-ы, құлығ-ы, шығ-ады); a vowel
    lost before an ending returns (халқ-ы, орн-ы, ауз-ы); doubled letters and the soft sign go (процесс-і, фестивалі).

Words without any Kazakh letter may have been typed with Russian ones (қызметтің as кызметтин): they are read by the
same rules with the endings respelt. Nothing here knows where a language ends: Russian words get harmless nonsense.
"""

from __future__ import annotations

from portal.language.scripts import has_own_letters, loosen
from portal.language.suffixes_kk import (
    FINITE,
    LOOSE_FINITE,
    LOOSE_NOMINAL,
    LOOSE_PARTICIPLE,
    NOMINAL,
    PARTICIPLE,
    VOWELS,
    Suffix,
    Table,
    harmony,
    sound_class,
)
from portal.language.words_kk import ROOTS, WHOLE_WORDS

_WHOLE = WHOLE_WORDS | {loosen(word) for word in WHOLE_WORDS}
_ROOTS = {loosen(word): loosen(root) for word, root in ROOTS.items()} | ROOTS
_CHILD_OF = ("ұл", "ул", "қыз", "кыз")
_LEAST_NAME = 5  # letters
_VOICELESS = {"б": "п", "ғ": "қ", "г": "к"}
_ELIDED = frozenset(("рқ", "лқ", "рн", "йн", "рп", "лп", "уз", "ус", "нқ", "рк", "лк", "ңл"))
_NEGATION_AFTER = {"м": "VRL", "б": "NZ", "п": "T"}
_OWN_LAST_VOWEL = ("шы", "ші", "ши", "ғы", "гі", "ги", "қы", "кі", "ки", "кті", "кти")
_SHORT_L_ROOTS = frozenset("ал бол кел қал кал сал біл бил қыл тол өл бөл бул іл".split())


def stem(word: str) -> str:
    """The stem of a folded word; not a word of the language, but equal for its forms.

    A word of one or two letters, or without a vowel, comes back as it is.
    """
    if len(word) < 3:
        return word
    if _whole(word) is not None:
        return _settled(word)
    root = _finite_root(word)
    while root is None:
        if _whole(word) is not None:
            return _settled(word)
        root = _participle_root(word)
        if root is None:
            rest = _without_nominal_ending(word)
            if rest is None:
                return _settled_name(word)
            word = rest
    return root


def _whole(word: str) -> str | None:
    """The word of the list that this is, its last sounds restored."""
    if word in _WHOLE:
        return word
    voiceless = word[:-1] + _VOICELESS.get(word[-1], word[-1])
    if voiceless in _WHOLE:
        return voiceless
    restored = _with_lost_vowel(voiceless)
    return restored if restored in _WHOLE else None


def _settled_name(root: str) -> str:
    """Rule 6, where no ending is left."""
    for child in _CHILD_OF:
        if root.endswith(child) and len(root) >= _LEAST_NAME + len(child):
            return stem(root[: -len(child)])
    return _settled(root)


def _settled(root: str) -> str:
    """Rule 7, after rule 6 for the words that have it."""
    root = _ROOTS.get(root, root)
    if len(root) > 2 and root[-1] in "ыі":
        root = root[:-1]
    elif len(root) > 3 and root[-1] == "и" and root[-2] not in VOWELS and not has_own_letters(root):
        root = root[:-1]
    if len(root) > 2 and root[-1] == "ь":
        root = root[:-1]
    if len(root) > 3 and root[-1] == root[-2]:
        root = root[:-1]
    return _with_lost_vowel(root[:-1] + _VOICELESS.get(root[-1], root[-1]))


def _with_lost_vowel(root: str) -> str:
    """халқ as халық: the pairs of consonants that no native root ends in."""
    if len(root) < 3 or root[-2:] not in _ELIDED or (root[-2] == "у" and root[-3] not in VOWELS):
        return root
    return root[:-1] + ("і" if harmony(root) == "front" or root[-3] in "әи" else "ы") + root[-1]


def _matching(proper: Table, loose: Table, word: str) -> list[tuple[str, Suffix]]:
    return (proper if has_own_letters(word) else loose).matching(word)


def _best_whole(found: list[tuple[str, Suffix]]) -> str | None:
    """Rule 1: the longest remainder that is a whole word; the endings come longest first."""
    return next((rest for rest, _ in reversed(found) if _whole(rest) is not None), None)


def _without_nominal_ending(word: str) -> str | None:
    found = _matching(NOMINAL, LOOSE_NOMINAL, word)
    rest = _best_whole(found)
    if rest is not None:
        return rest
    return next((rest for rest, suffix in found if _is_likely(rest, suffix)), None)


def _is_likely(rest: str, suffix: Suffix) -> bool:
    """Which of two readings a word has that could be -сы after a vowel or -ы after с, -ті after к or -і after т."""
    if suffix.after == "V" and suffix.text[:2] in ("сы", "сі", "си"):
        return rest[-1] in "аәеяэоиё" or rest.endswith(_OWN_LAST_VOWEL)
    if suffix.after == "T" and suffix.text[0] == "т" and len(suffix.text) < 4 and suffix.text[1] in "ыі":
        return not (len(rest) > 4 and rest.endswith("ис"))
    return True


def _finite_root(word: str) -> str | None:
    """Rule 2; nothing where a nominal reading arrives at a whole word and this one does not."""
    found = [each for each in _matching(FINITE, LOOSE_FINITE, word) if _is_verb(*each)]
    if not found:
        return None
    nominal = _matching(NOMINAL, LOOSE_NOMINAL, word)
    if _best_whole(nominal) is not None and _best_whole(found) is None:
        return None
    rest, suffix = next((each for each in found if _whole(each[0]) is not None), found[0])
    return _verb_root(rest, suffix)


def _participle_root(word: str) -> str | None:
    """Rule 3; -ю hides the й of the root."""
    if word[-1] == "ю" and len(word) > 2 and word[-2] in "оаеыиу":
        return _verb_root(word[:-1] + ("й" if word[-2] in "оаеы" else ""), None)
    found = [each for each in _matching(PARTICIPLE, LOOSE_PARTICIPLE, word) if _is_verb(*each)]
    if not found or _best_whole(_matching(NOMINAL, LOOSE_NOMINAL, word)) is not None:
        return None
    return _verb_root(*found[0])


def _is_verb(rest: str, suffix: Suffix) -> bool:
    """Whether what is left can be a verb root under this ending."""
    text = suffix.text
    if text[0] in "ае" and suffix.after != "V":
        return _takes_present(rest) or _is_passive(rest)
    if text in ("п", "пты", "пті"):
        return _whole(rest) is not None or rest.endswith(("ла", "ле", "да", "де", "та", "те", "ға", "ге"))
    if text[0] in "ыі" and text[1:2] == "п":
        return rest[-1] not in "кқпхфвцчщд"
    if text in ("ылды", "ілді"):
        return not rest.endswith(("ау", "ш")) or len(rest) < 4
    if text in ("лды", "лді"):
        return _whole(rest) is not None or _is_verbalised(rest)
    if text in ("сын", "сін"):
        return _whole(rest + "с") is None
    if text in ("нды", "нді"):
        return _whole(rest) is not None or rest.endswith(("ла", "ле"))
    return True


def _takes_present(rest: str) -> bool:
    """Whether -а, -е of the present may follow: not the а of a root in -ла, -та, -да, nor that of a negation."""
    last, before = rest[-1], rest[-2]
    if last in "кқпхфвцчщд" or (last == "и" and len(rest) > 3):
        return False
    if last == "т":
        return before in VOWELS or before in "йрл"
    if last == "л":
        return before in "ыіи" or rest in _SHORT_L_ROOTS
    if len(rest) > 3 and last in _NEGATION_AFTER:
        return sound_class(rest[:-1]) not in _NEGATION_AFTER[last]
    return before in VOWELS or before in "йрлну"


def _is_passive(rest: str) -> bool:
    """Whether it is the passive in -л of a root in -а, -е: ата-л-атын, тағайында-л-ады."""
    if len(rest) < 4 or rest[-1] != "л" or rest[-2] not in "ае":
        return False
    return _whole(rest[:-1]) is not None or _is_verbalised(rest[:-1])


def _is_verbalised(rest: str) -> bool:
    """Whether it is a root made by -ла, -та, -да after a consonant that asks for it: аяқ-та, орын-да."""
    if len(rest) < 4 or rest[-1] not in "ае":
        return False
    after = {"л": "VRZT", "т": "T", "д": "LNZR"}.get(rest[-2])
    return after is not None and sound_class(rest[:-2]) in after


def _verb_root(root: str, suffix: Suffix | None) -> str:
    """Rule 5."""
    if suffix is not None and suffix.text in ("ып", "іп", "ип") and len(root) > 2 and root[-2:] in ("ау", "еу"):
        root = root[:-1] + "п"
    if len(root) > 3 and root[-1] in "ае" and _is_negated(root):
        root = root[:-2]
    return _settled(_active(root))


def _is_negated(root: str) -> bool:
    rest = root[:-2]
    if sound_class(rest) not in _NEGATION_AFTER.get(root[-2], ()) or not any(each in VOWELS for each in rest):
        return False
    return len(rest) > 2 or rest[0] in VOWELS


def _active(root: str) -> str:
    """жазыл as жаз, жасал as жаса, жоспарлан as жоспарла."""
    if _whole(root) is not None or len(root) < 4:
        return root
    if root[-1] == "л":
        if root[-2] in "ыіи" and sound_class(root[:-2]) != "V":
            return root[:-2]
        return root[:-1] if root[-2] in "ае" else root
    if root.endswith(("лын", "лін", "лин")):
        return root[:-2]
    if len(root) > 4 and root.endswith(("лан", "лен", "былдан", "билдан")):
        return root[:-1]
    return root
