#!/bin/sh
# Runs a module of this project with a Python that is new enough, or says in one line what to do.
set -eu
cd "$(dirname "$0")/.."
new_enough='import sys; sys.exit(sys.version_info < (3, 11))'

if [ -n "${PYTHON:-}" ]; then
    if ! command -v "$PYTHON" >/dev/null; then
        echo "PYTHON=$PYTHON is not there: name a Python 3.11 or later, for example PYTHON=python3.12." >&2
        exit 1
    fi
    if "$PYTHON" -c "$new_enough" 2>/dev/null; then
        exec "$PYTHON" -m "$@"
    fi
    version=$("$PYTHON" -V 2>&1) || version="broken"
    echo "Python 3.11 or later is needed, and PYTHON=$PYTHON is $version: name a newer one." >&2
    exit 1
fi

for python in python3 python3.13 python3.12 python3.11 python3.14; do
    if "$python" -c "$new_enough" 2>/dev/null; then
        exec "$python" -m "$@"
    fi
done
version=$(python3 -V 2>/dev/null) || version="not there"
echo "Python 3.11 or later is needed (python3 is $version): install it, or name it with PYTHON=/path/to/python." >&2
exit 1
