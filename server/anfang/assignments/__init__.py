"""Who visits what, when: hidden from the inspected units.

Owns `assignments`.
"""
