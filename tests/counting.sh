# Runs parts of the tests and counts their cases. Sourced by ./test, which sets `logs`; each part leaves a log there.
passed=0 failed=0 skipped=0 child=

log_of() { echo "$logs/$(tr -c 'a-z0-9\n' '_' <<<"${1,,}").log"; }

# Runs a command with its output in a log, in a process group of its own: a signal to us ends it and all that it started.
logged() {
  local log=$1
  shift
  setsid "$@" >"$log" 2>&1 </dev/null &
  child=$!
  wait "$child"
  local code=$?
  child=
  return "$code"
}

# part NAME PASSED FAILED SKIPPED [LOG]: adds to the sum, and shows the end of the log when something failed.
part() {
  passed=$((passed + $2)) failed=$((failed + $3)) skipped=$((skipped + $4))
  echo "$1: $2 passed, $3 failed, $4 skipped"
  if [ "$3" -gt 0 ] && [ -n "${5:-}" ]; then
    echo "---- the end of ${5#"$root"/}"
    tail -n 80 "$5"
    echo "----"
  fi
}

skipped_alone() { part "$1 (skipped: $2)" 0 0 1; }
failed_alone() { part "$1 ($2)" 0 1 0; }

# A command that either works or does not: one case.
succeeds() {
  local log
  log=$(log_of "$1")
  if logged "$log" "${@:2}"; then part "$1" 1 0 0; else part "$1" 0 1 0 "$log"; fi
}

# A script whose last line is "N passed, N failed, N skipped".
counted() {
  local log sums code
  log=$(log_of "$1")
  logged "$log" "${@:2}"
  code=$?
  sums=$(tail -n 1 "$log" | sed -n 's/^\([0-9]*\) passed, \([0-9]*\) failed, \([0-9]*\) skipped$/\1 \2 \3/p')
  grep -h 'skipped: ' "$log"
  read -r p f s <<<"${sums:-0 0 0}"
  if [ -z "$sums" ] || { [ "$code" -ne 0 ] && [ "$f" -eq 0 ]; }; then f=$((f + 1)); fi
  part "$1" "$p" "$f" "$s" "$log"
}

# A doctest program. A case that said "skipped: ..." tested nothing here, and counts as that.
doctest_program() {
  local log code sums p f s
  log=$(log_of "$1")
  logged "$log" "${@:2}" --no-colors=true
  code=$?
  sums=$(sed -n 's/^\[doctest\] test cases: *\([0-9]*\) | *\([0-9]*\) passed | *\([0-9]*\) failed.*/\2 \3/p' "$log" | tail -n 1)
  read -r p f <<<"${sums:-0 0}"
  s=$(awk '/^TEST CASE: / { name = $0 } /MESSAGE: skipped: / && !(name in seen) { seen[name] = 1; n++ } END { print n + 0 }' "$log")
  sed -n 's/.*MESSAGE: \(skipped: .*\)/  \1/p' "$log"
  s=$((s < p ? s : p))
  # A program that died has lost the cases after the one that killed it: that is a failure, whatever it printed.
  if [ "$code" -ne 0 ] && [ "$f" -eq 0 ]; then f=1; fi
  if [ -z "$sums" ] && [ "$f" -eq 0 ]; then f=1; fi
  part "$1" $((p - s)) "$f" "$s" "$log"
}

# A run of node's test runner that reports in TAP.
node_tests() {
  local log code p f s
  log=$(log_of "$1")
  logged "$log" "${@:2}"
  code=$?
  p=$(sed -n 's/^# pass \([0-9]*\)$/\1/p' "$log" | tail -n 1)
  f=$(sed -n 's/^# fail \([0-9]*\)$/\1/p' "$log" | tail -n 1)
  s=$(sed -n 's/^# skipped \([0-9]*\)$/\1/p' "$log" | tail -n 1)
  p=${p:-0} f=${f:-0} s=${s:-0}
  if [ "$f" -eq 0 ] && { [ "$code" -ne 0 ] || [ $((p + s)) -eq 0 ]; }; then f=1; fi
  part "$1" "$p" "$f" "$s" "$log"
}

print_total() { echo "$passed passed, $failed failed, $skipped skipped"; }
