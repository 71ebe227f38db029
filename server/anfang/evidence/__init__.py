"""Evidence: originals as received, their decoding in confinement, pixel roots and redactions.

Owns media as bytes and what was made of them: uploads and held originals, decoded derivatives,
tile roots, redactions with their proofs. It knows no inspection: whoever owns a picture links to
it. ``decoder``, ``redaction`` and the stand-alone child program ``confined`` are pure.
"""
