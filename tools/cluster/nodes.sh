# The product's own processes: api, worker and realtime nodes, the balancer before them, and the edge.

# lectern WORDS: the command line, told what the nodes are told.
lectern() (
  set -a
  # shellcheck disable=SC1090
  . "$cluster/lectern.env"
  set +a
  cd "$cluster/lectern" && dotnet "$server" "$@"
)

# Written as shell, so that people can read it into theirs too.
node_settings() {
  local line
  mkdir -p "$cluster/lectern" && chmod 700 "$cluster/lectern"
  render lectern.env lectern ../lectern.env
  while IFS= read -r line; do
    if [[ $line == [A-Z]*=* ]]; then printf '%s=%q\n' "${line%%=*}" "${line#*=}"; else printf '%s\n' "$line"; fi
  done < "$cluster/lectern.env" > "$cluster/lectern.env.new"
  chmod 600 "$cluster/lectern.env.new"
  mv "$cluster/lectern.env.new" "$cluster/lectern.env"
}

# Once before any node, so that none meets tables that are still being made.
migrate() {
  [ "$(query "$WRITER_PORT" "SELECT 1 FROM pg_database WHERE datname = 'lectern'")" = 1 ] ||
    query "$WRITER_PORT" "CREATE DATABASE lectern TEMPLATE template0 ENCODING 'UTF8'" > /dev/null || fail "The database could not be made."
  lectern migrate > "$cluster/log/migrate.log" 2>&1 || { tail -n 20 "$cluster/log/migrate.log" >&2; fail "The migration failed."; }
  # Large institutions live on the second shard; everybody else on the first.
  [ -n "$(query "$SHARD2_PORT" "SELECT 1 FROM pg_database WHERE datname = 'lectern_shard2'")" ] ||
    lectern shards add shard2 --host 127.0.0.1 --port "$SHARD2_PORT" --database lectern_shard2 --tier large --cells 1 \
      --pooler "127.0.0.1:$POOLER_PORT" > "$cluster/log/shard2-add.log" 2>&1 || fail "The second shard was refused; see $cluster/log/shard2-add.log"
  # Any of the three may be the standby of the others; what the one that leads has replayed is all there is.
  local i name
  for i in 1 2 3; do
    name="PG${i}_PORT"
    [ -e "$cluster/run/replica$i" ] || lectern shards add-replica main "127.0.0.1:${!name}" --for app >> "$cluster/log/replicas.log" 2>&1 ||
      fail "A standby was refused; see $cluster/log/replicas.log"
    touch "$cluster/run/replica$i"
  done
}

start_node() {
  local name=$1 target
  target=$(kind_of "$name")
  (
    set -a
    # shellcheck disable=SC1090
    . "$cluster/lectern.env"
    LECTERN_PORT=$(port_of "$name")
    set +a
    launch "$name" dotnet "$server" serve --target "$target" --no-migrate
  )
}
well_node() {
  local answer
  answer=$(ask -w '\n%{http_code}' "http://127.0.0.1:$(port_of "$1")/health/ready") || return 1
  printf '%s' "${answer%$'\n'*}" | jq -er '.status + ", " + ([.checks | to_entries[] | .key + " " + .value] | join(", "))' 2> /dev/null
  [ "${answer##*$'\n'}" = 200 ]
}
start_api() { start_node "$1"; }
start_worker() { start_node "$1"; }
start_realtime() { start_node "$1"; }
well_api() { well_node "$1"; }
well_worker() { well_node "$1"; }
well_realtime() { well_node "$1"; }

# --- before the nodes -------------------------------------------------------------------------------------------------------------------

# Which nodes answer for which group; the first group takes what belongs to no other.
groups() {
  printf 'api=127.0.0.1:%s,127.0.0.1:%s,127.0.0.1:%s realtime=127.0.0.1:%s' "$API1_PORT" "$API2_PORT" "$API3_PORT" "$REALTIME1_PORT"
}

# gateway PROGRAM NAME FILE: what the product itself says about its routes and nodes.
gateway() {
  lectern gateway config --for "$1" --nodes "${LECTERN_CLUSTER_GROUPS:-$(groups)}" --balance "${LECTERN_CLUSTER_BALANCE:-round-robin}" \
    --balancer "127.0.0.1:$BALANCER_PORT" > "$cluster/$2/$3" && give "$2" "$cluster/$2/$3"
}

start_balancer() {
  gateway haproxy balancer haproxy.cfg || fail "lectern gateway config did not answer."
  haproxy -c -q -f "$DIR/haproxy.cfg" || fail "HAProxy refuses $DIR/haproxy.cfg."
  launch balancer haproxy -db -f "$DIR/haproxy.cfg"
}
well_balancer() { [ "$(ask -o /dev/null -w '%{http_code}' "http://127.0.0.1:$BALANCER_PORT/health")" = 200 ] && echo 'an api node answers through it'; }

certificate() {
  [ ! -s "$DIR/edge.crt" ] || ! openssl x509 -checkend 86400 -noout -in "$DIR/edge.crt" > /dev/null || return 0
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 365 -subj /CN=localhost \
    -addext 'subjectAltName=DNS:localhost,DNS:*.localhost,IP:127.0.0.1' -keyout "$DIR/edge.key" -out "$DIR/edge.crt" 2> /dev/null
  give edge "$DIR/edge.key" "$DIR/edge.crt"
}

start_edge() {
  local become
  become "$(account_for edge)"
  certificate
  "${become[@]}" mkdir -p "$DIR/temp"
  gateway nginx edge gateway.conf || fail "lectern gateway config did not answer."
  render nginx.conf edge nginx.conf
  "${become[@]}" nginx -t -q -e stderr -p "$DIR" -c "$DIR/nginx.conf" || fail "nginx refuses $DIR/nginx.conf."
  launch edge nginx -e stderr -p "$DIR" -c "$DIR/nginx.conf"
}
well_edge() { [ "$(ask -o /dev/null -w '%{http_code}' "https://127.0.0.1:$EDGE_PORT/health")" = 200 ] && echo "TLS, https://localhost:$EDGE_PORT"; }

# purge KEY: forgets one answer of the edge, on the next request fetched anew. The key is the path of an asset, or host and address.
purge() {
  local hash file
  hash=$(printf '%s' "$1" | md5sum | cut -c 1-32)
  file="$cluster/edge/cache/${hash:31:1}/${hash:29:2}/$hash"
  if [ ! -e "$file" ]; then say "Nothing is kept under $1"; return 1; fi
  rm -f "$file"
  say "Forgotten: $1"
}

# The journey makes an institution of its own, with the nodes' settings, and visits it as people do.
journey() (
  . "$root/tools/lanes.sh"
  if ! { lock_build && ready_tests && ready_web_packages && unlock_build; }; then exit 1; fi
  set -a
  # shellcheck disable=SC1090
  . "$cluster/lectern.env"
  LECTERN_TEST_ADDRESS=https://localhost:$EDGE_PORT
  set +a
  # How much memory a node may have is the nodes' concern.
  unset DOTNET_GCHeapHardLimit
  dotnet exec "$root/tests/Lectern.Browser/bin/$configuration/net10.0/Lectern.Browser.dll" --no-ansi --no-progress \
    --filter-class '*CoreJourneyTests'
)
