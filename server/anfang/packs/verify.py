"""`anfang verify`: the whole of PROTOCOL §8's verification, from the file alone, offline. Pure.

Never raises on a hostile file: what cannot be read is a fault.
"""

import itertools
from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import Final

from anfang.kit import introductions, jose
from anfang.packs.archive import Archive, ArchiveError
from anfang.packs.checks import (
    cases,
    framing,
    logproofs,
    pictures,
    receipts,
    records,
    reviews,
    signature,
    stamps,
    structure,
)
from anfang.packs.checks.fixity import check_fixity
from anfang.packs.checks.reading import Reading, Refused
from anfang.packs.listed import Lists
from anfang.packs.verdict import Fault, Finding, Verdict, in_words

_MAX_FINDINGS: Final = 10_000
_AFTER_FIXITY: Final[tuple[Callable[[Reading], Iterator[Finding]], ...]] = (
    signature.check_keys,
    signature.check_signature,
    records.check_document,
    structure.check_layout,
    signature.check_introductions,
    records.check_records,
    receipts.check_receipts,
    signature.check_key_use,
    reviews.check_reviews,
    cases.check_cases,
    cases.check_notices,
    logproofs.check_checkpoint,
    logproofs.check_proofs,
    stamps.check_stamps,
    pictures.check_originals,
    pictures.check_redactions,
    logproofs.check_logged,
    # Last: what is wrong with a file says more than what is wrong with its frame.
    framing.check_framing,
)


def verify_pack(
    path: Path,
    *,
    office_key: str | None = None,
    known: Collection[str] = (),
    known_logs: Collection[str] = (),
    locale: str = "zh-CN",
    progress: Callable[[int], None] = lambda _: None,
) -> Verdict:
    """Check a pack.

    Args:
        path: the ZIP file.
        office_key: thumbprint of the office key that the caller trusts (`read_office_key`); a
            pack that neither it nor a key introduced by it signed is unsound.
        known: thumbprints of this installation's office keys. Without `office_key`, a pack of
            another signer is consistent at best.
        known_logs: verifier keys (C2SP text) of this installation's log. A pack by one of `known`
            must be of this log: else the office keeps another one for those it shows packs to.
        locale: language of the faults' texts.
        progress: told the bytes of each piece that was hashed.
    """
    try:
        lists = Lists()
        with Archive(path, lists) as archive:
            reading = Reading(archive, lists)
            findings = list(itertools.islice(_findings(reading, progress), _MAX_FINDINGS))
    except ArchiveError as error:
        return _unreadable(Finding("", error.code, error.detail), path.name, locale)
    if findings and findings[0].code == "pack-not-a-pack":
        return _unreadable(findings[0], path.name, locale)
    trusted = [office_key] if office_key is not None else list(known)
    is_known = bool(reading.signer) and introductions.is_trusted(
        reading.signer, reading.introducers, trusted
    )
    if office_key is not None and reading.signer and not is_known:
        findings.append(Finding("bag-info.txt", "pack-signer-other"))
    if known_logs and introductions.is_trusted(reading.signer, reading.introducers, known):
        findings += logproofs.check_log_key(reading, known_logs)
    return Verdict(
        sound=not findings,
        signer="known" if is_known else "unknown",
        faults=in_words(findings, path.name, locale),
        records=len(reading.records),
    )


def read_office_key(argument: str) -> str:
    """Turn `--office-key` into a thumbprint: a PEM file's, or the argument itself.

    Raises `JoseError` (`key`, `base64url`) if it is neither; `OSError` if the file cannot be read.
    """
    path = Path(argument)
    if path.is_file():
        return jose.key_thumbprint(jose.load_public_pem(path.read_bytes()))
    if len(jose.b64url_decode(argument)) != 32:
        raise jose.JoseError("key", "neither a file nor a thumbprint")
    return argument


def _findings(reading: Reading, progress: Callable[[int], None]) -> Iterator[Finding]:
    try:
        yield from structure.check_entries(reading)
    except Refused as refused:
        yield refused.finding
        return
    yield from structure.check_lists(reading)
    yield from check_fixity(reading, progress)
    for check in _AFTER_FIXITY:
        yield from check(reading)


def _unreadable(finding: Finding, archive: str, locale: str) -> Verdict:
    faults: list[Fault] = in_words([finding], archive, locale)
    return Verdict(False, "unknown", faults, 0, is_pack=finding.code != "pack-not-a-pack")
