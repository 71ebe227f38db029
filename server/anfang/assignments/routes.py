"""Addresses of assignments."""

from anfang.kit.http import Room

room = Room("assignments", __name__, description="Assignments")
