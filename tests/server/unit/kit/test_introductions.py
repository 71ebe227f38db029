"""Who trusts which office key: the same cases as the phone's."""

import json
from pathlib import Path

import pytest

from anfang.kit import introductions, jose

VECTORS = json.loads(
    (Path(__file__).parents[3] / "vectors" / "introductions.json").read_text("utf-8")
)
KEYS = {jose.jwk_thumbprint(jwk): jose.key_from_jwk(jwk) for jwk in VECTORS["keys"]}


def introducers(tokens):
    found = {}
    for thumbprint in KEYS:
        for token in tokens:
            try:
                found[thumbprint] = introductions.introduced_by(token, thumbprint, KEYS)
            except jose.JoseError:
                continue
    return found


@pytest.mark.parametrize("case", VECTORS["cases"], ids=lambda case: case["name"])
def test_trust_runs_forward_along_introductions(case):
    known = introducers(case["introductions"])
    trusted = [key for key in KEYS if introductions.is_trusted(key, known, {case["pinned"]})]
    assert sorted(trusted) == case["trusted"]
