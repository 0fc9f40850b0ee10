#!/bin/sh
# Puts ONNX Runtime for the CPU (from its npm package) into the user's cache, where bitcurve looks for it. Does nothing if it is there.
set -eu
package=onnxruntime-node@1.30.0
folder="${BITCURVE_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/bitcurve}/onnxruntime"
case $(uname -m) in
  aarch64 | arm64) cpu=arm64 ;;
  *) cpu=x64 ;;
esac
binaries=node_modules/onnxruntime-node/bin/napi-v6
[ ! -e "$folder/$binaries/linux/$cpu/libonnxruntime.so.1" ] || exit 0
command -v npm >/dev/null || { echo "bitcurve: npm is not installed" >&2; exit 2; }
partial="$folder.$$.partial"
trap 'rm -rf "$partial"' EXIT
mkdir -p "$partial"
npm install --ignore-scripts --no-audit --no-fund --prefix "$partial" "$package" >&2
[ -e "$partial/$binaries/linux/$cpu/libonnxruntime.so.1" ] || { echo "bitcurve: $package has no library for linux/$cpu" >&2; exit 2; }
# Libraries of other systems are most of the package.
find "$partial/$binaries" -mindepth 2 -maxdepth 2 -type d ! -path "*/linux/$cpu" -exec rm -rf {} +
rm -rf "$folder"
mv "$partial" "$folder"
