"""Where do two languages of one text disagree in structure?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from portal.drafts.structure.units import CONTAINERS, Kind, Outline, Provision, Warning_, walk


def compare_languages(kk: Outline, ru: Outline) -> tuple[Warning_, ...]:
    """Where the Kazakh and the Russian text disagree in structure, in reading order of the Kazakh one.

    A unit missing with all it holds is named once, by its own key.
    """
    left, right = _by_key(kk), _by_key(ru)
    lonely_left = _lonely(left, right)
    lonely_right = _lonely(right, left)
    warnings: list[Warning_] = []
    for key, (provision, parent) in left.items():
        if key in lonely_left:
            twin = next((other for other in lonely_right if _is_same_place(right[other], (provision, parent))), None)
            if twin is None:
                warnings.append(Warning_("only_in_kk", key, {"number": provision.number}))
            else:
                lonely_right.remove(twin)
                warnings.append(Warning_("kind_differs", key, {"number": provision.number}))
        elif key in right:
            warnings.extend(_compare_contents(key, provision, right[key][0]))
    warnings.extend(Warning_("only_in_ru", key, {"number": right[key][0].number}) for key in lonely_right)
    return tuple(warnings)


_Place = tuple[Provision, str | None]


def _by_key(outline: Outline) -> dict[str, _Place]:
    return {
        provision.key: (provision, parent)
        for provision, _, parent in walk(outline.provisions)
        if provision.kind is not Kind.indent
    }


def _lonely(own: Mapping[str, _Place], other: Mapping[str, _Place]) -> list[str]:
    return [
        key for key, (_, parent) in own.items() if key not in other and (parent is None or parent in other)
    ]


def _is_same_place(one: _Place, other: _Place) -> bool:
    return one[1] == other[1] and one[0].number != "" and one[0].number == other[0].number


def _compare_contents(key: str, kk: Provision, ru: Provision) -> Iterator[Warning_]:
    if kk.kind is Kind.table and len(kk.rows) != len(ru.rows):
        yield Warning_("rows_differ", key, {"kk": len(kk.rows), "ru": len(ru.rows)})
    parts = [sum(child.kind is Kind.indent for child in side.children) + bool(side.text) for side in (kk, ru)]
    if parts[0] != parts[1] and kk.kind not in CONTAINERS:
        yield Warning_("parts_differ", key, {"kk": parts[0], "ru": parts[1]})
