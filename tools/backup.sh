#!/usr/bin/env bash
# ./dev drills backup: full and incremental backup of a throwaway Debian PostgreSQL to two repositories; its tables are emptied and brought
# back to a moment before that; then the machine is lost with its disk, and all is restored from the second repository. Every row is compared.
set -euo pipefail
root=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd -P)
. "$root/tools/lib.sh"
. "$root/tools/lanes.sh"
bin=/usr/lib/postgresql/15/bin

drill_backup() {
  [ -x "$bin/postgres" ] && command -v pgbackrest > /dev/null || install_packages postgresql-15 pgbackrest
  command -v pgbackrest > /dev/null || fail "The drill needs Debian's postgresql-15 and pgbackrest."
  scratch=$(mktemp -d "${TMPDIR:-/tmp}/lectern-backup-XXXXXX")
  port=$(free_port)
  trap 'stop_all; rm -rf "$scratch"' EXIT
  prepare
  backed_up
  to_a_moment
  machine_lost
  printf 'backup: acknowledged=%s lost=%s leaked=0 recovered_s=%s\n' "$acknowledged" "$lost" "$rto"
  # What the archive had not seen yet may be lost with the machine; nothing else.
  [ "$differing" -eq 0 ] && [ "$lost" -lt "$acknowledged" ]
}

free_port() { node -e 'const s = require("net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); })'; }

# As an account without rights: PostgreSQL refuses to run as root.
as_owner() {
  if [ "$(id -u)" -eq 0 ]; then setpriv --reuid=postgres --regid=postgres --init-groups -- env HOME="$scratch" "$@"; else "$@"; fi
}

backrest() { as_owner pgbackrest --config="$scratch/pgbackrest.conf" --stanza=lectern "$@"; }

# query FOLDER-OF-SOCKET SQL
query() { as_owner "$bin/psql" -XAtq -h "$1" -p "$port" -U postgres -d lectern -c "$2"; }

server_of() { as_owner "$bin/pg_ctl" -D "$1" -w -t 120 -l "$scratch/log/postgres.log" "${@:2}" > /dev/null; }

stop_all() {
  local data
  for data in "$scratch"/data "$scratch"/moment "$scratch"/second; do
    [ ! -e "$data/postmaster.pid" ] || server_of "$data" stop -m immediate || true
  done
}

prepare() {
  local folder
  for folder in repo1 repo2 log lock spool socket; do mkdir "$scratch/$folder"; done
  CONFIG="$scratch/pgbackrest.conf" REPO1="$scratch/repo1" REPO2="$scratch/repo2" LOG="$scratch/log" LOCK="$scratch/lock"
  SPOOL="$scratch/spool" DATA="$scratch/data" PORT=$port SOCKET="$scratch/socket" CIPHER=$(openssl rand -base64 36) ARCHIVE_SECONDS=20
  fill_in pgbackrest.conf > "$CONFIG"
  chmod 700 "$scratch"
  [ "$(id -u)" -ne 0 ] || chown -R postgres:postgres "$scratch"
  as_owner "$bin/initdb" -D "$DATA" -U postgres --auth=trust --data-checksums --encoding=UTF8 --locale=C.UTF-8 > /dev/null
  {
    fill_in postgresql.conf
    printf "port = %s\nlisten_addresses = '127.0.0.1'\nunix_socket_directories = '%s'\nmax_connections = 200\n" "$port" "$SOCKET"
  } | as_owner tee -a "$DATA/postgresql.conf" > /dev/null
  server_of "$DATA" start
  as_owner "$bin/createdb" -h "$SOCKET" -p "$port" -U postgres lectern
  lectern demo > /dev/null
  backrest stanza-create
}

fill_in() {
  local text word
  text=$(< "$root/deploy/backup/$1")
  while [[ $text =~ @([A-Z0-9_]+)@ ]]; do
    word=${BASH_REMATCH[1]}
    text=${text//@$word@/${!word}}
  done
  printf '%s\n' "$text"
}

lectern() {
  mkdir -p "$scratch/lectern"
  LECTERN_POSTGRES="Host=127.0.0.1;Port=$port;Username=postgres;Database=lectern" LECTERN_DATA="$scratch/lectern" \
    LECTERN_SECRET=only-for-this-drill-and-nothing-besides dotnet "$server" "$@"
}

# One line for each table: its name, its rows, a hash of all of them. The administrator sees past row policies.
hashes() {
  query "$1" "SELECT format('SELECT %L, count(*), md5(coalesce(string_agg(t::text, E''\\n'' ORDER BY t::text COLLATE \"C\"), '''')) FROM %I.%I t',
      schemaname || '.' || tablename, schemaname, tablename)
    FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema') AND tablename <> 'drill' ORDER BY schemaname, tablename" |
    sed 's/$/;/' | as_owner "$bin/psql" -XAtq -h "$1" -p "$port" -U postgres -d lectern
}

