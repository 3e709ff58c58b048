using System.Text.Json;
using Lectern.Grading.MarkDecisions;
using Lectern.Grading.MarkingPlans;
using Lectern.Platform.Access;
using Lectern.Platform.Tenancy;
using Lectern.Tests.Grading.GroupSubmissions;
using Lectern.Tests.Grading.Postings;
using Lectern.Tests.Grading.Queue;
using Lectern.Tests.Grading.Rubrics;
using Lectern.Tests.Harness;

namespace Lectern.Tests.Grading.Marking;

public sealed class SeveralMarkersTests(LecternApp app)
{
    [Fact]
    public async Task Two_mark_without_seeing_each_other_and_what_is_accepted_goes_into_the_ledger()
    {
        var (course, essay, markers) = await Shared(learners: 2);
        foreach (var (marker, score) in markers.Zip([7m, 8m]))
        {
            var work = (await marker.Post($"{essay.Path}/grading-claims", new { count = 4 })).Expect(200);
            Assert.Equal(2, work.At("claims").GetArrayLength());
            Assert.Equal(0, work.At("claims.0.work.mark.others").GetArrayLength());
            (await Mark(essay, course.Learners[0], marker, score)).Expect(200);
        }

        // Nobody was the first to see: who marks last sees the others, who marked first sees them from then on.
        var seen = (await markers[0].Get($"{essay.Path}/grading-claims/{course.Learner.Id.Value}")).Expect(200);
        Assert.Equal(8, seen.At("mark.others.0.score").GetDecimal());
        var row = (await course.Instructor.Get($"{essay.Path}/mark-decisions")).Expect(200).At("items")[0];
        Assert.True(row.GetProperty("complete").GetBoolean());
        Assert.Equal(7.5m, row.GetProperty("agreed").GetDecimal());

        var accepted = (await course.Instructor.Post($"{essay.Path}/mark-acceptances")).Expect(200);
        var again = (await course.Instructor.Post($"{essay.Path}/mark-acceptances")).Expect(200);

        Assert.Equal(1, accepted.At("accepted").GetInt32());
        Assert.Equal(0, again.At("accepted").GetInt32());
        Assert.Equal(7.5m, (await course.Gradebook()).Score(course.Learner, essay));
        var history = (await course.Instructor.Get($"{essay.Path}/grades/{course.Learner.Id.Value}/history")).Expect(200);
        Assert.Equal(1, history.At("items").GetArrayLength());
        Assert.StartsWith("Average of ", history.At("items.0.reason").GetString(), StringComparison.Ordinal);
        (await Mark(essay, course.Learner, markers[0], 9, version: 1)).Refused(422, "mark_decided");
        Assert.Null(await course.SeenScore(course.Learner));
        Assert.Equal(0, (await course.Prove()).Failures);
    }

    [Fact]
    public async Task Marks_too_far_apart_wait_for_a_moderator_and_the_second_one_sees_what_the_first_decided()
    {
        var (course, essay, markers) = await Shared(learners: 1);
        (await Mark(essay, course.Learner, markers[0], 3)).Expect(200);
        var decide = $"{essay.Path}/mark-decisions/{course.Learner.Id.Value}";
        (await course.Instructor.Put(decide, new { way = "rule", version = 0 })).Refused(422, "no_agreement");
        (await Mark(essay, course.Learner, markers[1], 9)).Expect(200);
        Assert.Equal(1, (await course.Instructor.Post($"{essay.Path}/mark-acceptances")).Expect(200).At("left").GetInt32());
        (await course.Instructor.Put(decide, new { way = "rule", version = 0 })).Refused(422, "no_agreement");

        var both = await Task.WhenAll(
            course.Instructor.Put(decide, new { way = "chosen", marker_id = markers[1].Id.Value, version = 0 }),
            course.Instructor.Put(decide, new { way = "entered", score = 6, note = "Between them", version = 0 }));

        Assert.Equal([200, 409], both.Select(answer => (int)answer.Status).Order());
        var lost = both.Single(answer => (int)answer.Status == 409);
        var won = both.Single(answer => (int)answer.Status == 200).At("decision.score").GetDecimal();
        Assert.Equal(won, lost.At("current.score").GetDecimal());
        Assert.Equal(won, (await course.Gradebook()).Score(course.Learner, essay));
        (await course.Instructor.Put(decide, new { way = "entered", score = 5, version = 1 })).Expect(200);
        Assert.Equal(5, (await course.Gradebook()).Score(course.Learner, essay));
        var agreement = (await course.Instructor.Get($"{essay.Path}/marker-agreement")).Expect(200);
        Assert.Equal(6, agreement.At("pairs.0.mean_absolute_difference").GetDecimal());
        Assert.Equal(JsonValueKind.Null, agreement.At("intraclass_correlation").ValueKind);
    }

