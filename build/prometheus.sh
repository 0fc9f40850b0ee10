#!/bin/sh
# Puts Prometheus and promtool into the user's cache, where the tests look for them. Debian's package is unpacked there, not installed:
# no service is set up. Does nothing if they are there or on the PATH.
set -eu
folder="${BITCURVE_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/bitcurve}/prometheus"
[ ! -x "$folder/usr/bin/promtool" ] || exit 0
if command -v prometheus >/dev/null && command -v promtool >/dev/null; then exit 0; fi
command -v apt-get >/dev/null || { echo "bitcurve: no apt-get here: install Prometheus yourself" >&2; exit 2; }
partial="$folder.$$.partial"
trap 'rm -rf "$partial"' EXIT
mkdir -p "$partial"
cd "$partial"
# Only root may fetch the lists of packages; others use those that are there.
[ "$(id -u)" != 0 ] || apt-get update -q
apt-get download -q prometheus
dpkg-deb --extract prometheus_*.deb .
rm prometheus_*.deb
usr/bin/promtool --version
rm -rf "$folder"
mv "$partial" "$folder"
