"""Retention: how long media and complaints are kept, what holds them longer, and how they end.

Owns `legal_holds`. It stands above every room that links to media, because who links to a medium
decides how long it lives; `evidence` deletes and certifies. ``rules`` is pure.
"""
