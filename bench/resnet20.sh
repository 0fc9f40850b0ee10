#!/bin/sh
# Step of resnet20, batch 128, against Python's torch on the same libtorch, processes of both in turn.
#   bench/resnet20.sh [ROUNDS]
# Needs Debian's python3-torch, which uses the libtorch of libtorch-dev; PYTHON names another interpreter.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
if ! "${PYTHON:-/usr/bin/python3}" -c 'import torch' 2>/dev/null; then
  echo "bench: needs python3-torch: apt-get install --no-install-recommends python3-torch" >&2
  exit 2
fi
exec dotnet run -c Release --project "$here/Models.Bench" -- resnet20 "$@"
