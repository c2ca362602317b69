#!/usr/bin/env bash
# Rules of the source text that no compiler holds. Each check names what is wrong, where, and how to mend it.
# The last line is "N passed, N failed, N skipped".
set -uo pipefail
shopt -s lastpipe  # a check at the end of a pipe counts in this shell
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
passed=0 failed=0

# check NAME MEND: the lines on standard input are what is wrong; none is good.
check() {
  local wrong
  wrong=$(cat)
  if [ -z "$wrong" ]; then
    echo "ok: $1"
    passed=$((passed + 1))
  else
    echo "WRONG: $1"
    sed 's/^/  /' <<<"$wrong"
    echo "  To mend: $2"
    failed=$((failed + 1))
  fi
}

# Everything that belongs to the repository, also what is not committed yet.
files() { if [ -e .git ]; then git ls-files --cached --others --exclude-standard -- "$@"; else find "$@" -type f; fi | while read -r file; do [ ! -f "$file" ] || echo "$file"; done; }
mapfile -t code < <(files src sandbox | grep -E '\.(cpp|hpp)$')
mapfile -t texts < <(files . | grep -vE '\.(webp|png|ico|pdf|woff2?|gz|br|bin|xlsx|zip|db)$' | sed 's/^\.\///')

# 1. Includes point inwards.
awk '
  function layer(path,   part) {
    split(path, part, "/")
    if (part[1] == "src") return path == "src/main.cpp" ? "main" : part[2]
    return part[1]
  }
  function adapter(path,   part) { split(path, part, "/"); return part[1] == "src" ? part[3] : part[2] }
  BEGIN {
    may["base"] = " base "; may["domain"] = " base domain "; may["app"] = " base domain app "
    may["adapters"] = " base domain app adapters "; may["api"] = " base domain app api "; may["cli"] = " base domain app cli "
    may["sandbox"] = " base sandbox "
    may["wiring"] = may["main"] = " base domain app adapters api cli sandbox wiring "
  }
  /^ *#include "/ {
    split($0, quoted, "\"")
    from = layer(FILENAME); to = quoted[2]; sub("/.*", "", to)
    if (index(may[from], " " to " ") == 0) print FILENAME ":" FNR ": " from " may not include " quoted[2]
    else if (from == "adapters" && to == "adapters" && adapter(FILENAME) != adapter(quoted[2]) && adapter(quoted[2]) != "http")
      print FILENAME ":" FNR ": one adapter may not include another: " quoted[2]
  }' "${code[@]}" |
  check "includes point inwards: base <- domain <- app <- adapters, api, cli <- wiring, main; sandbox sees base" \
    "move what is needed inwards, or reach it through a port in src/app/ports. ARCHITECTURE.md has the picture."

# 2. Nobody asks the clock or throws dice but their adapters. (The connection pool times idle sockets; keys and nonces
# come from libsodium in adapters/secrets. Neither decides anything.)
grep -nE '(system|steady|high_resolution|utc)_clock|[^_a-zA-Z0-9.>:&] *(time|clock)\((0|NULL|nullptr|&)|[^_a-zA-Z0-9.>:&] *(rand|random|clock)\(\)|srand\(|std::(time|rand|clock)\(|random_device|mt19937|getrandom|gettimeofday|clock_gettime|randombytes' "${code[@]}" |
  grep -vE '^src/adapters/(clock|secrets)/|^src/adapters/http/client\.cpp:[0-9]+:.*steady_clock' | grep -vE ':[0-9]+: *//|Clock& clock\(\)' |
  check "no clock and no chance outside adapters/clock" \
    "take Instant now as an argument, or use the ports Clock and Dice; in the sandbox, its own world's time and seed."

# 3. Exact numbers in the rules. Statistics may use floating point; each file that does is named here.
floating='^src/domain/(forecast/|health/breach\.(cpp|hpp))'
grep -nE '\b(double|float)\b' $(printf '%s\n' "${code[@]}" | grep '^src/domain/') | grep -vE "$floating" | grep -vE ':[0-9]+: *//' |
  check "no floating point in src/domain" "use Money, Weight, Length or Share; statistics are named in this check."

# 4. The domain and the use cases know no wire format, no database and no thread.
grep -nE '#include <(boost|sqlite3|libpq|thread|mutex|atomic|fstream|filesystem|iostream|curl|openssl)' $(printf '%s\n' "${code[@]}" | grep '^src/domain/') |
  check "src/domain includes no JSON, SQL, HTTP, threads or files" "do it in an adapter and hand the domain values."
grep -nE '#include <(sqlite3|libpq|boost/(beast|asio)|openssl|curl)' $(printf '%s\n' "${code[@]}" | grep -E '^src/(app|api|cli)/') |
  check "src/app, api and cli include no database and no sockets" "reach it through a port."
