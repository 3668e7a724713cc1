#!/bin/sh
# Makes a virtual environment with the newest Python that fits; installs Debian's venv package if it is missing.
set -eu
venv=$1

python=""
for candidate in python3.13 python3.12 python3.11 python3; do
    if command -v "$candidate" >/dev/null 2>&1 &&
        "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        python=$candidate
        break
    fi
done
if [ -z "$python" ]; then
    echo "imr-search needs Python 3.11 or newer. On Debian or Ubuntu: apt-get install python3 python3-venv" >&2
    exit 1
fi

if [ -x "$venv/bin/python" ] && "$venv/bin/python" -m pip --version >/dev/null 2>&1; then
    exit 0
fi

if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    if ! command -v apt-get >/dev/null 2>&1; then
        echo "$python lacks the venv module; install it and try again." >&2
        exit 1
    fi
    root=""
    [ "$(id -u)" = 0 ] || root="sudo"
    package=$("$python" -c 'import sys; print("python3.%d-venv" % sys.version_info[1])')
    echo "$python lacks the venv module; installing Debian's package $package." >&2
    $root apt-get update -qq
    $root apt-get install -y -qq "$package"
fi
exec "$python" -m venv "$venv"
