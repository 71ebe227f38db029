"""Complaints: what the public says of units, until everybody who said it is answered."""
