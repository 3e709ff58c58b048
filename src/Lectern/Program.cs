using Lectern.Commands;
using Lectern.Courses;
using Lectern.Grading;
using Lectern.Hosting;
using Lectern.Identity;
using Lectern.Messaging;
using Lectern.Platform.Hosting;

// THE list of services, in order: each may know only those before it. Tests read it here.
IService[] services =
[
    new IdentityService(),
    new CoursesService(),
    new GradingService(),
    new MessagingService(),
];

return await CommandLine.Run(new Product(services), args);
