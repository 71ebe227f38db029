"""Structure: one folder, safe and single names, ordinary files, no bombs, nothing unlisted."""

import codecs
import heapq
import re
import stat
import unicodedata
from collections.abc import Iterator
from typing import Final
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipInfo

from anfang.packs import bag
from anfang.packs.archive import MAX_ENTRIES, is_folder
from anfang.packs.checks.reading import (
    Reading,
    Refused,
    read_bytes,
    read_pieces,
    read_text,
    sha256_of,
)
from anfang.packs.listed import Listed
from anfang.packs.verdict import Finding

# Packs are stored; whoever packs again with compression gains little on pictures.
_MAX_RATIO: Final = 50
_RATIO_FLOOR: Final = 64 << 20
_LONGEST_LINE: Final = 1 << 20
_LINE: Final = re.compile(r"([0-9a-f]{64})  (.+)")
_UNSAFE: Final = re.compile(r'[\x00-\x1f\x7f<>:"|?*\\%]')
_SPOKEN_FOR: Final = frozenset({bag.TAG_MANIFEST, bag.SIGNATURE})
_COMMON: Final = (
    r"bagit\.txt|bag-info\.txt|(tag)?manifest-sha256\.txt|tagmanifest-sha256\.sig|VERIFY\.md"
    r"|keys/[A-Za-z0-9_-]{43}\.pem|keys/log\.pub|keys/tsa\.pem"
    r"|data/(index\.html|pack\.json|ledger\.xlsx|log/checkpoint|log/proofs\.json)"
    r"|data/log/[0-9]{2,}\.tsr|data/records/[^/]+\.sdjwt|data/receipts/[^/]+\.jwt"
    r"|data/notices/[^/]+\.pdf|data/cases/[^/]+\.json"
)
_LAYOUTS: Final = {
    "full": re.compile(
        _COMMON + r"|data/media/[0-9a-f]{64}\.[a-z0-9]{1,5}|data/certificates/[^/]+\.json"
    ),
    "protected": re.compile(_COMMON + r"|data/redacted/[0-9a-f]{64}(\.png|\.proof\.json)"),
}


def check_entries(reading: Reading) -> Iterator[Finding]:
    """Check the ZIP's entries before any file is read, and fix the pack's folder.

    Raises `Refused` where going on would be dangerous or senseless.
    """
    archive = reading.archive
    if archive.count > MAX_ENTRIES:
        raise Refused(Finding("", "pack-too-large"))
    roots = (entry.filename.partition("/")[0] for entry in archive.entries)
    marks = (entry.filename for entry in archive.entries if _marks_a_pack(entry.filename))
    root = next(marks, "").partition("/")[0]
    if not root:
        damaged = archive.begins_like_a_pack()
        code = "pack-zip-damaged" if damaged else "pack-not-a-pack"
        raise Refused(Finding("", code, "bagit.txt"))
    seen = reading.lists.new()
    for entry in archive.entries:
        yield from _check_entry(entry, seen)
    if any(other != root for other in roots):
        for entry in archive.entries:
            if not entry.filename.startswith(f"{root}/"):
                yield Finding(entry.filename, "pack-path-unsafe")
    total = sum(entry.file_size for entry in archive.entries)
    if total > _MAX_RATIO * archive.size + _RATIO_FLOOR:
        raise Refused(Finding("", "pack-too-large"))
    archive.place(root)
    yield from _check_directories(reading)


def check_lists(reading: Reading) -> Iterator[Finding]:
    """Read manifests and bag-info; compare what is listed with what is there."""
    yield from _bag_declaration(reading)
    yield from _read_list(reading, bag.MANIFEST, reading.payload)
    yield from _read_list(reading, bag.TAG_MANIFEST, reading.tags)
    yield from _bag_info(reading)
    files, payload, tags = reading.archive.files, reading.payload, reading.tags
    for path in files.keys_in_turn():
        if path not in payload and path not in tags and path not in _SPOKEN_FOR:
            yield Finding(path, "pack-file-unlisted")
    for path in heapq.merge(payload.keys(), tags.keys()):
        if path not in files:
            yield Finding(path, "pack-file-missing")
    for path in payload.keys_in_turn():
        if not path.startswith("data/"):
            yield Finding(path, "pack-bag-malformed", bag.MANIFEST)
    for path in tags.keys_in_turn():
        if path.startswith("data/") or path in _SPOKEN_FOR:
            yield Finding(path, "pack-bag-malformed", bag.TAG_MANIFEST)


