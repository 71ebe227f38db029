"""Reports: what visits, cases and the public's voice add up to; results and the press.

Owns `result_releases` and `press_packs`; all else is counted from the rooms beneath at the moment
it is asked for. It counts visits of units and sites, never of inspectors. ``weeks`` is pure.
"""
