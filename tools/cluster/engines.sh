# How each engine is prepared, started, and asked whether it is well. start_KIND NAME · well_KIND NAME says a few words and succeeds or not.

PG_BIN=/usr/lib/postgresql/15/bin

ports() {
  local i
  EDGE_PLAIN_PORT=$((base + 80)) EDGE_PORT=$((base + 443))
  for i in 1 2 3; do
    printf -v "API${i}_PORT" '%s' $((base + 100 + i))
    printf -v "PG${i}_PORT" '%s' $((base + 500 + i))
    printf -v "REST${i}_PORT" '%s' $((base + 510 + i))
  done
  WORKER1_PORT=$((base + 111)) WORKER2_PORT=$((base + 112)) REALTIME1_PORT=$((base + 121))
  BALANCER_PORT=$((base + 201)) SHARD2_PORT=$((base + 521))
  WRITER_PORT=$((base + 541)) READER_PORT=$((base + 542)) POOLER_PORT=$((base + 543))
  ETCD_PORT=$((base + 551)) ETCD_PEER_PORT=$((base + 552))
  for i in 1 2 3 4 5 6; do printf -v "REDIS${i}_PORT" '%s' $((base + 600 + i)); done
  RABBITMQ_PORT=$((base + 672)) RABBITMQ_STREAM_PORT=$((base + 673)) RABBITMQ_DIST_PORT=$((base + 674)) EPMD_PORT=$((base + 675))
  OBJECTSTORE_PORT=$((base + 700))
}

# The port a process is reached at.
port_of() {
  local upper=${1^^} word
  case $1 in
    edge) word=EDGE_PORT ;;
    balancer) word=BALANCER_PORT ;;
    dbproxy) word=WRITER_PORT ;;
    pgbouncer) word=POOLER_PORT ;;
    *) word=${upper}_PORT ;;
  esac
  printf '%s' "${!word}"
}

# Made once, at the first start, and kept where only the owner reads.
secrets() {
  local file="$cluster/secrets.env" name
  if [ ! -e "$file" ]; then
    (
      umask 077
      for name in LECTERN_SECRET POSTGRES_PASSWORD REPLICATION_PASSWORD PATRONI_PASSWORD REDIS_PASSWORD RABBITMQ_PASSWORD RABBITMQ_COOKIE \
        S3_SECRET; do printf '%s=%s\n' "$name" "$(openssl rand -hex 24)"; done > "$file.new"
      printf 'S3_KEY=%s\n' "LECTERN$(openssl rand -hex 6)" >> "$file.new"
    )
    mv "$file.new" "$file"
  fi
  # shellcheck disable=SC1090
  . "$file"
  # Follows from the secret as every role's password does; see Lectern.Platform/Data/DatabaseAccess.cs.
  POOLER_PASSWORD=$(printf 'role:lectern_pooler' | openssl dgst -sha256 -hmac "$LECTERN_SECRET" -r | cut -c 1-40)
}

query() {
  PGPASSWORD=$POSTGRES_PASSWORD PGCONNECT_TIMEOUT=3 psql -X -qAt -h 127.0.0.1 -p "$1" -U postgres -d postgres -c "$2" 2> /dev/null
}
ask() { curl -sS -k --max-time 5 "$@" 2> /dev/null; }

# --- etcd, PostgreSQL under Patroni, and the addresses before it ------------------------------------------------------------------------

start_etcd() { render etcd.yml etcd etcd.yml && launch etcd etcd --config-file "$DIR/etcd.yml"; }
well_etcd() { ask "http://127.0.0.1:$ETCD_PORT/health" | grep -q '"health":"true"' && echo healthy; }

start_pg() {
  local NAME=$1 PG_PORT REST_PORT rest
  PG_PORT=$(port_of "$1") rest="REST$(number_of "$1")_PORT"
  REST_PORT=${!rest}
  render patroni.yml "$1" patroni.yml
  # A killed Patroni leaves a leader that nobody watches; it must not be there when the next one starts.
  slay "$1"
  launch "$1" /usr/bin/patroni "$DIR/patroni.yml"
}

