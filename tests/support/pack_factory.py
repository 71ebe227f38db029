"""An office in miniature: keys, records, pictures, a log; everything a pack is made of."""

import hashlib
import io
import uuid
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from PIL import Image

from anfang.kit import introductions, jcs, jose, leaves, merkle, minutes, notes, sdjwt, tiles
from anfang.packs import content
from anfang.packs.build import build_bag

UNIT = "0b3c1a52-6f0e-4f0b-8f5e-111111111111"
SITE = "0b3c1a52-6f0e-4f0b-8f5e-222222222222"
CAMPAIGN = "0b3c1a52-6f0e-4f0b-8f5e-333333333333"
CHECKLIST = "0b3c1a52-6f0e-4f0b-8f5e-444444444444"
SECRETS = (
    "DRIVERPLATE甲A12345",
    "Mozilla/5.0 Secret",
    "315812345",
    "1208812345",
    "SECRETNOTE",
    "REVIEWERWORDS",
)


def seeded(name, size=32):
    return hashlib.shake_256(name.encode()).digest(size)


def key_of(name):
    return ec.derive_private_key(int.from_bytes(seeded(name)) >> 1, ec.SECP256R1())


def id_of(name):
    return str(uuid.UUID(bytes=seeded(name, 16), version=4))


def in_one_piece(data):
    """Open bytes in one piece; unlike a lambda, it can wait on disk."""
    return partial(iter, (data,))


def sha256(data):
    return hashlib.sha256(data).hexdigest()


@dataclass
class Office:
    key: jose.PrivateKey = field(default_factory=lambda: key_of("office"))
    log_key: Ed25519PrivateKey = field(
        default_factory=lambda: Ed25519PrivateKey.from_private_bytes(seeded("log"))
    )
    origin: str = "log.example"
    opened: list = field(default_factory=list)

    @property
    def kid(self):
        return jose.key_thumbprint(self.key)

    def log(self, kind, subject, digest):
        salt = seeded(f"{kind}{subject}{digest}", leaves.SALT_BYTES)
        self.opened.append((kind, subject, digest, salt))
        return salt

    def sealed(self):
        """Give the log as packs hold it: strangers' entries between ours."""
        hashes, ours = [], []
        for number, entry in enumerate(self.opened):
            hashes.append(merkle.leaf_hash(f"stranger {number}".encode()))
            ours.append((len(hashes), entry))
            hashes.append(leaves.leaf_hash(*entry))
        tree = merkle.Tree(hashes)
        checkpoint = notes.Checkpoint(self.origin, len(tree), tree.root())
        return content.LogInPack(
            verifier=str(notes.verifier_of(self.origin, self.log_key)),
            checkpoint=notes.sign_checkpoint(checkpoint, self.log_key),
            entries=tuple(
                content.LogProofEntry(*entry, index, tuple(tree.inclusion_proof(index)))
                for index, entry in ours
            ),
        )


def picture(name):
    """A small photo that has edge tiles: bytes of a JPEG, and its upright RGB pixels."""
    image = Image.frombytes("RGB", (70, 45), seeded(f"picture {name}", 70 * 45 * 3))
    file = io.BytesIO()
    image.save(file, "JPEG")
    upright = Image.open(io.BytesIO(file.getvalue())).convert("RGB")
    return file.getvalue(), upright.width, upright.height, upright.tobytes()


def png(width, height, rgb):
    file = io.BytesIO()
    Image.frombytes("RGB", (width, height), rgb).save(file, "PNG")
    return file.getvalue()


def disclosures(name, media):
    lat, lon = 315812345, 1208812345
    return {
        "day": "2026-11-21",
        "visit": {"outcome": "done", "reason": None},
        "site": SITE,
        "subject": {"kind": "window", "label": "3号窗口<b>"},
        "private": {"plate": "DRIVERPLATE甲A12345"},
        "answers": [{"item": "a1", "value": "no"}, {"item": "a2", "value": 125}],
        "remarks": [{"item": "a1", "text": "无人在岗 <script>alert(1)</script>", "media": media}],
        "place": {"lat_e7": lat, "lon_e7": lon, "accuracy_m": 9, "source": "gps"},
        "clock": {"submitted_at": "2026-11-21T08:15:30.250Z"},
        "ride": None,
        "media_details": [],
        "origin": {"user_agent": "Mozilla/5.0 Secret", "ticket": "x"},
        "note": f"SECRETNOTE {name}",
    }


CHECKLISTS = (
    {
        "id": CHECKLIST,
        "code": "window",
        "version": 1,
        "title": "窗口服务",
        "items": [
            {"id": "a1", "text": "窗口有人在岗", "kind": "yes_no", "photo": "on_fail"},
            {"id": "a2", "text": "等候时间", "kind": "number", "scale": 1, "unit": "分钟"},
        ],
    },
)


def make_record(office, name, pictures=2, profile="full"):
    photos = sorted((picture(f"{name}{n}") for n in range(pictures)), key=lambda p: sha256(p[0]))
    if profile == "full":
        originals = tuple(
            content.MediaInPack(sha256(p[0]), len(p[0]), "jpg", in_one_piece(p[0])) for p in photos
        )
        return record_of(office, name, originals)
    made = declare(office, name, [sha256(photo[0]) for photo in photos])
    redacted = tuple(redact(office, *photo, record_id=id_of(name)) for photo in photos)
    return replace(made, redacted=redacted)


def record_of(office, name, originals):
    """A record with its originals, in the order of their hashes."""
    made = declare(office, name, [one.sha256 for one in originals])
    for one in originals:
        office.log("media", id_of(name), one.sha256)
    return replace(made, media=originals)


