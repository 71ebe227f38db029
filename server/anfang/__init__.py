"""Anfang 暗访: undercover inspections of public services."""

from anfang.kit.input_texts import use_catalogue

# Before any schema is made: marshmallow copies its messages into every field.
use_catalogue()
