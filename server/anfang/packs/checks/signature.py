"""Signature: the office key over the tag manifest, and who introduced that key."""

from collections.abc import Iterator

from anfang.kit import introductions, jose
from anfang.packs import bag
from anfang.packs.checks.reading import Reading, Refused, read_bytes
from anfang.packs.document import AUTHORITY_FILE
from anfang.packs.verdict import Finding


def check_keys(reading: Reading) -> Iterator[Finding]:
    """Read the office keys; each file is named by its key's thumbprint."""
    for path in reading.archive.files.keys_in_turn():
        folder, _, name = path.rpartition("/")
        thumbprint = name.removesuffix(".pem")
        if folder != "keys" or thumbprint == name or name == "tsa.pem":
            continue
        try:
            key = jose.load_public_pem(read_bytes(reading, path))
        except Refused as refused:
            yield refused.finding
            continue
        except jose.JoseError as error:
            yield Finding(path, "pack-key-mismatch", error.reason)
            continue
        if jose.key_thumbprint(key) == thumbprint:
            reading.keys[thumbprint] = key
        else:
            yield Finding(path, "pack-key-mismatch")


def check_signature(reading: Reading) -> Iterator[Finding]:
    """Verify the tag manifest's signature by the key that bag-info names."""
    signer = reading.info.get("Office-Key", "")
    key = reading.keys.get(signer)
    if key is None:
        yield Finding(bag.BAG_INFO, "pack-signer-missing")
        return
    try:
        jose.verify_der(
            key, read_bytes(reading, bag.TAG_MANIFEST), read_bytes(reading, bag.SIGNATURE)
        )
    except Refused as refused:
        yield refused.finding
    except jose.JoseError:
        yield Finding(bag.SIGNATURE, "pack-signature-invalid")
    else:
        reading.signer = signer


def check_key_use(reading: Reading) -> Iterator[Finding]:
    """Refuse keys that nothing in the pack needs.

    Needed are the signer, the keys of the receipts, and who introduced a needed key. Where a
    receipt could not be read, its key cannot be told from a needless one.
    """
    stamps = reading.document["log"]["stamps"] if reading.document else []
    if AUTHORITY_FILE in reading.archive.files and not stamps:
        yield Finding(AUTHORITY_FILE, "pack-key-unused")
    if reading.document is None or reading.unread_receipts:
        return
    used = {kid for _, kid in reading.receipts.in_turn()}
    needed = {reading.info.get("Office-Key", ""), *used}
    waiting = list(needed)
    while waiting:
        introducer = reading.introducers.get(waiting.pop())
        if introducer is not None and introducer not in needed:
            needed.add(introducer)
            waiting.append(introducer)
    for thumbprint in reading.keys:
        if thumbprint not in needed:
            yield Finding(f"keys/{thumbprint}.pem", "pack-key-unused")


def check_introductions(reading: Reading) -> Iterator[Finding]:
    """Verify how later office keys were introduced by earlier ones."""
    for line in reading.document["keys"] if reading.document else []:
        thumbprint, token = line["thumbprint"], line["introduction"]
        if thumbprint not in reading.keys:
            yield Finding("data/pack.json", "pack-file-missing", f"keys/{thumbprint}.pem")
        elif token is not None:
            try:
                introducer = introductions.introduced_by(token, thumbprint, reading.keys)
            except jose.JoseError as error:
                yield Finding("data/pack.json", "pack-introduction-invalid", error.reason)
            else:
                reading.introducers[thumbprint] = introducer
