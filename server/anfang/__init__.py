"""Anfang 暗访: undercover inspections of public services."""
