using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Grading.Anonymity;
using Lectern.Grading.Assignments;
using Lectern.Grading.CalibrationWorks;
using Lectern.Grading.Gradebook;
using Lectern.Grading.Grades;
using Lectern.Grading.PeerReviews;
using Lectern.Platform.Http;
using Lectern.Platform.Tenancy;

namespace Lectern.Grading.PeerScores;

/// <summary>What is to be taken over, and how.</summary>
internal sealed record TakeoverChoice
{
    public const int Most = 5_000;

    public PeerRule Rule { get; init; } = PeerRule.Median;

    /// <summary>Work with fewer reviews is left.</summary>
    public int Fewest { get; init; } = 1;

    /// <summary>Also replaces what somebody has graded, or excused.</summary>
    public bool Overwrites { get; init; }

    /// <summary>Only these learners; left out: everybody whose work was reviewed.</summary>
    public IReadOnlyList<UserId>? Learners { get; init; }

    /// <summary>What a preview answered; it says that this is what was looked at.</summary>
    public string? Seen { get; init; }

    public Refusal? RefusedBy(Assignment assignment, PeerPlan plan) => this switch
    {
        _ when !plan.ByRubric => new("peer_no_scores", "Reviews are made of words here, so they suggest no score."),
        _ when assignment.SeveralMarkers => Assignment.MarkedBySeveral,
        { Fewest: < 1 or > PeerPlanFields.MostPerWork } => new(
            "peer_fewest_out_of_range", $"Between 1 and {PeerPlanFields.MostPerWork} reviews.", "fewest"),
        { Learners.Count: 0 or > Most } => new("peer_choose_learners", $"Choose between 1 and {Most} learners.", "learners"),
        _ => null,
    };
}

/// <summary>What taking over makes of one grade.</summary>
internal enum TakeoverFate { Changes, Same, Standing, TooFew, Closed }

/// <summary>What reviews suggest for one learner, and what would become of it.</summary>
/// <param name="Withheld">Whoever asks has yet to assess this work in a calibration, and is not told what it was graded.</param>
internal sealed record PlannedScore(
    UserId UserId, PeerScore Peers, SubmissionId? SubmissionId, Grade Grade, TakeoverFate Fate, bool Withheld)
{
    public decimal? Entered => Withheld ? null : Grade.EnteredScore;
}

/// <summary>What taking over would do, worked out in one place for looking and for doing.</summary>
internal sealed record TakeoverPlan(Assignment Assignment, IReadOnlyList<PlannedScore> Scores)
{
    public IReadOnlyList<PlannedScore> Changes => [.. Scores.Where(one => one.Fate is TakeoverFate.Changes)];

    /// <summary>The same for as long as nothing that matters has changed.</summary>
    public string Seen
    {
        get
        {
            var said = new StringBuilder();
            foreach (var one in Scores)
                said.Append(CultureInfo.InvariantCulture, $"{one.UserId.Value} {one.Fate} {one.Peers.Score} {one.Grade.SaidVersion}\n");
            return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(said.ToString())));
        }
    }
}

