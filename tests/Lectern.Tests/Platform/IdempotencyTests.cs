using Lectern.Tests.Harness;

namespace Lectern.Tests.Platform;

/// <summary>A POST sent again, for whatever reason, happens once.</summary>
public sealed class IdempotencyTests(LecternApp app)
{
    private static readonly (string, string) Key = ("Idempotency-Key", "k-1");

    [Fact]
    public async Task A_repeated_request_gets_the_first_answer()
    {
        var tenant = await app.NewTenant();
        var person = await tenant.NewNumber();
        var first = (await person.Post("/probes", new { name = "once" }, Key)).Expect(201);
        var second = (await person.Post("/probes", new { name = "once" }, Key)).Expect(201);

        Assert.Equal(first.Text, second.Text);
        Assert.Equal(first.Headers["Location"], second.Headers["Location"]);
        Assert.Equal("true", second.Headers["Idempotency-Replayed"]);
        Assert.Equal(1, await tenant.Count("probe:once:%"));
    }

    [Fact]
    public async Task Twenty_equal_requests_at_once_happen_once()
    {
        var tenant = await app.NewTenant();
        var person = await tenant.NewNumber();
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => person.Post("/probes", new { name = "crowd" }, Key)));

        Assert.All(answers, answer => answer.Expect(201));
        Assert.Single(answers.Select(answer => answer.Text).Distinct());
        Assert.Equal(1, await tenant.Count("probe:crowd:%"));
    }

    [Theory]
    [InlineData("ones")]
    [InlineData("longer")]
    public async Task A_key_used_for_another_request_is_refused(string other)
    {
        var tenant = await app.NewTenant();
        var person = await tenant.NewNumber();
        (await person.Post("/probes", new { name = "once" }, Key)).Expect(201);
        (await person.Post("/probes", new { name = other }, Key)).Refused(422, "idempotency_key_reused");
        Assert.Equal(0, await tenant.Count($"probe:{other}:%"));
    }

    [Fact]
    public async Task A_failed_request_does_not_use_up_its_key()
    {
        var tenant = await app.NewTenant();
        var person = await tenant.NewNumber();
        (await person.Post("/probes", new { name = "try", then = "refuse" }, Key)).Expect(422);
        (await person.Post("/probes", new { name = "try" }, Key)).Expect(201);
    }

    [Fact]
    public async Task Keys_are_a_persons_own()
    {
        var tenant = await app.NewTenant();
        (await (await tenant.NewNumber()).Post("/probes", new { name = "both" }, Key)).Expect(201);
        (await (await tenant.NewNumber()).Post("/probes", new { name = "both" }, Key)).Expect(201);
        Assert.Equal(2, await tenant.Count("probe:both:%"));
    }
}
