"""Surveys: rounds of satisfaction surveys, their frames and tokens, anonymous answers, results."""
