#!/usr/bin/env bash
# The program as others call it: exit codes, streams, signals, the demo's summary, backups. The wire formats of each command
# are tested in tests/cli; here the real program runs with real files and signals.
# Usage: check.sh PROGRAM. The last line is "N passed, N failed, N skipped".
set -uo pipefail
zifa=$(realpath "$1")
repository=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
scanner=$(dirname "$zifa")/tests/scan_pages
home=$(mktemp -d "${TMPDIR:-/tmp}/zifa-program-XXXXXX")
pids=()
end() {
  [ ${#pids[@]} -eq 0 ] || { kill "${pids[@]}"; wait "${pids[@]}"; } 2>/dev/null
  rm -rf "$home"
}
trap end EXIT
trap 'exit 143' TERM INT HUP
cd "$home"
unset ZIFA_DB ZIFA_KEY_FILE
passed=0 failed=0

# it NAME COMMAND...: a case that holds when the command succeeds.
it() {
  if "${@:2}" >case.out 2>&1; then
    echo "ok: $1"
    passed=$((passed + 1))
  else
    echo "WRONG: $1"
    sed 's/^/  /' case.out | tail -n 15
    failed=$((failed + 1))
  fi
}

# ends_with CODE COMMAND...
ends_with() {
  local want=$1 code
  shift
  "$@" >out 2>err </dev/null
  code=$?
  [ "$code" -eq "$want" ] || { echo "ended with $code instead of $want: $*"; tail -n 5 out err; return 1; }
}
says() { grep -qF -- "$2" "$1" || { echo "\"$2\" is not in $1:"; tail -n 5 "$1"; return 1; }; }

no_command() { ends_with 2 "$zifa" && [ ! -s out ] && says err 'zifa COMMAND'; }
unknown_command() { ends_with 2 "$zifa" trackng check && [ ! -s out ] && says err 'tracking check'; }
unknown_option() { ends_with 2 "$zifa" check --jsn && [ ! -s out ] && says err -- '--json'; }
help_of_all() {
  local name
  ends_with 0 "$zifa" --help && [ ! -s err ] || return 1
  sed -n 's/^  \([a-z][a-z ]*[a-z]\)   *[^ ].*/\1/p' out | sed 's/  .*//' >names
  [ "$(wc -l <names)" -eq "$(find "$repository/src/cli/commands" -name '*.cpp' | wc -l)" ] || { echo "--help names not every command"; cat names; return 1; }
  while read -r name; do
    # shellcheck disable=SC2086
    ends_with 0 "$zifa" $name --help && [ ! -s err ] && says out "zifa $name" || return 1
    grep -oE '^\s*(// )?\{?\{"--[a-z-]+"|\{"--[a-z-]+"' "$repository/src/cli/commands/${name// /_}.cpp" 2>/dev/null | grep -oE -- '--[a-z-]+' | sort -u >options
    while read -r option; do says out "$option" || return 1; done <options
  done <names
}
guide_is_renewed() {
  "$repository/cmake/commands_guide.sh" "$zifa" "$home/guide" || return 1
  local language
  for language in en zh-CN; do
    diff "$home/guide/$language/commands.md" "$repository/docs/guide/$language/commands.md" || { echo "run ./dev docs"; return 1; }
  done
}
good_rows_go_through() {
  printf '1Z999AA10123456784\n\nnot a number!\n' >numbers
  "$zifa" tracking check <numbers >out 2>err
  [ "$(wc -l <out)" -eq 3 ] || { echo "three lines in, $(wc -l <out) out"; return 1; }
  head -n 1 out | grep -q '"verdict":"valid"' && sed -n 2p out | grep -q '"verdict":"malformed"'
}
pipe_closed() {
  local codes
  yes 1Z999AA10123456784 | head -n 200000 | "$zifa" tracking check 2>err | head -n 1 >out
  codes=("${PIPESTATUS[@]}")
  [ "${codes[2]}" -lt 128 ] || { echo "a closed pipe killed it: ${codes[2]}"; return 1; }
}
unreadable() { ends_with 2 "$zifa" health --orders nowhere.csv --as-of 2026-03-01T00:00:00Z && says err nowhere.csv; }
missing_database() { ends_with 2 "$zifa" check --db nowhere.db && [ ! -e nowhere.db ]; }

once() {  # FILE DB
  "$zifa" demo --once --orders 30 --seed 5 ${2:+--db "$2"} >out 2>err </dev/null || { tail -n 5 err; return 1; }
  tail -n 1 out >"$1"
}
demo_once() {
  once first shop.db || return 1
  says first '"orders":30,"confirmed":30' && says first '"label_pages":' && says first '"lsr_30":{' && says first '"seconds":'
}
demo_repeats() {
  once second '' || return 1
  diff <(sed 's/"seconds":[0-9.e-]*//' first) <(sed 's/"seconds":[0-9.e-]*//' second)
}

# Every label of a shop, printed over the API, rasterised as a label printer does, and read by a scanner.
labels_of() {  # DB: parcel ids into `ids`, their numbers, sorted, into `numbers`
  local after='' i
  ZIFA_PASSWORD='Desk of 42 boxes!' "$zifa" user add lin --role owner --language en --db "$1" || return 1
  "$zifa" serve --db "$1" --port 0 >labels.out 2>labels.err </dev/null &
  server=$!
  pids+=("$server")
  url=$(printed "$server" labels.out "$address") || return 1
  curl -sS --fail -c jar -H 'Content-Type: application/json' -d '{"name":"lin","password":"Desk of 42 boxes!"}' "$url/api/session" >session || return 1
  : >parcels
  for i in $(seq 50); do
    curl -sS --fail -b jar "$url/api/parcels?limit=100$after" >page || return 1
    cat page >>parcels
    after=$(sed -n 's/.*"next":"\([^"]*\)"}$/\&after=\1/p' page)
    [ -n "$after" ] || break
  done
  grep -oE '"id":"[0-9]+","parcel_no"' parcels | grep -oE '[0-9]+' >ids
  grep -oE '"label":\{"id":"[0-9]+","tracking_number":"[^"]+"' parcels | sed 's/.*:"//; s/"$//' | sort >numbers
}
print_labels() {  # FORMAT FILE: makes the file, and says how many pages it has
  local csrf
  csrf=$(sed -n 's/.*"csrf":"\([^"]*\)".*/\1/p' session)
  printf '{"kind":"labels","format":"%s","size":"100x150","parcel_ids":[%s]}' "$1" "$(sed 's/.*/"&"/' ids | paste -sd,)" >wish
  curl -sS --fail -b jar -H "X-CSRF-Token: $csrf" -H 'Content-Type: application/json' -d @wish "$url/api/prints" >run || return 1
  curl -sS --fail -b jar "$url$(sed -n 's/.*"url":"\([^"]*\)".*/\1/p' run)" >"$2" || return 1
  sed -n 's/.*"pages":\([0-9]*\).*/\1/p' run
}
labels_scan() {
  local orders=${ZIFA_LABELS:-60} pages
  command -v pdftoppm >/dev/null || { echo "pdftoppm is missing: install poppler-utils"; return 1; }
  "$zifa" demo --once --orders "$orders" --seed 9 --db labels.db >out 2>err </dev/null || { tail -n 5 err; return 1; }
  labels_of labels.db || return 1
  [ "$(sort -u numbers | wc -l)" -eq "$orders" ] || { echo "$(sort -u numbers | wc -l) numbers for $orders orders"; return 1; }
  pages=$(print_labels pdf labels.pdf) || return 1
  kill -TERM "$server" && wait "$server"
  [ "$pages" -eq "$orders" ] || { echo "$pages pages for $orders labels"; return 1; }
  pdftoppm -gray -r 203 labels.pdf label || return 1
  "$scanner" label-*.pgm >read || { echo "a page shows no bar code"; return 1; }
  [ "$(wc -l <read)" -eq "$pages" ] || return 1
  # A postal code may stand in front; the number ends the code.
  cut -f1 read | sed 's/.* //' | sort | diff - numbers
}
invariants() { ends_with 0 "$zifa" check --json --db shop.db && says out '"ok":true' && says out '"orders":30'; }
backup_restores() {
  ends_with 0 "$zifa" backup --db shop.db copy.zifa && [ -s copy.zifa ] || return 1
  ends_with 0 "$zifa" restore --db again.db copy.zifa || return 1
  ends_with 2 "$zifa" check --db again.db && says err again.db.key && [ ! -e again.db.key ] || return 1
  cp -p shop.db.key again.db.key
  "$zifa" check --json --db shop.db >before && "$zifa" check --json --db again.db >after && diff before after
}
restore_waits_for_the_desk() {
  "$zifa" serve --db again.db --port 0 >busy.out 2>busy.err </dev/null &
  local desk=$! code
  for _ in $(seq 600); do grep -q http busy.out && break; sleep 0.1; done
  "$zifa" restore --db again.db copy.zifa >out 2>err </dev/null
  code=$?
  kill -TERM "$desk" && wait "$desk"
  [ "$code" -ne 0 ] && says err 'Zifa is running' && ends_with 0 "$zifa" check --db again.db && ends_with 0 "$zifa" restore --db again.db copy.zifa
}
# What is left behind when the program is killed while it makes its first database.
begins_on_an_empty_file() { : >empty.db && ends_with 0 env ZIFA_PASSWORD=Long-Enough-2026 "$zifa" user add lin --role owner --db empty.db && ends_with 0 "$zifa" check --db empty.db; }
text_without_end() { ends_with 2 "$zifa" import orders /dev/zero --db empty.db && [ -s err ]; }
restore_refuses() { head -c 5000 copy.zifa >half.zifa; "$zifa" restore --db half.db half.zifa >out 2>err </dev/null; [ $? -ne 0 ] && [ ! -e half.db ] && [ -s err ]; }

# A line of a program that is starting up.
printed() {  # PID FILE SED
  local found
  for _ in $(seq 1200); do
    found=$(sed -n "$3" "$2" 2>/dev/null | head -n 1)
    [ -z "$found" ] || { echo "$found"; return 0; }
    kill -0 "$1" 2>/dev/null || { echo "it ended" >&2; tail -n 5 "$2" >&2; return 1; }
    sleep 0.1
  done
  return 1
}
address='s/^\(http:\/\/127\.0\.0\.1:[0-9]*\)\/*$/\1/p'
serves() {
  "$zifa" serve --db serve.db --port 0 >serve.out 2>serve.err </dev/null &
  server=$!
  pids+=("$server")
  url=$(printed "$server" serve.out "$address") || return 1
  curl -sS --fail "$url/api/health" >out && says out '"ok":true' && says serve.err 'set-up code'
}
page_is_there() { curl -sS --fail "$url/?lang=zh-CN" >out && says out '<html'; }
strangers() { [ "$(curl -sS -o /dev/null -w '%{http_code}' "$url/api/listings")" = 401 ]; }
ends_on_term() { kill -TERM "$server" && wait "$server"; }
sandbox_serves() {
  "$zifa" sandbox --port 0 >sandbox.out 2>sandbox.err </dev/null &
  server=$!
  pids+=("$server")
  url=$(printed "$server" sandbox.out 's/.*\(http:\/\/127\.0\.0\.1:[0-9]*\).*/\1/p') || return 1
  curl -sS --fail "$url/_sandbox" >out && says out '"accounts"' && kill -TERM "$server" && wait "$server"
}

it "without a command it shows the commands on standard error and ends with 2" no_command
it "an unknown command names the nearest known one" unknown_command
it "an unknown option names the nearest known one" unknown_option
it "every command answers --help with all its options" help_of_all
it "the guides' pages of commands say what --help says" guide_is_renewed
it "a bad row is answered in its place and the good ones go through" good_rows_go_through
it "a reader that goes away does not kill it" pipe_closed
it "an unreadable file is named and ends with 2" unreadable
it "checking a database that is not there makes none" missing_database
it "the demo takes thirty orders through their whole life" demo_once
it "the same seed gives the same summary" demo_repeats
it "a scanner reads its parcel's number off every label that the demo printed" labels_scan
it "what the demo stored keeps every invariant" invariants
it "a backup restores to the same data" backup_restores
it "a database in use is not replaced" restore_waits_for_the_desk
it "a file of no bytes is a new database" begins_on_an_empty_file
it "a file without lines is not read for ever" text_without_end
it "half a backup is refused and nothing is made of it" restore_refuses
it "it serves, and says how the owner is made" serves
it "the page is there in Chinese" page_is_there
it "strangers are told to sign in" strangers
it "SIGTERM ends it well" ends_on_term
it "the sandbox serves and ends well" sandbox_serves

echo "$passed passed, $failed failed, 0 skipped"
[ "$failed" -eq 0 ]
