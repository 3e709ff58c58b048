using Lectern.Contracts.Courses;
using Lectern.Courses.Courses;
using Lectern.Courses.Enrollments;
using Lectern.Courses.Groups;
using Lectern.Courses.GroupSets;
using Lectern.Courses.RosterImports;
using Lectern.Courses.Sections;
using Lectern.Courses.Terms;
using Lectern.Platform.Access;
using Lectern.Platform.Data;
using Lectern.Platform.Hosting;
using Lectern.Platform.Http;
using Lectern.Platform.Jobs;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Lectern.Courses;

/// <summary>The public door of this service.</summary>
public sealed class CoursesService : IService
{
    public string Name => "courses";

    public void Add(IServiceCollection services)
    {
        services.AddOptions<CoursesOptions>().BindConfiguration("Lectern:Courses").ValidateDataAnnotations().ValidateOnStart();
        services.AddScoped<ICourses, CoursesPort>().AddScoped<CourseStore>().AddScoped<CourseRights>().AddScoped<TermStore>();
        services.AddScoped<SectionStore>().AddScoped<EnrollmentStore>().AddScoped<EnrollmentRules>();
        services.AddScoped<GroupSetStore>().AddScoped<GroupStore>();
        services.AddScoped<RosterImportStore>().AddScoped<RosterStateStore>().AddScoped<RosterFacts>().AddScoped<RosterPlanning>();
        services.AddScoped<RosterApplication>().AddScoped<RosterPeopleWriter>().AddScoped<RosterCourseWriter>()
            .AddScoped<RosterSectionWriter>();
        services.AddScoped<RosterSeatWriter>().AddScoped<RosterGroupWriter>();
        services.AddSingleton(CoursesFeature.RosterImports);
        services.AddJob<RosterPlanJob, RosterPlanHandler>(JobLane.Bulk, CoursesFeature.RosterImports);
        services.AddJob<RosterApplyJob, RosterApplyHandler>(JobLane.Bulk, CoursesFeature.RosterImports);
        CoursesScopes.Add(services);
    }

    public void Map(IEndpointRouteBuilder routes)
    {
        ListTerms.Map(routes);
        CreateTerm.Map(routes);
        UpdateTerm.Map(routes);
        ListCourses.Map(routes);
        CreateCourse.Map(routes);
        GetCourse.Map(routes);
        UpdateCourse.Map(routes);
        SetCourseStatus.Map(routes);
        ListSections.Map(routes);
        CreateSection.Map(routes);
        UpdateSection.Map(routes);
        CrossListSection.Map(routes);
        ListEnrollments.Map(routes);
        EnrollPerson.Map(routes);
        EnrollPeople.Map(routes);
        ChangeEnrollment.Map(routes);
        RemoveEnrollment.Map(routes);
        ListGroupSets.Map(routes);
        CreateGroupSet.Map(routes);
        UpdateGroupSet.Map(routes);
        RemoveGroupSet.Map(routes);
        DistributeGroupSet.Map(routes);
        ListGroups.Map(routes);
        CreateGroup.Map(routes);
        UpdateGroup.Map(routes);
        RemoveGroup.Map(routes);
        AddGroupMember.Map(routes);
        RemoveGroupMember.Map(routes);
        JoinGroup.Map(routes);
        LeaveGroup.Map(routes);
        CreateRosterImport.Map(routes);
        ListRosterImports.Map(routes);
        GetRosterImport.Map(routes);
        ListRosterImportRows.Map(routes);
        ApplyRosterImport.Map(routes);
    }
}
