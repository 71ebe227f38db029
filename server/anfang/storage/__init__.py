"""Bytes that outlive a request: originals, derivatives, documents, packs, by content address.

Owns no table. One interface for a directory and for any S3 store; what `put` has returned from is
durable, and an object that exists is never overwritten.
"""