def declare(office, name, media):
    """A record that declares pictures, signed, received, accepted."""
    record_id, key = id_of(name), key_of(f"record {name}")
    clear = {"v": 1, "id": record_id, "campaign": CAMPAIGN, "checklist": CHECKLIST, "unit": UNIT,
             "supersedes": None, "media": media}  # fmt: skip
    values = disclosures(name, media)
    salts = {member: seeded(f"salt {name} {member}", 16) for member in values}
    text = sdjwt.issue(key, clear, values, salts=salts)
    digest = sdjwt.record_sha256(text)
    receipt = {"record": record_id, "record_sha256": digest, "certificate_commitment": "0" * 64,
               "received_at": "2026-11-21T09:00:00.000Z", "complete": True, "media": media,
               "log_by": "2026-11-22T09:00:00.000Z"}  # fmt: skip
    office.log("record", record_id, digest)
    return content.RecordInPack(
        sdjwt=text,
        receipt=jose.sign(office.key, receipt, typ="receipt+jwt", kid=office.kid),
        received_day="2026-11-21",
        review=review(office, {"record": record_id, "record_sha256": digest}, "accepted"),
    )


def released(office, name="a", *, logged=True, **changes):
    """A record whose key certificate the custodians have released."""
    device, record_key = key_of("device"), key_of(f"record {name}")
    record = make_record(office, name)
    payload = {"record": id_of(name), "jkt": jose.key_thumbprint(record_key), **changes}
    certificate = jose.sign(device, payload, typ="record-key+jwt", kid="device")
    disclosure = sha256(b"the custodians' release")
    if logged:
        office.log("disclosure", id_of(name), disclosure)
    salt = bytes(range(16))
    receipt = jose.parse(record.receipt, typ="receipt+jwt").payload
    receipt["certificate_commitment"] = sha256(salt + certificate.encode())
    return replace(
        record,
        receipt=jose.sign(office.key, receipt, typ="receipt+jwt", kid=office.kid),
        certificate=content.CertificateInPack(
            certificate, salt, jose.public_jwk(device), disclosure
        ),
    )


def review(office, subject, decision):
    """A decision as the review room logs it, under a salt that is the same in every run."""
    details = {"reason": "REVIEWERWORDS", "at": "2026-11-22T09:13:47.123Z"}
    salt = seeded(f"minute {subject} {decision}", minutes.SALT_BYTES)
    minute = {"v": 1, **subject, "decision": decision, "day": "2026-11-22",
              "details_c": minutes.commitment(salt, details)}  # fmt: skip
    office.log("review", subject["record"], minutes.sha256_of(minute))
    return content.ReviewInPack(minute, details, salt.hex())


def redact(office, data, width, height, rgb, rectangles=((0, 0, 10, 10),), *, record_id):
    original = sha256(data)
    salts = tiles.tile_salts(seeded(f"tiles {original}"), len(tiles.tiles_of(width, height)))
    root = tiles.root_of(width, height, rgb, salts).hex()
    root_salt = office.log("pixels", original, root)
    masked = tiles.snap(rectangles, width, height)
    image = png(width, height, tiles.masked_copy(width, height, rgb, masked))
    proof = tiles.make_proof(original_sha256=original, width=width, height=height, rgb=rgb,
                             salts=salts, root_salt=root_salt, masked=masked)  # fmt: skip
    office.log("redaction", original, sha256(image))
    text = jcs.canonical(proof)
    kept = content.ProofInPack(len(text), sha256(text), in_one_piece(text))
    subject = {"record": record_id, "original_sha256": original, "png_sha256": sha256(image)}
    decision = review(office, subject, "redaction" if rectangles else "clearance")
    return content.RedactedPicture(
        original, sha256(image), len(image), in_one_piece(image), kept, decision
    )


def make_content(office, profile="full", records=("a", "b"), **changes):
    made = tuple(make_record(office, name, profile=profile) for name in records)
    pdf = b"%PDF-1.7 notice"
    office.log("notice", "甲两整办通〔2026〕1号", sha256(pdf))
    notice = content.NoticeInPack("甲两整办通〔2026〕1号", "关于窗口空岗的通报", "2026-11-22",
                                  "published", sha256(pdf), len(pdf),
                                  in_one_piece(pdf))  # fmt: skip
    case = content.CaseInPack(
        id=id_of("case"), number="甲督〔2026〕3号", title="窗口空岗", unit="甲市示范局",
        state="rectified", state_label="已整改", due="2026-11-30", records=(id_of("a"),),
        steps=(content.CaseStep("2026-11-22", "reply", "已安排 A/B 岗"),),
    )  # fmt: skip
    office.log("reply", case.number, sha256(case.steps[0].text.encode()))
    whole = content.PackContent(
        profile=profile,
        office="甲市两整办",
        origin="https://office.example",
        office_keys=(content.OfficeKey(jose.public_pem(office.key)),),
        log=office.sealed(),
        records=made,
        labels=content.Labels(
            campaigns={CAMPAIGN: "示范整顿", "other": "OTHERCAMPAIGN"},
            units={UNIT: "甲市示范局", "other": "OTHERUNIT"},
            sites={SITE: "示范路大厅", "other": "OTHERSITE"},
            checklists=CHECKLISTS,
        ),
        cases=(case,),
        notices=(notice,),
    )
    return replace(whole, **changes)


def write_pack(folder: Path, data: content.PackContent, signer) -> Path:
    bag = build_bag(data, signer)
    path = folder / f"{bag.pack_id}.zip"
    with path.open("wb") as file:
        file.writelines(bag.stream())
    return path


def introduction(earlier, later):
    return introductions.introduce(earlier, later.public_key())
