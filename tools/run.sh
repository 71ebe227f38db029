#!/usr/bin/env bash
# `make run`: installs what is missing, builds the PWA, loads the demonstration, serves until Ctrl-C.
set -euo pipefail
. "$(dirname "$0")/lib.sh"

PORT=${PORT:-8000}
ANFANG_DATA=${ANFANG_DATA:-$ROOT/.data}
export PORT ANFANG_DATA

case "$PORT" in
  '' | *[!0-9]*) fail "PORT must be a number between 1 and 65535, not '$PORT'." ;;
esac
[ "$PORT" -ge 1 ] && [ "$PORT" -le 65535 ] || fail "PORT must be a number between 1 and 65535, not '$PORT'."

port_is_taken() { (exec 3<>"/dev/tcp/127.0.0.1/$PORT") 2>/dev/null; }
! port_is_taken ||
  fail "Port $PORT is already in use: stop the program that uses it, or choose another one with 'make run PORT=8001'."

require_writable "$ROOT"
require_writable "$ANFANG_DATA" "choose another folder with 'make run ANFANG_DATA=/path'"

"$ROOT/tools/setup.sh" run
"$VENV/bin/anfang" demo
exec "$VENV/bin/anfang" serve
