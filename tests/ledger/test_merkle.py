"""The tree against published vectors and against a second, naive reading of RFC 9162."""

from __future__ import annotations

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.ledger import merkle
from portal.ledger.merkle import Frontier, Place, Span

# The reference vectors of the Certificate Transparency project (merkle_tree_test.cc).
INPUTS = [
    bytes.fromhex(text)
    for text in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
INCLUSION = [
    (0, 1, []),
    (
        0,
        8,
        [
            "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
        ],
    ),
    (
        5,
        8,
        [
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
            "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        ],
    ),
    (2, 3, ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"]),
    (
        1,
        5,
        [
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        ],
    ),
]
CONSISTENCY = [
    (1, 1, []),
    (
        1,
        8,
        [
            "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
        ],
    ),
    (
        6,
        8,
        [
            "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
            "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        ],
    ),
    (
        2,
        5,
        [
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        ],
    ),
]


def naive_split(count: int) -> int:
    power = 1
    while power * 2 < count:
        power *= 2
    return power


def naive_root(data: list[bytes]) -> bytes:
    """MTH, as the RFC writes it."""
    if not data:
        return sha256(b"").digest()
    if len(data) == 1:
        return sha256(b"\x00" + data[0]).digest()
    k = naive_split(len(data))
    return sha256(b"\x01" + naive_root(data[:k]) + naive_root(data[k:])).digest()


def naive_path(index: int, data: list[bytes]) -> list[bytes]:
    """PATH."""
    if len(data) == 1:
        return []
    k = naive_split(len(data))
    if index < k:
        return [*naive_path(index, data[:k]), naive_root(data[k:])]
    return [*naive_path(index - k, data[k:]), naive_root(data[:k])]


def naive_subproof(old: int, data: list[bytes], whole: bool) -> list[bytes]:
    """SUBPROOF."""
    if old == len(data):
        return [] if whole else [naive_root(data)]
    k = naive_split(len(data))
    if old <= k:
        return [*naive_subproof(old, data[:k], whole), naive_root(data[k:])]
    return [*naive_subproof(old - k, data[k:], False), naive_root(data[:k])]


def nodes_of(data: list[bytes]) -> dict[Place, bytes]:
    frontier, nodes = Frontier(), {}
    for item in data:
        nodes.update(frontier.append(merkle.leaf_hash(item)))
    return nodes


def path_of(spans: list[Span], data: list[bytes]) -> list[bytes]:
    nodes = nodes_of(data)
    return [merkle.span_hash(span, nodes) for span in spans]


def numbered(count: int) -> list[bytes]:
    return [str(number).encode() for number in range(count)]


@pytest.mark.parametrize("size", range(9))
def test_published_roots(size: int) -> None:
    data = INPUTS[:size]
    assert merkle.root(merkle.leaf_hash(item) for item in data).hex() == ROOTS[size] == naive_root(data).hex()


@pytest.mark.parametrize(("index", "size", "path"), INCLUSION)
def test_published_inclusion_proofs(index: int, size: int, path: list[str]) -> None:
    found = path_of(merkle.inclusion_spans(index, size), INPUTS)
    assert [node.hex() for node in found] == path
    leaf = merkle.leaf_hash(INPUTS[index])
    assert merkle.proves_inclusion(leaf, index, size, found, bytes.fromhex(ROOTS[size]))


@pytest.mark.parametrize(("old", "new", "path"), CONSISTENCY)
def test_published_consistency_proofs(old: int, new: int, path: list[str]) -> None:
    found = path_of(merkle.consistency_spans(old, new), INPUTS)
    assert [node.hex() for node in found] == path
    assert merkle.proves_consistency(old, new, found, bytes.fromhex(ROOTS[old]), bytes.fromhex(ROOTS[new]))


def test_every_proof_of_every_small_tree() -> None:
    for size in range(1, 34):
        data = numbered(size)
        nodes, root = nodes_of(data), naive_root(data)
        assert len(nodes) == 2 * size - size.bit_count()
        for index in range(size):
            path = [merkle.span_hash(span, nodes) for span in merkle.inclusion_spans(index, size)]
            assert path == naive_path(index, data)
            assert merkle.proves_inclusion(merkle.leaf_hash(data[index]), index, size, path, root)
        for old in range(1, size + 1):
            path = [merkle.span_hash(span, nodes) for span in merkle.consistency_spans(old, size)]
            assert path == naive_subproof(old, data, True)
            assert merkle.proves_consistency(old, size, path, naive_root(data[:old]), root)


@given(st.integers(1, 300), st.data())
def test_no_other_leaf_place_or_path_is_proved(size: int, draw: st.DataObject) -> None:
    data = numbered(size)
    index = draw.draw(st.integers(0, size - 1))
    path = path_of(merkle.inclusion_spans(index, size), data)
    leaf, root = merkle.leaf_hash(data[index]), naive_root(data)
    assert merkle.proves_inclusion(leaf, index, size, path, root)
    assert not merkle.proves_inclusion(merkle.leaf_hash(b"other"), index, size, path, root)
    assert not merkle.proves_inclusion(leaf, index, size, [*path, root], root)
    assert not merkle.proves_inclusion(leaf, index, size, path, merkle.leaf_hash(b"root"))
    other = draw.draw(st.integers(-1, size))
    assert other == index or not merkle.proves_inclusion(leaf, other, size, path, root)
    for place in range(len(path)):
        assert not merkle.proves_inclusion(leaf, index, size, path[:place] + path[place + 1 :], root)


@given(st.integers(2, 300), st.data())
def test_no_other_history_is_proved(new: int, draw: st.DataObject) -> None:
    old = draw.draw(st.integers(1, new - 1))
    data = numbered(new)
    path = path_of(merkle.consistency_spans(old, new), data)
    old_root, new_root = naive_root(data[:old]), naive_root(data)
    assert merkle.proves_consistency(old, new, path, old_root, new_root)
    changed = draw.draw(st.integers(0, old - 1))
    forged = naive_root([*data[:changed], b"forged", *data[changed + 1 : old]])
    assert not merkle.proves_consistency(old, new, path, forged, new_root)
    assert not merkle.proves_consistency(old, new, path, new_root, new_root)
    assert not merkle.proves_consistency(old, new, [*path, old_root], old_root, new_root)
    assert not merkle.proves_consistency(old, new, path[:-1], old_root, new_root)
    assert not merkle.proves_consistency(new, old, path, new_root, old_root)


def test_edges_of_consistency() -> None:
    root = naive_root(numbered(3))
    assert merkle.proves_consistency(0, 3, [], merkle.EMPTY_ROOT, root)
    assert not merkle.proves_consistency(0, 3, [], root, root)
    assert merkle.proves_consistency(3, 3, [], root, root)
    assert not merkle.proves_consistency(3, 3, [root], root, root)
    assert not merkle.proves_consistency(-1, 3, [root], root, root)


@pytest.mark.parametrize(("index", "size"), [(0, 0), (3, 3), (-1, 3)])
def test_no_proof_outside_the_tree(index: int, size: int) -> None:
    with pytest.raises(ValueError, match="not in the tree"):
        merkle.inclusion_spans(index, size)
    assert not merkle.proves_inclusion(b"", index, size, [], merkle.EMPTY_ROOT)


def test_a_frontier_goes_on_from_its_peaks() -> None:
    data = numbered(11)
    nodes = nodes_of(data)
    for size in range(11):
        frontier = Frontier(size, [nodes[place] for place in merkle.places(Span(0, size))])
        assert frontier.root() == naive_root(data[:size])
        assert dict(frontier.append(merkle.leaf_hash(data[size]))).items() <= nodes.items()
    with pytest.raises(ValueError, match="complete subtrees"):
        Frontier(3, [b"one"])
