"""Sealed appraisals: slips handed out, ballots in a box of their own, opened before witnesses."""
