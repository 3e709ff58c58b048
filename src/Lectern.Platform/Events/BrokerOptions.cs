using System.ComponentModel.DataAnnotations;

namespace Lectern.Platform.Events;

/// <summary>The outside broker that is told of events. Section <c>Lectern:Broker</c>; without it there is none.</summary>
public sealed class BrokerOptions
{
    /// <summary>
    /// Address with credentials, <c>amqp://user:password@host:5672/vhost</c>, or <c>amqps</c> for TLS. Set it by the environment.
    /// </summary>
    [Required, RegularExpression("amqps?://.+", ErrorMessage = "Lectern:Broker:Address must be an amqp:// or amqps:// address.")]
    public string Address { get; set; } = string.Empty;

    /// <summary>Days the event log keeps. Default 30; what is older goes first.</summary>
    [Range(1, 3650)]
    public int LogDays { get; set; } = 30;

    /// <summary>Bytes the event log keeps at most. Default 10 GiB, some ten million events.</summary>
    [Range(100L << 20, long.MaxValue)]
    public long LogBytes { get; set; } = 10L << 30;

    /// <summary>How often a message is given to a consumer before it becomes a dead letter. Default 5.</summary>
    [Range(1, 1000)]
    public int DeliveryLimit { get; set; } = 5;

    /// <summary>
    /// Outside systems that get a queue of work each: <c>Name</c>, and in <c>Types</c> the events it wants, <c>grading.*</c> or all by
    /// default.
    /// </summary>
    public IList<BrokerConsumer> Consumers { get; } = [];
}
