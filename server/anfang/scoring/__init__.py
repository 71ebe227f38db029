"""Scores and rankings of units, by a formula that the rulebook holds: runs frozen with what they
were computed from, signed off by a second person, published, never changed, and what follows from
them. Persons are never scored.
"""
