#!/usr/bin/env bash
# A demo shop killed with -9 again and again, at moments a seed chooses, goes on with its database each time; in the end nothing was
# lost or done twice.   usage: kill.sh ZIFA [KILLS] [SEED] [DATABASE]
set -uo pipefail
zifa=$(realpath "$1") kills=${2:-10} seed=${3:-1}
home=$(mktemp -d "${TMPDIR:-/tmp}/zifa-kill-XXXXXX")
db=${4:-$home/shop.db}
export ZIFA_KEY_FILE=$home/key
pid= passed=0 failed=0
trap '[ -z "$pid" ] || kill -9 "$pid" 2>/dev/null; rm -rf "$home"' EXIT
RANDOM=$seed

ok() { passed=$((passed + 1)) && echo "ok: $1"; }
wrong() { failed=$((failed + 1)) && echo "WRONG: $1" && sed 's/^/  /' <<<"${2:-}"; }

started() {
  : >"$home/log"
  "$zifa" demo --db "$db" --port 0 --clock x2000 >"$home/log" 2>"$home/err" &
  pid=$!
  for _ in $(seq 1200); do
    grep -q http "$home/log" && return 0
    kill -0 "$pid" 2>/dev/null || return 1
    sleep 0.05
  done
  return 1
}

for kill in $(seq "$kills"); do
  if ! started; then
    wrong "start $kill goes on with the database" "$(tail -n 5 "$home/err")"
    break
  fi
  # From the very start to a few seconds of work.
  sleep "$((RANDOM % 4)).$((RANDOM % 10))"
  kill -9 "$pid"
  wait "$pid" 2>/dev/null
  pid=
done
[ "$failed" -gt 0 ] || ok "it went on after each of $kills kills"

report=$("$zifa" check --db "$db" --json 2>&1)
if grep -q '"ok":true' <<<"$report"; then ok "every rule of the stored data holds"; else wrong "every rule of the stored data holds" "$report"; fi
number() { sed -n "s/.*\"$1\":\([0-9]*\).*/\1/p" <<<"$report"; }
if [ "$(number confirmations)" -gt 0 ] 2>/dev/null; then ok "parcels were confirmed on the way: $(number orders) orders, $(number labels) labels, $(number confirmations) confirmations"; else wrong "parcels were confirmed on the way" "$report"; fi

# One label bought and one first confirmation an order item's units allow: what the files say, too.
if labels=$("$zifa" export labels --format csv --db "$db" 2>/dev/null); then
  twice=$(tail -n +2 <<<"$labels" | awk -F, '$8 == "" { print $2 }' | sort | uniq -d | head -n 3)
  if [ -z "$twice" ]; then ok "no parcel has two live labels"; else wrong "no parcel has two live labels" "$twice"; fi
  twice=$("$zifa" export confirmations --format csv --db "$db" | tail -n +2 | awk -F, '{ sent[$1 "," $2] += $4; ordered[$1 "," $2] = $5 } END { for (line in sent) if (sent[line] > ordered[line]) print line }' | head -n 3)
  if [ -z "$twice" ]; then ok "nothing was confirmed twice"; else wrong "nothing was confirmed twice" "$twice"; fi
fi
if started; then
  kill -TERM "$pid"
  wait "$pid"
  code=$?
  pid=
  if [ "$code" -eq 0 ]; then ok "it still starts, and ends well when told"; else wrong "it still starts, and ends well when told" "exit $code"; fi
else
  wrong "it still starts" "$(tail -n 5 "$home/err")"
fi
echo "$passed passed, $failed failed, 0 skipped"
[ "$failed" -eq 0 ]
