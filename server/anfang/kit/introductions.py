"""How a later office key is vouched for by an earlier one (PROTOCOL §1). Pure.

An introduction is an office JWS, typ `office-key+jwt`, `kid` the earlier key, over
`{"jwk": <later key>}`. Trust runs forward only: whoever trusts a key trusts those that it
introduced, never the one that introduced it, for anyone can introduce a public key.
"""

from collections.abc import Collection, Mapping
from typing import Final

from anfang.kit import jose

TYP: Final = "office-key+jwt"


def introduce(earlier: jose.PrivateKey, later: jose.PublicKey) -> str:
    """Sign the later key by the earlier one."""
    payload = {"jwk": jose.public_jwk(later)}
    return jose.sign(earlier, payload, typ=TYP, kid=jose.key_thumbprint(earlier))


def introduced_by(token: str, thumbprint: str, keys: Mapping[str, jose.PublicKey]) -> str:
    """Return the thumbprint of the key of `keys` that introduced `thumbprint`.

    Raises `JoseError`: the token does not verify, or is about another key (`key`).
    """
    jws = jose.verify_by_kid(token, typ=TYP, keys=keys)
    if (
        jose.jwk_thumbprint(jose.public_jwk(jose.key_from_jwk(jws.payload.get("jwk"))))
        != thumbprint
    ):
        raise jose.JoseError("key", "the introduction is about another key")
    return str(jws.header["kid"])


def is_trusted(signer: str, introducers: Mapping[str, str], trusted: Collection[str]) -> bool:
    """Whether `signer` is trusted, or introduced, step by step, by a key that is.

    `introducers` maps a key to the key that introduced it; circles end the walk.
    """
    seen: set[str] = set()
    current: str | None = signer
    while current is not None and current not in seen:
        if current in trusted:
            return True
        seen.add(current)
        current = introducers.get(current)
    return False
