using Lectern.Contracts.Grading;

namespace Lectern.Grading.SimilarityChecks;

/// <summary>Counts anew how much of a text stands elsewhere, by all that was found and not excluded.</summary>
internal sealed class SimilarityTally(SimilarityStore checks)
{
    /// <param name="compared">The one that has just been compared; the others only got a source more or less.</param>
    public async Task Count(IReadOnlyDictionary<SubmissionId, ComparedText> texts, SubmissionId? compared, CancellationToken ct)
    {
        var found = (await checks.Matches([.. texts.Keys], ct)).Where(match => !match.Excluded).ToLookup(match => match.SubmissionId);
        foreach (var (submission, text) in texts)
        {
            var words = Ranges.WordsIn(
                text, found[submission].SelectMany(match => Ranges.PassagesOf(match.Passages)).Select(passage => passage.Here));
            await checks.SetShare(
                submission, words, ShareOf(words, text.Counted), submission == compared ? SimilarityState.Ready : null, ct);
        }
    }

    private static int ShareOf(int words, int counted) =>
        counted == 0 ? 0 : (int)decimal.Round(words * 10000m / counted, MidpointRounding.AwayFromZero);
}
