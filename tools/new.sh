# ./dev new-endpoint: writes the file the house style asks for, ready to compile; what only a person knows is left short and plain.

new_endpoint() {
  [ $# -eq 3 ] || fail "./dev new-endpoint SERVICE NOUNS VERB, such as: ./dev new-endpoint Grading Rubrics CopyRubric"
  local service=$1 nouns=$2 name=$3 folder method url file
  folder="$root/src/Services/Lectern.$service"
  file="$folder/$nouns/$name.cs"
  [ -d "$folder" ] || fail "There is no service $service; there are: $(cd "$root/src/Services" && printf '%s ' Lectern.*/ | sed 's/Lectern\.//g; s,/,,g')"
  [ ! -e "$file" ] || fail "$file exists."
  local word='^[A-Z][A-Za-z]+$'
  [[ $nouns =~ $word && $name =~ $word ]] || fail "NOUNS and VERB are words like Rubrics and CopyRubric."

  url=$(sed -E 's/([a-z])([A-Z])/\1-\2/g' <<< "$nouns" | tr '[:upper:]' '[:lower:]')
  case $name in
    Get* | List* | Find* | Read* | Export*) method=Get ;;
    Update* | Set* | Change* | Replace* | Rename*) method=Put ;;
    Delete* | Remove* | Withdraw*) method=Delete ;;
    *) method=Post ;;
  esac
  mkdir -p "$folder/$nouns"
  endpoint_text > "$file"
  say "Wrote src/Services/Lectern.$service/$nouns/$name.cs. Next:
  1. say in its summary, in one sentence, what it does for whom: the sentence becomes the API documentation
  2. name the permission it needs; those of the service are in ${service}Permission.cs
  3. call $name.Map(routes) in ${service}Service.cs; an architecture test fails until then
  4. put its SQL into the store of the service, its rules into the noun's own file
  5. test it by HTTP in tests/Lectern.Tests/$service/${name}Tests.cs"
}

endpoint_text() {
  local sentence request='' argument=''
  sentence=$(sed -E 's/([a-z])([A-Z])/\1 \2/g; s/^([A-Z][a-z]*[^aeiou])y /\1ie /; s/^([A-Z][a-z]+)/\1s/' <<< "$name" | tr '[:upper:]' '[:lower:]' | sed -E 's/^./\U&/')
  if [ "$method" = Post ] || [ "$method" = Put ]; then
    request='    internal sealed record Request(string Name);
'
    argument='Request request, '
  fi
  cat << END
using Lectern.Platform.Access;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.$service.$nouns;

/// <summary>$sentence.</summary>
internal static class $name
{
$request    internal sealed record Response(string Name);

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .Map$method("/$url", Handle)
        .RequirePermission(PlatformPermission.SignedIn);

    internal static async Task<Results<Ok<Response>, NotFound>> Handle(${argument}TenantDb db, CancellationToken ct)
    {
        var found = await db.Find<Response>(\$"SELECT name FROM ${url//-/_} WHERE tenant_id = {db.Tenant}", ct);
        return found is null ? TypedResults.NotFound() : TypedResults.Ok(found);
    }
}
END
}
