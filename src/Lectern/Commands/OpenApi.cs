using Lectern.Hosting;
using Lectern.Platform;

namespace Lectern.Commands;

/// <summary>Prints the API's description. Needs no database.</summary>
internal static class OpenApi
{
    public static async Task<int> Run(Product product, Arguments arguments)
    {
        var options = new PlatformOptions { Secret = new string('-', 32), Postgres = "Host=127.0.0.1;Database=none" };
        await using var app = product.Build(options, new ServePart(true, false));
        Console.Out.Write(await ApiDescription.Write(app, CancellationToken.None));
        return 0;
    }
}
