"""Addresses of documents."""

from anfang.kit.http import Room

room = Room("documents", __name__, description="Notices")
