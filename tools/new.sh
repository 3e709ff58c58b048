# ./dev new-endpoint and new-service: write what the house style asks for, ready to compile; what only a person knows is left short and plain.

word='^[A-Z][A-Za-z]+$'

kebab() { sed -E 's/([a-z])([A-Z])/\1-\2/g' <<< "$1" | tr '[:upper:]' '[:lower:]'; }
snake() { kebab "$1" | tr - _; }

new_endpoint() {
  [ $# -eq 3 ] || fail "./dev new-endpoint SERVICE NOUNS VERB, such as: ./dev new-endpoint Grading Rubrics CopyRubric"
  local service=$1 nouns=$2 name=$3 folder method url file
  folder="$root/src/Services/Lectern.$service"
  file="$folder/$nouns/$name.cs"
  [ -d "$folder" ] || fail "There is no service $service; there are: $(cd "$root/src/Services" && printf '%s ' Lectern.*/ | sed 's/Lectern\.//g; s,/,,g')"
  [ ! -e "$file" ] || fail "$file exists."
  [[ $nouns =~ $word && $name =~ $word ]] || fail "NOUNS and VERB are words like Rubrics and CopyRubric."

  url=$(kebab "$nouns")
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
        var found = await db.Find<Response>(\$"SELECT name FROM $(snake "$nouns") WHERE tenant_id = {db.Tenant}", ct);
        return found is null ? TypedResults.NotFound() : TypedResults.Ok(found);
    }
}
END
}

new_service() {
  [ $# -eq 1 ] && [[ $1 =~ $word ]] || fail "./dev new-service NAME, a plural noun such as Surveys"
  local service=$1 folder="$root/src/Services/Lectern.$1" noun table
  [ ! -e "$folder" ] || fail "$folder exists."
  noun=$(sed -E 's/ies$/y/; s/s$//' <<< "$service")
  table=$(snake "$service")
  mkdir -p "$folder/Migrations" "$folder/$service"
  printf '<Project Sdk="Microsoft.NET.Sdk">\n</Project>\n' > "$folder/Lectern.$service.csproj"
  service_text > "$folder/${service}Service.cs"
  permission_text > "$folder/${service}Permission.cs"
  store_text > "$folder/${service}Store.cs"
  list_text > "$folder/$service/List$service.cs"
  migration_text > "$folder/Migrations/0001_$table.sql"
  readme_text > "$folder/README.md"
  register_service
  say "Wrote src/Services/Lectern.$service and put it last in the order of services in src/Lectern/Program.cs. Next:
  1. what others may know of it (ids, events, ports) goes to src/Lectern.Contracts/$service/
  2. ./dev new-endpoint $service $service Create$noun
  3. its tests go to tests/Lectern.Tests/$service/, its screens to web/src/features/$(kebab "$service")/"
}

# The three files that must know a service; a fourth would be one too many.
register_service() {
  (
    cd "$root"
    sed -i "s|^\(  *\)<Project Path=\"src/Services/Lectern.Messaging/.*|&\n\1<Project Path=\"src/Services/Lectern.$service/Lectern.$service.csproj\" />|" Lectern.slnx
    sed -i "s|^\(  *\)<ProjectReference Include=\"../Services/Lectern.Messaging/.*|&\n\1<ProjectReference Include=\"../Services/Lectern.$service/Lectern.$service.csproj\" />|" \
      src/Lectern/Lectern.csproj
    sed -i "s|^using Lectern.Platform.Hosting;|&\nusing Lectern.$service;|; s|^\];|    new ${service}Service(),\n];|" src/Lectern/Program.cs
    dotnet restore Lectern.slnx > /dev/null
  )
}

service_text() {
  cat << END
using Lectern.Platform.Hosting;
using Lectern.$service.$service;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Lectern.$service;

/// <summary>The public door of this service.</summary>
public sealed class ${service}Service : IService
{
    public string Name => "${service,,}";

    public void Add(IServiceCollection services) => services.AddScoped<${service}Store>();

    public void Map(IEndpointRouteBuilder routes) => List$service.Map(routes);
}
END
}

permission_text() {
  cat << END
using Lectern.Platform.Access;

namespace Lectern.$service;

/// <summary>What people may be allowed to do here.</summary>
internal static class ${service}Permission
{
    public static readonly Permission See$service = new("$(snake "$noun").read", "See $(kebab "$service" | tr - ' ')", Role.Instructor, Role.Administrator);
}
END
}

store_text() {
  cat << END
using Lectern.Platform.Data;

namespace Lectern.$service;

/// <summary>All SQL of this service.</summary>
internal sealed class ${service}Store(TenantDb db)
{
    internal sealed record Row(long ${noun}Id, string Name, int Version);

    public Task<List<Row>> List(CancellationToken ct) =>
        db.Query<Row>(\$"SELECT $(snake "$noun")_id, name, version FROM $table WHERE tenant_id = {db.Tenant} ORDER BY $(snake "$noun")_id", ct);
}
END
}

list_text() {
  cat << END
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.$service.$service;

/// <summary>Lists $(kebab "$service" | tr - ' ') of the institution.</summary>
internal static class List$service
{
    internal sealed record Response(IReadOnlyList<${service}Store.Row> Items);

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/$(kebab "$service")", Handle)
        .RequirePermission(${service}Permission.See$service);

    internal static async Task<Ok<Response>> Handle(${service}Store store, CancellationToken ct) =>
        TypedResults.Ok(new Response(await store.List(ct)));
}
END
}

migration_text() {
  cat << END
CREATE TABLE $table (
    tenant_id int NOT NULL,
    $(snake "$noun")_id bigint GENERATED BY DEFAULT AS IDENTITY,
    name text NOT NULL CHECK (name <> ''),
    version int NOT NULL DEFAULT 1,
    PRIMARY KEY (tenant_id, $(snake "$noun")_id)
);
SELECT platform.protect('$table');
END
}

readme_text() {
  cat << END
# $service

Keeps the $(kebab "$service" | tr - ' ') of an institution.

## Owns
- \`$table\`: what this service is about

## Raises
Nothing.

## Hears
Nothing.

## Invariants
- Every row belongs to one institution.

## Decisions
None beyond those of the house.
END
}
