"""Ordered consequences for units, rewards, referrals, reviews of conclusions.

Owns `ladder_measures`, `ladder_measure_cases`, `ladder_facts`, `ladder_referrals`,
`ladder_reviews`, `ladder_unit_rules`.
"""
