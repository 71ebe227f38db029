"""Addresses of packs."""

from anfang.kit.http import Room

room = Room("packs", __name__, description="Evidence packs")
