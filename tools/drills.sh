# ./dev drills: breaks the running product on purpose and says what was lost. One line a drill, then how many passed.

# On an installation of their own, and on the cluster.
alone=(crash broker objects backup disk autoscale idle neighbour region)
on_cluster=(node primary worker redis rabbit replica shard upgrade slow service skew)

drills() {
  local name passed=0 failed=0 began wanted=("$@") record=''
  . "$root/tools/lanes.sh"
  case ${1:-} in
    -h | --help) say "./dev drills [NAME…]: ${alone[*]}, and on the cluster: ${on_cluster[*]}"; return 0 ;;
    '') wanted=("${alone[@]}" "${on_cluster[@]}") record="$root/bench/results/drills.txt" ;;
  esac
  for name in "${wanted[@]}"; do
    [[ " ${alone[*]} ${on_cluster[*]} " == *" $name "* ]] || fail "There is no drill '$name'. There are: ${alone[*]} ${on_cluster[*]}"
  done
  ready server postgres || exit 1
  cd "$root"
  dotnet build bench/Lectern.Bench --configuration "$configuration" --nologo --verbosity quiet >&2 || exit 1
  began=$(mktemp)
  for name in "${wanted[@]}"; do
    if drill "$name" | tee -a "$began"; then passed=$((passed + 1)); else failed=$((failed + 1)); fi
  done
  printf 'drills: %s passed, %s failed\n' "$passed" "$failed" | tee -a "$began"
  # What was seen when all were run is kept.
  [ -z "$record" ] || cp "$began" "$record"
  rm -f "$began"
  [ "$failed" -eq 0 ]
}

drill() (
  if [[ " ${on_cluster[*]} " == *" $1 "* ]]; then
    on_the_cluster
    [ "$1" != skew ] || ls /usr/lib/*/faketime/libfaketime.so.1 > /dev/null 2>&1 || install_packages faketime >&2
  elif [ "$1" = broker ] && [ ! -x /usr/lib/rabbitmq/bin/rabbitmq-server ]; then
    install_packages rabbitmq-server >&2
  elif [ "$1" = objects ]; then
    ready_objectstore || exit 1
  elif [ "$1" = backup ]; then
    # A shell of its own: in this one, being asked whether it passed, a failing command would not end it.
    exec bash "$root/tools/backup.sh"
  elif [ "$1" = disk ]; then
    small_disk
  fi
  dotnet exec "bench/Lectern.Bench/bin/$configuration/net10.0/Lectern.Bench.dll" "$1" --no-record
)

# A disk of memory, small enough to be filled, for as long as the drill takes.
small_disk() {
  TMPDIR=$(mktemp -d)
  export TMPDIR
  # PostgreSQL runs under an account of its own.
  mount -t tmpfs -o size=400m,mode=1777 lectern-drill "$TMPDIR" || { rmdir "$TMPDIR"; fail "The drill 'disk' needs root, to make a disk of its own."; }
  trap 'umount "$TMPDIR" && rmdir "$TMPDIR"' EXIT
}

# The drill is told where the cluster is and what its nodes are told. A cluster that was not there is made, and stays.
on_the_cluster() {
  . "$root/tools/cluster.sh"
  ports
  export LECTERN_CLUSTER=$cluster LECTERN_CLUSTER_PORTS=$base
  [ -e "$cluster/lectern.env" ] || "$root/dev" cluster up >&2
  set -a
  # shellcheck disable=SC1090
  . "$cluster/lectern.env"
  set +a
  # How much memory a node may have is the nodes' concern.
  unset DOTNET_GCHeapHardLimit
}
