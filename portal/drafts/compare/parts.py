"""Which added unit was a part of another before, and which removed one was swallowed by another?"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from portal.drafts.structure import Provision
from portal.drafts.structure.wording import tokens

CONTAINED = 0.7  # of the runs of words of a unit that stand in one other unit
SHORTEST = 6  # runs: what is shorter stands elsewhere by chance
RUN = 3  # words
CROWD = 16  # units that share a run which tells nothing any more


def parts_of(smaller: Mapping[str, Provision], larger: Mapping[str, Provision]) -> dict[str, str]:
    """Key of each of `smaller` whose words stand nearly all in one of `larger` → the key of that one."""
    if not smaller or not larger:
        return {}
    holders: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for key, provision in larger.items():
        for run in _runs(provision):
            holders[run].append(key)
    found = {}
    for key, provision in smaller.items():
        runs = _runs(provision)
        shared = Counter(holder for run in runs for holder in _few(holders.get(run, ())) if holder != key)
        holder, count = max(shared.items(), key=lambda item: (item[1], item[0]), default=("", 0))
        if len(runs) >= SHORTEST and count >= CONTAINED * len(runs):
            found[key] = holder
    return found


def _few(holders: Iterable[str]) -> list[str]:
    found = list(holders)
    return found if len(found) <= CROWD else []


def _runs(provision: Provision) -> frozenset[tuple[str, ...]]:
    words = [word for word in tokens(f"{provision.heading} {provision.text}") if word.isalnum()]
    return frozenset(zip(*(words[at:] for at in range(RUN)), strict=False))
