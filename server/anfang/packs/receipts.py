"""Day receipts: what a protected pack says about a delivery (PROTOCOL §8). Pure."""

from collections.abc import Sequence
from typing import Final

from anfang.kit import jose

RECEIPT_TYP: Final = "receipt+jwt"
DAY_RECEIPT_TYP: Final = "day-receipt+jwt"


def day_receipt(signer: jose.PrivateKey, record_sha256: str, day: str, media: Sequence[str]) -> str:
    """Sign a receipt that names the day of delivery and nothing finer."""
    payload = {"record_sha256": record_sha256, "day": day, "media": sorted(media)}
    return jose.sign(signer, payload, typ=DAY_RECEIPT_TYP, kid=jose.key_thumbprint(signer))
