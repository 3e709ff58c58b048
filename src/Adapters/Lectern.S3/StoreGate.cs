using Amazon.Runtime;
using Lectern.Platform.Resilience;
using Lectern.Platform.Storage;

namespace Lectern.S3;

/// <summary>
/// Everything asked of the store goes through here. One that does not answer is not asked for a while, because whoever asks holds a
/// connection to the database, and pages need those.
/// </summary>
internal sealed class StoreGate(Dependencies dependencies)
{
    private readonly Dependency questions = dependencies.Get(Rules("files", TimeSpan.FromSeconds(3), 64));
    private readonly Dependency transfers = dependencies.Get(Rules("file-transfers", TimeSpan.FromMinutes(5), 16));

    /// <summary>What is answered at once.</summary>
    public Task<T> Ask<T>(Func<CancellationToken, Task<T>> ask, CancellationToken ct) => Plainly(questions, ask, ct);

    /// <summary>What takes as long as there are bytes.</summary>
    public Task<T> Send<T>(Func<CancellationToken, Task<T>> send, CancellationToken ct) => Plainly(transfers, send, ct);

    private static async Task<T> Plainly<T>(Dependency store, Func<CancellationToken, Task<T>> call, CancellationToken ct)
    {
        try
        {
            return await store.Call(call, ct);
        }
        catch (Exception failure) when (failure is DependencyAwayException || (!ct.IsCancellationRequested && IsAway(failure)))
        {
            throw new ObjectStoreUnavailableException(failure);
        }
    }

    private static DependencyRules Rules(string name, TimeSpan timeout, int concurrency) => new(name)
    {
        Called = "The object store", Timeout = timeout, Concurrency = concurrency, OpenFor = TimeSpan.FromSeconds(3), IsAway = IsAway,
    };

    // What the store answers about us, such as that a key is wrong, is not its absence.
    private static bool IsAway(Exception failure) => failure switch
    {
        AmazonServiceException { StatusCode: var status } => status == 0 || (int)status >= 500,
        AmazonClientException or HttpRequestException or TimeoutException or OperationCanceledException or IOException => true,
        _ => false,
    };
}