    [Fact]
    public async Task Learners_read_what_markers_said_only_once_posted_and_only_where_the_plan_says_so()
    {
        var (course, essay, markers) = await Shared(learners: 1, showsComments: true);
        foreach (var marker in markers) (await Mark(essay, course.Learner, marker, 7, comment: "Well argued")).Expect(200);
        (await course.Instructor.Post($"{essay.Path}/mark-acceptances")).Expect(200);
        Assert.DoesNotContain(
            "Well argued", (await course.Learner.Get($"{essay.Path}/submissions/mine")).Expect(200).Text, StringComparison.Ordinal);

        (await essay.Post(course.Instructor)).Expect(201);

        var mine = (await course.Learner.Get($"{essay.Path}/submissions/mine")).Expect(200);
        Assert.Equal(2, mine.At("comments").GetArrayLength());
        Assert.Equal(JsonValueKind.Null, mine.At("comments.0.author_name").ValueKind);
        var plan = new { markers = 2, rule = "average", tolerance = 1, tolerance_unit = "points", shows_comments = false, version = 1 };
        (await course.Instructor.Put($"{essay.Path}/marking-plan", plan)).Expect(200);
        Assert.Equal(0, (await course.Learner.Get($"{essay.Path}/submissions/mine")).Expect(200).At("comments").GetArrayLength());
    }

    [Fact]
    public async Task Notes_and_remarks_of_another_marker_are_seen_only_once_all_have_marked()
    {
        var (course, essay, markers) = await Shared(learners: 1);
        var attempt = (await essay.Work(course.Learner)).Id("attempts.0.submission_id");
        var notes = $"/submissions/{attempt}/annotations";
        var selector = new object[]
        {
            new { type = "TextPositionSelector", start = 0, end = 2 },
            new { type = "TextQuoteSelector", exact = "My", prefix = "", suffix = "" },
        };
        (await markers[0].Post(notes, new { kind = "highlight", body = "Weak", selector })).Expect(201);
        (await markers[0].Post($"/submissions/{attempt}/comments", new { body = "Weak" })).Expect(201);
        var desk = $"{essay.Path}/grading-claims/{course.Learner.Id.Value}";
        (await Mark(essay, course.Learner, markers[0], 4)).Expect(200);

        Assert.Equal(0, (await markers[1].Get(notes)).Expect(200).At("items").GetArrayLength());
        Assert.Equal(0, (await markers[1].Get(desk)).Expect(200).At("work.comments").GetArrayLength());
        Assert.Equal(1, (await markers[0].Get(notes)).Expect(200).At("items").GetArrayLength());
        Assert.Equal(1, (await course.Instructor.Get(notes)).Expect(200).At("items").GetArrayLength());
        (await Mark(essay, course.Learner, markers[1], 8)).Expect(200);
        Assert.Equal(1, (await markers[1].Get(notes)).Expect(200).At("items").GetArrayLength());
        Assert.Equal(1, (await markers[1].Get(desk)).Expect(200).At("work.comments").GetArrayLength());
    }

