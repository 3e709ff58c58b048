using Lectern.Contracts.Grading;
using Lectern.Grading.Answers;

namespace Lectern.Grading.Questions;

/// <summary>The questions of an assignment with their keys, as one version says them. A version is never changed.</summary>
/// <param name="PointsPossible">What all of them earn together, which is what the assignment is worth.</param>
internal sealed record QuestionSet(AssignmentId AssignmentId, int Version, decimal PointsPossible, QuestionList Questions)
{
    public Question? Find(string id) => Questions.Find(question => question.QuestionId == id);
}

/// <summary>A question as who answers it sees it.</summary>
/// <param name="Tests">Those of a program that are not hidden.</param>
/// <param name="HasUnit">A unit may be written beside the number.</param>
internal sealed record AskedQuestion(
    string QuestionId, string Prompt, decimal Points, AnswerKind Kind, bool HasUnit, int? SignificantFigures,
    string? Language, IReadOnlyList<ShownTest> Tests)
{
    public static AskedQuestion Of(Question question) => new(
        question.QuestionId, question.Prompt, question.Points, question.Key.Kind, question.Key.Numeric?.Units is { Count: > 0 },
        question.Key.Numeric?.SignificantFigures, question.Key.Code?.Language,
        [.. (question.Key.Code?.Tests ?? []).Where(test => !test.Hidden)
            .Select(test => new ShownTest(test.Name, test.Input, test.Expected))]);
}

/// <summary>A test of a program that learners may know.</summary>
internal sealed record ShownTest(string Name, string Input, string Expected);
