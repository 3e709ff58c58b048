using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Lectern.Platform.Resilience;

/// <summary>The outside things this process calls, each made once by whoever calls it.</summary>
public sealed class Dependencies
{
    private readonly ConcurrentDictionary<string, Dependency> known = new(StringComparer.Ordinal);
    private readonly TimeProvider clock;
    private readonly ILogger log;

    internal Dependencies(TimeProvider clock, ILogger<Dependencies> log) => (this.clock, this.log) = (clock, log);

    public IEnumerable<Dependency> All => known.Values.OrderBy(one => one.Rules.Name, StringComparer.Ordinal);

    /// <summary>The one of this name; the rules of who asks first are those that count.</summary>
    public Dependency Get(DependencyRules rules) => known.GetOrAdd(rules.Name, _ => new Dependency(rules, clock, log));
}
