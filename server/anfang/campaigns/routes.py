"""Addresses of campaigns."""

from anfang.kit.http import Room

room = Room("campaigns", __name__, description="Campaigns")
