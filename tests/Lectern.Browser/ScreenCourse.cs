using System.Globalization;
using System.Text;
using Lectern.Platform.Access;
using Lectern.Tests.Grading;
using Lectern.Tests.Grading.FeedbackImports;
using Lectern.Tests.Grading.Outcomes;
using Lectern.Tests.Grading.Questions;
using Lectern.Tests.Grading.Rubrics;
using Lectern.Tests.Harness;

namespace Lectern.Browser;

/// <summary>A course in which every screen of grading has something to show.</summary>
internal sealed class ScreenCourse
{
    private const string Text =
        "The heron stood in the reeds for the whole of the morning and took three newts before the rain came over the hill, "
        + "and nobody but the two of us had seen it come down from the north along the river the evening before.";

    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();
    private readonly TestCourse course;
    private TestAssignment essay = null!, shared = null!, quiz = null!, peers = null!, fieldwork = null!;
    private long import, feedback, copied, outcome, rubric;

    private ScreenCourse(TestCourse course) => this.course = course;

    public TestPerson Instructor => course.Instructor;

    public TestPerson Learner => course.Learner;

    public string Speed => $"{At(essay)}/grade";

    public string SpeedOfPdf => $"{At(fieldwork)}/grade";

    public string Reading => At(essay);

    public IEnumerable<(string Name, string Path)> OfInstructors =>
    [
        ("gradebook", $"{Home}/gradebook"), ("exports", $"{Home}/gradebook/exports"), ("imports", $"{Home}/gradebook/imports"),
        ("an import", $"{Home}/gradebook/imports/{import}"), ("grading rules", $"{Home}/grading"), ("rubrics", $"{Home}/rubrics"),
        ("a rubric", $"{Home}/rubrics/{rubric}"), ("a new rubric", $"{Home}/rubrics/new"), ("outcomes", $"{Home}/outcomes"),
        ("mastery", $"{Home}/outcomes/mastery"), ("assignments", $"{Home}/assignments"), ("an assignment", At(essay)),
        ("an assignment's form", $"{At(essay)}/edit"), ("handed in work", $"{At(essay)}/submissions"), ("grading one by one", Speed),
        ("work as files", $"{At(essay)}/files"), ("files of feedback", $"{At(essay)}/files/{feedback}"),
        ("similarity", $"{At(essay)}/similarity"), ("a similarity report", $"{At(essay)}/similarity/{copied}"),
        ("calibration", $"{At(essay)}/calibration"), ("moderation", $"{At(shared)}/moderation"), ("a shared assignment", At(shared)),
        ("questions", $"{At(quiz)}/questions"), ("grading questions", $"{At(quiz)}/grade"), ("peer review", $"{At(peers)}/peers"),
        ("grades of a learner", $"{Home}/grades/{course.Learner.Id.Value}"),
    ];

    public IEnumerable<(string Name, string Path)> OfLearners =>
    [
        ("own grades", $"{Home}/grades"), ("own outcomes", "outcomes"), ("own work", At(essay)), ("answering questions", At(quiz)),
        ("reviews to write", $"{At(peers)}/reviews"), ("reviewed work", At(peers)),
        ("own similarity report", $"{At(essay)}/similarity/{copied}"),
    ];

    private string Home => $"courses/{course.Id.Value}";

    private TestPerson Ines => course.Instructor;

    public static async Task<ScreenCourse> Prepare(TestTenant tenant)
    {
        var made = new ScreenCourse(await tenant.NewCourse(learners: 4));
        await made.SetRules();
        await made.FillEssay();
        await made.FillOthers();
        await made.FillFiles();
        foreach (var person in new[] { made.Instructor, made.Learner }) await Visitor.Register(tenant, person.Name, person.Email);
        return made;
    }

    private async Task SetRules()
    {
        object[] statuses = [new { words = "Oral", tone = "good" }, new { words = "On leave", excuses = true }];
        var labels = new { late = new { words = "After the bell", tone = "warn" }, statuses };
        (await Ines.Put($"{course.Path}/grade-labels", new { labels, version = 0 })).Expect(200);
        outcome = await course.NewOutcome();
    }

