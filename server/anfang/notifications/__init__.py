"""Notifications: who is told of what, when and over which channel; owns channels and wishes."""
