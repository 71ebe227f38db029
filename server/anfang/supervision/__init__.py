"""Supervision: cases of the approval systems against their promised and legal limits; cards."""
