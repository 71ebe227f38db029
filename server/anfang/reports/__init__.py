"""Reports: what the office's visits and cases add up to, for one page of figures and one map.

Owns no table: everything is counted from the rooms beneath at the moment it is asked for. It
counts visits of units and sites, never of inspectors. ``weeks`` is pure.
"""
