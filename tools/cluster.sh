# ./dev cluster: the product as a cluster on this machine, on loopback, all state in one folder.

cluster="${LECTERN_CLUSTER:-$state/cluster}"
base="${LECTERN_CLUSTER_PORTS:-22000}"
templates="$root/deploy/cluster" CLUSTER=$cluster
# A password for some other database would go before those the engines are given.
unset PGPASSWORD PGUSER PGHOST PGPORT PGDATABASE PGSERVICE PGOPTIONS
for part in processes engines nodes; do . "$root/tools/cluster/$part.sh"; done

# In the order they need each other; stopped the other way round.
names=(etcd pg1 pg2 pg3 shard2 redis1 redis2 redis3 redis4 redis5 redis6 epmd rabbitmq objectstore dbproxy pgbouncer
  api1 api2 api3 worker1 worker2 realtime1 balancer edge)

cluster_usage() {
  cat << 'END'
./dev cluster up                  start what is not running; the first time, install and make everything
./dev cluster status              every process: number, address, memory, how it is
./dev cluster down [--delete]     stop everything; with --delete also forget all data
./dev cluster start|stop|kill X   one process by its name; kill as a lost machine would. "primary" is the leading PostgreSQL
./dev cluster lectern WORDS       the command line, with the cluster's settings: ./dev cluster lectern tenants list
./dev cluster env                 the file of the nodes' settings
./dev cluster journey             the browser's core journey, through the edge
./dev cluster purge KEY           forget one cached answer at the edge: /assets/NAME, or HOST/PATH
./dev cluster check               try the edge: TLS, sign-in's cookie, headers, cache, coalescing, ranges, purge, failing nodes
END
}

cluster() {
  local verb=${1:-}
  [ $# -eq 0 ] || shift
  ports
  case $verb in
    up | down | start | stop | kill | check) take_turn ;;
  esac
  case $verb in
    up) up ;;
    status) need_cluster && status ;;
    down) down "$@" ;;
    start | stop | kill) need_cluster && one "$verb" "${1:?"Which process? See ./dev cluster status"}" ;;
    lectern) need_cluster && lectern "$@" ;;
    env) need_cluster && printf '%s\n' "$cluster/lectern.env" ;;
    purge) need_cluster && purge "${1:?"Which key?"}" ;;
    journey) need_cluster && journey ;;
    check) need_cluster && . "$root/tools/cluster/check.sh" && check ;;
    *)
      cluster_usage >&2
      [ -z "$verb" ] || exit 2
      ;;
  esac
}

# Two at once would start everything twice.
take_turn() {
  mkdir -p "$cluster"
  exec 8> "$cluster/.lock"
  flock --nonblock 8 || { say "Waiting for another ./dev cluster …"; flock 8; }
}

need_cluster() {
  [ -e "$cluster/secrets.env" ] || fail "There is no cluster in $cluster. Begin with ./dev cluster up"
  secrets
}

# --- up ---------------------------------------------------------------------------------------------------------------------------------

up() {
  install_engines
  ready server web objectstore || exit 1
  mkdir -p "$cluster/run" "$cluster/log"
  # Engines have accounts of their own and must get through to their folders, and read nothing else on the way.
  chmod 711 "$cluster"
  chmod 700 "$cluster/log" "$cluster/run"
  reachable
  secrets
  node_settings
  local began=$SECONDS
  begin etcd redis1 redis2 redis3 redis4 redis5 redis6 epmd shard2 objectstore
  settle 30 etcd epmd shard2 objectstore
  begin rabbitmq pg1
  # The first to find no leader makes the database; the others copy it. Later, all look for the leader together.
  [ -e "$cluster/pg3/data/PG_VERSION" ] || wait_until 120 pg1 leader || exit 1
  begin pg2 pg3 dbproxy
  form_redis || fail "Redis did not form a cluster; see $cluster/log/redis-create.log"
  settle 120 dbproxy
  migrate
  begin pgbouncer api1 api2 api3 worker1 worker2 realtime1 balancer edge
  settle 120 "${names[@]}"
  status || true
  say "The cluster is up after $((SECONDS - began)) s: https://localhost:$EDGE_PORT"
}

begin() {
  local name DIR
  for name in "$@"; do
    ! is_running "$name" || continue
    folder "$name"
    DIR="$cluster/$name"
    # Restarted within the same second it would find its log cut; so it is added to.
    "start_$(kind_of "$name")" "$name"
  done
}

