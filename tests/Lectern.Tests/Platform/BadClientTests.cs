using System.Net;
using System.Net.Sockets;
using System.Text;
using Lectern.Platform.Http;
using Lectern.Tests.Grading;
using Lectern.Tests.Harness;

namespace Lectern.Tests.Platform;

/// <summary>Clients that send too much, too slowly, nonsense, or nothing.</summary>
public sealed class BadClientTests(LecternApp app)
{
    [Theory]
    [InlineData("NONSENSE\r\n\r\n", 400)]
    [InlineData("GET / HTTP/9.9\r\nHost: localhost\r\n\r\n", 505)]
    [InlineData("GET /api/v1/courses HTTP/1.1\r\n\r\n", 400)]
    [InlineData("POST /api/v1/sessions HTTP/1.1\r\nHost: localhost\r\nContent-Length: minus\r\n\r\n", 400)]
    public async Task Nonsense_is_answered_and_the_connection_closed(string sent, int status) =>
        Assert.StartsWith($"HTTP/1.1 {status} ", await Raw(sent), StringComparison.Ordinal);

    [Fact]
    public async Task Headers_that_are_too_long_or_too_many_are_refused()
    {
        const string begin = "GET /health/live HTTP/1.1\r\nHost: localhost\r\n";
        var many = string.Concat(Enumerable.Range(0, 70).Select(i => $"X-{i}: 1\r\n"));
        Assert.StartsWith("HTTP/1.1 431 ", await Raw($"{begin}{many}\r\n"), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 431 ", await Raw($"{begin}X: {new string('x', 33 << 10)}\r\n\r\n"), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 414 ", await Raw($"GET /{new string('x', 9 << 10)} HTTP/1.1\r\nHost: localhost\r\n\r\n"),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Words_that_are_too_long_are_refused()
    {
        var course = await app.NewCourse();
        var essay = await course.NewAssignment();
        var refused = await course.Learner.Put(
            $"{essay.Path}/draft", new { body_text = new string('x', (int)RequestLimits.PlainBodyBytes), version = 0 });
        refused.Refused(413, "too_large");
    }

    [Fact]
    public async Task Two_thousand_idle_connections_do_not_keep_anybody_from_work()
    {
        var course = await app.NewCourse();
        var essay = await course.NewAssignment();
        var idle = new List<Socket>();
        try
        {
            for (var i = 0; i < 2_000; i++)
            {
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                idle.Add(socket);
                await socket.ConnectAsync(IPAddress.Loopback, app.Host.Address.Port);
                // Half of them have begun a request and say no more.
                if (i % 2 == 0) await socket.SendAsync("GET /api/v1/courses HTTP/1.1\r\nHo"u8.ToArray());
            }

            await essay.Score(course.Learner, 7);
            Assert.Equal(7, (await course.Gradebook()).Score(course.Learner, essay));
        }
        finally
        {
            idle.ForEach(socket => socket.Dispose());
        }
    }

    private async Task<string> Raw(string sent)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, app.Host.Address.Port);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(sent));
        var buffer = new byte[256];
        var read = await client.GetStream().ReadAsync(buffer);
        return Encoding.ASCII.GetString(buffer, 0, read);
    }
}
