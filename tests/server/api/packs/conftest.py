from dataclasses import dataclass
from typing import Any

import pytest

from anfang.kit.principal import Role
from factories import inspections, packs, review, setup
from support.server import Office

# What must never leave in a protected pack, planted in every member that could carry it.
SECRETS = {
    "private": {"plate": "甲A·S3CR3T"},
    "note": "SECRETNOTE",
    "clock": inspections.clock(monotonic_ms=10_800_123_457),
    "place": {
        "lat_e7": 297_001_234,
        "lon_e7": 1_159_905_678,
        "accuracy_m": 17,
        "source": "gps",
        "at": "2026-11-22T08:27:10.123Z",
        "measured": None,
    },
}


@dataclass(frozen=True)
class Reviewed:
    """A campaign with one accepted record of two pictures, of which one is redacted."""

    campaign: setup.Campaign
    lead: Office
    phone: Any
    record: review.Accepted
    reviewer: Office


@pytest.fixture
def reviewed(office, phone):
    campaign = setup.running_campaign(office)
    inspector = phone(packs.ALIAS)
    origin = {
        "assignment": None,
        "ticket": inspector.ticket,
        "app": "test",
        "user_agent": "Mozilla/5.0 SecretPhone",
        "key_protection": "pin",
    }
    remarks = [{"item": review.FAILED_ITEM, "text": "REMARKWORDS", "media": []}]
    desk = office(Role.REVIEWER)
    record = review.accepted_record(
        office, inspector, campaign, reviewer=desk, origin=origin, remarks=remarks, **SECRETS
    )
    return Reviewed(campaign, campaign.lead, inspector, record, desk)


@pytest.fixture
def sealed(reviewed):
    packs.seal()
    return reviewed


@pytest.fixture
def full_pack(sealed, tmp_path):
    pack = packs.ordered(sealed.lead, "full", records=[sealed.record.id])
    return packs.downloaded(sealed.lead, pack, tmp_path)


@pytest.fixture
def protected_pack(sealed, tmp_path):
    pack = packs.ordered(sealed.lead, "protected", records=[sealed.record.id])
    return packs.downloaded(sealed.lead, pack, tmp_path)
