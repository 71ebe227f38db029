"""The dependency audit tells what is known, what is not, and what could not be asked."""

import importlib.util
import json
import sys

import pytest

from support.house import ROOT

_SPEC = importlib.util.spec_from_file_location("audit", ROOT / "tools" / "audit.py")
audit = importlib.util.module_from_spec(_SPEC)
sys.modules["audit"] = audit  # dataclasses look their module up
_SPEC.loader.exec_module(audit)

PYTHON = {
    "dependencies": [
        {"name": "sound", "version": "1.0", "vulns": []},
        {"name": "hurt", "version": "0.9", "vulns": [{"id": "PYSEC-1"}]},
        {"name": "unknown", "skip_reason": "not found"},
    ]
}
JAVASCRIPT = {
    "metadata": {"dependencies": {"total": 7}},
    "vulnerabilities": {"hurt": {"severity": "high"}, "dull": {"severity": "low"}},
}


def test_what_is_known_is_named_and_what_was_skipped_is_not_counted():
    python = audit.python_answer(json.dumps(PYTHON))
    assert (python.asked, python.known) == (2, ["hurt 0.9: PYSEC-1"])
    javascript = audit.javascript_answer(json.dumps(JAVASCRIPT))
    assert (javascript.asked, javascript.known) == (7, ["hurt: high"])


@pytest.mark.parametrize(
    ("reports", "lenient", "strict"),
    [
        ({"pip": {"dependencies": []}, "npm": {"error": "405"}}, 0, 2),
        ({"pip": "no network", "npm": ""}, 0, 2),
        ({"pip": PYTHON, "npm": {"error": "405"}}, 1, 1),
        ({"pip": {"dependencies": PYTHON["dependencies"][:1]},
          "npm": {**JAVASCRIPT, "vulnerabilities": {}}}, 0, 0),
    ],
)  # fmt: skip
def test_only_what_is_known_fails_and_silence_fails_where_it_was_asked(
    reports, lenient, strict, monkeypatch
):
    def run(command, _folder):
        return json.dumps(reports["npm" if "npm" in command else "pip"])

    monkeypatch.setattr(audit, "_run", run)
    assert audit.main([]) == lenient
    assert audit.main(["--strict"]) == strict
