"""What a newcomer meets when `make run` cannot start: one clear sentence, nothing installed."""

import os
import shutil
import socket
import subprocess
from pathlib import Path

import pytest

from support.house import ROOT


def _make_run(**environment: str) -> subprocess.CompletedProcess[str]:
    # Settings and jobs of an outer make must not reach the inner one.
    inherited = {k: v for k, v in os.environ.items() if k not in {"MAKEFLAGS", "MAKELEVEL", "PORT"}}
    return subprocess.run(
        ["make", "--no-print-directory", "run"],
        cwd=ROOT,
        env={**inherited, **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=30,
    )


def _sentence(run: subprocess.CompletedProcess[str]) -> str:
    assert run.returncode != 0
    lines = [line for line in run.stderr.splitlines() if not line.startswith("make")]
    assert len(lines) == 1
    return lines[0]


def test_a_port_in_use():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        assert f"Port {port} is already in use" in _sentence(_make_run(PORT=str(port)))


@pytest.mark.parametrize("port", ["eighty", "0", "70000", "-1"])
def test_a_port_that_is_none(port):
    assert "PORT must be a number" in _sentence(_make_run(PORT=port))


def test_a_folder_that_cannot_be_written():
    sentence = _sentence(_make_run(PORT="8138", ANFANG_DATA="/proc/anfang"))
    assert "/proc/anfang cannot be written" in sentence
    assert "ANFANG_DATA" in sentence


@pytest.fixture
def bare_machine(tmp_path: Path) -> Path:
    """A folder of programs like a machine without Python, apt and sudo has them."""
    programs = "bash sh env dirname find sort xargs sha256sum cut mkdir rm cat id tail flock grep"
    for name in programs.split():
        found = shutil.which(name)
        assert found
        (tmp_path / name).symlink_to(found)
    return tmp_path


def _tool(bare: Path, checkout: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    shutil.copytree(ROOT / "tools", checkout / "tools")
    return subprocess.run(
        [str(checkout / "tools" / arguments[0]), *arguments[1:]],
        env={"PATH": str(bare)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=30,
    )


def test_a_machine_without_python(bare_machine, tmp_path):
    sentence = _sentence(_tool(bare_machine, tmp_path / "checkout", "python.sh", "runtime"))
    assert "Python 3.11 or newer was not found" in sentence


def test_a_machine_without_apt(bare_machine, tmp_path):
    sentence = _sentence(_tool(bare_machine, tmp_path / "checkout", "apt.sh", "no-such-package"))
    assert "no-such-package" in sentence
    assert "please install them yourself" in sentence


def test_a_person_who_may_not_install(bare_machine, tmp_path):
    for name, answer in {"apt-get": "exit 1", "id": "echo 1000"}.items():
        program = bare_machine / name
        program.unlink(missing_ok=True)
        program.write_text(f"#!/bin/sh\n{answer}\n")
        program.chmod(0o755)
    sentence = _sentence(_tool(bare_machine, tmp_path / "checkout", "apt.sh", "no-such-package"))
    assert "need root" in sentence
    assert "sudo apt-get install no-such-package" in sentence
