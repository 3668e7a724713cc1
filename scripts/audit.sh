#!/bin/sh
# Looks each locked version up among known vulnerabilities; usage: sh scripts/audit.sh PIP-AUDIT
# Exit 0: all were looked up and none is known. 1: some are known. 2: they could not all be looked up.
set -eu
lock=requirements-dev.lock # it has what requirements.lock has, too
told=$(mktemp)
trap 'rm -f "$told"' EXIT

status=0
"$1" --requirement "$lock" --require-hashes --disable-pip --progress-spinner off >"$told" 2>&1 || status=$?
missed=$(grep -c 'could not be audited' "$told") || true
if grep -qE 'Found [0-9]+ known vulnerabilit' "$told"; then
    cat "$told"
    exit 1
elif [ "$status" != 0 ]; then
    echo "$lock was NOT audited: $(tail -n 1 "$told")" >&2
    exit 2
elif [ "$missed" != 0 ]; then
    echo "$missed versions of $lock were NOT audited: the service that knows vulnerabilities does not tell of them." >&2
    exit 2
fi
echo "$lock: no known vulnerability."
