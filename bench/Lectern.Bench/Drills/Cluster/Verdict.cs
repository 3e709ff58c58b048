using System.Globalization;
using Lectern.Bench.Harness;

namespace Lectern.Bench.Drills.Cluster;

/// <summary>What users saw of a fault, and what is left of what was promised; the last lines of a drill.</summary>
internal sealed class Verdict(string name, Report report, IServiceProvider services, HttpClient http)
{
    public async Task Give(IReadOnlyList<DrillLoad> loads, Outcomes outcomes, double fault, double? recovered = null)
    {
        report.Note($"before: {outcomes.Seen(0, fault)}");
        report.Note($"since: {outcomes.Seen(fault)}");
        foreach (var example in outcomes.Examples()) report.Note($"failed: {example}");
        report.Note(string.Create(
            CultureInfo.InvariantCulture, $"users saw {outcomes.Failures().Count} errors, at most {outcomes.LongestSpan():0.0} s on end"));
        var (signedOut, lost, apart, undelivered) = (0, 0L, 0L, 0L);
        foreach (var load in loads)
        {
            // Who had signed in before the fault must not have to again.
            signedOut += await load.IsSignedIn() ? 0 : 1;
            var proof = new DrillProof(services, http, load);
            var deliveries = await proof.Deliveries();
            var findings = await proof.ApartFromTheLedger();
            foreach (var words in findings.Concat(load.Leaks).Concat(load.Untrue).Take(5)) report.Note($"{load.School.Mark}: {words}");
            lost += await proof.Lost() + await proof.LostToTheApi();
            apart += findings.Count;
            undelivered += deliveries.Missing + deliveries.Dead + deliveries.Notices;
            report.Note($"{load.School.Mark}: {load.Submissions.Count} submissions, {load.Grades.Count} grades; "
                + $"events × listeners {deliveries.Expected}, missing {deliveries.Missing}, given up {deliveries.Dead}, "
                + $"notices missing or repeated {deliveries.Notices}");
        }

        var leaked = loads.Sum(load => load.Leaks.Count);
        Expect("sessions-lost", signedOut);
        Expect("lost", lost);
        Expect("leaked", leaked);
        Expect("apart-from-ledger", apart);
        Expect("deliveries-missing-or-repeated", undelivered);
        Expect("refused-untruly-or-without-retry-after", loads.Sum(load => load.Untrue.Count));
        report.Close(string.Create(CultureInfo.InvariantCulture, $"{name}: acknowledged={loads.Sum(load => load.Acknowledged)} lost={lost} "
            + $"leaked={leaked} recovered_s={recovered ?? outcomes.Recovered(fault):0.0}"));
    }

    private void Expect(string what, double value) => report.Add(new Figure(what, value, Goal: 0));
}
