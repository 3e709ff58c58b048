using Lectern.Platform.Events;
using Microsoft.Extensions.DependencyInjection;

namespace Lectern.RabbitMq;

/// <summary>Adds RabbitMQ as the outside broker.</summary>
internal static class RabbitMqRegistration
{
    public static IServiceCollection AddRabbitMq(this IServiceCollection services, BrokerOptions options) =>
        services.AddSingleton<IEventBroker>(_ => new RabbitMqBroker(options));
}
