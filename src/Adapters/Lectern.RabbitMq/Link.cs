using System.Net.Sockets;
using Lectern.Platform.Events;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Lectern.RabbitMq;

/// <summary>Connects, and puts into an operator's words why that, or what was done over it, failed.</summary>
internal sealed class Link(BrokerOptions options)
{
    private readonly ConnectionFactory factory = new()
    {
        Uri = new Uri(options.Address),
        // Whoever uses a connection begins again with a new one; two ways of recovering would get into each other's way.
        AutomaticRecoveryEnabled = false, TopologyRecoveryEnabled = false,
        RequestedConnectionTimeout = TimeSpan.FromSeconds(5), ContinuationTimeout = TimeSpan.FromSeconds(15),
        RequestedHeartbeat = TimeSpan.FromSeconds(15), ClientProvidedName = "lectern",
    };

    public string Address => $"{factory.HostName}:{(factory.Port > 0 ? factory.Port : factory.Ssl.Enabled ? 5671 : 5672)}";

    /// <summary>A connection with everything the product needs declared.</summary>
    public async Task<IConnection> Open(CancellationToken ct)
    {
        var connection = await factory.CreateConnectionAsync(ct);
        try
        {
            await Topology.Declare(connection, options, ct);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Does something with the broker; what goes wrong there is told as a <see cref="BrokerException"/>.</summary>
    public static async Task<T> Try<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception failure) when (IsTheBrokers(failure))
        {
            throw new BrokerException(Words(failure), failure);
        }
    }

    private static bool IsTheBrokers(Exception failure) =>
        failure is RabbitMQClientException or IOException or SocketException or TimeoutException or ObjectDisposedException;

    internal static string Words(Exception failure) => failure switch
    {
        BrokerUnreachableException { InnerException: { } inner } => Words(inner),
        AggregateException { InnerException: { } inner } => Words(inner),
        AuthenticationFailureException or PossibleAuthenticationFailureException => "It refuses the user or the password.",
        OperationInterruptedException { ShutdownReason.ReplyText: { Length: > 0 } text } => $"It says: {text}",
        ConnectFailureException { InnerException: { } inner } => Words(inner),
        _ => failure.Message,
    };
}
