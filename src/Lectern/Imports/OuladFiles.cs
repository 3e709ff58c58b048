using System.Globalization;
using CsvHelper;

namespace Lectern.Imports;

/// <summary>
/// The files of the Open University Learning Analytics Dataset (Kuzilek, Hlosta, Zdrahal 2017, doi:10.1038/sdata.2017.171), read row by
/// row. Days count from the first day of a presentation; an empty field or "?" is unknown.
/// </summary>
internal sealed class OuladFiles(string folder)
{
    public IEnumerable<Presentation> Presentations() => Read("courses.csv").Select(row => new Presentation(
        row["code_module"], row["code_presentation"], Number(row["module_presentation_length"]) ?? 240));

    public IEnumerable<Assessment> Assessments() => Read("assessments.csv").Select(row => new Assessment(
        row["code_module"], row["code_presentation"], Number(row["id_assessment"])!.Value, row["assessment_type"], Number(row["date"]),
        Fraction(row["weight"]) ?? 0));

    public IEnumerable<Registration> Registrations() => Read("studentRegistration.csv").Select(row => new Registration(
        row["code_module"], row["code_presentation"], Number(row["id_student"])!.Value, Number(row["date_registration"]),
        Number(row["date_unregistration"])));

    public IEnumerable<Result> Results() => Read("studentAssessment.csv").Select(row => new Result(
        Number(row["id_assessment"])!.Value, Number(row["id_student"])!.Value, Number(row["date_submitted"]), row["is_banked"] == "1",
        Fraction(row["score"])));

    /// <summary>Says which of the needed files are not there.</summary>
    public IReadOnlyList<string> Missing() =>
        new[] { "courses.csv", "assessments.csv", "studentRegistration.csv", "studentAssessment.csv" }.Where(
            name => !File.Exists(Path.Combine(folder, name))).ToList();

    private IEnumerable<Dictionary<string, string>> Read(string name)
    {
        using var file = new StreamReader(Path.Combine(folder, name));
        using var csv = CsvReader.Create(file, new CsvReaderOptions { HasHeader = false, PoolStrings = true });
        string[]? header = null;
        while (csv.Read())
        {
            var fields = new string[csv.FieldCount];
            for (var i = 0; i < fields.Length; i++) fields[i] = csv.GetString(i) ?? string.Empty;
            if (header is null) header = fields;
            else yield return header.Zip(fields).ToDictionary(pair => pair.First, pair => pair.Second);
        }
    }

    private static int? Number(string text) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value : null;

    private static decimal? Fraction(string text) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) ? value : null;

    internal sealed record Presentation(string Module, string Code, int LengthDays);

    internal sealed record Assessment(string Module, string Code, int Id, string Type, int? Day, decimal Weight);

    internal sealed record Registration(string Module, string Code, int Student, int? RegisteredOn, int? LeftOn);

    internal sealed record Result(int Assessment, int Student, int? SubmittedOn, bool Banked, decimal? Score);
}
