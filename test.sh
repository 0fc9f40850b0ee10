#!/bin/sh
# Sets up like ./bitcurve, then runs all tests. The last line is "N passed, N failed" (", N skipped" may follow, with each reason printed).
set -eu
root=$(cd "$(dirname "$0")" && pwd)
cd "$root"
"$root/build/setup.sh" all
export OMP_WAIT_POLICY="${OMP_WAIT_POLICY:-PASSIVE}"
results="$root/artifacts/test-results"
rm -rf "$results"
mkdir -p "$results"
status=0
# One test project at a time: several would fight for the same cores.
dotnet test --solution Search.sln -c Release --no-build --max-parallel-test-modules 1 --results-directory "$results" --output Detailed >"$results/output.txt" 2>&1 || status=$?
grep -vE '^passed |^ *Standard output:|^ *Ok, passed|^$' "$results/output.txt" || true
count() { grep -E "^ *$1: [0-9]+$" "$results/output.txt" | tail -n 1 | grep -oE '[0-9]+' || echo 0; }
passed=$(count succeeded)
failed=$(count failed)
skipped=$(count skipped)
# A run that broke before its tests (a missing build, a crash) has failed whatever was counted.
if [ "$status" != 0 ] && [ "$failed" = 0 ]; then failed=1; fi
if [ "$skipped" = 0 ]; then echo "$passed passed, $failed failed"; else echo "$passed passed, $failed failed, $skipped skipped"; fi
[ "$failed" = 0 ] && [ "$status" = 0 ]
