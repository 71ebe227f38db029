#!/usr/bin/env bash
# Installs the PWA's packages and builds it, each only when its inputs changed.
# Usage: tools/pwa.sh install|build|npm ARGUMENT…
set -euo pipefail
. "$(dirname "$0")/lib.sh"

PWA="$ROOT/pwa"
mkdir -p "$TOOLS"
PATH="$("$ROOT/tools/node.sh"):$PATH"
export PATH

install_packages() {
  local stamp="$PWA/node_modules/.installed.stamp" hash
  hash=$(hash_of "$PWA/package.json" "$PWA/package-lock.json" "$PWA/.npmrc")
  is_fresh "$stamp" "$hash" && return
  say "Installing the PWA's packages"
  (cd "$PWA" && quietly "$TOOLS/npm.log" npm ci --no-audit --no-fund) ||
    fail "npm could not install the PWA's packages; the whole output is in .tools/npm.log."
  write_stamp "$stamp" "$hash"
}

# What the build reads: everything in pwa/ but what it and its tests write, and of the server the schemas
# and fault texts that the verifier page holds packs to.
sources_hash() {
  (cd "$PWA" && find . ../server/anfang/packs/*.schema.json ../server/anfang/locales/*/packs.ftl -type f ! -path './node_modules/*' ! -path './dist/*' ! -path './reports/*' \
    ! -path './tests/*' -print0 | LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum | cut -d' ' -f1)
}

build() {
  local stamp="$TOOLS/pwa-build.stamp" hash
  hash=$(sources_hash)
  [ -f "$PWA/dist/verify-pack.html" ] && is_fresh "$stamp" "$hash" && return
  say "Building the PWA"
  (cd "$PWA" && quietly "$TOOLS/npm.log" npm run build) ||
    fail "The PWA could not be built; the whole output is in .tools/npm.log."
  write_stamp "$stamp" "$hash"
}

case "${1:-build}" in
  install) install_packages ;;
  build)
    install_packages
    build
    ;;
  npm)
    shift
    install_packages
    cd "$PWA" && exec npm "$@"
    ;;
  *) fail "usage: tools/pwa.sh install|build|npm ARGUMENT…" ;;
esac