    [Fact]
    public async Task A_marker_assesses_by_the_rubric_and_the_assessment_that_is_chosen_goes_into_the_ledger_with_its_mark()
    {
        var (course, essay, markers) = await Shared(learners: 1);
        await course.Use(essay, await course.NewRubric());
        var mine = $"{essay.Path}/provisional-marks/{course.Learner.Id.Value}";
        object Assessed(decimal clarity, decimal sources, int version = 1) => new
        {
            rubric_version = version, version = 0, criteria = new object[]
            {
                new { criterion_id = "clarity", points = clarity, comment = $"Clear: {clarity}" },
                new { criterion_id = "sources", points = sources },
            },
        };

        (await markers[0].Put(mine, Assessed(7, 2))).Refused(422, "points_above_criterion");
        (await markers[0].Put(mine, Assessed(3, 2, version: 2))).Refused(409, "conflict");
        (await markers[0].Put(mine, new { version = 0, comment = "No score" })).Refused(422, "score_required");
        var saved = (await markers[0].Put(mine, Assessed(3, 2))).Expect(200);
        Assert.Equal(5, saved.At("score").GetDecimal());
        Assert.Equal(5, saved.At("assessment.total").GetDecimal());
        Assert.Equal(1, (await markers[0].Put(mine, Assessed(3, 2))).Expect(200).At("version").GetInt32());
        (await markers[1].Put(mine, Assessed(5, 5))).Expect(200);

        var row = (await course.Instructor.Get($"{essay.Path}/mark-decisions?disputed=true")).Expect(200).At("items")[0];
        Assert.Equal(["Clear: 3", "Clear: 5"], row.GetProperty("marks").EnumerateArray()
            .Select(mark => mark.GetProperty("assessment").GetProperty("criteria")[0].GetProperty("comment").GetString()).Order());
        var decide = $"{essay.Path}/mark-decisions/{course.Learner.Id.Value}";
        (await course.Instructor.Put(decide, new { way = "chosen", marker_id = markers[1].Id.Value, version = 0 })).Expect(200);
        (await essay.Post(course.Instructor)).Expect(201);
        var shown = (await course.Learner.Get($"{essay.Path}/submissions/mine")).Expect(200);
        Assert.Equal(10, shown.At("assessment.total").GetDecimal());
        Assert.Equal("Clear: 5", shown.At("assessment.criteria.0.comment").GetString());
        Assert.DoesNotContain("Clear: 3", shown.Text, StringComparison.Ordinal);

        // A mark between the two is nobody's assessment.
        (await course.Instructor.Put(decide, new { way = "entered", score = 7, version = 1 })).Expect(200);
        shown = (await course.Learner.Get($"{essay.Path}/submissions/mine")).Expect(200);
        Assert.Equal(JsonValueKind.Null, shown.At("assessment").ValueKind);
        Assert.Equal(7, shown.At("grade.score").GetDecimal());
    }

    [Fact]
    public async Task A_plan_is_taken_back_until_a_mark_is_decided_and_marks_are_not_lost_unsaid()
    {
        var (course, essay, markers) = await Shared(learners: 2);
        var path = $"{essay.Path}/marking-plan";
        (await Mark(essay, course.Learner, markers[0], 7)).Expect(200);
        (await markers[0].Delete($"{path}?version=1")).Expect(403);
        (await course.Instructor.Delete(path)).Refused(422, "version_required");
        (await course.Instructor.Delete($"{path}?version=9")).Refused(409, "conflict");
        (await course.Instructor.Delete($"{path}?version=1")).Refused(422, "marks_given");

        (await course.Instructor.Delete($"{path}?version=1&discard_marks=true")).Expect(200);

        (await course.Instructor.Delete($"{path}?version=1")).Expect(200);
        (await Mark(essay, course.Learner, markers[0], 7, version: 1)).Expect(404);
        await essay.Score(course.Learner, 8);
        Assert.Equal(8, (await course.Gradebook()).Score(course.Learner, essay));

        (course, essay, markers) = await Shared(learners: 1);
        foreach (var marker in markers) (await Mark(essay, course.Learner, marker, 7)).Expect(200);
        (await course.Instructor.Post($"{essay.Path}/mark-acceptances")).Expect(200);
        (await course.Instructor.Delete($"{essay.Path}/marking-plan?version=1&discard_marks=true")).Refused(422, "marking_decided");
    }

