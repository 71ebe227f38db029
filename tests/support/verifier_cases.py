"""Packs good, damaged and forged, each by name, on which every verifier must say the same.

A case gives the bytes of a file and the thumbprint of the key that its reader trusts, if any.
"""

import random
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from anfang.kit import jose, sdjwt
from anfang.packs import receipts
from support import pack_factory as factory
from support import pack_forge as forge

PROFILES = ("full", "protected")
_FLIPS = 16
_OFFICE = factory.Office().kid


@dataclass(frozen=True)
class Case:
    """A file to verify, and whom its reader trusts.

    `exact` is false where it is unsound for everybody, but readers of ZIPs differ in what they
    stumble over first.
    """

    name: str
    data: bytes
    office_key: str | None = _OFFICE
    exact: bool = True


def cases(folder: Path) -> Iterator[Case]:
    """Give every case; `folder` is for files in between."""
    made = {profile: _pack(folder, profile) for profile in PROFILES}
    yield from _whom_one_trusts(made)
    yield from _no_packs(made["full"])
    yield from _keys_and_certificates(folder)
    for profile, path in made.items():
        yield from _changed_bytes(profile, path)
        yield from _changed_files(folder, profile, path)
        yield from _odd_archives(folder, profile, path)
        yield from _forgeries(folder, profile, path)
    yield from _forged_protected(folder, made["protected"])
    yield from _forged_full(folder, made["full"])


def _pack(folder: Path, profile: str, records=("a", "b")) -> Path:
    office = factory.Office()
    return factory.write_pack(folder, factory.make_content(office, profile, records), office.key)


def _whom_one_trusts(made: dict[str, Path]) -> Iterator[Case]:
    stranger = jose.key_thumbprint(factory.key_of("stranger"))
    for profile, path in made.items():
        yield Case(f"{profile}, whole", path.read_bytes())
        yield Case(f"{profile}, no key given", path.read_bytes(), None)
        yield Case(f"{profile}, another key given", path.read_bytes(), stranger)