grep -nE '#include <(boost/(json|beast|asio)[^f]*|date/tz\.h|pango.*|nlohmann.*)>' $(printf '%s\n' "${code[@]}" | grep -E '\.hpp$') | grep -vE 'boost/json/fwd|^src/(base/json|api/resource)\.hpp:' |
  check "headers stay light" "include Boost.JSON (by base/json.hpp), Beast, date/tz and Pango in .cpp files only."

# 5. Every command is documented in both guides, and its options in its own help.
for file in src/cli/commands/*.cpp; do
  name=$(sed -n 's/^ *\.name = "\([^"]*\)".*/\1/p' "$file" | head -n 1)
  for guide in en zh-CN; do
    grep -qE "zifa $name([^a-z]|\$)" docs/guide/$guide/*.md || echo "docs/guide/$guide: no word of \"zifa $name\" ($file)"
  done
done | check "every command is in both guides" "write a section with an example that works; ./dev docs renews commands.md."

# 6. Both guides have the same pages, and links lead somewhere.
diff <(cd docs/guide/en && ls *.md) <(cd docs/guide/zh-CN && ls *.md) | grep '^[<>]' | sed 's/^</only in en:/; s/^>/only in zh-CN:/' |
  check "both guides have the same pages" "write the other page."
printf '%s\n' "${texts[@]}" | grep '\.md$' | while read -r page; do
  grep -oE '\]\([^)# ]+' "$page" | cut -c3- | grep -vE '^(https?|mailto):' | while read -r target; do
    [ -e "$(dirname "$page")/$target" ] || echo "$page: $target is not there"
  done
done | check "links between pages lead somewhere" "mend the link or write the page."

# 7. Rules that code cites exist.
grep -rnoE 'docs/rules/[a-z_]+\.md' src sandbox | while IFS=: read -r file line rule; do [ -f "$rule" ] || echo "$file:$line: $rule is not there"; done |
  check "cited pages of docs/rules exist" "write the page, with the address and the day it was read."

# 8. Reference tables say where they come from.
for table in $(files data | grep '\.csv$'); do
  # A licence that cannot lie inside the file may lie beside it.
  head -n 1 "$table" | grep -q '^#' || [ -f "${table%.csv}.LICENSE.md" ] || echo "$table: no line of comment at its start"
done | check "reference tables name their source" "begin the file with # lines: source, licence, valid from."

# 9. Nothing of one machine: its paths, its registries.
this='^tests/text/check\.sh:'
grep -nE '(^|[^a-z0-9_.])/(work|home|root|tmp|opt|usr/local|Users)/' "${texts[@]}" | grep -vE "$this|^tests/|^docs/.*(/opt/|/usr/local/)" | grep -vE 'mktemp -d|\$\{?TMPDIR' |
  check "no paths of one machine" "derive the path, or take it as an option."
grep -nE '"resolved"|registry\.(npmjs|npmmirror|yarnpkg)|pypi\.org/simple|_authToken' "${texts[@]}" | grep -vE "$this" | cut -c1-160 |
  check "no registry hosts" "npm config set omit-lockfile-registry-resolved true, then write the lock again."

# 10. Nothing left for later.
grep -nE '\b(TODO|FIXME|XXX|HACK)\b' "${texts[@]}" | grep -vE "$this|^data/|package-lock" |
  check "no work left in comments" "do it now, or write it down where plans are kept."

# 11. Files end with one newline and carry no stray white space.
for file in "${texts[@]}"; do
  [ ! -s "$file" ] || [ -z "$(tail -c 1 "$file")" ] || echo "$file"
done | grep -vE '^(tests/golden/|data/sandbox/.*\.txt|LICENSE$)' |
  check "files end with a newline" "add one."
grep -nE '[[:space:]]+$' $(printf '%s\n' "${texts[@]}" | grep -E '\.(cpp|hpp|sh|ts|svelte|mjs|cmake)$') | cut -c1-120 |
  check "no white space at line ends" "./dev format, or take it away."

# 12. Module pages stay short enough to be read.
for page in $(files src sandbox | grep '/README\.md$'); do
  lines=$(wc -l <"$page")
  [ "$lines" -le 40 ] || echo "$page: $lines lines"
done | check "module pages have forty lines at most" "cut it, or cut the module."

# 13. Migrations that have been released are never changed; their order has no gaps.
number=0
for file in $(files src/adapters/store/migrations | sort); do
  base=$(basename "$file")
  [ "$((10#${base%%_*}))" -eq "$number" ] || number=$((number + 1))
  [ "$((10#${base%%_*}))" -eq "$number" ] || echo "$file: number $number was expected"
done | check "migrations are numbered without gaps" "rename it."

echo "$passed passed, $failed failed, 0 skipped"
[ "$failed" -eq 0 ]
