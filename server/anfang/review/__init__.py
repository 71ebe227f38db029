"""Judging records: queue, decisions, findings, redaction or express clearance of pictures.

Owns `decisions`, `review_claims`, `findings`, `picture_decisions`.
"""
