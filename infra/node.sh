#!/bin/sh
# `sh infra/node.sh services/main.ts all`: Node on a file of ours, compiled when it has changed, with a C library that gives back
# what a big week took: one heap for all threads instead of eight a core, and what is freed goes back in pieces of 32 KiB (45 MB
# less at rest than with 64, for no more CPU). musl and macOS do not know these names and pass over them.
export MALLOC_ARENA_MAX="${MALLOC_ARENA_MAX:-1}"
export MALLOC_MMAP_THRESHOLD_="${MALLOC_MMAP_THRESHOLD_:-32768}"
export MALLOC_TRIM_THRESHOLD_="${MALLOC_TRIM_THRESHOLD_:-32768}"
# V8 lets a heap grow to four times what it holds before it looks for garbage, in each of some eight threads; a third more
# costs a twentieth of the CPU and saves a third of the memory.
# Young generations of 4 MB take 70 MB less at the peak of a big week than of 8, in some ten threads, for the same CPU (two runs each).
# They are V8's own and not promised: a Node that does not know them starts without.
flags="--heap-growing-percent=30 --max-semi-space-size=4"
node $flags -e 0 2>/dev/null || flags=
[ $# -gt 0 ] || { echo 'Say which file to start, as: sh infra/node.sh services/main.ts all' >&2; exit 64; }
infra=$(dirname "$0")
node "$infra/compile.js" || exit
script=${1%.ts}.js
shift
exec node --enable-source-maps $flags "$infra/../dist/$script" "$@"
