using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Contracts.Identity;
using Lectern.Messaging.Calendar;
using Lectern.Messaging.Mail;
using Lectern.Messaging.Notifications;
using Lectern.Platform.Events;
using Lectern.Platform.Hosting;
using Lectern.Platform.Jobs;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Lectern.Messaging;

/// <summary>The public door of this service.</summary>
public sealed class MessagingService : IService
{
    public string Name => "messaging";

    public void Add(IServiceCollection services)
    {
        services.AddOptions<MessagingOptions>().BindConfiguration("Messaging").ValidateDataAnnotations().ValidateOnStart();
        services.AddScoped<MessagingStore>().AddScoped<MailRoom>().AddScoped<PublicLinks>();
        services.AddSingleton<FolderMailer>().AddSingleton<SmtpMailer>();
        services.AddSingleton<IMailer>(root => root.GetRequiredService<IOptions<MessagingOptions>>().Value.SmtpHost.Length > 0
            ? root.GetRequiredService<SmtpMailer>()
            : root.GetRequiredService<FolderMailer>());
        services.AddSingleton(MessagingFeature.Calendar).AddSingleton(MessagingFeature.Notices).AddSingleton(MessagingFeature.Mail);
        services.AddJob<SendLetter, SendLetterHandler>(JobLane.Outside, MessagingFeature.Mail);
        Hear(services);
    }

    public void Map(IEndpointRouteBuilder routes)
    {
        ListNotifications.Map(routes);
        ReadNotification.Map(routes);
        ReadAllNotifications.Map(routes);
        ListCalendarEvents.Map(routes);
    }

    private static void Hear(IServiceCollection services)
    {
        services.AddListener<PersonEnrolled, Mail.OnPersonEnrolled>();
        services.AddListener<PersonEnrolled, Notifications.OnPersonEnrolled>();
        services.AddListener<AssignmentPublished, OnAssignmentPublished>();
        services.AddListener<WorkSubmitted, OnWorkSubmitted>();
        services.AddListener<GradeRecorded, OnGradeRecorded>();
        services.AddListener<FinalGradeChanged, OnFinalGradeChanged>();
        services.AddListener<FeedbackGiven, OnFeedbackGiven>();
        services.AddListener<LearnerMessaged, OnLearnerMessaged>();
        services.AddListener<PeerReviewsAsked, OnPeerReviewsAsked>().AddListener<PeerReviewsShown, OnPeerReviewsShown>();
        services.AddListener<RegradeRequested, OnRegradeRequested>();
        services.AddListener<PasswordResetRequested, OnPasswordResetRequested>();
    }
}
