using System.Reflection;
using System.Text.RegularExpressions;
using Lectern.Architecture.Reading;
using Lectern.Platform.Events;

namespace Lectern.Architecture;

/// <summary>Events are heard, and raised by whoever owns them (rule 12).</summary>
public sealed partial class EventTests
{
    [Fact]
    public void Every_event_is_heard_or_is_for_integrations()
    {
        var findings = new Findings("An event nobody hears is code nobody needs. Add a listener (AddListener<TEvent, TListener>), mark "
            + "it [ForIntegrations(\"for whom\")], or remove it.");
        var heard = House.Services.SelectMany(service => service.Code).SelectMany(file => Hear().Matches(file.Parsed.Code))
            .Select(match => match.Groups[1].Value).ToHashSet();
        foreach (var happened in House.Events)
        {
            // An event that only wakes open pages is heard by them.
            var wakesPages = happened.GetProperty(nameof(IEvent.LiveTopic)) is not null;
            if (!heard.Contains(happened.Name) && !wakesPages && happened.GetCustomAttribute<ForIntegrationsAttribute>() is null)
                findings.Add(happened.FullName!);
        }

        findings.AssertNone();
    }

    [Fact]
    public void Every_event_is_raised_by_the_service_whose_contract_it_is()
    {
        var findings = new Findings("Only the service that owns an event raises it; one that nobody raises is a promise not kept.");
        foreach (var happened in House.Events)
        {
            var owner = happened.Namespace!.Split('.')[^1];
            var raisers = House.Services.Where(service => service.Code.Any(
                file => Regex.IsMatch(file.Parsed.Code, $@"\bnew\s+{happened.Name}\s*\("))).Select(service => service.Name).ToList();
            if (!raisers.Contains(owner)) findings.Add($"{happened.Name} is not raised by {owner}");
            foreach (var other in raisers.Where(name => name != owner)) findings.Add($"{happened.Name} of {owner} is raised by {other}");
        }

        findings.AssertNone();
    }

    [Fact]
    public void A_listener_is_called_after_the_event_it_hears()
    {
        var findings = new Findings("A listener is a file On<Event>.cs, or <Noun>Projection.cs when it hears several.");
        foreach (var service in House.Services)
        {
            foreach (var type in service.Assembly.GetTypes().Where(type => type is { IsClass: true, IsAbstract: false }))
            {
                var hears = type.GetInterfaces()
                    .Where(face => face.IsGenericType && face.GetGenericTypeDefinition() == typeof(IListener<>)).ToList();
                if (hears.Count == 0 || type.Name.EndsWith("Projection", StringComparison.Ordinal)) continue;
                if (hears.Count > 1) findings.Add($"{type.FullName} hears {hears.Count} events; call it <Noun>Projection or split it");
                else if (type.Name != "On" + hears[0].GetGenericArguments()[0].Name)
                    findings.Add($"{type.FullName} hears {hears[0].GetGenericArguments()[0].Name}; call it "
                        + $"On{hears[0].GetGenericArguments()[0].Name}");
            }
        }

        findings.AssertNone();
    }

    [Fact]
    public void Every_listener_is_registered()
    {
        var findings = new Findings(
            "A listener that is not registered hears nothing. Add services.AddListener<TEvent, TListener>() to the service's Add.");
        foreach (var service in House.Services)
        {
            var registered = service.Code.SelectMany(file => Registered().Matches(file.Parsed.Code))
                .Select(match => match.Groups[1].Value).ToHashSet();
            foreach (var type in service.Assembly.GetTypes().Where(type => type is { IsClass: true, IsAbstract: false }))
            {
                var hears = type.GetInterfaces().Any(face => face.IsGenericType && face.GetGenericTypeDefinition() == typeof(IListener<>));
                if (hears && !registered.Contains(type.Name)) findings.Add(type.FullName!);
            }
        }

        findings.AssertNone();
    }

    [GeneratedRegex(@"\bAddListener<\s*(?:[\w.]+\.)?(\w+)\s*,")]
    private static partial Regex Hear();

    [GeneratedRegex(@"\bAddListener<\s*[\w.]+\s*,\s*(?:[\w.]+\.)?(\w+)\s*>")]
    private static partial Regex Registered();
}
