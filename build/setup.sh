#!/bin/sh
# Sets up this machine for bitcurve and builds.
#   setup.sh build   the executable, in Release
#   setup.sh all     the whole solution with its tests, in Release
# Returns at once when nothing is to be done. Everything it says goes to standard error.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
what=$1
stamp="$root/artifacts/.built-$what"
log="$root/artifacts/setup.log"

say() { echo "bitcurve: $*" >&2; }
fail() { say "$*"; exit 2; }

up_to_date() {
  [ -e "$stamp" ] || return 1
  [ -z "$(find "$root/src" "$root/tests" "$root/bench" "$root/build" "$root"/Directory.*.props "$root/global.json" "$root/Search.sln" \
    -newer "$stamp" -print -quit 2>/dev/null)" ]
}

have_libtorch() {
  [ -n "${LIBTORCH:-}" ] || [ -f /usr/include/ATen/ATen.h ] || python3 -c 'import torch' 2>/dev/null
}

install_native() {
  if have_libtorch && command -v "${CXX:-g++}" >/dev/null; then return; fi
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    say "installing libtorch-dev and g++ (once)"
    { apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends libtorch-dev g++; } >>"$log" 2>&1 \
      || fail "the installation failed; see $log"
  else
    fail "needs libtorch and a C++ compiler: install libtorch-dev and g++ (Debian/Ubuntu), or set LIBTORCH to a libtorch or PyTorch folder"
  fi
}

# Debian's own BLAS multiplies matrices some forty times slower than OpenBLAS: what is made of linear layers would crawl. Nothing fails without.
install_blas() {
  [ -e /usr/include/ATen/ATen.h ] || return 0
  case "$(readlink -f /usr/lib/*/libblas.so.3 2>/dev/null)" in */blas/libblas.so*) ;; *) return 0 ;; esac
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    say "installing libopenblas0-openmp for fast matrix products (once)"
    { apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends libopenblas0-openmp; } >>"$log" 2>&1 \
      || say "the installation failed (see $log): linear layers will be slow"
  else
    say "this machine multiplies matrices with the reference BLAS: install libopenblas0-openmp (Debian/Ubuntu), or linear layers will be slow"
  fi
}

# Only pictures need it: they are bundled from the npm registry when the program is built, and without it pages show tables instead.
install_npm() {
  if command -v node >/dev/null && command -v npm >/dev/null; then return; fi
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    say "installing nodejs and npm for the charts (once)"
    { apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends nodejs npm; } >>"$log" 2>&1 \
      || say "the installation failed (see $log): charts will be left out"
  else
    say "nodejs and npm are not installed: charts will be left out"
  fi
}

have_postgres() {
  command -v initdb >/dev/null || [ -n "$(find /usr/lib/postgresql -path '*/bin/initdb' -print -quit 2>/dev/null)" ]
}

# Only tests need it, and each starts a server of its own: no server of the machine's is set up, and without it those tests are skipped.
install_postgres() {
  if have_postgres; then return; fi
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    say "installing postgresql for the tests (once)"
    { apt-get update -q && export DEBIAN_FRONTEND=noninteractive \
      && apt-get install -y -q --no-install-recommends postgresql-common \
      && sed -i 's/^#* *create_main_cluster.*/create_main_cluster = false/' /etc/postgresql-common/createcluster.conf \
      && apt-get install -y -q --no-install-recommends postgresql; } >>"$log" 2>&1 \
      || say "the installation failed (see $log): tests that need PostgreSQL will be skipped"
  else
    say "PostgreSQL's server programs are not installed: tests that need them will be skipped"
  fi
}

# Only exported ONNX files are run with it: without it those tests are skipped.
install_onnxruntime() {
  "$root/build/onnxruntime.sh" >>"$log" 2>&1 || say "ONNX Runtime is not installed (see $log): tests that need it will be skipped"
}

# Only dashboards and alerts are tried with it: without it those tests are skipped.
install_prometheus() {
  "$root/build/prometheus.sh" >>"$log" 2>&1 || say "Prometheus is not installed (see $log): tests that need it will be skipped"
}

have_browser() { command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null; }

# Only tests of the dashboard need it: without it they are skipped.
install_browser() {
  if have_browser; then return; fi
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    say "installing chromium for the tests (once)"
    { apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends chromium; } >>"$log" 2>&1 \
      || say "the installation failed (see $log): tests that need a browser will be skipped"
  else
    say "Chromium is not installed: tests that need a browser will be skipped"
  fi
}

# The rules of accessibility that the dashboard's tests apply, from npm: without them those tests are skipped.
install_axe() {
  [ ! -e "$root/tests/Dashboard.Tests/node_modules/axe-core/axe.min.js" ] || return 0
  { command -v npm && npm ci --ignore-scripts --prefix "$root/tests/Dashboard.Tests"; } >>"$log" 2>&1 \
    || say "axe-core is not installed (see $log): tests that need it will be skipped"
}

if up_to_date; then exit 0; fi
mkdir -p "$root/artifacts"
: >"$log"
command -v dotnet >/dev/null || fail "needs the .NET 10 SDK (dotnet on the PATH)"
install_native
install_blas
install_npm
[ "$what" != all ] || install_postgres
[ "$what" != all ] || install_onnxruntime
[ "$what" != all ] || install_prometheus
[ "$what" != all ] || install_browser
[ "$what" != all ] || install_axe
project="$root/src/Search/Search.csproj"
[ "$what" = all ] && project="$root/Search.sln"
say "building (a minute the first time)"
marker=$(mktemp)
# A failed build must not leave a stamp, and sources changed during the build must count as newer.
if ! dotnet build "$project" -c Release -v quiet --nologo -clp:NoSummary >>"$log" 2>&1; then
  grep -E 'error|warning' "$log" | sort -u | head -n 20 >&2 || true
  rm -f "$marker"
  fail "the build failed; the whole log is $log"
fi
[ ! -e "$root/artifacts/charts/charts.missing.txt" ] || say "charts are left out: $(cat "$root/artifacts/charts/charts.missing.txt")"
[ -e "$root/artifacts/native/libbitcurve_torch.so" ] || fail "the libtorch bridge was not built; see $log"
# The whole solution contains the executable.
[ "$what" = all ] && cp -p "$marker" "$root/artifacts/.built-build"
mv "$marker" "$stamp"
