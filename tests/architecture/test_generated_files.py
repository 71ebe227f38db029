"""What is generated and committed is fresh: `make openapi` would change nothing."""

import json
import os
import subprocess

import pytest

from support.house import ROOT

PWA = ROOT / "pwa"
DOCUMENT = ROOT / "server" / "openapi.json"
CLIENT = PWA / "src" / "shared" / "api" / "generated.d.ts"


def test_the_committed_openapi_document_is_fresh(built_app):
    with built_app.app_context():
        served = built_app.extensions["anfang_api"].spec.to_dict()
    assert json.loads(DOCUMENT.read_text("utf-8")) == json.loads(json.dumps(served))


def test_the_typescript_client_is_fresh(tmp_path):
    generator = PWA / "node_modules" / ".bin" / "openapi-typescript"
    if not generator.exists():
        pytest.skip("the PWA's packages are not installed (make check installs them)")
    output = tmp_path / "client.d.ts"
    subprocess.run(
        [str(generator), str(DOCUMENT), "--output", str(output)],
        cwd=PWA,
        check=True,
        capture_output=True,
        env={**os.environ, "NO_COLOR": "1"},
    )
    assert output.read_text("utf-8") == CLIENT.read_text("utf-8")