/// <summary>Holds what reviews suggest against the grades that stand.</summary>
internal sealed class TakeoverPlanner(
    GradebookStore gradebooks, PeriodLock periods, PeerScoreStore scores, GradeStore grades, AnonymityStore anonymity,
    CalibrationStore calibrations)
{
    private const int MostLines = 200;

    /// <summary>Of everybody who was chosen, or whose work was reviewed; a refusal where that is nobody or too many.</summary>
    public async Task<(TakeoverPlan? Plan, Refusal? Refusal)> Plan(
        CourseId course, AssignmentId assignment, TakeoverChoice choice, bool held, CancellationToken ct)
    {
        var users = await Chosen(course, assignment, choice, ct);
        if (users is null) return (null, new("unknown_learner", "Somebody who was chosen is no learner here.", "learners"));
        if (users.Count > TakeoverChoice.Most)
            return (null, new("peer_choose_learners", $"Choose between 1 and {TakeoverChoice.Most} learners.", "learners"));
        var plan = await Of(course, assignment, users, choice, held, ct);
        return plan is not null && (choice.Learners is null || plan.Scores.Count == users.Count)
            ? (plan, null)
            : (null, new("unknown_learner", "Somebody who was chosen is no learner here.", "learners"));
    }

    /// <param name="course">Where.</param>
    /// <param name="assignment">What the reviews are of.</param>
    /// <param name="users">Whose; who is no learner is left out.</param>
    /// <param name="choice">By which rule.</param>
    /// <param name="held">Until the unit of work ends nobody else changes these grades.</param>
    /// <param name="ct">Ends the wait.</param>
    public async Task<TakeoverPlan?> Of(
        CourseId course, AssignmentId assignment, IReadOnlyCollection<UserId> users, TakeoverChoice choice, bool held, CancellationToken ct)
    {
        var read = held ? await gradebooks.Hold(course, users, ct) : await gradebooks.Read(course, users, ct);
        if (read.Course?.Find(assignment) is not { } work) return null;
        var closed = await periods.Over(read, ct);
        var votes = await scores.Votes(course, assignment, users, ct);
        var taken = await scores.Taken(course, assignment, users, ct);
        var open = (await calibrations.Withheld(course, ct, assignment)).Select(one => one.UserId).ToHashSet();
        return new(work, [.. from user in users where read.Learners.ContainsKey(user) select Planned(user)]);

        PlannedScore Planned(UserId user)
        {
            var voted = votes.GetValueOrDefault(user);
            var peers = PeerScore.Of(choice.Rule, [.. voted?.Votes ?? []], work.PointsPossible);
            var grade = read.Learners[user].GradeOn(assignment);
            var own = taken.TryGetValue(user, out var made) && grade.SaidVersion == made;
            var withheld = open.Contains(user);
            return new(user, peers, voted?.SubmissionId, grade, this switch
            {
                _ when peers.Score is null || peers.Scores.Count < choice.Fewest => TakeoverFate.TooFew,
                _ when closed.Refuses(assignment, user) is not null => TakeoverFate.Closed,
                // That a grade stands so already would tell it.
                _ when grade.IsSettled && (own || !withheld) && grade.EnteredScore == peers.Score => TakeoverFate.Same,
                // What an earlier takeover made is nobody's own word.
                _ when grade.IsSettled && !own && !choice.Overwrites => TakeoverFate.Standing,
                _ => TakeoverFate.Changes,
            }, withheld);
        }
    }

    /// <summary>A plan as whoever asked sees it: without names where there are none.</summary>
    public async Task<TakeoverView> View(TakeoverPlan plan, TakeoverChoice choice, CancellationToken ct)
    {
        var pseudonyms = await anonymity.On(plan.Assignment.AssignmentId, ct);
        var shown = plan.Changes.Take(MostLines).ToList();
        var names = pseudonyms is { Hidden: true } ? null : await grades.NamesOf([.. shown.Select(one => one.UserId)], ct);
        int Count(TakeoverFate fate) => plan.Scores.Count(one => one.Fate == fate);
        return new(
            choice.Rule, choice.Fewest, choice.Overwrites, Count(TakeoverFate.Changes), Count(TakeoverFate.Same),
            Count(TakeoverFate.Standing), Count(TakeoverFate.TooFew), Count(TakeoverFate.Closed), !plan.Assignment.PostsManually, plan.Seen,
            [.. shown.Select(one => new TakeoverLine(
                pseudonyms?.Of(one.UserId) ?? one.UserId,
                names is null ? pseudonyms!.NameOf(one.UserId) : names.GetValueOrDefault(one.UserId) ?? string.Empty,
                one.Entered, one.Peers.Score!.Value, one.Peers.Scores.Count))]);
    }

    /// <summary>Who is meant; null when somebody is named whom a grader may not name.</summary>
    private async Task<IReadOnlyCollection<UserId>?> Chosen(
        CourseId course, AssignmentId assignment, TakeoverChoice choice, CancellationToken ct)
    {
        if (choice.Learners is not { } named) return await scores.Reviewed(course, assignment, TakeoverChoice.Most, ct);
        var pseudonyms = await anonymity.On(assignment, ct);
        var meant = named.Distinct().Select(one => pseudonyms is null ? one : pseudonyms.Behind(one)).ToList();
        return meant.Contains(null) ? null : [.. meant.Select(one => one!.Value).OrderBy(one => one.Value)];
    }
}

/// <summary>What taking over would change; nothing is changed by looking.</summary>
/// <param name="Changes">How many grades would be made or replaced.</param>
/// <param name="Same">How many stand so already.</param>
/// <param name="Standing">How many somebody has given, and so are left.</param>
/// <param name="TooFew">How many works have fewer reviews than are wanted.</param>
/// <param name="Closed">How many belong to a grading period that is closed.</param>
/// <param name="ShownAtOnce">Learners see these grades as soon as they are taken over.</param>
/// <param name="Seen">To be sent with the takeover: what was looked at is what is done.</param>
/// <param name="Lines">The first changes.</param>
internal sealed record TakeoverView(
    PeerRule Rule, int Fewest, bool Overwrites, int Changes, int Same, int Standing, int TooFew, int Closed, bool ShownAtOnce, string Seen,
    IReadOnlyList<TakeoverLine> Lines);

/// <summary>One grade that would change.</summary>
/// <param name="From">What is entered now; null where nothing is, or it is withheld.</param>
internal sealed record TakeoverLine(UserId UserId, string Name, decimal? From, decimal To, int Reviews);
