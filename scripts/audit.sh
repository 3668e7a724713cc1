#!/bin/sh
# Looks each locked version up among known vulnerabilities; usage: sh scripts/audit.sh PIP-AUDIT
# Exit 0: all were looked up and none is known. 1: some are known. 2: they could not all be looked up.
set -eu
told=$(mktemp)
trap 'rm -f "$told"' EXIT

code=0
for lock in requirements.lock requirements-dev.lock; do
    status=0
    "$1" --requirement "$lock" --require-hashes --disable-pip --progress-spinner off >"$told" 2>&1 || status=$?
    if grep -qE 'Found [0-9]+ known vulnerabilit' "$told"; then
        cat "$told"
        code=1
    elif [ "$status" != 0 ] || grep -q 'could not be audited' "$told"; then
        tail -n 1 "$told"
        echo "$lock was not audited: the service that knows vulnerabilities was not reached for all of it." >&2
        [ "$code" = 1 ] || code=2
    else
        echo "$lock: no known vulnerability."
    fi
done
exit "$code"