    /// <summary>Two attempts, notes, a voice comment, two texts alike, a reference for calibration, and a posted grade.</summary>
    private async Task FillEssay()
    {
        essay = await course.NewAssignment("Essay", 10, new
        {
            due_at = Now.AddDays(-1), attempts_kept = "highest", submission_types = new[] { "text", "file" },
        });
        var criteria = await course.NewRubric();
        rubric = criteria.Id;
        await course.Use(essay, criteria);
        (await course.Align(outcome, TestOutcomes.To(criteria, "clarity"))).Expect(200);
        (await Ines.Put($"{essay.Path}/similarity-policy", new
        {
            enabled = true, reach = "assignment", without_quotations = false, template = "",
            shown_to_learners = "after_hand_in", version = 0,
        })).Expect(200);
        await essay.Submit(course.Learners[1], Text);
        await essay.Submit(course.Learners[2], "Something of my own about owls, seen from the barn.");
        await essay.Submit(course.Learner, "A first try.");
        copied = await essay.Submit(course.Learner, $"{Text} So I was told.");
        foreach (var criterion in new[] { "clarity", "sources" })
        {
            var assessed = new { points = 5, comment = "Throughout", version = 0, rubric_version = 1 };
            (await criteria.Assess(essay, course.Learner, criterion, assessed)).Expect(200);
        }

        foreach (var (start, exact) in new[] { (0, "The"), (4, "heron") })
        {
            object[] selector =
            [
                new { type = "TextPositionSelector", start, end = start + exact.Length },
                new { type = "TextQuoteSelector", exact, prefix = "", suffix = "" },
            ];
            var note = new { kind = "highlight", body = $"Why {exact}?", selector };
            (await Ines.Post($"/submissions/{copied}/annotations", note)).Expect(201);
        }

        byte[] sound = [0x1A, 0x45, 0xDF, 0xA3, .. Enumerable.Repeat((byte)5, 300)];
        var voice = (await Ines.Post(
            $"{essay.Path}/voice-uploads", new { content_type = "audio/webm", size_bytes = sound.Length, seconds = 3 })).Expect(201);
        await Feedback.Put(Ines, voice, sound);
        (await Ines.Post(
            $"/submissions/{copied}/comments", new { body = "Well seen.", file_ids = new[] { voice.Id("file_id") } })).Expect(201);
        (await Ines.Put(
            $"{essay.Path}/calibration-works/{course.Learners[2].Id.Value}", new { score = 6, note = "Thin", version = 0 })).Expect(200);
        await TestTenant.Eventually(
            async () => (await Ines.Get($"/submissions/{copied}/similarity-check")) is { Status: System.Net.HttpStatusCode.OK } check
                && check.At("state").GetString() == "ready",
            "the essay is compared");
    }

    /// <summary>Work of two markers, questions, reviews among peers.</summary>
    private async Task FillOthers()
    {
        shared = await course.NewAssignment("Shared essay", 10, new { posts_manually = true });
        foreach (var learner in course.Learners) await shared.Submit(learner);
        var plan = new
        {
            markers = 2, rule = "average", tolerance = 1, tolerance_unit = "points", shows_comments = false, version = 0,
        };
        (await Ines.Put($"{shared.Path}/marking-plan", plan)).Expect(200);
        List<TestPerson> markers = [await course.NewMember(Role.TeachingAssistant), await course.NewMember(Role.TeachingAssistant)];
        (await Ines.Post($"{shared.Path}/mark-allocations", new { marker_ids = markers.Select(one => one.Id.Value) })).Expect(200);
        foreach (var (marker, at) in markers.Select((one, at) => (one, at)))
        {
            (await marker.Put(
                $"{shared.Path}/provisional-marks/{course.Learner.Id.Value}", new { score = 4 + (4 * at), comment = "Fair", version = 0 }))
                .Expect(200);
        }

        quiz = await course.NewQuestions(QuestionCourse.Capital, QuestionCourse.Gravity, QuestionCourse.Why);
        await quiz.Answer(course.Learners[1], new { capital = "Paris", gravity = "9.81 m/s2", why = "Mass." });
        await quiz.Judged(course, course.Learners[1]);

        peers = await course.NewAssignment("Reviewed essay");
        foreach (var learner in course.Learners) await peers.Submit(learner);
        (await Ines.Put($"{peers.Path}/peer-plan", new { reviews_per_work = 2, reviews_due_at = Now.AddDays(7), version = 0 })).Expect(200);
        var job = (await Ines.Post($"{peers.Path}/peer-allocations")).Expect(202).At("job_id").GetGuid();
        await TestTenant.Eventually(
            async () => (await Ines.Get($"/jobs/{job}")).Expect(200).At("state").GetString() == "done", "reviews are handed out");
    }

