"""Inspection records as phones sign them: receiving, receipts, versions, flags, the day's bundle.

Owns `records`, `record_versions`, `record_flags`, `record_returns`, `witnesses`, `chain_links`.
"""
