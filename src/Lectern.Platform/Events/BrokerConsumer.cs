using System.ComponentModel.DataAnnotations;

namespace Lectern.Platform.Events;

/// <summary>An outside system with a queue of its own.</summary>
public sealed class BrokerConsumer
{
    /// <summary>Lower-case letters, digits and dashes; the queue is <c>lectern.work.NAME</c>.</summary>
    [Required, RegularExpression("[a-z0-9-]{1,60}",
        ErrorMessage = "A consumer of Lectern:Broker needs a Name of lower-case letters, digits and dashes.")]
    public string Name { get; set; } = string.Empty;

    /// <summary>Which events it wants: type names, with <c>*</c> for one word and <c>#</c> for all that follow. Default: all.</summary>
    public IList<string> Types { get; } = [];
}
