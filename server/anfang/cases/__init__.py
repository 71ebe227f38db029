"""Matters with an owner, a deadline and an answer: from confirmed finding to closing.

Owns `cases`, `case_findings`, `case_statements`, `case_serials`.
"""
