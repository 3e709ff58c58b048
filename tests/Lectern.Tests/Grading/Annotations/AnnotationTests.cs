using Lectern.Grading.Annotations;
using Lectern.Platform.Access;
using Lectern.Platform.Data;
using Lectern.Tests.Grading.GroupSubmissions;
using Lectern.Tests.Grading.Postings;
using Lectern.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace Lectern.Tests.Grading.Annotations;

public sealed class AnnotationTests(LecternApp app)
{
    [Fact]
    public async Task A_grader_marks_words_and_pages_and_reads_them_in_the_order_of_the_work()
    {
        var work = await HandedIn("An étude 🎻 in A.");
        var late = await work.Mark(work.Words(11, 13, "in"));
        var early = await work.Mark(work.Words(3, 10, "étude 🎻", "strike"));
        var deep = await work.Mark(work.Shape("drawing", Drawn("M0.1 0.5L0.25 0.75"), page: 900));
        var first = await work.Mark(work.Shape("point", Drawn("M0.5 0.25"), page: 2));

        var all = (await work.Grader.Get($"{work.Path}?limit=2")).Expect(200);
        var rest = (await work.Grader.Get($"{work.Path}?limit=2&after={all.At("next").GetString()}")).Expect(200);
        Assert.Equal([early, late, first, deep], [.. Ids(all), .. Ids(rest)]);
        var part = (await work.Grader.Get($"{work.Path}?file_id={work.FileId}&page_from=800&page_to=1000")).Expect(200);
        Assert.Equal([deep], Ids(part));
        Assert.Equal(900, part.At("items.0.page").GetInt32());
        Assert.Equal("étude 🎻", all.At("items.0.quote").GetString());
        var web = all.At("items.0.annotation");
        Assert.Equal("http://www.w3.org/ns/anno.jsonld", web.GetProperty("@context").GetString());
        Assert.Equal("editing", web.GetProperty("motivation").GetString());
        var fragment = part.At("items.0.annotation.target.selector.0");
        Assert.Equal("page=900", fragment.GetProperty("value").GetString());
        Assert.Equal(Drawn("M0.1 0.5L0.25 0.75"), fragment.GetProperty("refinedBy").GetProperty("value").GetString());
        var list = (await work.Grader.Get($"{work.Path}?shapes=false")).Expect(200);
        Assert.Equal(4, list.At("items").GetArrayLength());
        Assert.DoesNotContain("<svg", list.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Words_are_saved_upon_the_version_that_was_seen_and_what_is_taken_away_comes_back()
    {
        var work = await HandedIn();
        var id = await work.Mark(work.Words(0, 2, "My"));
        var path = $"/annotations/{id}";

        (await work.Grader.Put(path, new { body = "Whose" }, ("If-Match", "\"1\""))).Expect(200);
        var theirs = (await work.Grader.Put(path, new { body = "Other window", version = 1 })).Refused(409, "conflict");
        Assert.Equal("Whose", theirs.At("current.body").GetString());
        (await work.Grader.Put(path, new { body = "No version" })).Refused(422, "version_required");
        (await work.Grader.Delete(path, ("If-Match", "\"1\""))).Refused(409, "conflict");
        (await work.Grader.Delete(path, ("If-Match", "\"2\""))).Expect(200);
        Assert.Equal(3, (await work.Grader.Delete($"{path}?version=2")).Expect(200).At("version").GetInt32());
        Assert.Empty(Ids(await work.Grader.Get(work.Path)));
        (await work.Grader.Put(path, new { body = "Gone", version = 3 })).Expect(404);
        (await work.Grader.Post($"{path}/restoration?version=3")).Expect(200);
        Assert.Equal("Whose", (await work.Grader.Get(work.Path)).At("items.0.body").GetString());
    }

    [Fact]
    public async Task Two_graders_see_each_others_notes_and_change_only_their_own()
    {
        var work = await HandedIn();
        var assistant = await work.Course.NewMember(Role.TeachingAssistant);
        var own = await work.Mark(work.Words(0, 2, "My"));
        var theirs = (await assistant.Post(work.Path, work.Words(3, 8, "essay"))).Expect(201).Id("annotation_id");

        Assert.Equal([own, theirs], Ids(await assistant.Get(work.Path)));
        (await assistant.Put($"/annotations/{own}", new { body = "x", version = 1 })).Expect(403);
        (await assistant.Delete($"/annotations/{own}?version=1")).Expect(403);
        (await work.Grader.Put($"/annotations/{theirs}", new { body = "x", version = 1 })).Expect(403);
        (await work.Grader.Delete($"/annotations/{theirs}?version=1")).Expect(200);
    }

    [Fact]
    public async Task A_learner_sees_them_with_the_posted_grade_of_that_attempt_and_never_before()
    {
        var work = await HandedIn(byHand: true);
        await work.Mark(work.Words(0, 2, "My"));
        Assert.Empty(Ids((await work.Course.Learner.Get(work.Path)).Expect(200)));
        await work.Essay.Score(work.Course.Learner, 7);
        Assert.Empty(Ids((await work.Course.Learner.Get(work.Path)).Expect(200)));

        (await work.Essay.Post(work.Grader)).Expect(201);

        Assert.Single(Ids((await work.Course.Learner.Get(work.Path)).Expect(200)));
        (await work.Course.Learner.Post(work.Path, work.Words(0, 2, "My"))).Expect(403);
        var second = (await work.Course.Learner.Post($"{work.Essay.Path}/submissions", new { body_text = "Again" })).Expect(201)
            .Id("submission_id");
        (await work.Grader.Post($"/submissions/{second}/annotations", work.Words(0, 5, "Again"))).Expect(201);
        Assert.Empty(Ids((await work.Course.Learner.Get($"/submissions/{second}/annotations")).Expect(200)));
        Assert.Single(Ids((await work.Course.Learner.Get(work.Path)).Expect(200)));
    }

    [Fact]
    public async Task An_attempt_that_was_given_back_shows_its_notes_unless_posting_is_by_hand()
    {
        foreach (var byHand in new[] { false, true })
        {
            var work = await HandedIn(byHand: byHand);
            await work.Mark(work.Words(0, 2, "My"));
            Assert.Empty(Ids((await work.Course.Learner.Get(work.Path)).Expect(200)));
            var returned = new { user_id = work.Course.Learner.Id.Value, note = "Once more." };
            (await work.Grader.Post($"{work.Essay.Path}/revision-requests", returned)).Expect(201);
            Assert.Equal(byHand ? 0 : 1, Ids((await work.Course.Learner.Get(work.Path)).Expect(200)).Count);
        }
    }

    [Fact]
    public async Task What_is_marked_in_one_copy_of_a_groups_work_is_read_with_all_of_them_and_no_other_work()
    {
        var course = await app.NewCourse(learners: 3);
        var (_, essay) = await course.NewGroupWork(new { grade_individually = true });
        var (ada, ben, cem) = (course.Learners[0], course.Learners[1], course.Learners[2]);
        var first = (await essay.HandIn(ada, "Ours.")).Id("submission_id");
        var words = new AnnotatedWork(course, essay, first, 0).Words(0, 4, "Ours");
        var mates = (await essay.Work(ben)).Id("attempts.0.submission_id");
        var alone = (await essay.HandIn(cem, "Mine.")).Id("submission_id");
        Task<Answer> Read(TestPerson person, long copy) => person.Get($"/submissions/{copy}/annotations");

        var note = (await course.Instructor.Post($"/submissions/{first}/annotations", words)).Expect(201).Id("annotation_id");
        var other = (await course.Instructor.Post($"/submissions/{mates}/annotations", words)).Expect(201).Id("annotation_id");

        Assert.Equal([note, other], Ids(await Read(course.Instructor, first)));
        Assert.Equal([note, other], Ids(await Read(course.Instructor, mates)));
        Assert.Empty(Ids(await Read(course.Instructor, alone)));
        // Each with the grade of their own.
        await essay.Score(ben, 7);
        Assert.Equal([note, other], Ids((await Read(ben, mates)).Expect(200)));
        Assert.Empty(Ids((await Read(ada, first)).Expect(200)));
        (await Read(ben, first)).Expect(403);
        // A later hand-in is other work.
        var second = (await essay.HandIn(ada, "Ours again.")).Id("submission_id");
        Assert.Empty(Ids(await Read(course.Instructor, second)));
    }

    [Fact]
    public async Task Nobody_else_reads_or_marks_it()
    {
        var work = await HandedIn(learners: 2);
        var id = await work.Mark(work.Words(0, 2, "My"));
        var foreign = (await app.NewCourse()).Instructor;
        foreach (var (who, status) in new[]
        {
            (work.Course.Learners[1], 403), (await work.Course.NewMember(Role.Designer), 403),
            ((await work.Course.Tenant.NewCourse()).Instructor, 404), (foreign, 404),
        })
        {
            (await who.Get(work.Path)).Expect(status);
            (await who.Post(work.Path, work.Words(0, 2, "My"))).Expect(status);
            (await who.Put($"/annotations/{id}", new { body = "x", version = 1 })).Expect(status);
            (await who.Delete($"/annotations/{id}?version=1")).Expect(status);
            (await who.Post($"/annotations/{id}/restoration?version=1")).Expect(status);
        }
    }

    [Fact]
    public async Task What_is_not_strictly_a_place_in_this_work_is_refused()
    {
        var work = await HandedIn();
        object[] wrong =
        [
            work.Words(0, 2, "My", "drawing"), work.Words(2, 0, "My"), work.Words(0, 3, "My"), work.Words(0, 0, ""),
            work.Shape("point", Drawn("M0.1 0.1"), page: 0), work.Shape("point", Drawn("M0.1 0.1"), page: 30_000),
            work.Shape("point", Drawn("M0.1 0.1L0.2 0.2"), page: 1), work.Shape("area", Drawn("M0.1 0.1L0.2 0.2"), page: 1),
            work.Shape("drawing", Drawn("M0.1 0.1L1.2 0.2"), page: 1), work.Shape("drawing", Drawn("M0.1 0.1L-0.2 0.2"), page: 1),
            work.Shape("drawing", Drawn("M0.1 0.1C0 0 1 1 1 1"), page: 1),
            work.Shape("drawing", Drawn("M0 0L1 1\" onload=\"alert(1)"), page: 1),
            work.Shape("drawing", "<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>", page: 1),
            work.Shape("drawing", Drawn("M0 0" + string.Concat(Enumerable.Repeat("L1 1", ShapePath.MostPoints))), page: 1),
            new { kind = "highlight", body = "nowhere" }, new { body = "no kind", selector = new[] { Drawing("M0 0") } },
            new { kind = "point", selector = new[] { Drawing("M0 0") } },
        ];
        foreach (var body in wrong) (await work.Grader.Post(work.Path, body)).Refused(422, "bad_annotation");
        // A file that is there, and of the same learner, in a later attempt.
        var later = await HandIn(work.Course, work.Essay, "Again");
        (await work.Grader.Post(work.Path, later.Shape("point", Drawn("M0 0"), page: 1))).Refused(422, "unknown_file");
        (await work.Grader.Post(work.Path, new { kind = "point", onload = "x" })).Refused(400, "malformed_request");
        var stray = new
        {
            kind = "highlight", selector = new[] { new { type = "TextPositionSelector", start = 0, end = 2, script = "x" } },
        };
        (await work.Grader.Post(work.Path, stray)).Refused(400, "malformed_request");
        (await work.Grader.Post(work.Path, work.Words(0, 2, "My", body: new string('x', Annotation.LongestBody + 1))))
            .Refused(422, "too_long");
        Assert.Empty(Ids(await work.Grader.Get(work.Path)));
    }

    [Fact]
    public async Task An_attempt_holds_only_so_many_and_a_repeated_request_makes_one()
    {
        var work = await HandedIn();
        (string, string) key = ("Idempotency-Key", Guid.NewGuid().ToString("N"));
        var made = (await work.Grader.Post(work.Path, work.Words(0, 2, "My"), key)).Expect(201).Id("annotation_id");
        Assert.Equal(made, (await work.Grader.Post(work.Path, work.Words(0, 2, "My"), key)).Expect(201).Id("annotation_id"));
        const string target = "{\"selector\": []}";
        await work.Course.Tenant.Do(services =>
        {
            var db = services.GetRequiredService<TenantDb>();
            return db.Execute($"""
                INSERT INTO annotations (tenant_id, course_id, submission_id, kind, target, size_bytes, created_at, changed_at)
                SELECT {db.Tenant}, {work.Course.Id}, {work.Submission}, 'highlight', {target}::jsonb, 1, {db.Now}, {db.Now}
                FROM generate_series(2, {Annotation.MostOnWork})
                """, CancellationToken.None);
        });
        (await work.Grader.Post(work.Path, work.Words(3, 8, "essay"))).Refused(422, "too_many_annotations");
    }

    internal static string Drawn(string path) =>
        $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1 1\"><path d=\"{path}\"/></svg>";

    private static object Drawing(string path) => new { type = "SvgSelector", value = Drawn(path) };

    private static List<long> Ids(Answer answer) =>
        [.. answer.At("items").EnumerateArray().Select(one => one.GetProperty("annotation_id").GetInt64())];

    private async Task<AnnotatedWork> HandedIn(string text = "My essay", int learners = 1, bool byHand = false)
    {
        var course = await app.NewCourse(learners);
        var essay = await course.NewAssignment(more: new { submission_types = new[] { "text", "file" }, posts_manually = byHand });
        return await HandIn(course, essay, text);
    }

    private static async Task<AnnotatedWork> HandIn(TestCourse course, TestAssignment essay, string text)
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent(text), "body_text" },
            { new ByteArrayContent("%PDF-1.7 not looked at any further"u8.ToArray()), "files", "work.pdf" },
        };
        var id = (await course.Learner.Send(HttpMethod.Post, $"{essay.Path}/submissions", form)).Expect(201).Id("submission_id");
        var seen = (await course.Instructor.Get($"/submissions/{id}")).Expect(200);
        return new AnnotatedWork(course, essay, id, seen.Id("attempts.0.files.0.file_id"));
    }

    private sealed record AnnotatedWork(TestCourse Course, TestAssignment Essay, long Submission, long FileId)
    {
        public TestPerson Grader => Course.Instructor;

        public string Path => $"/submissions/{Submission}/annotations";

        public async Task<long> Mark(object annotation) => (await Grader.Post(Path, annotation)).Expect(201).Id("annotation_id");

        public object Words(int start, int end, string exact, string kind = "highlight", string body = "") => new
        {
            kind, body, selector = new object[]
            {
                new { type = "TextPositionSelector", start, end }, new { type = "TextQuoteSelector", exact, prefix = "", suffix = "" },
            },
        };

        public object Shape(string kind, string svg, int page) => new
        {
            kind, file_id = FileId, body = "Look here", selector = new[]
            {
                // The standard's own names, not ours.
                new Dictionary<string, object>
                {
                    ["type"] = "FragmentSelector", ["conformsTo"] = "http://tools.ietf.org/rfc/rfc3778", ["value"] = $"page={page}",
                    ["refinedBy"] = new { type = "SvgSelector", value = svg },
                },
            },
        };
    }
}
