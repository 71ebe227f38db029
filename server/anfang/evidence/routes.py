"""Addresses of evidence."""

from anfang.kit.http import Room

room = Room("evidence", __name__, description="Media uploads (tus 1.0.0)")
