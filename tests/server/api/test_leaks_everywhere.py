"""Two hundred visits are published in every way there is, and nothing of their source comes along.

Every secret value in every spelling is looked for in every byte of protected packs, of a notice, of
what a liaison and a stranger can call; and packs of one inspector's visits are compared with those
of another's: nothing ties the first ones together.
"""

import json
import random
import re
import zipfile
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
import time_machine

from anfang.claims.models import ClaimQuestion
from anfang.evidence.models import Media
from anfang.identity import custody
from anfang.identity import queries as identity
from anfang.inspections.models import RecordVersion
from anfang.kit.clock import rfc3339
from anfang.kit.db import db, transaction
from anfang.kit.http import PUBLIC
from anfang.kit.principal import Person, Role
from anfang.log.models import LogEntry
from anfang.permission_map import PERMISSIONS
from factories import complaints, inspections, packs, review, setup
from factories.claims import ask, cell, claim_all, sheet_of
from factories.custody import CONTACT, NAME
from support import leaks
from support.phone import Phone, jwk_of, payload_of, sha256, thumbprint
from support.pictures import camera_exif, encoded, scene

RECORDS = 200
WITH_PICTURES = 8
ALIASES = ("秘密代号子", "秘密代号丑", "秘密代号寅", "秘密代号卯")
START = datetime(2026, 11, 22, 2, 0, 7, 391_000, tzinfo=UTC)
DESK_TIME = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
SHOWN = {"day", "site", "subject", "visit", "answers"}


@dataclass
class World:
    """An office with its visits, and every value that must not leave it."""

    app: object
    lead: object
    liaison: object
    folder: Path
    secrets: set[str] = field(default_factory=set)
    by_alias: dict[str, list[review.Accepted]] = field(default_factory=dict)
    ids: dict[str, list[str]] = field(default_factory=dict)
    published: dict[str, bytes] = field(default_factory=dict)


def secret_visit(number: int, phone: Phone) -> dict:
    """Return members of a record whose every private value is its own."""
    chance = random.Random(f"visit {number}")
    ended = START + timedelta(minutes=2 * number, seconds=chance.randrange(1, 20))
    moments = [ended - timedelta(seconds=s, milliseconds=7) for s in (1151, 63, 41, 11)]
    started, fixed, last, sent = (rfc3339(one) for one in moments)
    lat, lon = 297_000_000 + chance.randrange(99_999), 1_159_900_000 + chance.randrange(99_999)
    return {
        "private": {
            "plate": f"甲A·{chance.randrange(10**6):06}",
            "names": [f"听到的人{number:04}"],
        },
        "note": f"暗访员留言第{number:04}号",
        "clock": inspections.clock(
            started_at=started, ended_at=last, submitted_at=sent,
            monotonic_ms=1_000_000_000 + chance.randrange(10**9),
        ),
        "place": {"lat_e7": lat, "lon_e7": lon, "accuracy_m": 12, "source": "gps", "at": fixed,
                  "measured": {"lat_e7": lat + 731, "lon_e7": lon - 577, "accuracy_m": 33,
                               "source": "gps", "at": fixed}},
        "remarks": [{"item": review.FAILED_ITEM, "text": f"现场原话第{number:04}句", "media": []}],
        "origin": {
            "assignment": None, "ticket": phone.ticket, "app": f"app-{number:05}",
            "user_agent": f"Mozilla/5.0 (SecretPhone {number:05})", "key_protection": "pin",
        },
    }  # fmt: skip


def secret_photo(number: int) -> bytes:
    """Return a picture whose file says where, when and with what it was taken."""
    exif = camera_exif(software=f"SecretEditor{number:04}", note=f"IMG_SECRET_{number:05}.jpg")
    exif[0x010F], exif[0x0110] = f"SecretMaker{number:04}", f"SecretModel{number:04}"
    return encoded(scene(number), exif=exif, comment=f"secret comment {number:05}".encode())