backed_up() {
  local began
  query "$SOCKET" "CREATE TABLE public.drill (n bigserial PRIMARY KEY, at timestamptz NOT NULL DEFAULT clock_timestamp())"
  began=$(date +%s%N)
  for repo in 1 2; do backrest --repo=$repo --type=full backup; done
  say "full backup to two repositories: $(since "$began") s, $(du -sm "$scratch/repo1" | cut -f 1) MiB each"
  lectern tenants create second --name "Second institution" > /dev/null
  began=$(date +%s%N)
  for repo in 1 2; do backrest --repo=$repo --type=incr backup; done
  say "incremental backup to two repositories: $(since "$began") s"
  # Only the archive knows of this one.
  lectern tenants create third --name "Third institution" > /dev/null
}

# Somebody empties tables. The copy as of a moment before that must have every row.
to_a_moment() {
  local moment began
  hashes "$SOCKET" > "$scratch/before.txt"
  moment=$(query "$SOCKET" "SELECT clock_timestamp()")
  sleep 1
  query "$SOCKET" "DELETE FROM platform.tenants" > /dev/null
  query "$SOCKET" "SELECT pg_switch_wal()" > /dev/null
  wait_for_archive "$SOCKET"
  server_of "$DATA" stop -m fast
  began=$(date +%s%N)
  backrest --repo=1 --pg1-path="$scratch/moment" --type=time "--target=$moment" --target-action=promote restore
  start_copy "$scratch/moment"
  hashes "$SOCKET" > "$scratch/after.txt"
  differing=$(diff "$scratch/before.txt" "$scratch/after.txt" | grep -c '^>' || true)
  say "restored to $moment: $(since "$began") s, $(wc -l < "$scratch/before.txt") tables, $differing of them differ"
  lectern doctor >&2 || say "doctor is not content with the restored copy"
  server_of "$scratch/moment" stop -m fast
}

# The machine is gone, with what had not been archived; the second repository is what is left.
machine_lost() {
  local last began writer killed archived
  server_of "$DATA" start
  (while query "$SOCKET" "INSERT INTO public.drill DEFAULT VALUES" 2> /dev/null; do sleep 0.05; done) &
  writer=$!
  # A segment must leave by the clock alone, and more must be written after it: that is what can be lost.
  archived=$(query "$SOCKET" "SELECT archived_count FROM pg_stat_archiver")
  for _ in $(seq 300); do
    [ "$(query "$SOCKET" "SELECT archived_count FROM pg_stat_archiver")" -gt "$archived" ] && break
    sleep 1
  done
  sleep 5
  acknowledged=$(query "$SOCKET" "SELECT max(n) FROM public.drill")
  killed=$(query "$SOCKET" "SELECT max(at) FROM public.drill")
  server_of "$DATA" stop -m immediate
  wait "$writer" || true
  rm -rf "$DATA" "$scratch/repo1"
  began=$(date +%s%N)
  backrest --repo=2 --pg1-path="$scratch/second" --type=default restore
  start_copy "$scratch/second"
  last=$(query "$SOCKET" "SELECT max(n) FROM public.drill")
  rto=$(since "$began")
  lost=$((acknowledged - ${last:-0}))
  rpo=$(query "$SOCKET" "SELECT round(extract(epoch FROM '$killed'::timestamptz - max(at))::numeric, 1) FROM public.drill")
  say "machine and first repository lost: RTO $rto s; RPO ${rpo:-all} s with archive_timeout $ARCHIVE_SECONDS s: $lost of $acknowledged rows"
}

start_copy() {
  printf "archive_mode = off\n" | as_owner tee -a "$1/postgresql.conf" > /dev/null
  server_of "$1" start
  for _ in $(seq 600); do
    [ "$(query "$SOCKET" 'SELECT pg_is_in_recovery()')" = f ] && return 0
    sleep 0.2
  done
  fail "The restored copy did not come out of recovery."
}

wait_for_archive() {
  local segment
  segment=$(query "$1" "SELECT pg_walfile_name(pg_current_wal_lsn() - 1)")
  for _ in $(seq 300); do
    [[ ! $(query "$1" "SELECT last_archived_wal FROM pg_stat_archiver") < "$segment" ]] && return 0
    sleep 0.2
  done
  say "The archive is behind."
}

since() { awk -v began="$1" -v now="$(date +%s%N)" 'BEGIN { printf "%.1f", (now - began) / 1e9 }'; }

drill_backup
