# ./dev cluster check: tries what the edge and the balancer promise, in an institution of its own, and counts.

check() {
  local slug password jar held=0 broken=0
  jar=$(mktemp -d)
  # shellcheck disable=SC2064
  trap "rm -rf '$jar'" EXIT
  slug="check-$(openssl rand -hex 4)"
  password=$(lectern tenants create "$slug" --admin ada@check.example | sed -n 's/.*shown this once: //p')
  [ -n "$password" ] || fail "The institution of the check could not be made."
  check_entry
  check_headers
  check_cache
  check_nodes
  lectern tenants delete "$slug" --now > /dev/null
  printf 'cluster: %s held, %s broken\n' "$held" "$broken"
  [ "$broken" -eq 0 ]
}

# holds WHAT COMMAND…
holds() {
  local what=$1
  shift
  if "$@"; then held=$((held + 1)); printf 'held    %s\n' "$what"; else broken=$((broken + 1)); printf 'BROKEN  %s\n' "$what"; fi
}

# edge PATH [CURL WORDS]: an answer's head and body, as the institution's people reach it.
edge() {
  local path=$1
  shift
  curl -sk --max-time 30 --cacert "$cluster/edge/edge.crt" -D "$jar/head" -o "$jar/body" -w '%{http_code}' "$@" "https://localhost:$EDGE_PORT$path"
}
head_says() { grep -qi "$1" "$jar/head"; }
sign_in() {
  edge "/t/$slug/api/v1/sessions" -c "$jar/cookies" -H 'Content-Type: application/json' "$@" \
    -d "{\"email\":\"ada@check.example\",\"password\":\"$password\"}"
}

check_entry() {
  holds 'signing in answers 201' [ "$(sign_in)" = 201 ]
  holds 'the cookie is for HTTPS and this host only' head_says '^set-cookie: __Host-.*secure'
  holds 'the cookie is known on every node' known_everywhere
  holds 'TLS 1.2 is refused' refuses --tls-max 1.2
  holds 'plain HTTP is sent to HTTPS' [ "$(curl -s -o /dev/null -w '%{http_code}' "http://localhost:$EDGE_PLAIN_PORT/")" = 308 ]
  holds 'measurements stay inside' [ "$(edge /metrics)" = 404 ]
  holds 'the certificate is the one that was made here' trusts
}
refuses() { ! curl -sk "$@" -o /dev/null "https://localhost:$EDGE_PORT/health"; }
trusts() { curl -s --cacert "$cluster/edge/edge.crt" -o /dev/null "https://localhost:$EDGE_PORT/health"; }
known_everywhere() {
  local _
  for _ in 1 2 3 4 5 6; do [ "$(edge "/t/$slug/api/v1/courses" -b "$jar/cookies")" = 200 ] || return 1; done
}

check_headers() {
  local token
  token=$(lectern token ada@check.example --tenant "$slug" 2> /dev/null)
  edge "/api/v1/institution" -H "Authorization: Bearer $token" -H 'X-Tenant-ID: 1' > /dev/null
  holds 'a forged X-Tenant-ID changes nothing' grep -q "\"$slug\"" "$jar/body"
  sign_in -H 'X-Forwarded-For: 203.0.113.9' -H 'X-Forwarded-Proto: http' -H 'Forwarded: for=203.0.113.9' > /dev/null
  edge "/t/$slug/api/v1/audit-entries" -b "$jar/cookies" > /dev/null
  holds 'the audit log keeps the address the edge saw' grep -q '"address":"127.0.0.1"' "$jar/body"
  holds 'and not the one a client claims' lacks 203.0.113.9
  holds 'a body of 301 MiB is refused' [ "$(head -c 315621376 /dev/zero | edge "/t/$slug/api/v1/roster-imports" -b "$jar/cookies" --data-binary @-)" = 413 ]
  holds 'headers of 40 KiB are refused' refuses -f -H "X-Long: $(head -c 40000 /dev/zero | tr '\0' a)"
}
lacks() { ! grep -q "$1" "$jar/body"; }

check_cache() {
  local asset
  edge / > /dev/null
  asset=$(grep -o '/assets/[^"]*\.js' "$jar/body" | head -n 1)
  purge "$asset" 2> /dev/null || true
  # A hundred at once, none of whom finds it: counted by what the edge says it asked the origin for.
  seq 100 | xargs -P 100 -I{} curl -sk --max-time 30 -o /dev/null -D "$jar/asset.{}" "https://localhost:$EDGE_PORT$asset?"
  holds 'a hundred misses at once are one fetch' [ "$(cat "$jar"/asset.* | grep -ci '^x-cache: MISS')" = 1 ]
  holds 'and a hundred answers' [ "$(grep -l ' 200' "$jar"/asset.* | wc -l)" = 100 ]
  edge "$asset" > /dev/null
  holds 'assets may be kept for a year' head_says '^cache-control: public, max-age=31536000, immutable'
  holds 'a part of a kept file is a part' [ "$(edge "$asset" -r 10-19)$(wc -c < "$jar/body")" = 20610 ]
  holds 'purging a key' purge "$asset"
  edge "$asset" > /dev/null
  holds 'brings a new fetch' head_says '^x-cache: MISS'
  edge "/t/$slug/api/v1/institution" > /dev/null
  edge "/t/$slug/api/v1/institution" > /dev/null
  holds 'a read that is the same for all is kept' head_says '^x-cache: HIT'
  edge "/t/$slug/api/v1/institution" -b "$jar/cookies" > /dev/null
  holds 'and not for those with a session' head_says '^x-cache: BYPASS'
  edge "/t/$slug/api/v1/courses" -b "$jar/cookies" > /dev/null
  holds 'nobody else is shown what was shown to one' [ "$(edge "/t/$slug/api/v1/courses")" = 401 ]
}

# Requests one after another while a node is killed: those of the moment may be repeated by the balancer, those after it may not fail.
check_nodes() {
  holds 'requests go to all three nodes alike' spread
  slay api2
  holds 'a killed node costs no request' no_failures 200
  begin api2
  holds 'and comes back' settle 60 api2
}
spread() {
  local i
  for i in $(seq 60); do edge /health > /dev/null; cat "$jar/body"; echo; sleep 0.02; done | grep -o '"server":"[^"]*"' | sort | uniq -c |
    awk '{ n++; if ($1 < 15 || $1 > 25) off = 1 } END { exit !(n == 3 && !off) }'
}
no_failures() {
  local i
  for ((i = 0; i < $1; i++)); do [ "$(edge "/t/$slug/api/v1/courses" -b "$jar/cookies")" = 200 ] || return 1; done
}
