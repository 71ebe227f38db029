"""Breaches of a rulebook's rule sets: alleged on a case, decided after its defence; vetoes.

Owns `rule_breaches`.
"""
