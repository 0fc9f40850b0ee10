#!/bin/sh
# Health of a worker's container: at least one process that has a device lives. The parent alone trains nothing, and a container whose
# parent died is gone anyway. Whether the server hears of the worker, 'bitcurve workers' tells.
#   worker-alive.sh [PROC]   PROC: where processes are listed, /proc
# The brackets keep the pattern from matching its own command line.
exec grep -aqs -e '--slo[t]' "${1:-/proc}"/[0-9]*/cmdline