well_pg() {
  local rest
  rest="REST$(number_of "$1")_PORT"
  ask "http://127.0.0.1:${!rest}/cluster" | jq -er --arg name "$1" '.members[] | select(.name == $name)
    | .role + ", " + .state + ", timeline " + (.timeline | tostring) + (if .lag == null then "" else ", " + (.lag | tostring) + " bytes behind" end),
      (if .state == "running" or .state == "streaming" then empty else error("not running") end)'
}

# leader: the name of the process that leads now.
leader() {
  local i rest
  for i in 1 2 3; do
    rest="REST${i}_PORT"
    if curl -sf --max-time 2 -o /dev/null "http://127.0.0.1:${!rest}/primary"; then printf 'pg%s' "$i"; return 0; fi
  done
  return 1
}

start_shard() {
  local PG_PORT become data="$DIR/data"
  PG_PORT=$(port_of "$1")
  become "$(account_for shard)"
  if [ ! -s "$data/PG_VERSION" ]; then
    printf '%s\n' "$POSTGRES_PASSWORD" > "$DIR/password"
    give "$1" "$DIR/password"
    (cd "$DIR" && "${become[@]}" "$PG_BIN/initdb" -D "$data" -U postgres --pwfile="$DIR/password" -A scram-sha-256 -E UTF8 --locale=C.UTF-8 \
      --data-checksums) > "$cluster/log/$1-initdb.log" 2>&1 || fail "initdb failed; see $cluster/log/$1-initdb.log"
    rm -f "$DIR/password"
  fi
  render shard.conf "$1" shard.conf
  launch "$1" "$PG_BIN/postgres" -D "$data" -c config_file="$DIR/shard.conf" -c hba_file="$data/pg_hba.conf"
}
well_shard() { query "$(port_of "$1")" "SELECT 'answers, ' || count(*) || ' sessions' FROM pg_stat_activity"; }

start_dbproxy() { render haproxy-database.cfg dbproxy haproxy.cfg && launch dbproxy haproxy -db -f "$DIR/haproxy.cfg"; }
well_dbproxy() {
  [ "$(query "$WRITER_PORT" 'SELECT pg_is_in_recovery()')" = f ] || return 1
  if [ "$(query "$READER_PORT" 'SELECT pg_is_in_recovery()')" = t ]; then echo "writes at $WRITER_PORT, reads at $READER_PORT"
  else echo "writes at $WRITER_PORT, no replica to read from"; fi
}

start_pgbouncer() {
  printf '"lectern_pooler" "%s"\n' "$POOLER_PASSWORD" > "$DIR/users.txt"
  give pgbouncer "$DIR/users.txt"
  render pgbouncer.ini pgbouncer pgbouncer.ini
  launch pgbouncer "$(command -v pgbouncer || echo /usr/sbin/pgbouncer)" "$DIR/pgbouncer.ini"
}
well_pgbouncer() {
  PGPASSWORD=$POOLER_PASSWORD PGCONNECT_TIMEOUT=5 psql -X -qAt -h 127.0.0.1 -p "$POOLER_PORT" -U lectern_pooler -d pgbouncer -c 'SHOW LISTS' \
    2> /dev/null | awk -F '|' '$1 == "used_clients" { c = $2 } $1 == "used_servers" { s = $2 } END { if (c == "") exit 1; print c " clients, " s " server connections" }'
}

# --- Redis Cluster ----------------------------------------------------------------------------------------------------------------------

redis() { REDISCLI_AUTH=$REDIS_PASSWORD timeout 5 redis-cli -h 127.0.0.1 -p "$@" 2> /dev/null; }

start_redis() {
  local REDIS_PORT REDIS_BUS_PORT
  REDIS_PORT=$(port_of "$1") REDIS_BUS_PORT=$(($(port_of "$1") + 10))
  render redis.conf "$1" redis.conf
  launch "$1" redis-server "$DIR/redis.conf"
}
well_redis() {
  local port role
  port=$(port_of "$1")
  role=$(redis "$port" ROLE | head -n 1) && [ -n "$role" ] || return 1
  redis "$port" CLUSTER INFO | tr -d '\r' | awk -F : -v role="$role" '/^cluster_state/ { s = $2 } /^cluster_slots_ok/ { n = $2 }
    END { print role ", cluster " s ", " n " slots"; exit s != "ok" }'
}

