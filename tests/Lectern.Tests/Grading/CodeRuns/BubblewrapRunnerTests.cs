using System.Net;
using System.Net.Sockets;
using Lectern.Grading;
using Lectern.Grading.Answers;
using Lectern.Grading.CodeRuns;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Lectern.Tests.Grading.CodeRuns;

/// <summary>What programs can do that mean harm. They run in the real sandbox.</summary>
public sealed class BubblewrapRunnerTests
{
    [Fact]
    public async Task A_program_reads_its_input_writes_its_output_and_has_files_for_a_while()
    {
        var run = await Run("read name; echo \"Hello $name\" | tee greeting; cat given; echo oops >&2; exit 3", "Ada\n", files: true);

        Assert.Equal((RunEnd.Failed, 3, "Hello Ada\nkept", "oops\n"), (run.End, run.ExitCode, run.Output, run.Errors));
        Assert.Equal((RunEnd.Ended, "no\n"), Short(await Run("ls greeting 2> /dev/null || echo no")));
    }

    [Fact]
    public async Task There_is_no_network()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;

        var run = await Run($"(exec 3<>/dev/tcp/127.0.0.1/{port} && echo reached) 2> /dev/null; cat /proc/net/dev | grep -c :; echo end");

        Assert.Equal((RunEnd.Ended, "1\nend\n"), Short(run));
        Assert.False(listener.Pending());
    }

    [Fact]
    public async Task Neither_the_machines_files_nor_the_products_secrets_can_be_read()
    {
        Environment.SetEnvironmentVariable("LECTERN_TEST_SANDBOX", "hush-hush");
        var run = await Run("""
            cat /etc/shadow /etc/passwd /[rhv]*/* 2> /dev/null
            env; cat /proc/[0-9]*/environ; ls -d /etc /root /home /var /run /sys 2> /dev/null; echo; id -u; ls /proc | grep -c '^[0-9]'
            """);

        Assert.Equal(RunEnd.Ended, run.End);
        Assert.DoesNotContain("hush", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("root:", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("/etc", run.Output, StringComparison.Ordinal);
        Assert.Contains("\n65534\n", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_outside_can_be_written_and_inside_only_so_much()
    {
        var run = await Run("""
            for place in /x /usr/x /usr/bin/x /dev/x /proc/sys/kernel/hostname program; do
                (echo x > $place) 2> /dev/null && echo "wrote $place"
            done
            head -c 9000000 /dev/zero > /tmp/a 2> /dev/null || echo full
            echo end
            """, options: new() { CodeFilesMegabytes = 4 });

        Assert.Equal((RunEnd.Ended, "full\nend\n"), Short(run));
    }

    [Fact]
    public async Task An_endless_loop_is_ended()
    {
        var waiting = await Run("while :; do sleep 1; done", options: new() { CodeSeconds = 2 });
        var working = await Run("while :; do :; done", options: new() { CodeCpuSeconds = 1, CodeSeconds = 60 });

        Assert.Equal((RunEnd.TookTooLong, RunEnd.TookTooLong), (waiting.End, working.End));
    }

    [Fact]
    public async Task Endless_output_is_ended()
    {
        var run = await Run("while :; do echo endlessly; done", options: new() { CodeOutputKilobytes = 8, CodeSeconds = 60 });

        Assert.Equal(RunEnd.WroteTooMuch, run.End);
        Assert.InRange(run.Output.Length, 0, 8 << 10);
    }

    [Fact]
    public async Task A_gigabyte_is_not_had_by_one_nor_by_many()
    {
        var one = await Run("perl -e '$x = \"a\" x (1 << 30); print length $x'", options: new() { CodeMemoryMegabytes = 64 });
        var many = await Run(
            "for i in 1 2 3 4 5 6 7 8; do perl -e '$x = \"a\" x (16 << 20); sleep 60' & done; wait",
            options: new() { CodeMemoryMegabytes = 64, CodeSeconds = 60 });

        Assert.NotEqual(RunEnd.Ended, one.End);
        Assert.Equal(RunEnd.TookTooMuchMemory, many.End);
    }

    [Fact]
    public async Task What_is_counted_nowhere_cannot_be_asked_of_the_kernel()
    {
        var x64 = System.Runtime.InteropServices.RuntimeInformation.ProcessArchitecture is System.Runtime.InteropServices.Architecture.X64;
        // Memory in a file that has no name, memory that is attached to no process, and a socket to the machine below this one.
        var (named, shared, vsock) = x64 ? ("319", "29", "41") : ("279", "194", "198");
        var run = await Run($"""
            perl -e '$name = "x"; print syscall({named}, $name, 0), " ", syscall({shared}, 0, 4096, 950), " ", syscall({vsock}, 40, 1, 0)'
            perl -e 'use Socket; socketpair($a, $b, AF_UNIX, SOCK_STREAM, 0) and print " well"'
            """);

        Assert.Equal((RunEnd.Ended, "-1 -1 -1 well"), Short(run));
    }

    [Fact]
    public async Task A_bomb_of_processes_is_ended_and_leaves_none()
    {
        var mark = $"{Random.Shared.Next(100_000, 999_999)}.25";
        var run = await Run($"for i in $(seq 500); do sleep {mark} & done; wait", options: new() { CodeProcesses = 12, CodeSeconds = 5 });
        var left = await Run($"(setsid sleep {mark} > /dev/null 2>&1 &) ; echo gone");

        Assert.NotEqual(RunEnd.Ended, run.End);
        Assert.Equal((RunEnd.Ended, "gone\n"), Short(left));
        await Harness.TestTenant.Eventually(() => Task.FromResult(!Running(mark)), "nothing that a program began is left");
    }

    [Fact]
    public async Task Without_a_sandbox_nothing_is_run_and_the_operator_is_told_why()
    {
        using var runner = Runner(new() { CodeSandbox = "/usr/bin/no-such-sandbox" });

        Assert.NotNull(await runner.WhyNot("shell", CancellationToken.None));
        await Assert.ThrowsAsync<InvalidOperationException>(
            () => runner.Run(new("shell", "echo free", string.Empty), CancellationToken.None));
        var key = new AnswerKey(AnswerKind.Code, Code: new("shell", [new("1", "", "free", 1, false)]));
        var verdict = await new ProgramGrader(runner).Judge(
            new Question("free", "?", 1, key), "echo free", CancellationToken.None);
        Assert.Equal((null, AnswerOutcome.NotRun), (verdict.Verdict.Share, verdict.Verdict.Outcome));
        Assert.Contains("shell", runner.Languages);
        Assert.Contains("cobol", await runner.WhyNot("cobol", CancellationToken.None), StringComparison.Ordinal);
    }

    private static async Task<ProgramRun> Run(string source, string input = "", GradingOptions? options = null, bool files = false)
    {
        if (Environment.GetEnvironmentVariable("LECTERN_SKIP_SANDBOX") is { Length: > 0 } reason) Assert.Skip(reason);
        using var runner = Runner(options ?? new());
        Assert.Null(await runner.WhyNot("shell", CancellationToken.None));
        var given = new Dictionary<string, string>();
        if (files) given["given"] = "kept";
        return await runner.Run(new("shell", source, input) { Files = given }, CancellationToken.None);
    }

    private static BubblewrapRunner Runner(GradingOptions options)
    {
        options.CodeLanguages["shell"] = "bash program";
        return new(Options.Create(options), TimeProvider.System, NullLogger<BubblewrapRunner>.Instance);
    }

    private static (RunEnd, string) Short(ProgramRun run) => (run.End, run.Output);

    private static bool Running(string mark) => Directory.EnumerateDirectories("/proc").Any(folder =>
    {
        try
        {
            return File.ReadAllText(Path.Combine(folder, "cmdline")).Contains($"sleep\0{mark}", StringComparison.Ordinal);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    });
}
