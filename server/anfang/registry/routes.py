"""Addresses of registry."""

from anfang.kit.http import Room

room = Room("registry", __name__, description="Units and sites")
