# ./dev standards: the tests marked [Trait("Lane", "Standards")] over real material, one line per file or case.

standards() {
  local assembly="$root/tests/Lectern.Tests/bin/$configuration/net10.0/Lectern.Tests.dll" report
  . "$root/tools/lanes.sh"
  need_dotnet
  need_node
  ready postgres tests || exit 1
  if [ -n "$1" ]; then
    LECTERN_TEST_DATA=$(cd "$1" && pwd -P) || fail "There is no folder $1."
    export LECTERN_TEST_DATA
  fi
  report=$(mktemp -d)
  trap "rm -rf '$report'" EXIT
  dotnet exec "$assembly" --no-progress --no-ansi --filter-trait Lane=Standards \
    --results-directory "$report" --report-xunit --report-xunit-filename standards.xml > "$report/log" 2>&1 < /dev/null || true
  [ -e "$report/standards.xml" ] || { cat "$report/log" >&2; fail "The tests did not run."; }
  node "$root/tools/standards.mjs" "$report/standards.xml"
}
