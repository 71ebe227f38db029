#!/usr/bin/env bash
# Finds Node.js for the PWA's build, or installs it into .venv from its Python wheel.
# Prints the folder that holds node and npm; everything else goes to stderr.
set -euo pipefail
. "$(dirname "$0")/lib.sh"

# Vite's own range: 20.19 and later of 20, or 22.12 and later.
suits() {
  [ -x "$1/node" ] && [ -e "$1/npm" ] && "$1/node" -e '
    const [major, minor] = process.versions.node.split(".").map(Number);
    process.exit((major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major > 22 ? 0 : 1)' 2>/dev/null
}

system=$(dirname "$(command -v node || echo /nonexistent/node)")
if suits "$system"; then
  echo "$system"
  exit
fi
if ! suits "$VENV/bin"; then
  say "Installing Node.js into .venv" >&2
  quietly "$TOOLS/node.log" "$VENV/bin/python" -m pip --disable-pip-version-check --no-input install \
    --require-hashes --only-binary :all: -r "$ROOT/requirements/node.txt" ||
    fail "Node.js could not be installed from its Python wheel; install Node.js 20.19 or newer yourself."
fi
suits "$VENV/bin" || fail "The Node.js of the Python wheel does not run here; install Node.js 20.19 or newer yourself."
echo "$VENV/bin"
