"""Cycles: what must come every month, quarter, stage or year; bulletins; pace; alerts."""
