"""Addresses of review."""

from anfang.kit.http import Room

room = Room("review", __name__, description="Review of records")
