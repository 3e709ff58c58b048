using Lectern.Grading.PeerResets;
using Lectern.Grading.PeerScores;
using Lectern.Platform.Jobs;
using Microsoft.Extensions.DependencyInjection;

namespace Lectern.Grading.PeerReviews;

/// <summary>What peer review is made of.</summary>
internal static class PeerParts
{
    public static void Add(IServiceCollection services)
    {
        services.AddScoped<PeerPlanStore>().AddScoped<PeerReviewStore>().AddScoped<PeerReader>().AddScoped<PeerWriter>();
        services.AddScoped<PeerAllocator>().AddScoped<PeerRemoval>().AddScoped<PeerNotices>();
        services.AddScoped<PeerScoreStore>().AddScoped<TakeoverPlanner>().AddScoped<PeerResetStore>();
        services.AddJob<AllocatePeers, AllocatePeersHandler>().AddJob<TellPeers, TellPeersHandler>();
    }
}
