using Lectern.Contracts.Identity;
using Lectern.Hosting;
using Lectern.Imports;
using Lectern.Platform.Tenancy;

namespace Lectern.Commands;

/// <summary>Reads data sets that others have published into courses.</summary>
internal static class Import
{
    public static async Task<int> Run(Product product, Arguments arguments)
    {
        var kind = arguments.Need(0, "What to import (oulad)");
        if (kind != "oulad") throw new ArgumentException($"'{kind}' cannot be imported. There is: oulad.");
        var folder = arguments.Need(1, "The folder with the data set's files");
        if (!Directory.Exists(folder)) throw new ArgumentException($"There is no folder '{folder}'.");

        await using var installed = await Installed.Open(product, ServePart.None, migrate: true, CancellationToken.None);
        var ct = CancellationToken.None;
        var slug = arguments.Of("tenant") ?? "oulad";
        var tenant = await installed.Services.GetRequiredService<TenantAdmin>()
            .Create(new NewTenant(slug, "Open University (learning analytics data set)"), ct);
        var password = await DemoCommand.Password(installed.Options.DataFolder, ct);
        var scopes = installed.Services.GetRequiredService<TenantScopes>();
        var teacher = await scopes.Do(tenant.Id, async services =>
        {
            var people = services.GetRequiredService<IPeopleAdmin>();
            var administrator = await people.AddWithPassword("Ada Administrator", $"ada.admin@{slug}.example", password, ct);
            await people.MakeAdministrator(administrator, ct);
            return await people.AddWithPassword("Ines Instructor", $"ines.instructor@{slug}.example", password, ct);
        }, ct);

        var import = new OuladImport(folder, scopes, tenant.Id, teacher, installed.Services.GetRequiredService<TimeProvider>());
        var done = await import.Run(line => Console.WriteLine(line), ct);
        Console.WriteLine($"import oulad: {done.Courses} courses, {done.Learners} learners, {done.Enrollments} enrolments, "
        + $"{done.Assessments} assessments, {done.Scores} scores");
        Console.WriteLine(
            $"Sign in at /t/{slug} as ines.instructor@{slug}.example or ada.admin@{slug}.example with the password {password}");
        return 0;
    }
}
