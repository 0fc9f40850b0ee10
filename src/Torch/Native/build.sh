#!/bin/sh
# Compiles the bridge against the libtorch of this machine.
#   build.sh OUTPUT_DIR
# LIBTORCH=DIR names a libtorch or PyTorch folder (with include/ and lib/); otherwise Debian's libtorch-dev, then python3's torch.
# Writes libbitcurve_torch.so; rebuilds only when the source or the libtorch changed.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
out=$1

find_libtorch() {
  if [ -n "${LIBTORCH:-}" ]; then echo "$LIBTORCH"; return; fi
  if [ -f /usr/include/ATen/ATen.h ]; then echo /usr; return; fi
  python3 - 2>/dev/null <<'PY' || true
import importlib.util, pathlib
spec = importlib.util.find_spec("torch")
if spec: print(pathlib.Path(spec.origin).parent)
PY
}

root=$(find_libtorch)
if [ -z "$root" ]; then
  echo "bitcurve: libtorch not found; install libtorch-dev (Debian/Ubuntu) or set LIBTORCH to a libtorch or PyTorch folder" >&2
  exit 3
fi
command -v "${CXX:-g++}" >/dev/null || { echo "bitcurve: no C++ compiler; install g++ or set CXX" >&2; exit 3; }

libraries=""
for directory in "$root"/lib/*-linux-gnu "$root/lib"; do
  if [ -e "$directory/libtorch_cpu.so" ]; then libraries=$directory; break; fi
done
[ -n "$libraries" ] || { echo "bitcurve: no libtorch_cpu.so under $root/lib" >&2; exit 3; }

version=$(cat "$root/include/torch/version.h" "$root/include/torch/csrc/api/include/torch/version.h" 2>/dev/null || true)
stamp=$(printf '%s %s %s %s' "$root" "$version" "${CXX:-g++}" "$(cksum < "$here/bitcurve_torch.cpp")" | cksum)
if [ -e "$out/libbitcurve_torch.so" ] && [ "$(cat "$out/stamp" 2>/dev/null)" = "$stamp" ]; then exit 0; fi

# Wheels older than PyTorch 2.6 use the old C++ string layout.
abi=""
if grep -q "_GLIBCXX_USE_CXX11_ABI=0" "$root/share/cmake/Torch/TorchConfig.cmake" 2>/dev/null; then abi="-D_GLIBCXX_USE_CXX11_ABI=0"; fi
extra=""
if [ -e "$libraries/libtorch_cuda.so" ]; then extra="-Wl,--no-as-needed -ltorch_cuda -lc10_cuda -Wl,--as-needed"; fi

mkdir -p "$out"
# A stale bridge must not outlive a source that does not compile.
rm -f "$out/libbitcurve_torch.so"
echo "bitcurve: compiling the libtorch bridge against $root" >&2
# shellcheck disable=SC2086  # abi and extra are lists of flags
"${CXX:-g++}" -std=c++17 -O1 -fPIC -shared -w $abi \
  -I"$root/include" -I"$root/include/torch/csrc/api/include" \
  "$here/bitcurve_torch.cpp" -o "$out/libbitcurve_torch.so.new" \
  -L"$libraries" -Wl,-rpath,"$libraries" -ltorch -ltorch_cpu -lc10 $extra
mv "$out/libbitcurve_torch.so.new" "$out/libbitcurve_torch.so"
printf '%s' "$stamp" > "$out/stamp"
