# Servers that tests need: a PostgreSQL of their own and a desk with a shop in it. Sourced by ./test after counting.sh.
# Whatever happens, they end with the script and their folders go.

postgres_home= desk_home= desk_pids=()

free_port() {
  local port
  while :; do
    port=$((20000 + RANDOM % 20000))
    (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || { echo "$port"; return; }
  done
}

# PostgreSQL refuses to run as root: then it runs as the user its package made.
as_postgres() { if [ "$(id -u)" -eq 0 ]; then (cd / && runuser -u postgres -- "$@"); else "$@"; fi; }

# Installing the package would otherwise start a server of the whole machine.
no_postgres_cluster() {
  [ "$(id -u)" -eq 0 ] || return 0
  mkdir -p /etc/postgresql-common/createcluster.d
  echo 'create_main_cluster = false' >/etc/postgresql-common/createcluster.d/no-main-cluster.conf
}

start_postgres() {
  local bin port log
  bin=$(find /usr/lib/postgresql -mindepth 2 -maxdepth 2 -name bin 2>/dev/null | sort -V | tail -n 1)
  [ -n "$bin" ] || return 1
  log=$logs/postgres.log
  postgres_bin=$bin
  postgres_home=$(mktemp -d "${TMPDIR:-/tmp}/zifa-postgres-XXXXXX")
  [ "$(id -u)" -ne 0 ] || chown postgres "$postgres_home"
  as_postgres "$bin/initdb" -D "$postgres_home/data" -U zifa -A trust -E UTF8 --locale=C.UTF-8 --no-sync >"$log" 2>&1 || return 1
  port=$(free_port)
  as_postgres "$bin/pg_ctl" -D "$postgres_home/data" -l "$postgres_home/log" -w -t 120 \
    -o "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories=$postgres_home -c fsync=off -c full_page_writes=off" start >>"$log" 2>&1 || return 1
  # In the order of a language, as many servers are: what relies on the order of bytes has to ask for it.
  as_postgres "$bin/createdb" -h 127.0.0.1 -p "$port" -U zifa -T template0 --locale-provider=icu --icu-locale=en-US zifa_test >>"$log" 2>&1 || return 1
  postgres_url=postgresql://zifa@127.0.0.1:$port/zifa_test
}

new_postgres_database() { as_postgres "$postgres_bin/createdb" -h 127.0.0.1 -p "$(sed 's|.*:\([0-9]*\)/.*|\1|' <<<"$postgres_url")" -U zifa "$1" >>"$logs/postgres.log" 2>&1; }

stop_postgres() {
  [ -n "$postgres_home" ] || return 0
  as_postgres "$postgres_bin/pg_ctl" -D "$postgres_home/data" -m immediate stop >/dev/null 2>&1
  rm -rf "$postgres_home"
  postgres_home=
}

# Waits until a program has printed a line that matches, and gives what the sed expression finds in it.
printed_by() {  # PID FILE SED-EXPRESSION
  local found
  for _ in $(seq 1200); do
    found=$(sed -n "$3" "$2" 2>/dev/null | head -n 1)
    [ -z "$found" ] || { echo "$found"; return 0; }
    kill -0 "$1" 2>/dev/null || return 1
    sleep 0.1
  done
  return 1
}

# The demo shop, alive: buyers order, its own people take every second order, and an owner may sign in and take the others.
serve_desk_for_browser() {
  local zifa=$root/build/release/zifa log=$logs/desk.log
  desk_user=lin desk_password='Desk of 42 boxes!'
  desk_home=$(mktemp -d "${TMPDIR:-/tmp}/zifa-desk-XXXXXX")
  : >"$log"
  "$zifa" demo --port 0 --db "$desk_home/desk.db" >"$desk_home/demo.out" 2>"$log" </dev/null &
  desk_pids+=($!)
  desk_url=$(printed_by $! "$desk_home/demo.out" 's/^\(http:\/\/[^ ]*[0-9]\)\/\{0,1\}$/\1/p') || return 1
  ZIFA_PASSWORD=$desk_password "$zifa" user add "$desk_user" --role owner --language en --db "$desk_home/desk.db" >>"$log" 2>&1 </dev/null || return 1
}

stop_desk() {
  [ ${#desk_pids[@]} -eq 0 ] || { kill "${desk_pids[@]}"; wait "${desk_pids[@]}"; } 2>/dev/null
  desk_pids=()
  [ -z "$desk_home" ] || rm -rf "$desk_home"
  desk_home=
}

end_everything() {
  [ -z "$child" ] || { kill -- "-$child"; wait "$child"; } 2>/dev/null
  stop_desk
  stop_postgres
}
trap end_everything EXIT
trap 'exit 143' TERM
trap 'exit 130' INT HUP