def values_of(filed: inspections.Filed) -> set[str]:
    """Return the secrets of one record."""
    shown, body, receipt = filed.disclosures, filed.body, payload_of(filed.receipt)
    clock, place = shown["clock"], shown["place"]
    moments = {clock["started_at"], clock["ended_at"], clock["submitted_at"], place["at"]}
    found = {
        shown["note"], shown["private"]["plate"], *shown["private"]["names"],
        shown["remarks"][0]["text"], str(clock["monotonic_ms"]), *shown["origin"].values(),
        body["certificate"].split(".")[1], body["certificate"].split(".")[2],
        sha256(body["certificate"]), body["link"].split(".")[2], sha256(body["link"]),
        filed.receipt.split(".")[2], receipt["certificate_commitment"],
    } - {None, "pin"}  # fmt: skip
    for fix in (place, place["measured"]):
        found |= leaks.degree_spellings(fix["lat_e7"]) | leaks.degree_spellings(fix["lon_e7"])
    for moment in moments | {receipt["received_at"]}:
        found |= leaks.moment_spellings(moment)
    for encoded_part in body["record"].split("~")[1:-1]:
        salt, name, _ = json.loads(leaks.base64.urlsafe_b64decode(encoded_part + "=="))
        found |= set() if name in SHOWN else {salt, encoded_part}
    return found


def values_of_phone(phone: Phone) -> set[str]:
    """Return the secrets of a phone and of who carries it."""
    jwk = jwk_of(phone.key)
    inspector = str(identity.enrolled_device(UUID(phone.device)).inspector_id)
    tickets = {phone.ticket.split(".")[2], phone.ticket.split(".")[1]}
    return {
        phone.device,
        thumbprint(jwk),
        jwk["x"],
        jwk["y"],
        phone.access_token,
        inspector,
    } | tickets


def values_of_office() -> set[str]:
    """Return the secrets of the office's own rows: reviewers, salts, decoders' findings."""
    reviewers = [u for u in db.session.scalars(identity.users_listed()) if "liaison" not in u.roles]
    media = db.session.scalars(db.select(Media)).all()
    held = db.session.scalars(db.select(LogEntry.salt).where(LogEntry.kind == "media"))
    versions = db.session.scalars(db.select(RecordVersion)).all()
    return {
        *(user.username for user in reviewers),
        *(str(user.id) for user in reviewers),
        *(one.tile_secret for one in media if one.tile_secret),
        *held,
        *(one.certificate_box for one in versions),
        NAME, CONTACT, packs.RESPONSIBLE, *ALIASES,
    }  # fmt: skip


def everyone_can_call(world: World, client, allows, header=()) -> dict[str, bytes]:
    """Call every GET address that somebody may call, with everything its path can name."""
    answers = {}
    for rule in world.app.url_map.iter_rules():
        permission = getattr(world.app.view_functions[rule.endpoint], "permission", None)
        if "GET" not in rule.methods or not allows(permission) or OWN_PAGES.match(rule.rule):
            continue
        for path in paths(rule, world.ids):
            for language in ("zh-CN", "en"):
                answer = client.get(path, headers={"Accept-Language": language, **dict(header)})
                heads = "\n".join(f"{name}: {value}" for name, value in answer.headers)
                answers[f"{language} {path}"] = answer.get_data() + heads.encode()
    return answers


OWN_PAGES = re.compile(
    r"/(field|console|verify-pack|assets|icons|sw\.js|manifest|icon\.svg|$)|/api/v1/session$"
)


def paths(rule, ids: dict[str, list[str]]) -> list[str]:
    """Return a rule's paths; an argument that this test does not know yet fails it."""
    found = [rule.rule]
    for name in rule.arguments:
        found = [re.sub(rf"<[^<]*\b{name}>", one, path) for path in found for one in ids[name]]
    queries = {"/api/v1/log/proof": ["?index=0&size={size}", "?index=7&size={size}"],
               "/api/v1/log/consistency": ["?from=1&to={size}"]}  # fmt: skip
    return [path + query.format(size=ids["size"][0])
            for path in found for query in queries.get(rule.rule, [""])]  # fmt: skip


@pytest.fixture
def clock():
    with time_machine.travel(START, tick=False) as clock:
        yield clock


