#!/usr/bin/env bash
# Installs the named Debian or Ubuntu packages that are missing. Calls apt only when one is.
# Usage: tools/apt.sh PACKAGE…
set -euo pipefail
. "$(dirname "$0")/lib.sh"

is_installed() { [ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]; }

missing=()
for package in "$@"; do
  is_installed "$package" || missing+=("$package")
done
[ ${#missing[@]} -gt 0 ] || exit 0

command -v apt-get >/dev/null ||
  fail "These system packages are missing and this is not Debian or Ubuntu, so please install them yourself: ${missing[*]}."

require_root "The system packages ${missing[*]} are missing and need root: run 'sudo apt-get install ${missing[*]}', then try again."

apt_get() { as_root env DEBIAN_FRONTEND=noninteractive apt-get "$@"; }
install() { apt_get install -y -q --no-install-recommends "${missing[@]}"; }

mkdir -p "$TOOLS"
log="$TOOLS/apt.log"
say "Installing system packages: ${missing[*]}"
# A fresh machine has no package lists, an old one stale ones: refresh them only when needed.
install >"$log" 2>&1 && exit 0
say "Refreshing the package lists"
{ apt_get update -q && install; } >"$log" 2>&1 || {
  grep '^E:' "$log" >&2 || true
  fail "apt-get could not install ${missing[*]}; the whole output is in $log."
}
