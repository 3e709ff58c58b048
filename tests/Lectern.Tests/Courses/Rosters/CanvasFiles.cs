using System.Globalization;
using System.IO.Compression;
using CsvHelper;
using Lectern.Courses.Rosters;

namespace Lectern.Tests.Courses.Rosters;

/// <summary>Writes a roster as the Canvas set, so that what was read can be read again.</summary>
internal static class CanvasFiles
{
    internal static MemoryStream Write(Roster roster)
    {
        var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            File(zip, "accounts", "account_id,parent_account_id,name,status", roster.Accounts,
                item => [item.AccountId, item.ParentAccountId, item.Name, Plain(item)]);
            File(zip, "terms", "term_id,name,status,start_date,end_date", roster.Terms,
                item => [item.TermId, item.Name, Plain(item), Date(item.StartsAt), Date(item.EndsAt)]);
            File(zip, "users", "user_id,login_id,full_name,sortable_name,email,pronouns,status", roster.Users,
                item => [item.UserId, item.LoginId, item.Name, item.SortableName, item.Email, item.Pronouns,
                    item.Status == RosterStatus.Inactive ? "suspended" : Plain(item)]);
            File(zip, "courses", "course_id,short_name,long_name,account_id,term_id,status,start_date,end_date", roster.Courses,
                item => [item.CourseId, item.Code, item.Title, item.AccountId, item.TermId, Plain(item), Date(item.StartsAt),
                    Date(item.EndsAt)]);
            File(zip, "sections", "section_id,course_id,name,status,start_date,end_date", roster.Sections,
                item => [item.SectionId, item.CourseId, item.Name, Plain(item), Date(item.StartsAt), Date(item.EndsAt)]);
            File(zip, "xlists", "xlist_course_id,section_id,status", roster.CrossListings,
                item => [item.CourseId, item.SectionId, Plain(item)]);
            File(zip, "enrollments", "course_id,section_id,user_id,role,status,associated_user_id,start_date,end_date", roster.Enrollments,
                item => [item.CourseId, item.SectionId, item.UserId, Role(item.Role), Plain(item), item.AssociatedUserId,
                    Date(item.StartsAt), Date(item.EndsAt)]);
            File(zip, "group_categories", "group_category_id,course_id,account_id,category_name,status", roster.GroupSets,
                item => [item.GroupSetId, item.CourseId, item.AccountId, item.Name, Plain(item)]);
            File(zip, "groups", "group_id,group_category_id,course_id,account_id,name,status", roster.Groups,
                item => [item.GroupId, item.GroupSetId, item.CourseId, item.AccountId, item.Name, Plain(item)]);
            File(zip, "groups_membership", "group_id,user_id,status", roster.GroupMembers,
                item => [item.GroupId, item.UserId, Plain(item)]);
            File(zip, "user_observers", "observer_id,student_id,status", roster.Observers,
                item => [item.ObserverId, item.LearnerId, Plain(item)]);
            File(zip, "admins", "user_id,account_id,role,status", roster.Admins,
                item => [item.UserId, item.AccountId, "AccountAdmin", Plain(item)]);
        }
        stream.Position = 0;
        return stream;
    }

    private static void File<T>(ZipArchive zip, string name, string header, RosterSet<T> items, Func<T, string?[]> cells)
        where T : RosterItem
    {
        if (items.Count == 0) return;
        using var csv = CsvWriter.Create(zip.CreateEntry(name + ".csv").Open());
        foreach (var column in header.Split(',')) csv.WriteField(column);
        csv.EndRecord();
        foreach (var item in items)
        {
            foreach (var cell in cells(item)) csv.WriteField(cell ?? "");
            csv.EndRecord();
        }
    }

    private static string Plain(RosterItem item) => item.Status.ToString().ToLowerInvariant();

    private static string Role(RosterRole role) => role switch
    {
        RosterRole.Learner => "student",
        RosterRole.Instructor => "teacher",
        RosterRole.TeachingAssistant => "ta",
        _ => role.ToString().ToLowerInvariant(),
    };

    private static string? Date(DateTimeOffset? instant) => instant?.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
