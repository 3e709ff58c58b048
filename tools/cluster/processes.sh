# How a process of the cluster is started, known again and ended. Each leads a session of its own, so that what it started is found.

# Our own account, and for root the account Debian made for the engine: PostgreSQL refuses root, and the others need none of it.
account_for() {
  [ "$(id -u)" -eq 0 ] || { id -un; return; }
  case $1 in
    etcd) echo etcd ;;
    pg | shard | pgbouncer) echo postgres ;;
    dbproxy | balancer) echo haproxy ;;
    redis) echo redis ;;
    epmd | rabbitmq) echo rabbitmq ;;
    edge) echo www-data ;;
    *) echo root ;;
  esac
}

kind_of() { printf '%s' "${1%%[0-9]*}"; }
number_of() { printf '%s' "${1##*[!0-9]}"; }

# folder NAME: the process's own, which nobody else may read.
folder() {
  local account
  account=$(account_for "$(kind_of "$1")")
  mkdir -p "$cluster/$1" && chmod 700 "$cluster/$1"
  [ "$(id -u)" -ne 0 ] || chown "$account:$(id -g "$account")" "$cluster/$1"
}

# give NAME FILE…: to the process's account, for its eyes only.
give() {
  local account
  account=$(account_for "$(kind_of "$1")")
  shift
  [ "$(id -u)" -ne 0 ] || chown "$account:$(id -g "$account")" "$@"
  chmod 600 "$@"
}

# render TEMPLATE NAME FILE: fills @WORDS@ from variables of those names and gives the file to the process.
render() {
  local text word target="$cluster/$2/$3"
  text=$(< "$templates/$1")
  while [[ $text =~ @([A-Z0-9_]+)@ ]]; do
    word=${BASH_REMATCH[1]}
    [ -n "${!word:-}" ] || fail "deploy/cluster/$1 asks for @$word@, which nobody knows."
    text=${text//"@$word@"/"${!word}"}
  done
  (umask 077 && printf '%s\n' "$text" > "$target")
  give "$2" "$target"
}

# become ACCOUNT: leaves in $become the words that run a command as that account.
become() {
  become=()
  [ "$1" = "$(id -un)" ] || become=(setpriv --reuid="$1" --regid="$(id -g "$1")" --init-groups --)
}

born() { sed 's/.*) //' "/proc/$1/stat" 2> /dev/null | cut -d ' ' -f 20; }

# launch NAME COMMAND…: starts it in its folder and remembers which process that is; a number alone may one day be somebody else's.
launch() {
  local name=$1 become pid
  shift
  become "$(account_for "$(kind_of "$name")")"
  # Idle connections are many; where the limit may not be raised, as many as it allows.
  (ulimit -n 65536 2> /dev/null || ulimit -n "$(ulimit -H -n)"; cd "$cluster/$name" && exec setsid "${become[@]}" env HOME="$cluster/$name" CLUSTER_PROCESS="$cluster/$name" "$@") \
    >> "$cluster/log/$name.log" 2>&1 < /dev/null 8>&- 9>&- &
  pid=$!
  printf '%s %s\n' "$pid" "$(born "$pid")" > "$cluster/run/$name"
}

pid_of() {
  local pid since
  read -r pid since 2> /dev/null < "$cluster/run/$1" || return 1
  [ -n "$since" ] && [ "$(born "$pid")" = "$since" ] && [[ "$(sed 's/.*) //' "/proc/$pid/stat" 2> /dev/null)" != Z* ]] || return 1
  printf '%s' "$pid"
}

is_running() { pid_of "$1" > /dev/null; }

# PostgreSQL leaves Patroni's session, and outlives a Patroni that was killed.
postmaster_of() {
  local pid
  read -r pid 2> /dev/null < "$cluster/$1/data/postmaster.pid" || return 1
  [[ "$({ tr '\0' ' ' < "/proc/$pid/cmdline"; } 2> /dev/null)" == *"$cluster/$1/data"* ]] || return 1
  printf '%s' "$pid"
}

# All processes of NAME: those of its session, and PostgreSQL's.
members_of() {
  local pid since postmaster
  read -r pid since 2> /dev/null < "$cluster/run/$1" && [ -n "$since" ] && ps -o pid= -s "$pid" 2> /dev/null
  # Its children lead sessions of their own.
  if postmaster=$(postmaster_of "$1"); then printf '%s\n' "$postmaster"; ps -o pid= --ppid "$postmaster" 2> /dev/null; fi
  return 0
}

# end NAME: asks it to stop, waits, insists. Leaves nothing of it behind.
end() {
  local name=$1 pid signal=TERM tries=0
  if pid=$(pid_of "$name"); then
    case $(kind_of "$name") in
      edge) signal=QUIT ;;
      shard) signal=INT ;;
    esac
    kill -s "$signal" "$pid" 2> /dev/null || true
    while is_running "$name" && [ $tries -lt 300 ]; do sleep 0.1; tries=$((tries + 1)); done
  fi
  slay "$name"
}

# slay NAME: ends it and all that it started at once, as a lost machine would.
slay() {
  local left
  for _ in 1 2 3 4 5 6 7 8 9 10; do
    left=$(members_of "$1" | xargs)
    [ -n "$left" ] || break
    # shellcheck disable=SC2086
    kill -KILL $left 2> /dev/null || true
    sleep 0.1
  done
  rm -f "$cluster/run/$1"
}

# Megabytes of a process and what it started, each shared page counted in parts.
memory_of() {
  local pid kib=0 part
  for pid in $(members_of "$1" | sort -u); do
    part=$(awk '/^Pss:/ { print $2 }' "/proc/$pid/smaps_rollup" 2> /dev/null) || part=''
    kib=$((kib + ${part:-0}))
  done
  printf '%s' $((kib / 1024))
}

# wait_until SECONDS NAME COMMAND…: until the command succeeds; stops early when the process has ended.
wait_until() {
  local seconds=$1 name=$2 began=$SECONDS
  shift 2
  until "$@" > /dev/null 2>&1; do
    if ! is_running "$name" || [ $((SECONDS - began)) -ge "$seconds" ]; then
      say "$name did not become well. The end of $cluster/log/$name.log:"
      tail -n 15 "$cluster/log/$name.log" >&2
      return 1
    fi
    sleep 0.3
  done
}
