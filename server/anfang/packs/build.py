"""From content to a signed, streaming bag (PROTOCOL §8). Pure."""

import io
from collections.abc import Iterator, Sequence

from anfang.kit import jcs, jose
from anfang.packs import bag, container, document, ledger, page, view
from anfang.packs.bag import Bag
from anfang.packs.container import Entry
from anfang.packs.content import LogProofEntry, PackContent, RecordInPack
from anfang.packs.prepared import PreparedRecord, prepare


def build_bag(content: PackContent, signer: jose.PrivateKey) -> Bag:
    """Lay out a pack: everything but the pictures' bytes, which are read while streaming.

    The same content and key give the same bytes. [Note: Photo path] The last hop, where a photo
    leaves the office.

    Raises:
        ValueError: content that contradicts the profile, or a path that stands twice.
        JoseError: a record that does not verify.
    """
    _require_profile(content)
    records = prepare(content, signer)
    views = view.record_views(content, records)
    thumbprint = jose.key_thumbprint(signer)
    payload = [
        *_record_entries(records),
        *_log_entries(content),
        *_case_entries(content),
        *(Entry(document.notice_file(n.number), n.size, n.sha256, n.open) for n in content.notices),
        _json("data/pack.json", document.pack_document(content, records)),
        container.from_bytes("data/ledger.xlsx", ledger.ledger(views)),
        container.from_bytes("data/index.html", page.page(content, views, thumbprint)),
    ]
    return bag.make_bag(payload, _tags(content, payload, thumbprint), _info(content), signer)


def _require_profile(content: PackContent) -> None:
    for record in content.records:
        if content.profile == "protected" and _holds_protected(record):
            raise ValueError("a protected pack holds no originals and no certificates")
        if content.profile == "full" and record.redacted:
            raise ValueError("redacted pictures belong to the protected profile")
    if content.profile == "protected" and content.include_private:
        raise ValueError("a protected pack never shows private disclosures")


def _holds_protected(record: RecordInPack) -> bool:
    return bool(record.media) or record.certificate is not None


def _record_entries(records: Sequence[PreparedRecord]) -> Iterator[Entry]:
    # One picture can belong to two records: the pack holds it once.
    pictures: dict[str, Entry] = {}
    for record in records:
        yield container.from_bytes(record.file, record.text.encode())
        yield container.from_bytes(record.receipt_file, record.receipt.encode())
        yield from _certificate_entries(record)
        for entry in _picture_entries(record.source):
            pictures[entry.path] = entry
    yield from pictures.values()


def _certificate_entries(record: PreparedRecord) -> Iterator[Entry]:
    released = record.source.certificate
    if released is not None and record.certificate_file is not None:
        yield _json(
            record.certificate_file,
            {
                "certificate": released.certificate,
                "salt": released.salt.hex(),
                "device_key": dict(released.device_key),
                "disclosure": released.disclosure,
            },
        )


def _picture_entries(record: RecordInPack) -> Iterator[Entry]:
    for media in record.media:
        if media.open is not None:
            yield Entry(document.media_file(media), media.size, media.sha256, media.open)
    for picture in record.redacted:
        yield Entry(
            document.picture_file(picture), picture.png_size, picture.png_sha256, picture.open
        )
        if picture.proof is not None:
            proof = picture.proof
            yield Entry(document.proof_file(picture), proof.size, proof.sha256, proof.open)


def _log_entries(content: PackContent) -> Iterator[Entry]:
    yield container.from_bytes(document.CHECKPOINT_FILE, content.log.checkpoint.encode())
    for path, stamp in zip(document.stamp_files(content), content.log.stamps, strict=True):
        yield container.from_bytes(path, stamp)
    yield container.from_bytes(document.PROOFS_FILE, proofs_document(content))


def proofs_document(content: PackContent) -> bytes:
    """`data/log/proofs.json`: the opened entries, ordered by index (PROTOCOL §8), canonical.

    Written entry by entry: of thousands, each with its proof, the objects would weigh far more
    than the text.
    """
    size = int(content.log.checkpoint.split("\n")[1])
    ordered = sorted(content.log.entries, key=lambda entry: entry.index)
    text = io.BytesIO()
    text.write(b'{"entries":[')
    for number, entry in enumerate(ordered):
        text.write(b"," if number else b"")
        text.write(jcs.canonical(_proof_entry(entry)))
    text.write(b'],"size":%d}' % size)
    return text.getvalue()


def _proof_entry(entry: LogProofEntry) -> dict[str, object]:
    return {
        "kind": entry.kind,
        "subject": entry.subject,
        "sha256": entry.sha256,
        "salt": entry.salt.hex(),
        "index": entry.index,
        "proof": [digest.hex() for digest in entry.proof],
    }


def _case_entries(content: PackContent) -> Iterator[Entry]:
    for case in content.cases:
        yield _json(
            document.case_file(case.id),
            {
                "v": 1,
                "id": case.id,
                "number": case.number,
                "title": case.title,
                "unit": case.unit,
                "state": case.state,
                "state_label": case.state_label,
                "due": case.due,
                "records": list(case.records),
                "steps": [
                    {"day": step.day, "kind": step.kind, "text": step.text} for step in case.steps
                ],
            },
        )


def _tags(content: PackContent, payload: Sequence[Entry], thumbprint: str) -> dict[str, bytes]:
    ordered = sorted(payload, key=lambda entry: entry.path.encode())
    pack_id = bag.pack_id_of(bag.manifest_of(ordered))
    keys = {document.thumbprint_of(key.pem): key.pem for key in content.office_keys}
    if thumbprint not in keys:
        raise ValueError("the signing key is not among the pack's office keys")
    authority = content.log.authority_pem
    return {
        **{f"keys/{name}.pem": pem for name, pem in keys.items()},
        **({} if authority is None else {document.AUTHORITY_FILE: authority}),
        document.LOG_KEY_FILE: f"{content.log.verifier.strip()}\n".encode(),
        "VERIFY.md": page.verify_text(pack_id, thumbprint, content.origin),
    }


def _info(content: PackContent) -> dict[str, str]:
    return {
        "Source-Organization": content.office,
        "Bag-Software-Agent": "anfang",
        "Anfang-Pack-Version": "1",
        "Anfang-Profile": content.profile,
    }


def _json(path: str, value: object) -> Entry:
    return container.from_bytes(path, jcs.canonical(value))
