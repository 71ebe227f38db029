"""Units of the administration in their tree, and the sites where inspectors go.

Owns `units` and `sites`.
"""