settle() {
  local seconds=$1 name
  shift
  for name in "$@"; do wait_until "$seconds" "$name" "well_$(kind_of "$name")" "$name" || exit 1; done
}

packages_of_engines=(nginx-light etcd-server patroni haproxy pgbouncer postgresql-15 redis-server redis-tools rabbitmq-server jq openssl curl)

install_engines() {
  local missing=() become=() package log
  for package in "${packages_of_engines[@]}"; do
    dpkg-query -W -f '${db:Status-Status}' "$package" 2> /dev/null | grep -qx installed || missing+=("$package")
  done
  # Any nginx will do, whatever its package is called.
  [ ! -x /usr/sbin/nginx ] || missing=("${missing[@]/nginx-light/}")
  read -ra missing <<< "${missing[*]}" || true
  [ ${#missing[@]} -gt 0 ] || return 0
  if [ "$(id -u)" -ne 0 ]; then
    sudo -n true 2> /dev/null || fail "The cluster needs these Debian packages, which this user may not install: ${missing[*]}"
    become=(sudo -n)
  fi
  say "Installing ${missing[*]} …"
  log="$state/log/cluster-packages.log"
  mkdir -p "$state/log"
  # At run level 1 no package starts its service; ours are started by us.
  # shellcheck disable=SC2024
  {
    "${become[@]}" apt-get update -q &&
      "${become[@]}" env DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 apt-get install -qy --no-install-recommends "${missing[@]}"
  } > "$log" 2>&1 < /dev/null || fail "Installing failed; see $log"
}

reachable() {
  local become
  become "$(account_for pg)"
  "${become[@]}" test -x "$cluster" ||
    fail "The account of PostgreSQL cannot reach $cluster. Name a folder it can reach, for example LECTERN_CLUSTER=/var/tmp/lectern-cluster"
}

# --- down, and one by one ---------------------------------------------------------------------------------------------------------------

down() {
  local i left=() pid
  [ -e "$cluster/secrets.env" ] || { say "There is no cluster in $cluster."; return 0; }
  for ((i = ${#names[@]} - 1; i >= 0; i--)); do end "${names[i]}"; done
  # Whatever was started here carries the folder's name with it.
  for pid in $(grep -lsz "^CLUSTER_PROCESS=$cluster/" /proc/[0-9]*/environ 2> /dev/null | cut -d / -f 3); do left+=("$pid"); done
  [ ${#left[@]} -eq 0 ] || { kill -KILL "${left[@]}" 2> /dev/null || true; say "Stopped ${#left[@]} that had got away."; }
  if [ "${1:-}" = --delete ]; then
    rm -rf "${cluster:?}"
    say "Stopped, and all its data deleted."
  else
    say "Stopped. ./dev cluster up goes on from here; --delete forgets it."
  fi
}

one() {
  local verb=$1 name=$2
  if [ "$name" = primary ]; then name=$(leader) || fail "No PostgreSQL leads at the moment."; fi
  [[ " ${names[*]} " == *" $name "* ]] || fail "There is no process '$name'. There are: ${names[*]}"
  case $verb in
    start) begin "$name" && settle 60 "$name" ;;
    stop) end "$name" ;;
    kill) slay "$name" ;;
  esac
  say "$name: $verb done"
}

# --- status -----------------------------------------------------------------------------------------------------------------------------

status() {
  local name pid words memory total=0 ill=0
  printf '%-10s %8s  %-16s %7s  %s\n' process number address MiB state
  for name in "${names[@]}"; do
    if ! pid=$(pid_of "$name"); then
      printf '%-10s %8s  %-16s %7s  %s\n' "$name" - "127.0.0.1:$(port_of "$name")" - stopped
      ill=$((ill + 1))
      continue
    fi
    memory=$(memory_of "$name")
    total=$((total + memory))
    words=$("well_$(kind_of "$name")" "$name" 2> /dev/null) || { words="NOT WELL ${words:-}"; ill=$((ill + 1)); }
    printf '%-10s %8s  %-16s %7s  %s\n' "$name" "$pid" "127.0.0.1:$(port_of "$name")" "$memory" "${words//$'\n'/ }"
  done
  printf '%s of %s processes well, %s MiB\n' $((${#names[@]} - ill)) ${#names[@]} "$total"
  [ "$ill" -eq 0 ]
}
