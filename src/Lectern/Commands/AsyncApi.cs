using Lectern.Hosting;
using Lectern.Platform.Events;

namespace Lectern.Commands;

/// <summary>Prints the description of events. Needs no database.</summary>
internal static class AsyncApi
{
    public static Task<int> Run(Product product, Arguments arguments)
    {
        Console.Out.Write(EventDescription.Write(new EventCatalogue(product.EventAssemblies)));
        return Task.FromResult(0);
    }
}
