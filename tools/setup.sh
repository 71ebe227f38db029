#!/usr/bin/env bash
# Installs and builds what is missing. A second call finds everything in place and takes seconds.
# Usage: tools/setup.sh run|check|test
set -euo pipefail
. "$(dirname "$0")/lib.sh"

purpose=${1:-run}
require_writable "$ROOT"
mkdir -p "$TOOLS"
one_at_a_time

case "$purpose" in
  run) "$ROOT/tools/python.sh" runtime ;;
  *) "$ROOT/tools/python.sh" dev ;;
esac

"$ROOT/tools/install-fonts.sh"
if [ "$purpose" = test ]; then
  "$ROOT/tools/test-services.sh"
fi
"$ROOT/tools/pwa.sh" build
