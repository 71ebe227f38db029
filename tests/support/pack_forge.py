"""What a forger does: take a pack apart, change it, put it together again, sign it himself."""

import hashlib
import json
import zipfile
from pathlib import Path

from anfang.kit import jose
from anfang.kit.ids import sha256_hex
from anfang.packs import bag


def read(path: Path) -> dict[str, bytes]:
    """Files of a pack by their path below its folder."""
    with zipfile.ZipFile(path) as archive:
        return {
            entry.filename.partition("/")[2]: archive.read(entry) for entry in archive.infolist()
        }


def repack(path: Path, files: dict[str, bytes], root: str, extra=()) -> Path:
    """Write a ZIP by another tool; `extra` are further (ZipInfo, bytes)."""
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in files.items():
            archive.writestr(f"{root}/{name}", data)
        for info, data in extra:
            archive.writestr(info, data)
    return path


def relist(files: dict[str, bytes], key: jose.PrivateKey) -> tuple[str, dict[str, bytes]]:
    """Make manifests, bag-info and signature anew, so that only the content betrays the change."""
    files = dict(files)
    thumbprint = jose.key_thumbprint(key)
    files[f"keys/{thumbprint}.pem"] = jose.public_pem(key)
    payload = {name: data for name, data in files.items() if name.startswith("data/")}
    files[bag.MANIFEST] = _lines(payload)
    pack_id = bag.pack_id_of(sha256_hex(files[bag.MANIFEST]))
    info = dict(line.split(": ", 1) for line in files[bag.BAG_INFO].decode().splitlines())
    info["External-Identifier"], info["Office-Key"] = pack_id, thumbprint
    info["Payload-Oxum"] = f"{sum(map(len, payload.values()))}.{len(payload)}"
    files[bag.BAG_INFO] = "".join(f"{name}: {value}\n" for name, value in info.items()).encode()
    spoken_for = {bag.TAG_MANIFEST, bag.SIGNATURE}
    files[bag.TAG_MANIFEST] = _lines(
        {n: d for n, d in files.items() if not n.startswith("data/") and n not in spoken_for}
    )
    files[bag.SIGNATURE] = jose.sign_der(key, files[bag.TAG_MANIFEST])
    return pack_id, files


def edit_json(files: dict[str, bytes], path: str, change) -> dict[str, bytes]:
    document = json.loads(files[path])
    change(document)
    return {**files, path: json.dumps(document, ensure_ascii=False).encode()}


def _lines(files: dict[str, bytes]) -> bytes:
    return "".join(
        f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in sorted(files.items())
    ).encode()
