"""Merkle trees after RFC 6962 §2.1, proofs after RFC 9162 §2.1.

One arithmetic for the log and for the tile trees of pictures. Hashes are 32 raw bytes.
Trees are given by their *leaf hashes*: how a leaf is hashed is its owner's affair
(`leaf_hash` for the log, salted tiles for pictures).
"""

import hashlib
from collections.abc import Iterable, Sequence

HASH_BYTES = 32
EMPTY_ROOT = hashlib.sha256(b"").digest()


def leaf_hash(data: bytes) -> bytes:
    """SHA-256(0x00 ‖ data) [RFC 6962 §2.1]."""
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """SHA-256(0x01 ‖ left ‖ right) [RFC 6962 §2.1]."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def tree_root(leaves: Iterable[bytes]) -> bytes:
    """Root over leaf hashes, in one pass and logarithmic memory. No leaves: SHA-256 of nothing."""
    # One entry per set bit of the count so far: the roots of the complete subtrees, left to right.
    peaks: list[tuple[int, bytes]] = []
    for leaf in leaves:
        height, digest = 0, leaf
        while peaks and peaks[-1][0] == height:
            digest = node_hash(peaks.pop()[1], digest)
            height += 1
        peaks.append((height, digest))
    return _fold_right([digest for _, digest in peaks])


class Tree:
    """An append-only tree that keeps every complete subtree: proofs cost O(log² n).

    About 64 bytes of memory a leaf.
    """

    def __init__(self, leaves: Iterable[bytes] = ()) -> None:
        self._levels: list[bytearray] = [bytearray()]
        for leaf in leaves:
            self.append(leaf)

    def __len__(self) -> int:
        """Count the leaves."""
        return len(self._levels[0]) // HASH_BYTES

    def append(self, leaf: bytes) -> None:
        """Add one leaf hash (32 bytes, else `ValueError`)."""
        if len(leaf) != HASH_BYTES:
            raise ValueError("a leaf hash has 32 bytes")
        digest, height = leaf, 0
        while True:
            if height == len(self._levels):
                self._levels.append(bytearray())
            level = self._levels[height]
            level += digest
            count = len(level) // HASH_BYTES
            if count % 2:
                return
            digest = node_hash(self._node(height, count - 2), digest)
            height += 1

    def root(self, size: int | None = None) -> bytes:
        """Root of the first `size` leaves (all by default). Raises `ValueError` beyond the end."""
        size = len(self) if size is None else size
        self._require_size(size)
        return self._range(0, size) if size else EMPTY_ROOT

    def inclusion_proof(self, index: int, size: int | None = None) -> list[bytes]:
        """Audit path of leaf `index` in the tree of `size` leaves [RFC 9162 §2.1.3.1].

        Raises `ValueError` unless 0 ≤ index < size ≤ len.
        """
        size = len(self) if size is None else size
        self._require_size(size)
        if not 0 <= index < size:
            raise ValueError("the index lies outside the tree")
        path: list[bytes] = []
        start, end = 0, size
        while end - start > 1:
            middle = start + _split(end - start)
            if index < middle:
                path.append(self._range(middle, end))
                end = middle
            else:
                path.append(self._range(start, middle))
                start = middle
        path.reverse()
        return path

    def consistency_proof(self, old: int, new: int | None = None) -> list[bytes]:
        """Proof that the first `old` leaves begin the tree of `new` [RFC 9162 §2.1.4.1].

        Empty for old = 0 and old = new. Raises `ValueError` unless 0 ≤ old ≤ new ≤ len.
        """
        new = len(self) if new is None else new
        self._require_size(new)
        if not 0 <= old <= new:
            raise ValueError("the old size lies outside the tree")
        if old in (0, new):
            return []
        path: list[bytes] = []
        start, end, whole = 0, new, True
        while old != end:
            middle = start + _split(end - start)
            if old <= middle:
                path.append(self._range(middle, end))
                end = middle
            else:
                path.append(self._range(start, middle))
                start, whole = middle, False
        if not whole:
            path.append(self._range(start, end))
        path.reverse()
        return path

    def _require_size(self, size: int) -> None:
        if not 0 <= size <= len(self):
            raise ValueError("the size lies outside the tree")

    def _node(self, height: int, position: int) -> bytes:
        offset = position * HASH_BYTES
        return bytes(self._levels[height][offset : offset + HASH_BYTES])

    def _range(self, start: int, end: int) -> bytes:
        # `start` is a multiple of every subtree taken here, as RFC 6962 splits at powers of two.
        subtrees: list[bytes] = []
        while start < end:
            height = (end - start).bit_length() - 1
            subtrees.append(self._node(height, start >> height))
            start += 1 << height
        return _fold_right(subtrees)


def inclusion_proof(leaves: Sequence[bytes], index: int) -> list[bytes]:
    """Audit path of one leaf among `leaves`; for many proofs of one tree build a `Tree`."""
    return Tree(leaves).inclusion_proof(index)


def consistency_proof(leaves: Sequence[bytes], old: int) -> list[bytes]:
    """Proof that the first `old` of `leaves` begin the whole; see `Tree.consistency_proof`."""
    return Tree(leaves).consistency_proof(old)


def verify_inclusion(
    leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes
) -> bool:
    """Check an audit path [RFC 9162 §2.1.3.2]. `leaf` is a leaf *hash*."""
    if not 0 <= index < size or not _all_hashes([leaf, *proof]):
        return False
    node, last, digest = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            return False
        if node & 1 or node == last:
            digest = node_hash(sibling, digest)
            while not node & 1 and node:
                node >>= 1
                last >>= 1
        else:
            digest = node_hash(digest, sibling)
        node >>= 1
        last >>= 1
    return last == 0 and digest == root


def verify_consistency(
    old: int, new: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes]
) -> bool:
    """Check that a tree of `new` leaves extends one of `old` [RFC 9162 §2.1.4.2].

    Every tree extends the empty one; equal sizes need equal roots and an empty proof.
    """
    if not 0 <= old <= new or not _all_hashes(proof):
        return False
    if old == new:
        return not proof and old_root == new_root
    if old == 0:
        return not proof and old_root == EMPTY_ROOT
    path = [old_root, *proof] if old & (old - 1) == 0 else list(proof)
    return bool(path) and _consistent(old, new, old_root, new_root, path)


def _consistent(
    old: int, new: int, old_root: bytes, new_root: bytes, path: Sequence[bytes]
) -> bool:
    node, last = old - 1, new - 1
    while node & 1:
        node >>= 1
        last >>= 1
    before = after = path[0]
    for sibling in path[1:]:
        if last == 0:
            return False
        if node & 1 or node == last:
            before = node_hash(sibling, before)
            after = node_hash(sibling, after)
            while not node & 1 and node:
                node >>= 1
                last >>= 1
        else:
            after = node_hash(after, sibling)
        node >>= 1
        last >>= 1
    return last == 0 and before == old_root and after == new_root


def _split(size: int) -> int:
    """Largest power of two smaller than `size` (size ≥ 2)."""
    return 1 << ((size - 1).bit_length() - 1)


def _fold_right(subtrees: list[bytes]) -> bytes:
    if not subtrees:
        return EMPTY_ROOT
    digest = subtrees[-1]
    for left in reversed(subtrees[:-1]):
        digest = node_hash(left, digest)
    return digest


def _all_hashes(digests: Sequence[bytes]) -> bool:
    return all(len(digest) == HASH_BYTES for digest in digests)
