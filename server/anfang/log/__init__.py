"""The public evidence log (PROTOCOL §6) and the office's audit trail.

Owns `log_entries`, `log_checkpoints` and `audit_entries`. Verbs of other rooms queue entries in
their own transaction; one writer a day gives them their places and signs a checkpoint, so that
watching the log does not show visits as they happen.
"""
