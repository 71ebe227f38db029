unit-code-taken = This unit code is already in use.
unit-cycle = A unit cannot be moved below itself.
site-position-incomplete = Give latitude, longitude and radius together, or none of them (a mobile site).