    [Fact]
    public async Task A_moderator_sees_by_section_how_far_marking_is_and_what_waits_for_them()
    {
        var (course, essay, markers) = await Shared(learners: 3);
        foreach (var (learner, scores) in course.Learners.Zip([(7m, 7.5m), (3m, 9m), (5m, -1m)]))
        {
            (await Mark(essay, learner, markers[0], scores.Item1)).Expect(200);
            if (scores.Item2 >= 0) (await Mark(essay, learner, markers[1], scores.Item2)).Expect(200);
        }

        await course.NewMember(Role.Learner);
        var seen = (await course.Instructor.Get($"{essay.Path}/marking-plan")).Expect(200);
        Assert.Equal([4, 1, 1, 1, 1, 0], Standing(seen, 0));
        Assert.Equal(Standing(seen, 0), Standing(seen, 1));
        Assert.NotEqual(JsonValueKind.Null, seen.At("standing.1.section_id").ValueKind);
        var waits = (await course.Instructor.Get($"{essay.Path}/mark-decisions?disputed=true")).Expect(200);
        Assert.Equal(course.Learners[1].Id.Value, Assert.Single(waits.At("items").EnumerateArray()).GetProperty("user_id").GetInt64());
        (await course.Instructor.Post($"{essay.Path}/mark-acceptances")).Expect(200);
        seen = (await course.Instructor.Get($"{essay.Path}/marking-plan")).Expect(200);
        Assert.Equal([4, 1, 1, 0, 1, 1], Standing(seen, 0));
    }

    [Fact]
    public async Task Work_of_groups_is_graded_by_one_person()
    {
        var course = await app.NewCourse(learners: 2);
        var (groups, essay) = await course.NewGroupWork();
        var plan = new { markers = 2, rule = "average", tolerance = 1, version = 0 };
        (await course.Instructor.Put($"{essay.Path}/marking-plan", plan)).Refused(422, "groups_have_one_marker");
        var alone = await course.NewAssignment();
        (await course.Instructor.Put($"{alone.Path}/marking-plan", plan)).Expect(200);
        var version = (await course.Instructor.Get(alone.Path)).At("version").GetInt32();
        (await course.Instructor.Put(
            alone.Path, new { title = "Essay", points_possible = 10, posts_manually = true, group_set_id = groups.Set, version }))
            .Refused(422, "groups_have_one_marker");
    }

    [Fact]
    public async Task Nobody_types_a_score_past_the_markers_and_only_who_was_given_work_marks_it()
    {
        var (course, essay, markers) = await Shared(learners: 1);
        var other = await course.NewMember(Role.TeachingAssistant);
        (await essay.Record(course.Learner, new { score = 5, version = 0 })).Refused(422, "marked_by_several");
        (await essay.Record(course.Learner, new { status = "excused", version = 0 })).Expect(200);
        (await Mark(essay, course.Learner, other, 5)).Expect(403);
        (await Mark(essay, course.Learner, markers[0], -1)).Refused(422, "score_negative");
        (await Mark(essay, course.Learner, markers[0], 5)).Expect(200);
        (await Mark(essay, course.Learner, markers[0], 5)).Expect(200);
        (await Mark(essay, course.Learner, markers[0], 6)).Refused(409, "conflict");
        (await Mark(essay, course.Learner, course.Learner, 5)).Expect(403);
        (await Mark(essay, course.Learner, (await app.NewCourse()).Instructor, 5)).Expect(404);
        foreach (var path in new[] { "marking-plan", "mark-decisions", "marker-agreement" })
        {
            (await markers[0].Get($"{essay.Path}/{path}")).Expect(403);
            (await (await app.NewCourse()).Instructor.Get($"{essay.Path}/{path}")).Expect(404);
        }

        (await markers[0].Post($"{essay.Path}/mark-acceptances")).Expect(403);
        (await markers[0].Post($"{essay.Path}/mark-allocations", new { })).Expect(403);
        (await course.Instructor.Post($"{essay.Path}/mark-allocations", new { marker_ids = new[] { markers[0].Id.Value } }))
            .Refused(422, "too_few_markers");
        (await course.Instructor.Put($"{essay.Path}/marking-plan", new { markers = 6, tolerance = 1, version = 1 }))
            .Refused(422, "markers_out_of_range");
        (await course.Instructor.Put($"{essay.Path}/marking-plan", new { markers = 2, tolerance = 1, version = 7 }))
            .Refused(409, "conflict");
    }

