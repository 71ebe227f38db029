"""Evidence packs: what the office hands out so that anyone can check it (PROTOCOL §8).

Owns the pack format: its content model, the deterministic bag, the page for people, the ledger,
and the verifier, which works from the file alone and shares no data with the server.
"""
