#!/bin/sh
# Bundles the charts of the dashboard and of report.html (src/Search/Dashboard/Charts) into one module:
#   charts.sh OUT
# leaves OUT/charts.js or, where that cannot be, OUT/charts.missing.txt with the reason in one line. Never fails: the pages then show tables.
set -eu
here=$(cd "$(dirname "$0")/../src/Search/Dashboard/Charts" && pwd)
mkdir -p "$1"
out=$(cd "$1" && pwd)
room="$out/npm"
log="$out/charts.log"

# Two builds at once (Debug and Release, say) would unpack into one folder.
exec 9>"$out/.lock"
if command -v flock >/dev/null; then flock 9; fi

leave_out() {
  rm -f "$out/charts.js"
  # Written only when it changes: a newer file would compile everything again.
  [ "$(cat "$out/charts.missing.txt" 2>/dev/null)" = "$*" ] || echo "$*" >"$out/charts.missing.txt"
  echo "bitcurve: charts are left out: $*"
  exit 0
}

for tool in node npm; do
  command -v "$tool" >/dev/null || leave_out "the program was built without npm ($tool is not installed)"
done

# What is installed stays as long as the lock file does.
if ! cmp -s "$here/package-lock.json" "$room/package-lock.json" || [ ! -e "$room/node_modules/.package-lock.json" ]; then
  rm -rf "$room"
fi
mkdir -p "$room"
rm -rf "$room/src"
cp -R "$here/." "$room/"
cd "$room"
if [ ! -e node_modules/.package-lock.json ]; then
  npm ci --ignore-scripts --no-progress --fetch-retries=1 >"$log" 2>&1 \
    || leave_out "npm could not restore the chart library when the program was built (artifacts/charts/charts.log)"
fi
node build.mjs "$out/charts.js.new" >>"$log" 2>&1 || leave_out "they could not be bundled when the program was built (artifacts/charts/charts.log)"
mv "$out/charts.js.new" "$out/charts.js"
rm -f "$out/charts.missing.txt"
