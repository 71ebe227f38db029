"""The demonstration's pictures pass for a phone's: they decode, repeat and differ."""

from datetime import UTC, datetime

import pytest

from anfang.demo import pictures
from anfang.demo.drawing import canvas
from anfang.evidence.decoder import Decoded, decode

TAKEN_AT = datetime(2026, 3, 2, 1, 15, 30, tzinfo=UTC)


@pytest.mark.parametrize("kind", pictures.KINDS)
def test_every_scene_decodes_with_its_time_and_place(kind):
    answer = decode(pictures.scene(kind, 5, TAKEN_AT, 312_304_000, 1_214_737_123), "image/jpeg")

    assert isinstance(answer, Decoded)
    assert (answer.width, answer.height, answer.kind_mismatch) == (1600, 1200, False)
    assert answer.facts.taken_local == "2026-03-02T09:15:30"
    assert (answer.facts.utc_offset, answer.facts.gps_at) == ("+08:00", "2026-03-02T01:15:30Z")
    assert (answer.facts.lat_e7, answer.facts.lon_e7) == (312_304_000, 1_214_737_123)
    assert (answer.facts.software, answer.facts.screenshot) == (None, False)


def test_the_same_seed_is_the_same_picture_and_another_seed_is_not():
    def draw(seed):
        return pictures.scene("taxi_rear", seed, TAKEN_AT, 0, 0)

    assert draw(1) == draw(1)
    assert draw(1) != draw(2)


def test_a_pool_holds_as_many_pictures_as_asked_all_different():
    assert len(set(pictures.pool(3))) == 3


def test_a_time_without_zone_is_refused():
    with pytest.raises(ValueError, match="zone"):
        pictures.scene("desk_tidy", 1, TAKEN_AT.replace(tzinfo=None), 0, 0)


def test_signs_stay_empty_where_no_font_can_write_them(monkeypatch, tmp_path):
    monkeypatch.setattr(canvas, "_FONTS", (tmp_path / "absent.ttc",))
    canvas._font.cache_clear()
    surface = canvas.Canvas(1)
    blank = surface.image.tobytes()

    surface.text(800, 600, "暂停服务", 80, (0, 0, 0))
    assert surface.image.tobytes() == blank
    surface.text(800, 600, "TAXI", 80, (0, 0, 0))
    assert surface.image.tobytes() != blank
    canvas._font.cache_clear()