@pytest.fixture
def world(app, office, phone, tmp_path, clock) -> World:
    """File, judge and publish everything; times of visits have seconds, the desk's have none."""
    campaign, desk = setup.running_campaign(office), office(Role.REVIEWER)
    phones = [phone(alias) for alias in ALIASES]
    world = World(app, campaign.lead, None, tmp_path)
    with transaction():
        for alias in ALIASES:
            custody.keep_person(identity.inspector_by_alias(alias), NAME, CONTACT)
    for number in range(RECORDS):
        clock.move_to(START + timedelta(minutes=2 * number, milliseconds=17 * number))
        who = phones[number % len(phones)]
        pictured = number < WITH_PICTURES
        photos = [secret_photo(number)] if pictured else []
        taken = rfc3339(START + timedelta(minutes=2 * number, seconds=-77))
        details = [{**one, "captured_at": taken} for one in review.details(photos)]
        record = review.accepted_record(
            office, who, campaign, reviewer=desk, photos=photos, media_details=details,
            publish=("redacted", "cleared")[number % 2] if pictured else None,
            **secret_visit(number, who),
        )  # fmt: skip
        world.by_alias.setdefault(ALIASES[number % len(phones)], []).append(record)
        world.secrets |= values_of(record.delivered.filed)
        world.secrets |= leaks.moment_spellings(taken) if pictured else set()
        if pictured:
            for word in ("SecretEditor", "SecretMaker", "SecretModel"):
                world.secrets.add(f"{word}{number:04}")
            world.secrets |= {f"IMG_SECRET_{number:05}.jpg", f"secret comment {number:05}"}
    clock.move_to(DESK_TIME)
    first = world.by_alias[ALIASES[0]][0]
    case, notices = packs.case_of(first, office)
    number = notices.published(notices.draft(case))["number"]
    order = notices.published(notices.composed("rectification", case))
    packs.seal()
    complaint = given_complaint(world, campaign)
    world.liaison = notices.liaison
    with transaction(write=False):
        for one in phones:
            world.secrets |= values_of_phone(one)
        world.secrets |= values_of_office()
        size = db.session.query(LogEntry).count()
    sheet, question = given_claim(campaign, world.liaison)
    world.ids = {
        "unit_id": list(campaign.tree.__dict__.values()), "case_id": [case["id"]],
        "site_id": list(campaign.sites.__dict__.values()), "sha256": [first.picture],
        "year": ["2026"], "serial": ["1"], "name": ["pack"], "size": [str(size)],
        "draw_id": [first.id], "row_id": [first.id], "notice_id": [order["id"]],
        "sheet_id": [sheet], "question_id": [question],
        "campaign_id": [campaign.id], "code": ["key-posts"], "complaint_id": [complaint],
        "release_id": [first.id], "round_id": [first.id], "run_id": [first.id],
    }  # fmt: skip
    publish(world, case["id"], number)
    return world


def given_complaint(world: World, campaign) -> str:
    """Give a complaint whose words tell who complains to a unit; returns its id."""
    said = f"我叫{complaints.NAME}，电话{complaints.PHONE}。{complaints.TEXT}"
    taken = complaints.taken_down(
        world.lead, campaign, text=said, about=complaints.ADDRESS, informant=complaints.INFORMANT
    )
    complaints.transferred(world.lead, campaign, taken["id"])
    world.secrets |= {*complaints.INFORMANT.values(), complaints.TEXT, taken["receipt_code"]}
    return str(taken["id"])


def given_claim(campaign, liaison) -> tuple[str, str]:
    """Let the unit report on itself and be asked about a difference; returns sheet and question."""
    request = ask(campaign.lead, campaign, items=[review.FAILED_ITEM])
    sheet = sheet_of(liaison, request)
    claim_all(liaison, sheet)
    figures = cell(campaign.lead, request, review.FAILED_ITEM)
    with transaction():
        reviewer = next(u for u in db.session.scalars(identity.users_listed()) if u.unit_id is None)
        question = ClaimQuestion(
            sheet_id=UUID(sheet["id"]), item=review.FAILED_ITEM, item_text="在岗", note="请说明",
            figures={name: figures[name] for name in ("claim", "seen", "difference", "flag")},
            asked_by=reviewer.id, answer_until=DESK_TIME + timedelta(days=7),
        )  # fmt: skip
        db.session.add(question)
        db.session.flush()
        return sheet["id"], str(question.id)


