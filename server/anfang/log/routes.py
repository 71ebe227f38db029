"""Public addresses of the log: sealed sizes only."""

from typing import Any

from flask import Response

from anfang.kit import merkle
from anfang.kit.errors import NotFound
from anfang.kit.http import PUBLIC, Room
from anfang.log import queries
from anfang.log.schemas import (
    ConsistencyQuery,
    ConsistencySchema,
    ProofQuery,
    ProofSchema,
)

room = Room("log", __name__, url_prefix="/log", description="The public evidence log")


@room.get("/checkpoint", permission=PUBLIC)
@room.response(200, content_type="text/plain")
def checkpoint() -> Response:
    """Return the newest signed checkpoint (C2SP tlog-checkpoint)."""
    return Response(queries.newest_checkpoint().note, mimetype="text/plain")


@room.get("/proof", permission=PUBLIC)
@room.arguments(ProofQuery, location="query")
@room.response(200, ProofSchema)
def inclusion(query: dict[str, int]) -> dict[str, Any]:
    """Prove that an entry stands at `index` in the tree of `size` entries."""
    index, size = query["index"], query["size"]
    queries.require_sealed(size)
    if index >= size:
        raise NotFound
    hashes = queries.leaf_hashes(size)
    proof = merkle.inclusion_proof(hashes, index)
    return {
        "index": index,
        "size": size,
        "leaf_hash": hashes[index].hex(),
        "proof": [node.hex() for node in proof],
    }


@room.get("/consistency", permission=PUBLIC)
@room.arguments(ConsistencyQuery, location="query")
@room.response(200, ConsistencySchema)
def consistency(query: dict[str, int]) -> dict[str, Any]:
    """Prove that the tree of size `to` only appended to the tree of size `from`."""
    old, new = query["from_"], query["to"]
    queries.require_sealed(old)
    queries.require_sealed(new)
    if old > new:
        raise NotFound
    proof = merkle.consistency_proof(queries.leaf_hashes(new), old)
    return {"from_": old, "to": new, "proof": [node.hex() for node in proof]}
