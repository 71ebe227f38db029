"""Addresses of checklists."""

from anfang.kit.http import Room

room = Room("checklists", __name__, description="Checklists and their versions")
