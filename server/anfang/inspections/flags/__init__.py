"""Comparisons of a record with what the office knows. Pure: figures in, flags out.

A flag is a stable code and the figures behind it; its text is the catalogue's `flag-<code>`. It
says what differs, never what that means: judging is the reviewer's work.
"""
