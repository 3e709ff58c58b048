using System.Diagnostics;
using System.Text;
using Lectern.Grading.Answers;

namespace Lectern.Grading.CodeRuns;

/// <summary>One run in the sandbox: fed, read, watched and ended, all that it began included.</summary>
internal sealed class SandboxedProcess(GradingOptions options, ProcessStartInfo start)
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(50);
    private const int MostErrors = 16 << 10;
    // 128 and the number of SIGXCPU.
    private const int CpuUsedUp = 152;
    private int end = (int)RunEnd.Ended;

    public async Task<ProgramRun> Run(string input, CancellationToken ct)
    {
        var begun = new TaskCompletionSource<Process>(TaskCreationOptions.RunContinuationsAsynchronously);
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        // A thread of its own: the kernel ends what is to die with its parent when the thread ends that began it, and a pool's threads do.
        new Thread(() => Hold(begun, ended, ct)) { IsBackground = true, Name = "sandbox" }.Start();
        using var process = await begun.Task;
        var output = Read(process.StandardOutput.BaseStream, options.CodeOutputKilobytes << 10);
        var errors = Read(process.StandardError.BaseStream, MostErrors);
        var feeding = Feed(process, input);
        await ended.Task;
        await Task.WhenAll(output, errors, feeding);
        ct.ThrowIfCancellationRequested();
        if (!(await errors).StartsWith(Sandbox.Begun, StringComparison.Ordinal))
            throw new InvalidOperationException($"The sandbox could not be made: {(await errors).Trim()}");
        if (process.ExitCode == CpuUsedUp) End(RunEnd.TookTooLong);
        else if (process.ExitCode != 0) End(RunEnd.Failed);
        return new ProgramRun(
            (RunEnd)Volatile.Read(ref end), process.ExitCode, await output, (await errors)[Sandbox.Begun.Length..].TrimStart('\n'));
    }

    private void Hold(TaskCompletionSource<Process> begun, TaskCompletionSource ended, CancellationToken ct)
    {
        Process process;
        try
        {
            process = Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception missing)
        {
            begun.SetException(missing);
            return;
        }

        begun.SetResult(process);
        var began = Stopwatch.GetTimestamp();
        while (!process.WaitForExit(LookEvery))
        {
            if (ct.IsCancellationRequested || Stopwatch.GetElapsedTime(began).TotalSeconds > options.CodeSeconds) End(RunEnd.TookTooLong);
            var (count, megabytes) = ProcessTree.Of(process.Id);
            if (megabytes > options.CodeMemoryMegabytes) End(RunEnd.TookTooMuchMemory);
            // Some are bubblewrap's own.
            if (count > options.CodeProcesses + 4) End(RunEnd.BegotTooMany);
            // Its first process inside dies with it, and with that one everything else in there.
            if (Volatile.Read(ref end) != (int)RunEnd.Ended) Kill(process);
        }

        ended.SetResult();
    }

    private static void Kill(Process process)
    {
        try
        {
            process.Kill();
        }
        catch (Exception gone) when (gone is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            // It ended by itself in this moment.
        }
    }

    // The first reason is the one that is told.
    private void End(RunEnd because) => Interlocked.CompareExchange(ref end, (int)because, (int)RunEnd.Ended);

    private static async Task Feed(Process process, string input)
    {
        try
        {
            await process.StandardInput.BaseStream.WriteAsync(Encoding.UTF8.GetBytes(input));
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended without reading all of it, which is its affair.
        }
    }

    private async Task<string> Read(Stream stream, int most)
    {
        var read = new MemoryStream();
        var buffer = new byte[16 << 10];
        for (int count; (count = await stream.ReadAsync(buffer)) > 0;)
        {
            if (read.Length + count > most) End(RunEnd.WroteTooMuch);
            else read.Write(buffer, 0, count);
        }

        return Encoding.UTF8.GetString(read.GetBuffer(), 0, (int)read.Length).Replace('\0', '\uFFFD');
    }
}
