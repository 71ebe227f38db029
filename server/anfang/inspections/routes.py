"""Addresses of inspections."""

from anfang.kit.http import Room

room = Room("inspections", __name__, description="Records and the phone's bundle")
