#!/bin/sh
# Every check of the code, in two lanes of about the same length: each tool keeps one core busy, and the smallest machine has two.
{ npm run -s check:types && npm run -s check:lint; } &
lane=$!
status=0
{ npm run -s check:format && npm run -s check:arrows && npm run -s check:unused; } || status=1
wait "$lane" || status=1
exit "$status"
