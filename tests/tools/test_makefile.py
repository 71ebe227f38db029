"""The Makefile hands on what it was given, and nothing it made up."""

import os
import subprocess

from support.house import ROOT

SHOW = "show: ; @env"


def _environment_of_a_recipe(**given: str) -> dict[str, str]:
    settings = {"PORT", "ANFANG_DATA", "PYTHON", "MAKEFLAGS", "MAKELEVEL"}
    clean = {name: value for name, value in os.environ.items() if name not in settings}
    shown = subprocess.run(
        ["make", "--no-print-directory", f"--eval={SHOW}", "show"],
        cwd=ROOT,
        env={**clean, **given},
        check=True,
        capture_output=True,
        text=True,
    )
    return dict(line.split("=", 1) for line in shown.stdout.splitlines() if "=" in line)


def test_a_setting_nobody_made_is_not_there() -> None:
    # An empty PORT is not "no PORT": the tests that start a server would read it.
    assert not {"PORT", "ANFANG_DATA", "PYTHON"} & _environment_of_a_recipe().keys()


def test_a_setting_somebody_made_arrives() -> None:
    assert _environment_of_a_recipe(PORT="8123")["PORT"] == "8123"
