using Lectern.Commands;
using Lectern.Courses;
using Lectern.Grading;
using Lectern.Hosting;
using Lectern.Identity;
using Lectern.Messaging;
using Lectern.Platform.Hosting;

namespace Lectern;

/// <summary>The only executable.</summary>
internal static class Program
{
    /// <summary>THE list of services, in order: each may know only those before it. Tests read it here.</summary>
    public static IService[] Services =>
    [
        new IdentityService(),
        new CoursesService(),
        new GradingService(),
        new MessagingService(),
    ];

    public static Task<int> Main(string[] args) => CommandLine.Run(new Product(Services), args);
}
