using Lectern.Contracts.Courses;
using Lectern.Courses.Courses;
using Lectern.Courses.Enrollments;
using Lectern.Courses.Terms;
using Lectern.Platform.Access;
using Lectern.Platform.Data;
using Lectern.Platform.Hosting;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Lectern.Courses;

/// <summary>The public door of this service.</summary>
public sealed class CoursesService : IService
{
    public string Name => "courses";

    public void Add(IServiceCollection services)
    {
        services.AddScoped<ICourses, CoursesPort>().AddScoped<CourseStore>().AddScoped<CourseRights>().AddScoped<TermStore>();
        services.AddScoped<EnrollmentStore>().AddScoped<EnrollmentRules>();
        CoursesScopes.Add(services);
    }

    public void Map(IEndpointRouteBuilder routes)
    {
        ListCourses.Map(routes);
        CreateCourse.Map(routes);
        SetCourseStatus.Map(routes);
        ListEnrollments.Map(routes);
        EnrollPerson.Map(routes);
    }
}
