"""The checks of a pack, one file each; `anfang.packs.verify` runs them in order.

Each check is a function of a `Reading` that yields findings and adds to the reading what later
checks lean on. None raises, whatever the pack holds.
"""
