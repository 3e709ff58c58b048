using Lectern.Platform.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Lectern.Courses;

/// <summary>The public door of this service.</summary>
public sealed class CoursesService : IService
{
    public string Name => "courses";

    public void Add(IServiceCollection services)
    {
    }

    public void Map(IEndpointRouteBuilder routes)
    {
    }
}
