"""From content to a signed, streaming bag (PROTOCOL §8). Pure."""

from collections.abc import Iterable, Iterator
from itertools import chain

from anfang.kit import jcs, jose
from anfang.packs import bag, container, document, ledger, page, view
from anfang.packs.bag import Bag
from anfang.packs.container import Entry
from anfang.packs.content import LogProofEntry, Many, PackContent, RecordInPack
from anfang.packs.prepared import PreparedRecord, prepare
from anfang.packs.scratch import Scratch


def build_bag(content: PackContent, signer: jose.PrivateKey, scratch: Scratch | None = None) -> Bag:
    """Lay out a pack: everything but the pictures' bytes, which are read while streaming.

    Memory does not grow with the pack: what does grow waits in the scratch. The same content and
    key give the same bytes. [Note: Photo path] The last hop, where a photo leaves the office.

    Args:
        scratch: where the documents wait that are made here; in the system's own folder if none.

    Raises:
        ValueError: content that contradicts the profile, or a path that stands twice.
        JoseError: a record that does not verify.
        OSError: no room for what is made here.
    """
    _require_profile(content)
    scratch = scratch or Scratch()
    records = prepare(content, signer, scratch)
    views = view.RecordViews(content, records)
    thumbprint = jose.key_thumbprint(signer)
    documents = chain(
        _record_entries(records, scratch),
        _log_entries(content, scratch),
        _case_entries(content),
        _notice_entries(content),
        _whole_entries(content, views, thumbprint, scratch),
    )
    payload = _payload(documents, records, scratch)
    manifest = scratch.keep(bag.MANIFEST, bag.manifest_lines(payload))
    tags = _tags(content, bag.pack_id_of(manifest.sha256), thumbprint)
    return bag.make_bag(payload, manifest, tags, _info(content), signer)


def _payload(
    documents: Iterable[Entry], records: Many[PreparedRecord], scratch: Scratch
) -> Many[Entry]:
    """List the files below `data/` in a bag's order, that of their paths' bytes."""
    payload = scratch.list()
    for entry in documents:
        if not payload.add(entry.path, entry):
            raise ValueError("a path stands twice in the payload")
    for record in records:
        for entry in _picture_entries(record.source):
            # One picture can belong to two records: the pack holds it once.
            payload.add(entry.path, entry)
    return payload


def _whole_entries(
    content: PackContent, views: view.RecordViews, thumbprint: str, scratch: Scratch
) -> Iterator[Entry]:
    yield scratch.keep("data/pack.json", document.pack_document(content, views.records))
    yield ledger.ledger("data/ledger.xlsx", views, scratch)
    yield scratch.keep("data/index.html", page.page(content, views, thumbprint, scratch))


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


def _record_entries(records: Iterable[PreparedRecord], scratch: Scratch) -> Iterator[Entry]:
    for record in records:
        yield scratch.keep(record.file, [record.text.encode()])
        yield scratch.keep(record.receipt_file, [record.receipt.encode()])
        yield from _certificate_entries(record)


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


def _log_entries(content: PackContent, scratch: Scratch) -> Iterator[Entry]:
    yield container.from_bytes(document.CHECKPOINT_FILE, content.log.checkpoint.encode())
    for path, stamp in zip(document.stamp_files(content), content.log.stamps, strict=True):
        yield container.from_bytes(path, stamp)
    yield scratch.keep(document.PROOFS_FILE, proofs_document(content))


def proofs_document(content: PackContent) -> Iterator[bytes]:
    """`data/log/proofs.json`: the opened entries, ordered by index (PROTOCOL §8), canonical."""
    size = int(content.log.checkpoint.split("\n")[1])
    return jcs.canonical_pieces({"size": size}, entries=map(_proof_entry, content.log.entries))


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


def _notice_entries(content: PackContent) -> Iterator[Entry]:
    for one in content.notices:
        yield Entry(document.notice_file(one.number), one.size, one.sha256, one.open)


def _tags(content: PackContent, pack_id: str, thumbprint: str) -> dict[str, bytes]:
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