# Once: three masters, and a replica for each.
form_redis() {
  local i words=()
  for i in 1 2 3 4 5 6; do wait_until 20 "redis$i" redis "$(port_of "redis$i")" PING || return 1; done
  if ! redis "$REDIS1_PORT" CLUSTER INFO | grep -q 'cluster_known_nodes:1[^0-9]'; then return 0; fi
  for i in 1 2 3 4 5 6; do words+=("127.0.0.1:$(port_of "redis$i")"); done
  REDISCLI_AUTH=$REDIS_PASSWORD redis-cli --cluster create "${words[@]}" --cluster-replicas 1 --cluster-yes > "$cluster/log/redis-create.log" 2>&1
}

# --- RabbitMQ ---------------------------------------------------------------------------------------------------------------------------

start_epmd() { launch epmd epmd -address 127.0.0.1 -port "$EPMD_PORT"; }
well_epmd() { epmd -port "$EPMD_PORT" -names 2> /dev/null | grep -q 'up and running' && echo answers; }

start_rabbitmq() {
  printf '%s' "$RABBITMQ_COOKIE" > "$DIR/.erlang.cookie"
  printf '[rabbitmq_stream].\n' > "$DIR/enabled_plugins"
  render rabbitmq.conf rabbitmq rabbitmq.conf
  give rabbitmq "$DIR/.erlang.cookie" "$DIR/enabled_plugins"
  chmod 400 "$DIR/.erlang.cookie"
  # One scheduler that does not spin: six engines share this machine's processors.
  launch rabbitmq env RUNNING_UNDER_SYSTEMD=true ERL_EPMD_PORT="$EPMD_PORT" ERL_EPMD_ADDRESS=127.0.0.1 \
    RABBITMQ_NODENAME=lectern@localhost RABBITMQ_DIST_PORT="$RABBITMQ_DIST_PORT" RABBITMQ_CONFIG_FILE="$DIR/rabbitmq.conf" \
    RABBITMQ_ENABLED_PLUGINS_FILE="$DIR/enabled_plugins" RABBITMQ_MNESIA_BASE="$DIR/data" RABBITMQ_LOG_BASE="$DIR/log" \
    RABBITMQ_CONF_ENV_FILE=/dev/null \
    RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS='+S 1:1 +sbwt none +sbwtdcpu none +sbwtdio none -kernel inet_dist_use_interface {127,0,0,1}' \
    /usr/lib/rabbitmq/bin/rabbitmq-server
}

# A broker that answers the protocol's first words is alive; asking by rabbitmqctl would start an Erlang of its own each time.
well_rabbitmq() {
  local answer
  answer=$(timeout 5 bash -c "exec 3<> /dev/tcp/127.0.0.1/$RABBITMQ_PORT && printf 'AMQP\0\0\11\1' >&3 && dd bs=4000 count=1 status=none <&3 | tr -d '\0'" 2> /dev/null) || return 1
  [[ $answer == *RabbitMQ* ]] || return 1
  timeout 2 bash -c "exec 3<> /dev/tcp/127.0.0.1/$RABBITMQ_STREAM_PORT" 2> /dev/null && echo "AMQP answers, streams at $RABBITMQ_STREAM_PORT"
}

# --- the object store -------------------------------------------------------------------------------------------------------------------

start_objectstore() {
  mkdir -p "$DIR/data"
  launch objectstore env S3_KEY="$S3_KEY" S3_SECRET="$S3_SECRET" node "$root/tools/objectstore/serve.mjs" "$OBJECTSTORE_PORT" "$DIR/data" lectern
}
# Any answer of its own will do: a stranger is refused, and that too is an answer.
well_objectstore() { ask -o /dev/null -w '%{http_code}' "http://127.0.0.1:$OBJECTSTORE_PORT/lectern" | grep -qE '^(200|403|404)$' && echo 'answers, bucket lectern'; }
