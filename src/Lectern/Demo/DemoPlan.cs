using Lectern.Contracts.Grading;

namespace Lectern.Demo;

/// <summary>What the demonstration institution teaches: courses of different size and rhythm, in the middle of a term.</summary>
internal static class DemoPlan
{
    internal sealed record CoursePlan(
        string Code, string Title, string Description, int Learners, string Color, IReadOnlyList<GroupPlan> Groups);

    internal sealed record GroupPlan(
        string Name, decimal Weight, string[] Types, decimal Points, IReadOnlyList<(string Title, int DueInDays)> Work);

    public static IReadOnlyList<CoursePlan> Courses { get; } =
    [
        new("BIO-101", "Foundations of Biology", "From the cell to the ecosystem. We meet twice a week; work is due on Fridays.", 42,
            "#2f855a",
        [
            new("Lab reports", 40, ["file", "text"], 20,
                [("Lab 1: Microscopy", -42), ("Lab 2: Osmosis", -28), ("Lab 3: Enzymes", -14), ("Lab 4: Photosynthesis", -2),
                    ("Lab 5: Inheritance", 12)]),
            new("Reading responses", 20, ["text"], 10,
                [("What is life?", -38), ("The cell theory", -24), ("On the origin of species, chapter 4", -10), ("Keystone species", 4)]),
            new("Examinations", 40, ["on_paper"], 100, [("Mid-term examination", -7), ("Final examination", 40)]),
        ]),
        new("HIS-210", "The World since 1900", "A century and a quarter in twelve essays. Bring a question to every class.", 28, "#9b2c2c",
        [
            new("Essays", 60, ["text", "file"], 100,
                [("Essay 1: Causes of the First World War", -35), ("Essay 2: Decolonisation", -5), ("Essay 3: The year 1989", 20)]),
            new("Source commentaries", 40, ["text"], 25,
                [("Commentary: A letter from the front", -30), ("Commentary: The Atlantic Charter", -16), ("Commentary: Bandung", 1)]),
        ]),
        new("MAT-120", "Calculus I", "Limits, derivatives, integrals, and why they are one idea.", 160, "#2b6cb0",
        [
            new("Problem sets", 50, ["file"], 50,
                [("Set 1: Limits", -44), ("Set 2: Continuity", -37), ("Set 3: Derivatives", -30), ("Set 4: The chain rule", -23),
                    ("Set 5: Extrema", -16), ("Set 6: Integrals", -9), ("Set 7: Substitution", -2), ("Set 8: Series", 5)]),
            new("Tests", 50, ["on_paper"], 100, [("Test 1", -32), ("Test 2", -12), ("Final test", 38)]),
        ]),
        new("CSC-140", "Programming for Everyone", "Small programs that do something useful, every week.", 55, "#6b46c1",
        [
            new("Exercises", 70, ["file", "url"], 10,
                [("Hello, data", -40), ("Loops and lists", -33), ("Functions", -26), ("Files", -19), ("Testing", -5),
                    ("A small web page", 3)]),
            new("Project", 30, ["file", "url"], 100, [("Project proposal", -8), ("Project", 35)]),
        ]),
        new("ARB-101", "العربية للمبتدئين", "مدخل إلى القراءة والكتابة والمحادثة.", 18, "#b7791f",
        [
            new("واجبات", 60, ["text"], 10, [("الحروف", -36), ("التحية والتعارف", -22), ("في السوق", -6), ("رسالة قصيرة", 6)]),
            new("اختبارات", 40, ["on_paper"], 50, [("اختبار منتصف الفصل", -9)]),
        ]),
    ];

    public static IReadOnlyList<string> Comments { get; } =
    [
        "Clear and well organised. Next time, say how sure you are of each result.",
        "A good start. The argument needs a source for its second step.",
        "Exactly what was asked, and a pleasure to read.", "You have the idea. Check the units in the last part.",
        "Please come and see me about the conclusion.",
    ];

    public static IReadOnlyList<NewAssignmentGroup> AssignmentsOf(CoursePlan course, DateTimeOffset today) =>
    [
        .. course.Groups.Select(group => new NewAssignmentGroup(group.Name, group.Weight,
        [
            .. group.Work.Select(work => new NewAssignment(
                work.Title, $"{work.Title}. Hand in before the due time; late work is accepted for three days.", group.Points, group.Types,
                today.AddDays(work.DueInDays).AddHours(17),
                LocksAt: group.Types[0] == "on_paper" ? null : today.AddDays(work.DueInDays + 3).AddHours(17))),
        ])),
    ];
}
