#!/usr/bin/env bash
# `make test` and `make check`: every check, one after the other, stopping at the first that fails.
# Usage: tools/test.sh all|fast     (fast leaves out what needs a browser, PostgreSQL or minutes)
set -euo pipefail
. "$(dirname "$0")/lib.sh"

scope=${1:-all}
cd "$ROOT"
export PATH="$VENV/bin:$PATH" PYTHONDONTWRITEBYTECODE=1

case "$scope" in
  all) tools/setup.sh test ;;
  fast) tools/setup.sh check ;;
  *) fail "usage: tools/test.sh all|fast" ;;
esac

step() {
  local name=$1
  shift
  say "$name"
  "$@" || fail "$name failed."
}

# A test that failed is asked once more, of a whole step at most three: a machine with two cores and
# a browser hiccups. What a second try let pass is printed with its traceback, and is work (ADR 42).
retry=(--reruns 1 --max-suite-reruns 3 --rerun-show-tracebacks)

step "ruff: style and mistakes" ruff check --quiet .
step "ruff: format" ruff format --quiet --check .
step "mypy: types" mypy --no-error-summary
step "import-linter: the walls between rooms" quietly "$TOOLS/import-linter.log" lint-imports --no-cache
step "PWA: vue-tsc, eslint, dependency-cruiser" tools/pwa.sh npm run --silent check
step "PWA: vitest" tools/pwa.sh npm test --silent
step "pytest: quick tests" pytest -q -n 2 "${retry[@]}" -m 'not slow'
if [ "$scope" = all ]; then
  step "known faults of dependencies, where the advisories can be asked" python tools/audit.py
  step "pytest: browser, PostgreSQL and long tests" pytest -q -n 2 --dist loadfile "${retry[@]}" -m 'slow and not alone'
  step "pytest: tests that run alone" pytest -q "${retry[@]}" -m alone
fi
