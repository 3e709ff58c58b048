using Lectern.Engine;
using Npgsql;

namespace Lectern.Tests.Engine;

/// <summary>Not a test: a process that owns a server until another test kills it. It runs only when that test asks for it.</summary>
public sealed class OwnerToKill
{
    internal const string Folder = "LECTERN_TEST_OWNER_FOLDER";
    internal const string IsScratch = "LECTERN_TEST_OWNER_IS_SCRATCH";

    [Fact(Explicit = true)]
    public async Task Own_a_server()
    {
        var ct = TestContext.Current.CancellationToken;
        var folder = Environment.GetEnvironmentVariable(Folder)!;
        var scratch = bool.Parse(Environment.GetEnvironmentVariable(IsScratch)!);
        await using var postgres = await EmbeddedPostgres.Start(new EmbeddedPostgresOptions { Directory = folder, Scratch = scratch }, ct);
        await using (var source = NpgsqlDataSource.Create(postgres.AdminConnectionString))
        await using (var command = source.CreateCommand("CREATE TABLE acknowledged AS SELECT 42 AS answer"))
        {
            await command.ExecuteNonQueryAsync(ct);
        }

        await File.WriteAllTextAsync(folder + ".ready", "", ct);
        await Task.Delay(Timeout.Infinite, ct);
    }
}
