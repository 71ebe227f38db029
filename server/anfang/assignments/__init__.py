"""Who visits what, when, by hand or by draw: hidden from the inspected units.

Owns `assignments`, `draws` and `inspector_conflicts`.
"""
