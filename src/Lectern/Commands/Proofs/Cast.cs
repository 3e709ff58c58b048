using Lectern.Contracts.Identity;
using Lectern.Platform.Access;
using Lectern.Platform.Tenancy;

namespace Lectern.Commands.Proofs;

/// <summary>The people of one institution through whose hands the proof acts, each with a token.</summary>
internal sealed record Cast(Member Administrator, Member Instructor, Member Learner)
{
    public IEnumerable<Member> All => [Administrator, Instructor, Learner];

    public static async Task<Cast> Hire(IServiceProvider services, Tenant tenant, string word, CancellationToken ct)
    {
        var members = new List<Member>();
        foreach (var part in new[] { "administrator", "instructor", "learner" })
        {
            members.Add(await services.GetRequiredService<TenantScopes>().Do(tenant.Id, async inside =>
            {
                var people = inside.GetRequiredService<IPeopleAdmin>();
                var user = await people.AddWithPassword($"{part} {word}", $"{part}-{word}@example.edu", $"pass {word} {part} 7", ct);
                if (part == "administrator") await people.MakeAdministrator(user, ct);
                return new Member(part, user, await Token(inside, user, ct));
            }, ct));
        }

        return new Cast(members[0], members[1], members[2]);
    }

    /// <summary>The same people with fresh tokens, after attempts that may have ended their sessions.</summary>
    public async Task<Cast> Anew(IServiceProvider services, Tenant tenant, CancellationToken ct)
    {
        var members = new List<Member>();
        foreach (var member in All)
        {
            members.Add(await services.GetRequiredService<TenantScopes>()
                .Do(tenant.Id, async inside => member with { Token = await Token(inside, member.User, ct) }, ct));
        }

        return new Cast(members[0], members[1], members[2]);
    }

    private static async Task<string> Token(IServiceProvider inside, UserId user, CancellationToken ct)
    {
        var until = inside.GetRequiredService<TimeProvider>().GetUtcNow().AddHours(2);
        return (await inside.GetRequiredService<Sessions>().Begin(new(user, SessionKind.Token, until, "proof", ["*"]), ct)).Secret;
    }
}

/// <summary>One person and what they show at the door.</summary>
internal sealed record Member(string Part, UserId User, string Token);
