"""Addresses of cases."""

from anfang.kit.http import Room

room = Room("cases", __name__, description="Cases")