    /// <summary>A PDF with notes, grades and feedback that come back as files, and a file that leaves.</summary>
    private async Task FillFiles()
    {
        fieldwork = await course.NewAssignment("Fieldwork", 10, new { submission_types = new[] { "file" } });
        using var form = new MultipartFormDataContent { { new ByteArrayContent(Pdf()), "files", "fieldwork.pdf" } };
        var work = (await course.Learner.Send(HttpMethod.Post, $"{fieldwork.Path}/submissions", form)).Expect(201).Id("submission_id");
        var file = (await Ines.Get($"/submissions/{work}")).Expect(200).Id("attempts.0.files.0.file_id");
        var drawing = new
        {
            type = "SvgSelector",
            value = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1 1\"><path d=\"M0.1 0.1L0.5 0.1L0.5 0.2L0.1 0.2Z\"/></svg>",
        };
        // The standard's own names, which are not written as the API's are.
        var where = new Dictionary<string, object>
        {
            ["type"] = "FragmentSelector", ["conformsTo"] = "http://tools.ietf.org/rfc/rfc3778", ["value"] = "page=1",
            ["refinedBy"] = drawing,
        };
        (await Ines.Post(
            $"/submissions/{work}/annotations", new { kind = "area", file_id = file, body = "أحسنت", selector = new[] { where } }))
            .Expect(201);

        var zip = Feedback.Zip(
            ($"{Feedback.Folder(course.Learner, copied)}/remarks.txt", Feedback.Words("Well done.")),
            ("Nobody__1__2/remarks.txt", Feedback.Words("Whose?")));
        feedback = (await essay.Import(Ines, zip)).Id("feedback_import_id");
        var sheet = $"Student,ID,Essay ({essay.Id.Value})\r\n\"1, Learner\",{course.Learner.Id.Value},9\r\nNobody,999999,3\r\n";
        using var table = new MultipartFormDataContent { { new ByteArrayContent(Encoding.UTF8.GetBytes(sheet)), "file", "grades.csv" } };
        import = (await Ines.Send(HttpMethod.Post, $"{course.Path}/gradebook-imports", table)).Expect(202).Id("gradebook_import_id");
        (await Ines.Post($"{course.Path}/gradebook-exports", new { format = "csv" })).Expect(202);
    }

    private string At(TestAssignment assignment) => $"{Home}/assignments/{assignment.Id.Value}";

    /// <summary>One page that says hello, by hand.</summary>
    private static byte[] Pdf()
    {
        const string Words = "BT /F 18 Tf 60 700 Td (Newts and herons) Tj ET";
        string[] objects =
        [
            "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>",
            $"<< /Length {Words.Length} >>\nstream\n{Words}\nendstream", "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        ];
        var text = new StringBuilder("%PDF-1.4\n");
        var places = new List<int>();
        foreach (var (one, at) in objects.Select((one, at) => (one, at)))
        {
            places.Add(text.Length);
            text.Append(CultureInfo.InvariantCulture, $"{at + 1} 0 obj\n{one}\nendobj\n");
        }

        var begins = text.Length;
        text.Append("xref\n0 6\n0000000000 65535 f \n");
        foreach (var place in places) text.Append(CultureInfo.InvariantCulture, $"{place:D10} 00000 n \n");
        text.Append(CultureInfo.InvariantCulture, $"trailer << /Size 6 /Root 1 0 R >>\nstartxref\n{begins}\n%%EOF\n");
        return Encoding.ASCII.GetBytes(text.ToString());
    }
}
