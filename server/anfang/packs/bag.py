"""The BagIt 1.0 bag of a pack [RFC 8493], deterministic (PROTOCOL §8). Pure.

The manifests are made from hashes that are known beforehand, so the bag streams without any
file being read twice. Manifest lines have two spaces: `sha256sum -c` accepts them.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Final

from anfang.kit import jose
from anfang.packs import container
from anfang.packs.container import Entry
from anfang.packs.content import Many

BAGIT_TXT: Final = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
MANIFEST: Final = "manifest-sha256.txt"
TAG_MANIFEST: Final = "tagmanifest-sha256.txt"
SIGNATURE: Final = "tagmanifest-sha256.sig"
BAG_INFO: Final = "bag-info.txt"
_ID_DIGITS: Final = 32


@dataclass(frozen=True)
class Bag:
    """A bag ready to stream: its id, its tag manifest's hash (for the log), all its files.

    `size` are the bytes of all files together.
    """

    pack_id: str
    tagmanifest_sha256: str
    size: int
    tags: Sequence[Entry]
    payload: Many[Entry]

    def stream(self, room: Path | None = None) -> Iterator[bytes]:
        """Give the ZIP in pieces; `room` as in `container`. Raises `container.SourceChanged`."""
        return container.write(self.pack_id, chain(self.tags, self.payload), room)


def pack_id_of(manifest_sha256: str) -> str:
    """Name a pack by its payload: first 32 hex digits of SHA-256 of manifest-sha256.txt."""
    return manifest_sha256[:_ID_DIGITS]


def manifest_lines(entries: Iterable[Entry]) -> Iterator[bytes]:
    """Write manifest lines in the entries' order. Raises `ValueError` for a name with a newline.

    RFC 8493 §2.1.3 would have such names percent-encoded; packs never hold one.
    """
    for entry in entries:
        if not {"\n", "\r", "%"}.isdisjoint(entry.path):
            raise ValueError("a path in a pack has no newline and no percent sign")
        yield f"{entry.sha256}  {entry.path}\n".encode()


def make_bag(
    payload: Many[Entry],
    manifest: Entry,
    tags: Mapping[str, bytes],
    info: Mapping[str, str],
    signer: jose.PrivateKey,
) -> Bag:
    """Close a bag: write bag-info, sign the tag manifest.

    Args:
        payload: files below `data/`, in order.
        manifest: their manifest, under its path.
        tags: further tag files (keys, VERIFY.md) by path.
        info: bag-info members; id, size and signing key are added.
        signer: the office key; its thumbprint becomes `Office-Key`.

    Raises:
        ValueError: a path holds a newline.
    """
    pack_id, size = pack_id_of(manifest.sha256), sum(entry.size for entry in payload)
    oxum = f"{size}.{len(payload)}"
    listed = [
        container.from_bytes("bagit.txt", BAGIT_TXT),
        container.from_bytes(BAG_INFO, _bag_info(pack_id, oxum, info, signer)),
        manifest,
        *(container.from_bytes(path, tags[path]) for path in sorted(tags)),
    ]
    tagmanifest = b"".join(manifest_lines(listed))
    signature = jose.sign_der(signer, tagmanifest)
    tag_files = [
        *listed[:3],
        container.from_bytes(TAG_MANIFEST, tagmanifest),
        container.from_bytes(SIGNATURE, signature),
        *listed[3:],
    ]
    size += sum(entry.size for entry in tag_files)
    return Bag(pack_id, hashlib.sha256(tagmanifest).hexdigest(), size, tag_files, payload)


def _bag_info(pack_id: str, oxum: str, info: Mapping[str, str], signer: jose.PrivateKey) -> bytes:
    members = {
        **info,
        "External-Identifier": pack_id,
        "Office-Key": jose.key_thumbprint(signer),
        "Payload-Oxum": oxum,
    }
    return "".join(f"{name}: {_one_line(value)}\n" for name, value in members.items()).encode()


def _one_line(value: str) -> str:
    return " ".join(value.split())
