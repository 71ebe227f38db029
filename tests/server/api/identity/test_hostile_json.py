"""Bodies that are JSON only in name: a clear refusal, never a fault of the server."""

import pytest

BODIES = {
    "too deep": b"[" * 100_000,
    "too deep objects": b'{"a":' * 50_000,
    "endless number": b'{"token":' + b"9" * 10_000 + b"}",
    "half a character": b'{"token":"\\ud800","key":{},"proof":"\\ud800"}',
    "cut off": b'{"token":',
}


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES.keys())
@pytest.mark.parametrize("path", ["/devices", "/session"])
def test_unreadable_json_is_refused(app, path, body):
    answer = app.test_client().post(f"/api/v1{path}", data=body, content_type="application/json")
    assert (answer.status_code, answer.json["code"]) == (400, "http-400")
