using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;

namespace Lectern.Bench.Harness;

/// <summary>
/// Debian's RabbitMQ as this user, on the loopback, with folders and a port mapper of its own, so that it meets no other on the machine.
/// </summary>
internal sealed class RabbitMqServer : IAsyncDisposable
{
    private const string Program = "/usr/lib/rabbitmq/bin/rabbitmq-server";

    // As with the product's server: nothing outlives a killed bench. The node's own process is not the one that was started.
    private const string Guard = "trap '' INT TERM HUP; cat > /dev/null; kill -9 $(cat \"$1/pid\") \"$2\" 2> /dev/null";

    private readonly string folder = Directory.CreateTempSubdirectory("lectern-rabbitmq-").FullName;
    private readonly int port = ServerProcess.FreePort();
    private readonly int nodePort = ServerProcess.FreePort();
    private readonly int mapperPort = ServerProcess.FreePort();
    private readonly Process mapper;
    private readonly Process guard;
    private Process? node;

    private RabbitMqServer()
    {
        File.WriteAllText(Path.Combine(folder, "rabbitmq.conf"), string.Create(CultureInfo.InvariantCulture, $"""
            listeners.tcp.1 = 127.0.0.1:{port}
            default_user = lectern
            default_pass = drill
            loopback_users.lectern = true
            log.console = false
            log.file.level = warning

            """));
        File.WriteAllText(Path.Combine(folder, "plugins"), "[].");
        mapper = Process.Start(new ProcessStartInfo("epmd")
        {
            ArgumentList = { "-port", mapperPort.ToString(CultureInfo.InvariantCulture), "-address", "127.0.0.1" },
        })!;
        var mapperId = mapper.Id.ToString(CultureInfo.InvariantCulture);
        guard = Process.Start(new ProcessStartInfo("sh", ["-c", Guard, "sh", folder, mapperId]) { RedirectStandardInput = true })!;
    }

    public static bool IsInstalled => File.Exists(Program);

    public string Address => With("drill");

    /// <summary>Its address with a password of the caller's choosing.</summary>
    public string With(string password) => $"amqp://lectern:{password}@127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}/";

    public static async Task<RabbitMqServer> Start()
    {
        var server = new RabbitMqServer();
        await server.Run();
        return server;
    }

    /// <summary>Starts the node, for the first time or again, and waits until it answers.</summary>
    public async Task Run()
    {
        node = Process.Start(Describe())!;
        node.OutputDataReceived += (_, _) => { };
        node.ErrorDataReceived += (_, _) => { };
        node.BeginOutputReadLine();
        node.BeginErrorReadLine();
        for (var attempt = 0; attempt < 1200; attempt++)
        {
            if (node.HasExited) throw new InvalidOperationException($"RabbitMQ ended; see {folder}/log.");
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync("127.0.0.1", port);
                return;
            }
            catch (SocketException)
            {
                await Task.Delay(100);
            }
        }

        throw new InvalidOperationException("RabbitMQ did not answer within two minutes.");
    }

    /// <summary>Ends it as a power cut would.</summary>
    public async Task Kill()
    {
        if (node is null) return;
        var id = int.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "pid")), CultureInfo.InvariantCulture);
        try
        {
            Process.GetProcessById(id).Kill();
        }
        catch (ArgumentException)
        {
            // It has ended by itself.
        }

        await node.WaitForExitAsync();
        node.Dispose();
        node = null;
    }

    public async ValueTask DisposeAsync()
    {
        await Kill();
        mapper.Kill();
        await mapper.WaitForExitAsync();
        guard.Kill();
        await guard.WaitForExitAsync();
        mapper.Dispose();
        guard.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private ProcessStartInfo Describe()
    {
        var start = new ProcessStartInfo(Program) { RedirectStandardOutput = true, RedirectStandardError = true };
        var numbers = CultureInfo.InvariantCulture;
        start.Environment["HOME"] = folder;
        start.Environment["RABBITMQ_NODENAME"] = $"lectern{port.ToString(numbers)}@localhost";
        start.Environment["RABBITMQ_CONFIG_FILE"] = Path.Combine(folder, "rabbitmq.conf");
        start.Environment["RABBITMQ_CONF_ENV_FILE"] = "/dev/null";
        start.Environment["RABBITMQ_ENABLED_PLUGINS_FILE"] = Path.Combine(folder, "plugins");
        start.Environment["RABBITMQ_MNESIA_BASE"] = Path.Combine(folder, "data");
        start.Environment["RABBITMQ_LOG_BASE"] = Path.Combine(folder, "log");
        start.Environment["RABBITMQ_PID_FILE"] = Path.Combine(folder, "pid");
        start.Environment["RABBITMQ_DIST_PORT"] = nodePort.ToString(numbers);
        start.Environment["ERL_EPMD_PORT"] = mapperPort.ToString(numbers);
        start.Environment["ERL_EPMD_ADDRESS"] = "127.0.0.1";
        start.Environment["RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS"] = "-kernel inet_dist_use_interface {127,0,0,1}";
        return start;
    }
}
