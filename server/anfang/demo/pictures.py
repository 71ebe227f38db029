"""Pictures for the demonstration: drawn, plainly illustrations, with EXIF as a phone writes it.

Deterministic: kind, seed, time and position give the same bytes with the same Pillow and fonts.
Without a Chinese font the signs stay empty. Every scene holds something that a reviewer would
have to redact (a face, a name card or a number plate), all of it invented.
"""

import io
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from fractions import Fraction

from PIL import ExifTags, Image

from anfang.demo.drawing import office, service_window, taxi
from anfang.demo.drawing.canvas import Canvas

_CHINA = timezone(timedelta(hours=8))
_SCENES: dict[str, Callable[[Canvas], None]] = {
    "taxi_meter_off": taxi.meter_off,
    "taxi_meter_on": taxi.meter_on,
    "taxi_rear": taxi.rear,
    "window_unmanned": service_window.unmanned,
    "window_staffed": service_window.staffed,
    "desk_untidy": office.desk_untidy,
    "desk_tidy": office.desk_tidy,
    "hall_clean": office.hall_clean,
    "hall_littered": office.hall_littered,
    "smoking_corner": office.smoking_corner,
}
KINDS: tuple[str, ...] = tuple(_SCENES)
_POOL_DAY = datetime(2026, 6, 1, 1, 30, tzinfo=UTC)
_POOL_LAT_E7, _POOL_LON_E7 = 300_000_000, 1_100_000_000


def scene(kind: str, seed: int, taken_at: datetime, lat_e7: int, lon_e7: int) -> bytes:
    """Draw one of `KINDS` as a 1600×1200 JPEG with EXIF time (China's zone) and position.

    `taken_at` must carry a zone; coordinates are WGS-84 in 1e-7 degree. Raises KeyError for an
    unknown kind and ValueError for a time without zone.
    """
    if taken_at.tzinfo is None:
        raise ValueError("taken_at needs a zone")
    canvas = Canvas(seed)
    _SCENES[kind](canvas)
    picture = canvas.finished(canvas.rng.uniform(-1.4, 1.4), canvas.rng.uniform(0, 1))
    buffer = io.BytesIO()
    picture.save(buffer, format="JPEG", quality=86, exif=_exif(taken_at, lat_e7, lon_e7))
    return buffer.getvalue()


def pool(n: int) -> list[bytes]:
    """Draw `n` different pictures that generated records share: all kinds in turn."""
    return [
        scene(
            KINDS[index % len(KINDS)],
            index,
            _POOL_DAY + timedelta(minutes=17 * index),
            _POOL_LAT_E7 + 1_000 * index,
            _POOL_LON_E7 + 1_000 * index,
        )
        for index in range(n)
    ]


def _exif(taken_at: datetime, lat_e7: int, lon_e7: int) -> Image.Exif:
    local, satellite = taken_at.astimezone(_CHINA), taken_at.astimezone(UTC)
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = "Anfang"
    exif[ExifTags.Base.Model] = "Demonstration"
    exif[ExifTags.Base.Orientation] = 1
    detail = exif.get_ifd(ExifTags.IFD.Exif)
    detail[ExifTags.Base.DateTimeOriginal] = local.strftime("%Y:%m:%d %H:%M:%S")
    detail[ExifTags.Base.OffsetTimeOriginal] = "+08:00"
    gps = exif.get_ifd(ExifTags.IFD.GPSInfo)
    gps[ExifTags.GPS.GPSLatitudeRef] = "N" if lat_e7 >= 0 else "S"
    gps[ExifTags.GPS.GPSLatitude] = _degrees(lat_e7)
    gps[ExifTags.GPS.GPSLongitudeRef] = "E" if lon_e7 >= 0 else "W"
    gps[ExifTags.GPS.GPSLongitude] = _degrees(lon_e7)
    gps[ExifTags.GPS.GPSDateStamp] = satellite.strftime("%Y:%m:%d")
    gps[ExifTags.GPS.GPSTimeStamp] = tuple(
        Fraction(part) for part in (satellite.hour, satellite.minute, satellite.second)
    )
    return exif


def _degrees(value_e7: int) -> tuple[Fraction, Fraction, Fraction]:
    degrees, rest = divmod(abs(value_e7), 10_000_000)
    minutes, rest = divmod(rest * 60, 10_000_000)
    return Fraction(degrees), Fraction(minutes), Fraction(round(rest * 60 / 1000), 10_000)
