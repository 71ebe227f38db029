"""Which uploads a phone may touch: those of its inspector; all others look absent.

A replaced phone may finish its inspector's records, so the inspector counts, not the phone.
"""

from sqlalchemy import ColumnElement

from anfang.evidence.models import Upload
from anfang.kit.principal import Device


def own_uploads(device: Device) -> ColumnElement[bool]:
    """Return the predicate of the uploads that a phone may see, continue and end."""
    return Upload.inspector_id == device.inspector