def publish(world: World, case: str, notice: str) -> None:
    """Make protected packs of everything, and call whatever may be called."""
    every = [one.id for records in world.by_alias.values() for one in records]
    chosen = {"records": every, "case": case, "notice": notice}
    for how, value in chosen.items():
        pack = packs.ordered(world.lead, "protected", seal=True, **{how: value})
        assert pack["state"] == "ready", pack
        file = packs.downloaded(world.lead, pack, world.folder)
        world.published[f"pack by {how}"] = file.read_bytes()
        with zipfile.ZipFile(file) as archive:
            assert {one.date_time for one in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    caller = Person(UUID(int=0), "", "", frozenset({Role.LIAISON}), UUID(int=0))
    desk = everyone_can_call(
        world, world.liaison.client,
        lambda permission: permission in PERMISSIONS and PERMISSIONS[permission](caller),
    )  # fmt: skip
    public = everyone_can_call(world, world.app.test_client(), lambda one: one == PUBLIC)
    assert any("/cases/" in path for path in desk)
    assert any(
        "/desk/documents/" in path and answer.startswith(b"%PDF") for path, answer in desk.items()
    )
    assert any(path.endswith("document.pdf") for path in public)
    world.published |= desk | public


@pytest.mark.slow
def test_nothing_published_of_200_visits_tells_who_when_or_where(world):
    search = leaks.Search(world.secrets)
    assert len(world.secrets) > 20 * RECORDS
    assert search.leaks(world.published) == set()
    linked_by_nothing(world)
    finds_what_a_full_pack_shows(world, search)


def linked_by_nothing(world: World) -> None:
    """Three packs of one inspector's visits have no value in common that others' have not."""
    one, *others = (
        [visit_pack(world, record) for record in records[-3:]]
        for records in world.by_alias.values()
    )
    elsewhere = set[bytes]().union(*(leaks.windows(pack, 8) for found in others for pack in found))
    common = set.intersection(*(leaks.windows(pack, 16) for pack in one))
    # A value of their own is new all through; a chance letter beside a common word is not.
    linking = {
        value for value in common if not any(value[at : at + 8] in elsewhere for at in range(9))
    }
    assert {(value, *leaks.places(value, one[0])) for value in linking} == set()


def visit_pack(world: World, record: review.Accepted) -> dict[str, bytes]:
    """Return the files of a pack of one visit; places in the log's tree left out.

    Nodes of the tree depend on where a leaf's hash falls among those of the day, on nothing else.
    """
    pack = packs.ordered(world.lead, "protected", records=[record.id])
    files = packs.unzipped(packs.downloaded(world.lead, pack, world.folder))
    proofs = json.loads(files["data/log/proofs.json"])
    for entry in proofs["entries"]:
        del entry["proof"], entry["index"]
    files["data/log/proofs.json"] = json.dumps(proofs).encode()
    listing = {name for name in files if "manifest" in name or name.endswith(".sig")}
    return {name: data for name, data in files.items() if name not in listing}


def finds_what_a_full_pack_shows(world: World, search: leaks.Search) -> None:
    """The same search over a full pack finds: so it is the packs that are clean, not the search."""
    record = world.by_alias[ALIASES[0]][0]
    pack = packs.ordered(world.lead, "full", records=[record.id])
    data = packs.downloaded(world.lead, pack, world.folder).read_bytes()
    found = {secret for secret, _ in search.leaks({"full": data})}
    filed = record.delivered.filed.disclosures
    assert {filed["note"], filed["origin"]["user_agent"], "SecretModel0000"} <= found
    assert str(filed["place"]["lat_e7"]) in found
    # Even there: neither who it was, nor a certificate, nor what is private.
    assert not {*ALIASES, filed["private"]["plate"], NAME} & found


CONTAINERS = {
    "page": lambda data: b"<p>" + data + b"</p>",
    "archive": lambda data: leaks_in_zip(data),
    "document": lambda data: b"%PDF-1.7\nstream\n" + leaks.zlib.compress(data) + b"\nendstream\n",
}


def leaks_in_zip(data: bytes) -> bytes:
    out = leaks.io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("inner.txt", b"before " + data + b" after")
    return out.getvalue()


@pytest.mark.parametrize(
    "secret", ["秘密代号子", "SecretPhone 17", "0b2c7c0e-7c5b-4a52-9d9c-1f1f4f8f0a11"]
)
@pytest.mark.parametrize("container", CONTAINERS)
def test_a_planted_value_is_found_in_every_spelling(secret, container, monkeypatch):
    monkeypatch.setattr(leaks, "pdf_text", lambda data: b"")  # no whole PDF, only its streams
    search = leaks.Search([secret])
    for spelling in leaks.spellings(secret):
        hidden = CONTAINERS[container](spelling)
        assert search.leaks({"published": hidden}), spelling


@pytest.mark.parametrize("shift", range(3))
def test_a_value_inside_an_encoded_text_is_found(shift):
    inner = b"x" * shift + "秘密代号子".encode() + b"y" * 5
    for text in (
        leaks.base64.b64encode(inner),
        leaks.base64.urlsafe_b64encode(inner),
        inner.hex().encode(),
    ):
        assert leaks.Search(["秘密代号子"]).leaks({"page": b'{"a":"' + text + b'"}'})