def check_layout(reading: Reading) -> Iterator[Finding]:
    """Refuse files that a pack of this profile does not hold."""
    layout = _LAYOUTS.get(reading.profile)
    if layout is not None:
        for path in reading.archive.files.keys_in_turn():
            if not layout.fullmatch(path):
                yield Finding(path, "pack-file-unexpected")


def _marks_a_pack(name: str) -> bool:
    # Any of these will do: a pack that lost one of them is unsound, but still a pack.
    folder, _, rest = name.partition("/")
    return bool(folder) and rest in {"bagit.txt", bag.MANIFEST, "data/pack.json"}


def _check_entry(entry: ZipInfo, seen: Listed[None]) -> Iterator[Finding]:
    name = entry.filename
    path = name.partition("/")[2] or name
    # Some systems hold names equal that differ in case or in the spelling of an accent.
    folded = unicodedata.normalize("NFC", name).casefold()
    if not seen.add(folded, None):
        yield Finding(path, "pack-path-duplicate")
    if _is_unsafe(name) or name != entry.orig_filename:
        yield Finding(path, "pack-path-unsafe")
    if entry.flag_bits & 0x41:
        yield Finding(path, "pack-entry-encrypted")
    kind = stat.S_IFMT(entry.external_attr >> 16)
    folder = is_folder(entry)
    plain = stat.S_IFDIR if folder else stat.S_IFREG
    if kind not in (0, plain) or (folder and (entry.file_size or entry.compress_size)):
        yield Finding(path, "pack-entry-special")
    if entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        yield Finding(path, "pack-zip-altered", str(entry.compress_type))
    if entry.compress_type == ZIP_STORED and entry.file_size != entry.compress_size:
        yield Finding(path, "pack-zip-altered", "size")


def _check_directories(reading: Reading) -> Iterator[Finding]:
    """Other tools list the folders of files; a folder that holds nothing is no part of a pack."""
    for entry in reading.archive.entries:
        path = entry.filename.partition("/")[2]
        first = reading.archive.files.first_key_from(path)
        if is_folder(entry) and (first is None or not first.startswith(path)):
            yield Finding(path, "pack-directory-empty")


def _is_unsafe(name: str) -> bool:
    parts = name.removesuffix("/").split("/")
    return bool(_UNSAFE.search(name)) or any(
        part in ("", ".", "..") or part.endswith((".", " ")) for part in parts
    )


def _bag_declaration(reading: Reading) -> Iterator[Finding]:
    try:
        if read_bytes(reading, "bagit.txt") != bag.BAGIT_TXT:
            yield Finding("bagit.txt", "pack-bag-malformed", "BagIt 1.0")
    except Refused as refused:
        yield refused.finding


def _read_list(reading: Reading, path: str, listed: Listed[str]) -> Iterator[Finding]:
    try:
        for number, line in enumerate(_lines(reading, path), start=1):
            match = _LINE.fullmatch(line.removesuffix("\n"))
            if not line.endswith("\n"):
                yield Finding(path, "pack-bag-malformed", "newline")
            elif match is None or not listed.add(match[2], match[1]):
                yield Finding(path, "pack-bag-malformed", str(number))
    except Refused as refused:
        listed.clear()
        yield refused.finding


def _lines(reading: Reading, path: str) -> Iterator[str]:
    """Give the lines of a list, however many; only the last may lack its line feed.

    Raises `Refused`.
    """
    rest, decoder = "", codecs.getincrementaldecoder("utf-8")()
    try:
        for piece in read_pieces(reading, path):
            *lines, rest = (rest + decoder.decode(piece)).split("\n")
            yield from (f"{line}\n" for line in lines)
            if len(rest) > _LONGEST_LINE:
                raise Refused(Finding(path, "pack-bag-malformed", "newline"))
        rest += decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        raise Refused(Finding(path, "pack-bag-malformed", "UTF-8")) from error
    if rest:
        yield rest


def _bag_info(reading: Reading) -> Iterator[Finding]:
    try:
        text = read_text(reading, bag.BAG_INFO, "pack-bag-malformed")
        manifest_sha256 = sha256_of(reading, bag.MANIFEST)
    except Refused as refused:
        yield refused.finding
        return
    for number, line in enumerate(text.split("\n")[:-1], start=1):
        name, separator, value = line.partition(": ")
        if not separator or name in reading.info:
            yield Finding(bag.BAG_INFO, "pack-bag-malformed", str(number))
        reading.info[name] = value
    pack_id = bag.pack_id_of(manifest_sha256)
    if reading.info.get("External-Identifier") != pack_id:
        yield Finding(bag.BAG_INFO, "pack-id-mismatch")
    if reading.archive.root != pack_id:
        yield Finding("", "pack-id-mismatch")
