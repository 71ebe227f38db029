#!/usr/bin/env bash
# Makes .venv from the hash-locked requirements. Usage: tools/python.sh runtime|dev
set -euo pipefail
. "$(dirname "$0")/lib.sh"

wanted=${1:-runtime}
mkdir -p "$TOOLS"

find_python() {
  local candidate
  for candidate in ${PYTHON:-} python3 python3.14 python3.13 python3.12 python3.11; do
    if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      command -v "$candidate"
      return
    fi
  done
  return 1
}

make_venv() {
  local python
  python=$(find_python) ||
    fail "Python 3.11 or newer was not found: install it (Debian: apt-get install python3) or name it with PYTHON=/path/to/python3.11."
  if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    local version
    version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    "$ROOT/tools/apt.sh" "python$version-venv"
  fi
  say "Creating .venv with $("$python" --version)"
  "$python" -m venv --clear "$VENV"
}

pip() { "$VENV/bin/python" -m pip --disable-pip-version-check --no-input "$@"; }

# A virtual environment holds absolute paths: a moved or half-made one is made anew.
is_whole() { "$VENV/bin/python" -c 'import sys; sys.exit(sys.prefix != sys.argv[1])' "$VENV" 2>/dev/null; }
is_whole || { rm -f "$TOOLS"/python-*.stamp; make_venv; }

inputs_hash() { hash_of "$ROOT/requirements/build.txt" "$ROOT/requirements/$1.txt" "$ROOT/pyproject.toml"; }
is_installed() { is_fresh "$TOOLS/python-$1.stamp" "$(inputs_hash "$1")"; }

install() {
  say "Installing Python packages ($1)"
  quietly "$TOOLS/pip.log" pip install --require-hashes --prefer-binary \
    -r "$ROOT/requirements/build.txt" -r "$ROOT/requirements/$1.txt" ||
    fail "pip could not install requirements/$1.txt; the whole output is in .tools/pip.log."
  quietly "$TOOLS/pip.log" pip install --no-deps --no-build-isolation --editable "$ROOT" ||
    fail "The anfang package itself could not be installed; the whole output is in .tools/pip.log."
  write_stamp "$TOOLS/python-$1.stamp" "$(inputs_hash "$1")"
}

# What development needs includes what running needs.
is_installed "$wanted" || is_installed dev || install "$wanted"