    [Fact]
    public void Work_is_given_out_evenly_and_never_twice_to_the_same_marker()
    {
        var learners = Enumerable.Range(1, 101).ToDictionary(id => new UserId(id), _ => Array.Empty<UserId>());
        UserId[] markers = [new(1001), new(1002), new(1003), new(1004)];
        learners[new UserId(1)] = [markers[0]];

        var seats = Allocation.Evenly(learners, markers, each: 2);

        Assert.Equal(201, seats.Count);
        Assert.Equal(seats.Count, seats.Distinct().Count());
        Assert.DoesNotContain((new UserId(1), markers[0]), seats);
        var loads = markers.Select(marker => seats.Count(seat => seat.Marker == marker) + (marker == markers[0] ? 1 : 0)).ToList();
        Assert.InRange(loads.Max() - loads.Min(), 0, 1);
    }

    [Fact]
    public void Agreement_is_what_the_literature_says()
    {
        // The six targets and four judges of Shrout and Fleiss (1979), table 2: ICC(1,1) is .17.
        decimal[][] table = [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]];
        Assert.Equal(0.17, Agreement.Intraclass(table)!.Value, 2);
        Assert.Null(Agreement.Intraclass([[5, 5], [5, 5]]));
        Assert.Equal(1, Agreement.QuadraticKappa([(1, 1), (2, 2), (3, 3)])!.Value, 9);
        // By hand: observed 1/3, expected 14/3 + 11/3 - 2 · 2 · 5/3 = 5/3.
        Assert.Equal(0.8, Agreement.QuadraticKappa([(1, 1), (2, 1), (3, 3)])!.Value, 9);
        Assert.Null(Agreement.QuadraticKappa([(1, 1)]));
    }

    [Theory]
    [InlineData("Average", 7.5)]
    [InlineData("Median", 7.0)]
    [InlineData("Highest", 9.0)]
    [InlineData("Moderator", null)]
    public void Marks_within_the_tolerance_become_what_the_rule_says(string rule, double? expected)
    {
        var plan = new MarkingPlan(4, Enum.Parse<AgreementRule>(rule), 20, ToleranceUnit.Percent, false, 1);
        Assert.Equal((decimal?)expected, plan.Agreed([7, 7, 7, 9], 10m));
        Assert.Null(plan.Agreed([7, 7, 7, 9.01m], 10m));
        Assert.Null(plan.Agreed([7, 7, 7], 10m));
    }

    private async Task<(TestCourse Course, TestAssignment Essay, List<TestPerson> Markers)> Shared(int learners, bool showsComments = false)
    {
        var (course, essay) = await GradingClaimTests.HandedIn(app, learners);
        var plan = new
        {
            markers = 2, rule = "average", tolerance = 1, tolerance_unit = "points", shows_comments = showsComments, version = 0,
        };
        (await course.Instructor.Put($"{essay.Path}/marking-plan", plan)).Expect(200);
        List<TestPerson> markers = [await course.NewMember(Role.TeachingAssistant), await course.NewMember(Role.TeachingAssistant)];
        var given = (await course.Instructor.Post(
            $"{essay.Path}/mark-allocations", new { marker_ids = markers.Select(one => one.Id.Value) })).Expect(200);
        Assert.Equal(0, given.At("standing.0.unallocated").GetInt32());
        return (course, essay, markers);
    }

    private static int[] Standing(Answer seen, int at)
    {
        string[] parts = ["learners", "unallocated", "waiting", "agreed", "disputed", "decided"];
        return [.. parts.Select(part => seen.At($"standing.{at}.{part}").GetInt32())];
    }

    private static Task<Answer> Mark(
        TestAssignment essay, TestPerson learner, TestPerson marker, decimal score, int version = 0, string? comment = null) =>
        marker.Put($"{essay.Path}/provisional-marks/{learner.Id.Value}", new { score, comment, version });
}