def _no_packs(pack: Path) -> Iterator[Case]:
    for number, data in enumerate((b"", b"hello", b"PK\x03\x04", b"PK\x05\x06" + bytes(18))):
        yield Case(f"no pack {number}", data)
    whole = pack.read_bytes()
    yield Case("the beginning of a pack", whole[: len(whole) // 2])
    yield Case("a pack and a comment", whole[:-2] + b"\x05\x00hello")
    yield Case("a pack and bytes behind it", whole + b"behind")


def _changed_bytes(profile: str, path: Path) -> Iterator[Case]:
    whole, rng = path.read_bytes(), random.Random(profile)
    directory = zipfile.ZipFile(path).start_dir
    for number in range(_FLIPS):
        # Every second one in the directory, where readers differ most.
        place = rng.randrange(directory if number % 2 else 0, len(whole))
        flipped = bytes([whole[place] ^ 1 << rng.randrange(8)])
        yield Case(f"{profile}, bit of byte {place}", whole[:place] + flipped + whole[place + 1 :])
    for _ in range(_FLIPS // 4):
        place = rng.randrange(len(whole))
        yield Case(f"{profile}, cut at {place}", whole[:place])
        yield Case(f"{profile}, byte {place} dropped", whole[:place] + whole[place + 1 :])
        yield Case(f"{profile}, more at {place}", whole[:place] + b"more" + whole[place:])
    yield Case(f"{profile}, hidden before", b"#!/bin/sh\n" + whole)
    yield Case(f"{profile}, hidden between", whole[:directory] + b"h" * 99 + whole[directory:])


def _changed_files(folder: Path, profile: str, path: Path) -> Iterator[Case]:
    content, root, rng = forge.read(path), path.stem, random.Random(profile)
    yield Case(f"{profile}, packed again", _packed(folder, content, root))
    yield Case(f"{profile}, packed again, deflated", _packed(folder, content, root, deflate=True))
    one_of_a_kind = {name.rpartition(".")[2] + name.count("/") * "/": name for name in content}
    for name in one_of_a_kind.values():
        data = content[name]
        place = rng.randrange(len(data))
        flipped = data[:place] + bytes([data[place] ^ 1 << rng.randrange(8)]) + data[place + 1 :]
        other = rng.choice([n for n in content if content[n] != data])
        changes = {
            "flipped": {**content, name: flipped},
            "emptied": {**content, name: b""},
            "removed": {n: d for n, d in content.items() if n != name},
            "renamed": {(f"{n}x" if n == name else n): d for n, d in content.items()},
            "swapped": {**content, name: content[other], other: data},
        }
        for what, changed in changes.items():
            yield Case(f"{profile}, {name} {what}", _packed(folder, changed, root))


def _odd_archives(folder: Path, profile: str, path: Path) -> Iterator[Case]:
    content, root = forge.read(path), path.stem
    for name, mode in (
        (f"{root}/data/extra.txt", stat.S_IFREG),
        (f"{root}/run.sh", stat.S_IFREG),
        (f"{root}/data/link", stat.S_IFLNK),
        (f"{root}/data/pipe", stat.S_IFIFO),
        (f"{root}/empty/", stat.S_IFDIR),
        (f"{root}/../outside.txt", stat.S_IFREG),
        ("outside.txt", stat.S_IFREG),
        ("/etc/passwd", stat.S_IFREG),
        (f"{root}/a\\b", stat.S_IFREG),
        (f"{root}/con. ", stat.S_IFREG),
        (f"{root}/\x1b[2J", stat.S_IFREG),
        (f"{root}/\u202egnp.exe", stat.S_IFREG),
        (f"{root}/DATA/PACK.JSON", stat.S_IFREG),
        (f"{root}/data/pack.json", stat.S_IFREG),
        (f"{root}/straße", stat.S_IFREG),
    ):
        info = zipfile.ZipInfo(name)
        info.external_attr, info.create_system = (mode | 0o644) << 16, 3
        data = b"" if name.endswith("/") else b"x"
        yield Case(f"{profile}, with {name!r}", _packed(folder, content, root, [(info, data)]))
    for one, other in (("straße", "STRASSE"), ("Ꭰ", "ꭰ"), ("é", "e\u0301")):
        extra = [(zipfile.ZipInfo(f"{root}/{name}"), b"x") for name in (one, other)]
        yield Case(f"{profile}, {one} and {other}", _packed(folder, content, root, extra))
    bomb = zipfile.ZipInfo(f"{root}/data/bomb")
    bomb.compress_type = zipfile.ZIP_DEFLATED
    yield Case(f"{profile}, a bomb", _packed(folder, content, root, [(bomb, bytes(200 << 20))]))
    yield from _nameless(folder, profile, content, root)
    yield from _inflated_by_hand(folder, profile, content, root)
    again = _packed(folder, content, root, deflate=profile == "protected")
    yield from _odd_headers(f"{profile}, packed again", again)


_FIELDS = {  # of a central header: offset, width
    "version needed": (6, 1), "flags": (8, 2), "method": (10, 2), "CRC": (16, 4),
    "compressed size": (20, 4), "size": (24, 4), "name length": (28, 2), "extra length": (30, 2),
    "attributes": (38, 4), "offset": (42, 4),
}  # fmt: skip


def _odd_headers(profile: str, whole: bytes) -> Iterator[Case]:
    start = struct.unpack("<L", whole[-6:-2])[0]
    for field, (offset, width) in _FIELDS.items():
        for value in (0, 1, 2**32 - 1):
            changed = bytearray(whole)
            at = start + offset
            changed[at : at + width] = (value % 2 ** (8 * width)).to_bytes(width, "little")
            yield Case(f"{profile}, {field} is {value}", bytes(changed))


def _nameless(folder: Path, profile: str, content, root: str) -> Iterator[Case]:
    for name in ("", "#nul"):
        whole = _packed(folder, content, root, [(zipfile.ZipInfo(name), b"x")])
        yield Case(f"{profile}, a name {name!r}", whole.replace(b"#nul", b"\0nul"))


def _inflated_by_hand(folder: Path, profile: str, content, root: str) -> Iterator[Case]:
    """An entry that other packers deflated, with more, less or other bytes than its headers say."""
    page, hidden = content["data/index.html"], b"hidden" * 99
    packed = _deflated(page)
    for what, name, stream, size in (
        ("nothing hidden", "data/index.html", packed, len(page)),
        ("bytes behind the stream", "data/index.html", packed + hidden, len(page)),
        ("a stream behind the stream", "data/index.html", packed + packed, len(page)),
        ("the stream cut", "data/index.html", packed[:-1], len(page)),
        ("a byte more stated", "data/index.html", packed, len(page) + 1),
        ("a byte less stated", "data/index.html", packed, len(page) - 1),
        ("bytes hidden in a folder", "data/", _deflated(b"") + hidden, 0),
    ):
        files = {n: d for n, d in content.items() if n != name}
        data = bytearray(
            _packed(folder, files, root, [(zipfile.ZipInfo(f"{root}/{name}"), stream)])
        )
        central = data.rindex(b"PK\x01\x02")  # the entry that was written last
        local = struct.unpack_from("<L", data, central + 42)[0]
        crc = zlib.crc32(page if size else b"")
        for at in (local + 8, central + 10):
            struct.pack_into("<H", data, at, zipfile.ZIP_DEFLATED)
        for at in (local + 14, central + 16):
            struct.pack_into("<L", data, at, crc)
        for at in (local + 22, central + 24):
            struct.pack_into("<L", data, at, size)
        yield Case(f"{profile}, inflated by hand, {what}", bytes(data))


def _deflated(data: bytes) -> bytes:
    deflater = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return deflater.compress(data) + deflater.flush()


def _packed(folder: Path, content, root: str, extra=(), *, deflate=False) -> bytes:
    path = forge.repack(folder / "made.zip", {} if deflate else content, root, extra)
    if deflate:
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in content.items():
                archive.writestr(f"{root}/{name}", data)
    return path.read_bytes()


# --- everything listed and signed anew by the forger ------------------------------------------


class _Forger:
    """Changes a pack's files and signs everything anew with a key of its own."""

    def __init__(self, folder: Path, profile: str, path: Path) -> None:
        self.folder, self.profile, self.content = folder, profile, forge.read(path)

    def case(self, name: str, change: Callable[[dict[str, bytes]], dict[str, bytes]]) -> Case:
        pack_id, files = forge.relist(change(dict(self.content)), factory.key_of("me"))
        return Case(f"{self.profile}, {name}", _packed(self.folder, files, pack_id), None)

    def replaced(self, name: str, path: str, data: bytes) -> Case:
        return self.case(name, lambda content: {**content, path: data})

    def edited(self, name: str, path: str, change: Callable[[dict], object]) -> Case:
        return self.case(name, lambda content: forge.edit_json(content, path, change))

    def swapped(self, name: str, start: str, end: str) -> Case:
        one, other = self.both(start, end)
        return self.case(name, lambda c: {**c, one: c[other], other: c[one]})

    def both(self, start: str, end: str) -> list[str]:
        return [n for n in sorted(self.content) if n.startswith(start) and n.endswith(end)][:2]


def _forgeries(folder: Path, profile: str, path: Path) -> Iterator[Case]:
    forger = _Forger(folder, profile, path)
    yield forger.case("signed anew", lambda content: content)
    yield forger.swapped("receipts swapped", "data/receipts/", ".jwt")
    yield forger.swapped("records swapped", "data/records/", ".sdjwt")
    one, other = forger.both("data/records/", ".sdjwt")
    token, own = sdjwt.split(forger.content[one].decode())
    stolen = sdjwt.split(forger.content[other].decode())[1][0]
    spellings = {
        "a stolen disclosure": [token, stolen, *own[1:], ""],
        "no disclosures": [token, ""],
        "a disclosure twice": [token, *own, own[0], ""],
        "an empty disclosure": [token, *own, "", ""],
        "no tilde": [token, *own],
        "a loose bit": [token, *own[:-1], own[-1] + "=", ""],
        "a line feed": [token, *own, "\n"],
    }
    for name, parts in spellings.items():
        yield forger.replaced(name, one, "~".join(parts).encode())
    yield forger.replaced("a record that is not UTF-8", one, b"\xff" + forger.content[one])
    yield forger.replaced("a placeholder among its members", one, _with_placeholder("a"))
    yield from _foreign_receipts(forger)
    yield from _odd_documents(forger)
    yield from _false_log(forger)
    planted = f"data/media/{factory.sha256(b'x')}.jpg"
    for name in (planted, "data/certificates/x.json", "data/note.txt", "data/cases/x.json"):
        yield forger.replaced(f"with {name}", name, b"x")


def _with_placeholder(name: str) -> bytes:
    """A record whose phone signed a member `...`, which stands for a withheld array element."""
    record, key = (
        factory.make_record(factory.Office(), name).sdjwt,
        factory.key_of(f"record {name}"),
    )
    token, own = sdjwt.split(record)
    payload = {**jose.parse(token, typ=sdjwt.RECORD_TYP).payload, "...": "x"}
    signed = jose.sign(key, payload, typ=sdjwt.RECORD_TYP, jwk=jose.public_jwk(key))
    shown = [part for part in own if sdjwt.parse_disclosure(part).name != "private"]
    return "~".join([signed, *shown, ""]).encode()


def _foreign_receipts(forger: _Forger) -> Iterator[Case]:
    typ = receipts.RECEIPT_TYP if forger.profile == "full" else receipts.DAY_RECEIPT_TYP
    path = forger.both("data/receipts/", ".jwt")[0]
    payload = jose.parse(forger.content[path].decode(), typ=typ).payload
    me = factory.key_of("me")
    kid = jose.key_thumbprint(me)
    changes = {
        "as it was": payload,
        "of no pictures": {**payload, "media": []},
        "of foreign pictures": {**payload, "media": ["00" * 32]},
        "of another record": {**payload, "record_sha256": "00" * 32, "record": "x"},
        "with a member more": {**payload, "hour": 8},
        "of a day in words": {**payload, "day": "yesterday"},
    }
    for name, changed in changes.items():
        yield forger.replaced(
            f"a receipt {name}", path, jose.sign(me, changed, typ=typ, kid=kid).encode()
        )
    private = {**jose.public_jwk(me), "d": "AA"}
    headers = {"another typ": {"typ": "x"}, "no kid": {"kid": None}, "a stranger": {"kid": "x"},
               "a private key": {"jwk": private}}  # fmt: skip
    for name, header in headers.items():
        made = jose.sign(me, payload, **{"typ": typ, "kid": kid, **header})
        yield forger.replaced(f"a receipt with {name}", path, made.encode())


def _odd_documents(forger: _Forger) -> Iterator[Case]:
    index = "data/pack.json"
    for name, change in {
        "v 2": lambda d: d.update(v=2),
        "no records": lambda d: d.pop("records"),
        "a member more": lambda d: d.update(x=1),
        "another profile": lambda d: d.update(
            profile="full" if d["profile"] == "protected" else "protected"
        ),
        "records empty": lambda d: d["records"].clear(),
        "a record twice": lambda d: d["records"].append(d["records"][0]),
        "another hash": lambda d: d["records"][0].update(record_sha256="00" * 32),
        "another id": lambda d: d["records"][0].update(record="x"),
        "no keys": lambda d: d["keys"].clear(),
        "a key that is not here": lambda d: d["keys"].append(
            {"thumbprint": "A" * 43, "introduction": None}
        ),
        "a false introduction": lambda d: d["keys"][0].update(introduction="a.b.c"),
        "a stamp that is not here": lambda d: d["log"].update(stamps=["data/log/01.tsr"]),
        "an absent certificate": lambda d: d["records"][0].update(
            certificate="data/certificates/x.json"
        ),
        "another notice": lambda d: d["notices"][0].update(number="x"),
        "a decision missing": lambda d: d["records"][0].update(review=None),
        "a decision turned": lambda d: d["records"][0]["review"].update(decision="rejected"),
        "a decision taken back": lambda d: [
            d["records"][0]["review"].update(decision="reopened"),
            d["records"][0]["review"]["minute"].update(decision="reopened"),
        ],
        "a decision's day": lambda d: d["records"][0]["review"].update(day="2026-01-01"),
        "a minute of another record": lambda d: d["records"][0].update(
            review=d["records"][1]["review"]
        ),
        "private words asked for": lambda d: d.update(private=True),
        "an id and a line feed": lambda d: d["records"][0].update(
            record=d["records"][0]["record"] + "\n"
        ),
        "a day and a line feed": lambda d: d["notices"][0].update(
            day=d["notices"][0]["day"] + "\n"
        ),
        "a case's file and a line feed": lambda d: d["cases"][0].update(
            file=d["cases"][0]["file"] + "\n"
        ),
        "pictures forgotten": lambda d: d["records"][0].update(media=[], pictures=[]),
    }.items():
        yield forger.edited(f"index: {name}", index, change)
    text = forger.content[index]
    for name, data in {
        "byte order mark": b"\xef\xbb\xbf" + text,
        "a name twice": text.replace(b'{"', b'{"v":1,"v":1,"', 1),
        "a float": text.replace(b'"v":1', b'"v":1.0', 1),
        "a list": b"[" + text + b"]",
        "half a character": text.replace(b'"office":"', b'"office":"\\ud800', 1),
        "cut": text[:-5],
    }.items():
        yield forger.replaced(f"index: {name}", index, data)
    for path in ("bag-info.txt", "bagit.txt"):
        yield forger.replaced(f"{path} with more", path, forger.content[path] + b"More: x\n")


def _false_log(forger: _Forger) -> Iterator[Case]:
    for name, change in {
        "index": lambda d: d["entries"][0].update(index=d["entries"][0]["index"] + 1),
        "salt": lambda d: d["entries"][0].update(salt="00" * 16),
        "kind": lambda d: d["entries"][0].update(kind="gossip"),
        "hash": lambda d: d["entries"][0].update(sha256="00" * 32),
        "proof shorter": lambda d: d["entries"][0]["proof"].pop(),
        "proof longer": lambda d: d["entries"][0]["proof"].append("00" * 32),
        "size": lambda d: d.update(size=d["size"] + 1),
        "no entries": lambda d: d["entries"].clear(),
        "huge index": lambda d: d["entries"][0].update(index=2**53 - 1),
        "negative index": lambda d: d["entries"][0].update(index=-1),
    }.items():
        yield forger.edited(f"log: {name}", "data/log/proofs.json", change)
    other = factory.Office(log_key=factory.Ed25519PrivateKey.from_private_bytes(bytes(range(32))))
    factory.make_record(other, "a")
    note, key = forger.content["data/log/checkpoint"], forger.content["keys/log.pub"]
    for name, data in {
        "of another log": other.sealed().checkpoint.encode(),
        "without signature": note.rpartition(b"\n\n")[0],
        "with a stranger's signature too": note + "— x AAAAAAAA\n".encode(),
        "of another size": note.replace(b"\n", b"\n1", 1),
        "with a loose line": note + b"loose\n",
    }.items():
        yield forger.replaced(f"checkpoint {name}", "data/log/checkpoint", data)
    for name, data in {"empty": b"", "of another name": b"x" + key, "spaced": b" " + key}.items():
        yield forger.replaced(f"log key {name}", "keys/log.pub", data)


def _forged_protected(folder: Path, path: Path) -> Iterator[Case]:
    forger = _Forger(folder, "protected", path)
    record = f"data/records/{factory.id_of('a')}.sdjwt"
    whole = factory.make_record(factory.Office(), "a").sdjwt
    for names in ({"day", "note", "site"}, {"day"}):
        shown = sdjwt.present(whole, names).encode()
        yield forger.replaced(f"showing {sorted(names)}", record, shown)
    yield forger.swapped("proofs swapped", "data/redacted/", ".proof.json")
    yield forger.swapped("pictures swapped", "data/redacted/", ".png")
    proof = forger.both("data/redacted/", ".proof.json")[0]
    for name, change in {
        "no v": lambda d: d.pop("v"),
        "another tile": lambda d: d.update(tile=16),
        "another width": lambda d: d.update(width=d["width"] + 1),
        "fewer tiles": lambda d: d["tiles"].pop(),
        "all masked": lambda d: d.update(tiles=[{"leaf": "00" * 32}] * len(d["tiles"])),
        "a strange tile": lambda d: d["tiles"].__setitem__(0, {"x": "00"}),
        "another root salt": lambda d: d.update(root_salt_c="00" * 16),
        "another original": lambda d: d.update(original_sha256="00" * 32),
    }.items():
        yield forger.edited(f"proof: {name}", proof, change)

    def turn(document):
        picture = document["records"][0]["pictures"][0]
        picture["cleared"] = not picture["cleared"]

    yield forger.edited("cleared turned", "data/pack.json", turn)
    yield from _odd_pictures(forger)


def _odd_pictures(forger: _Forger) -> Iterator[Case]:
    path = forger.both("data/redacted/", ".png")[0]
    data = forger.content[path]
    image = factory.Image.open(factory.io.BytesIO(data))
    rows = [image.crop((0, y, image.width, y + 1)).tobytes() for y in range(image.height)]
    edited, painted = image.copy(), image.copy()
    edited.putpixel((69, 44), (1, 2, 3))
    painted.putpixel((0, 0), (1, 2, 3))
    plain = b"".join(b"\x00" + row for row in rows)
    deflated = zlib.compress(plain)
    pictures = {
        "edited": factory.png(*image.size, edited.tobytes()),
        "painted in the mask": factory.png(*image.size, painted.tobytes()),
        "trailing bytes": data + b"hidden",
        "too tall": factory.png(1, 4096, bytes(3 * 4096)),
        "palette": _saved(image.convert("P")),
        "grey": _saved(image.convert("L")),
        "with alpha": _saved(image.convert("RGBA")),
        "with a chunk more": _saved(image, dpi=(72, 72)),
        "no PNG": b"hello",
        "same pixels, other filters": _png(image.size, deflated),
        "a filter that is none": _png(image.size, zlib.compress(b"\x05" + plain[1:])),
        "pixels missing": _png(image.size, zlib.compress(plain[:-50])),
        "deflate cut off": _png(image.size, deflated[:-20]),
        "no pixels": _png(image.size, b""),
    }
    for filter_ in range(1, 5):
        pictures[f"filter {filter_}"] = _png(image.size, zlib.compress(_filtered(filter_, rows)))
    for name, changed in pictures.items():
        yield forger.replaced(f"picture: {name}", path, changed)


def _filtered(kind: int, rows: list[bytes]) -> bytes:
    """Filter rows as PNG §9.2 says, so that the same pixels come out."""
    before, out = bytes(len(rows[0])), []
    for row in rows:
        line = bytearray([kind])
        for x, value in enumerate(row):
            left, corner = (row[x - 3], before[x - 3]) if x >= 3 else (0, 0)
            up = before[x]
            nearest = min((left, up, corner), key=lambda n: abs(left + up - corner - n))
            line.append((value - (left, up, (left + up) // 2, nearest)[kind - 1]) % 256)
        out.append(bytes(line))
        before = row
    return b"".join(out)


def _png(size: tuple[int, int], deflated: bytes) -> bytes:
    header = struct.pack(">2L5B", *size, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", deflated), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">L", len(body)) + kind + body + struct.pack(">L", zlib.crc32(kind + body))
        for kind, body in chunks
    )


def _saved(image, **options) -> bytes:
    file = factory.io.BytesIO()
    image.save(file, "PNG", **options)
    return file.getvalue()


def _forged_full(folder: Path, path: Path) -> Iterator[Case]:
    forger = _Forger(folder, "full", path)
    picture = forger.both("data/media/", ".jpg")[0]

    def forget(document):
        for record in document["records"]:
            record["media"] = [m for m in record["media"] if m["file"] != picture]

    def drop(content):
        kept = {name: data for name, data in content.items() if name != picture}
        return forge.edit_json(kept, "data/pack.json", forget)

    def absent(document):
        for record in document["records"]:
            for media in record["media"]:
                if media["file"] == picture:
                    media.update(file=None, absent=None)

    yield forger.case("a picture dropped", drop)
    yield forger.edited("a picture neither here nor absent", "data/pack.json", absent)
    yield forger.replaced("another picture", picture, b"x")
    yield forger.edited(
        "another reason",
        "data/pack.json",
        lambda d: d["records"][0]["review"]["details"].update(reason="x"),
    )
    case = forger.both("data/cases/", ".json")[0]
    for name, change in {
        "another number": lambda d: d.update(number="x"),
        "another text": lambda d: d["steps"][0].update(text="x"),
        "a foreign record": lambda d: d["records"].append("x"),
    }.items():
        yield forger.edited(f"case: {name}", case, change)


# --- keys and certificates -----------------------------------------------------------------------


def _keys_and_certificates(folder: Path) -> Iterator[Case]:
    old, new = factory.Office(), factory.key_of("new office key")
    data = factory.make_content(old)
    for name, introducer in (
        ("introduced", old.key),
        ("by a stranger", factory.key_of("stranger")),
    ):
        later = factory.content.OfficeKey(
            jose.public_pem(new), factory.introduction(introducer, new)
        )
        rotated = replace(data, office_keys=(*data.office_keys, later))
        path = factory.write_pack(folder, rotated, new)
        for whom in (old.kid, jose.key_thumbprint(new)):
            yield Case(f"new key {name}, {whom[:4]} trusted", path.read_bytes(), whom)
    backwards = factory.write_pack(folder, rotated, old.key)
    yield Case("trust runs backwards", backwards.read_bytes(), jose.key_thumbprint(new))
    mine = factory.Office(key=factory.key_of("mine"))
    forged = factory.write_pack(folder, factory.make_content(mine), mine.key).read_bytes()
    yield Case("an office of one's own", forged)
    yield Case("an office of one's own, no key given", forged, None)
    for changes in ({}, {"jkt": "x"}, {"record": "x"}, {"logged": False}):
        office = factory.Office()
        record = factory.released(office, **changes)
        whole = replace(factory.make_content(office, records=()), records=(record,))
        path = factory.write_pack(folder, whole, office.key)
        yield Case(f"a released certificate {changes}", path.read_bytes())
    forger = _Forger(folder, "full", path)
    (name,) = forger.both("data/certificates/", ".json")
    for what, change in {
        "without its release": lambda d: d.pop("disclosure"),
        "of another release": lambda d: d.update(disclosure="00" * 32),
        "with a line feed": lambda d: d.update(disclosure=d["disclosure"] + "\n"),
        "with a member more": lambda d: d.update(x=1),
    }.items():
        yield forger.edited(f"a released certificate {what}", name, change)
