# The lanes of ./test. Each leaves one file in $results, `LANE.count`, with three numbers: passed, failed, skipped.

results="$root/TestResults"

# A lane that hangs must not take the others' results with it.
lane_limit_minutes=20

count() { printf '%s %s %s\n' "$2" "$3" "$4" > "$results/$1.count"; }

# A part that cannot be built counts as one failure, and the lanes that need it do not run.
is_unready() { [ -e "$results/build-$1.count" ]; }

# --- what the system must have -------------------------------------------------------------------------------------------------------

missing_packages() {
  [ -n "$(browser_program)" ] || printf '%s ' chromium fonts-dejavu-core
  command -v pgbouncer > /dev/null || [ -x /usr/sbin/pgbouncer ] || printf 'pgbouncer '
  command -v redis-server > /dev/null || printf 'redis-server '
  [ -x /usr/bin/bwrap ] || printf 'bubblewrap '
}

browser_program() { command -v chromium || command -v chromium-browser || command -v google-chrome || true; }

install_system_packages() {
  local packages
  read -ra packages <<< "$(missing_packages)"
  install_packages "${packages[@]}"
}

# install_packages NAME… — where that is not allowed, what needs them says so.
install_packages() {
  local packages=("$@") become=()
  if [ ${#packages[@]} -eq 0 ] || ! command -v apt-get > /dev/null; then return 0; fi
  mkdir -p "$results"
  if [ "$(id -u)" -ne 0 ]; then
    if ! sudo -n true 2> /dev/null; then return 0; fi
    become=(sudo -n)
  fi
  say "Installing ${packages[*]} …"
  # shellcheck disable=SC2024
  {
    "${become[@]}" apt-get update -q &&
      "${become[@]}" env DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 apt-get install -qy --no-install-recommends "${packages[@]}"
  } > "$results/packages.log" 2>&1 < /dev/null || say "Installing failed; see $results/packages.log"
}

# The product steps down from root before it makes a sandbox.
tries_sandbox() {
  local as=()
  if [ "$(id -u)" -eq 0 ]; then as=(setpriv --reuid=65534 --regid=65534 --clear-groups); fi
  "${as[@]}" bwrap --unshare-all --unshare-user --disable-userns --ro-bind / / --proc /proc --dev /dev --tmpfs /tmp true
}

# Tests that need a missing program read the reason here and skip themselves, so that it is counted and seen.
skip_what_is_missing() {
  if [ -z "$(browser_program)" ]; then
    export LECTERN_SKIP_BROWSER="chromium is not installed and may not be installed by this user"
    say "Browser journeys are skipped: $LECTERN_SKIP_BROWSER"
  fi
  if ! command -v pgbouncer > /dev/null && [ ! -x /usr/sbin/pgbouncer ]; then
    export LECTERN_SKIP_PGBOUNCER="pgbouncer is not installed and may not be installed by this user"
    say "Tests through PgBouncer are skipped: $LECTERN_SKIP_PGBOUNCER"
  fi
  if ! command -v redis-server > /dev/null; then
    export LECTERN_SKIP_REDIS="redis-server is not installed and may not be installed by this user"
    say "Tests with Redis are skipped: $LECTERN_SKIP_REDIS"
  fi
  if [ ! -x /usr/bin/bwrap ]; then
    export LECTERN_SKIP_SANDBOX="bubblewrap is not installed and may not be installed by this user"
  elif ! tries_sandbox 2> /dev/null; then
    export LECTERN_SKIP_SANDBOX="this machine lets bubblewrap make no namespaces"
  fi
  if [ -n "${LECTERN_SKIP_SANDBOX:-}" ]; then say "Programs in the sandbox are skipped: $LECTERN_SKIP_SANDBOX"; fi
}

# --- lanes ---------------------------------------------------------------------------------------------------------------------------

ready_tests() {
  once "Building the server and the tests" build_tests "$root/tests/Lectern.Tests/obj/.lectern" \
    "$root/tests/Lectern.Tests/bin/$configuration/net10.0/Lectern.Tests.dll" \
    "$(fingerprint src tests bench Lectern.slnx Directory.Build.props Directory.Packages.props global.json .editorconfig BannedSymbols.txt)"
}

# run_dotnet LANE PROJECT
run_dotnet() {
  local lane=$1 assembly="$root/tests/$2/bin/$configuration/net10.0/$2.dll" words=() status=0 began=$SECONDS
  [ -d "$root/tests/$2" ] || return 0
  [ -z "$filter" ] || words=(--filter-method "*$filter*")
  say "── $lane"
  run_assembly "$assembly" "$lane" "${words[@]}" || status=$?
  count_xunit "$lane" "$status"
  again_alone "$lane" "$assembly"
  say "── $lane took $((SECONDS - began)) s"
}

# run_assembly ASSEMBLY REPORT [WORD…]
run_assembly() {
  timeout --foreground --kill-after=30 "${lane_limit_minutes}m" dotnet exec "$1" --no-progress --no-ansi --results-directory "$results" \
    --report-xunit --report-xunit-filename "$2.xml" "${@:3}" < /dev/null
}

# A few tests that failed among a thousand others are run once more by themselves. One that passes then is counted as passed and named as
# unsteady at the end of the run: the product stands, the test is to be mended. More than three failures are never luck.
again_alone() {
  local lane=$1 assembly=$2 methods=() words=() passed failed skipped method
  read -r passed failed skipped < "$results/$lane.count"
  mapfile -t methods < <(failed_methods "$results/$lane.xml")
  if [ "${#methods[@]}" -eq 0 ] || [ "$failed" -gt 3 ]; then return 0; fi
  for method in "${methods[@]}"; do words+=(--filter-method "$method"); done
  say "── $lane: once more, alone: ${methods[*]}"
  if run_assembly "$assembly" "$lane-again" "${words[@]}"; then
    sed 's/^failed:/unsteady:/' "$results/$lane.failures" > "$results/$lane.unsteady"
    rm "$results/$lane.failures"
    count "$lane" "$((passed + failed))" 0 "$skipped"
  fi
}

# The summary stands in the attributes of the first <assembly>. Without it, or with a status the numbers do not explain (a crash, a time
# limit, no test found), the lane failed.
count_xunit() {
  local file="$results/$1.xml" head passed failed skipped errors
  head=$(grep -o '<assembly [^>]*' "$file" 2> /dev/null | head -n 1 || true)
  passed=$(attribute passed) failed=$(attribute failed) skipped=$(attribute skipped) errors=$(attribute errors)
  failed=$((failed + errors))
  if [ "$2" -ne 0 ] && [ "$failed" -eq 0 ]; then
    say "$1 ended with status $2"
    failed=1
  fi
  [ "$failed" -eq 0 ] || name_failures "$1" "$file"
  count "$1" "$passed" "$failed" "$skipped"
}

failed_tests() { { tr '\n' ' ' < "$1" | sed 's/<test /\n&/g' | grep ' result="Fail"' || true; } 2> /dev/null; }

failed_methods() { failed_tests "$1" | sed 's/^<test [^>]* type="\([^"]*\)" method="\([^"]*\)".*/\1.\2/' | sort -u; }

# Kept for the end of the run: what failed must not have to be looked for among what passed.
name_failures() {
  failed_tests "$2" |
    sed 's/^<test .* name="\(.*\)" result="Fail".*<message>/failed: \1: /; s/<!\[CDATA\[//; s/\]\]>.*//' |
    cut -c 1-600 > "$results/$1.failures"
}

attribute() {
  local value
  value=$(sed -n "s/.* $1=\"\([0-9]*\)\".*/\1/p" <<< "$head")
  printf '%s' "${value:-0}"
}

run_web() {
  [ -f "$root/web/package.json" ] || return 0
  local report="$results/web.json" log="$results/web.log" check=0 tests=0 p='' f='' s='' words=() began=$SECONDS
  npm_run check > "$log" 2>&1 || check=1
  [ -z "$filter" ] || words=(-t "$filter")
  npm_run test -- --reporter=default --reporter=json --outputFile.json="$report" "${words[@]}" >> "$log" 2>&1 || tests=1
  read -r p f s <<< "$(node -e '
    const r = JSON.parse(require("fs").readFileSync(process.argv[1]));
    console.log(r.numPassedTests, Math.max(r.numFailedTests, r.success ? 0 : 1), r.numPendingTests + r.numTodoTests)' "$report" 2> /dev/null)" || true
  # Without a report the run as a whole is one test. Types and lint are one more.
  : "${p:=$((1 - tests))}" "${f:=$tests}" "${s:=0}"
  p=$((p + 1 - check)) f=$((f + check))
  [ "$f" -eq 0 ] || cat "$log" >&2
  count web "$p" "$f" "$s"
  say "── web took $((SECONDS - began)) s"
}

npm_run() { (cd "$root/web" && timeout --foreground --kill-after=30 "${lane_limit_minutes}m" npm run "$@" < /dev/null); }

# --- the end -------------------------------------------------------------------------------------------------------------------------

summarise() {
  local lane p f s passed=0 failed=0 skipped=0
  for lane in "$results"/*.count; do
    [ -e "$lane" ] || continue
    read -r p f s < "$lane"
    passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))
    say "$(printf '%-14s %5d passed %5d failed %5d skipped' "$(basename "$lane" .count)" "$p" "$f" "$s")"
  done
  [ $((passed + failed)) -gt 0 ] || failed=1
  cat "$results"/*.failures "$results"/*.unsteady 2> /dev/null || true
  printf '%d passed, %d failed' "$passed" "$failed"
  [ "$skipped" -eq 0 ] || printf ', %d skipped' "$skipped"
  printf '\n'
  [ "$failed" -eq 0 ]
}
