#!/usr/bin/env bash
# `make lock`: resolves pyproject.toml anew into requirements/*.txt, for every platform, with hashes.
# Usage: tools/lock.sh [--upgrade]
set -euo pipefail
. "$(dirname "$0")/lib.sh"

"$ROOT/tools/setup.sh" check
cd "$ROOT"

# --no-header and no index URLs: the files say what is installed, not where it was fetched.
lock() {
  say "Locking requirements/$1.txt"
  "$VENV/bin/uv" pip compile --quiet --universal --generate-hashes --python-version 3.11 \
    --no-header --no-emit-index-url --no-emit-find-links \
    --output-file "requirements/$1.txt" "${@:2}"
}

lock build requirements/build.in "$@"
lock node requirements/node.in "$@"
lock runtime pyproject.toml "$@"
lock dev pyproject.toml --extra dev --constraints requirements/runtime.txt "$@"
