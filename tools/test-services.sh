#!/usr/bin/env bash
# The programs that only the tests need: a browser, PostgreSQL, Redis, a PDF reader, a Word reader.
# A program that is already there, from wherever, is used as it is.
set -euo pipefail
. "$(dirname "$0")/lib.sh"

has() { command -v "$1" >/dev/null; }
has_postgresql() { has initdb || compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null; }
has_browser() { has chromium || has google-chrome; }

packages=()
has_postgresql || packages+=(postgresql)
has redis-server || packages+=(redis-server)
has pdftoppm || packages+=(poppler-utils)
has soffice || packages+=(libreoffice-writer-nogui)

# Ubuntu's package `chromium` only points at a snap, which containers cannot run.
if ! has_browser && ! grep -q '^ID=ubuntu' /etc/os-release; then
  packages+=(chromium)
fi
[ ${#packages[@]} = 0 ] || "$ROOT/tools/apt.sh" "${packages[@]}"

playwright_chromium() { compgen -G "$TOOLS/browsers/chromium-*/chrome-linux*/chrome" | head -n 1; }
if ! has_browser && [ -z "$(playwright_chromium)" ]; then
  say "Installing Playwright's Chromium"
  require_root "The tests need Chromium: install it so that 'chromium' or 'google-chrome' is on the PATH."
  as_root env PLAYWRIGHT_BROWSERS_PATH="$TOOLS/browsers" "$VENV/bin/playwright" install --with-deps chromium
fi
