# Shared by the scripts in tools/: messages, stamps, privileges. Sourced, never run.
# shellcheck shell=bash

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
VENV="$ROOT/.venv"
TOOLS="$ROOT/.tools"

say() { printf '==> %s\n' "$*"; }

# One clear sentence, then stop: what is wrong and what to do about it.
fail() {
  printf 'anfang: %s\n' "$*" >&2
  exit 1
}

# hash_of PATH…: one SHA-256 over the names and contents of the files given (folders are walked).
# Paths that do not exist count as absent, so that their later appearance changes the hash.
hash_of() {
  find "$@" -type f ! -path '*/__pycache__/*' ! -path '*/node_modules/*' -print0 2>/dev/null |
    LC_ALL=C sort -z | xargs -0 -r sha256sum | sha256sum | cut -d' ' -f1
}

# A stamp remembers the hash of the inputs that a step was last run for.
is_fresh() { [ -f "$1" ] && [ "$(cat "$1")" = "$2" ]; }
write_stamp() { printf '%s\n' "$2" >"$1"; }

is_root() { [ "$(id -u)" = 0 ]; }

# Passwordless sudo, or one that can ask a person at a terminal.
has_sudo() { command -v sudo >/dev/null && { sudo -n true 2>/dev/null || [ -t 0 ]; }; }

# require_root SENTENCE: stop with what the person has to do, unless as_root can work.
require_root() { is_root || has_sudo || fail "$1"; }

# File descriptor 9 is the lock of one_at_a_time: a service that a package starts must not keep it.
as_root() {
  if is_root; then "$@" 9>&-; else sudo "$@" 9>&-; fi
}

# quietly LOG COMMAND…: keep the output in LOG, show its end only when the command fails.
quietly() {
  local log=$1
  shift
  "$@" >"$log" 2>&1 && return
  tail -n 30 "$log" >&2
  return 1
}

require_writable() {
  mkdir -p "$1" 2>/dev/null && : 2>/dev/null >"$1/.write-test" && rm -f "$1/.write-test" ||
    fail "The folder $1 cannot be written: check its owner and that it is not mounted read-only${2:+, or $2}."
}

# one_at_a_time: two `make` runs in one checkout install one after the other.
one_at_a_time() {
  command -v flock >/dev/null || return 0
  exec 9>"$TOOLS/lock"
  flock 9
}
