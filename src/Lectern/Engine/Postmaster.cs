using System.Diagnostics;
using System.Globalization;

namespace Lectern.Engine;

/// <summary>What the file postmaster.pid of a data folder says, checked against the processes that really live.</summary>
internal sealed record Postmaster(int Pid, int Port, bool Ready)
{
    /// <summary>Null when no server of this data folder lives, whatever the file says.</summary>
    internal static Postmaster? Find(string data)
    {
        string[] lines;
        try
        {
            lines = File.ReadAllLines(Path.Combine(data, "postmaster.pid"));
        }
        catch (IOException)
        {
            return null;
        }

        // Line 1 is the process, 4 the port, 8 the status; a file still being written has fewer.
        return lines.Length > 0 && int.TryParse(lines[0], CultureInfo.InvariantCulture, out var pid) && Lives(pid, data)
            ? new Postmaster(
                pid,
                lines.Length > 3 && int.TryParse(lines[3], CultureInfo.InvariantCulture, out var port) ? port : 0,
                lines.Length > 7 && lines[7].StartsWith("ready", StringComparison.Ordinal))
            : null;
    }

    internal bool StillLives(string data) => Lives(Pid, data);

    /// <summary>
    /// Removes a pid file that names a stranger: after a reboot another program may have the number, and PostgreSQL then refuses to start.
    /// A file whose process is simply gone stays, since PostgreSQL needs it to see whether a dead server left children behind.
    /// </summary>
    internal static void ForgetStranger(string data)
    {
        var file = Path.Combine(data, "postmaster.pid");
        if (!OperatingSystem.IsLinux()
            || !File.Exists(file)
            || !int.TryParse(File.ReadLines(file).FirstOrDefault(), CultureInfo.InvariantCulture, out var pid))
        {
            return;
        }

        if (Directory.Exists($"/proc/{pid}") && !AnybodyWorksIn(data))
        {
            File.Delete(file);
        }
    }

    private static bool Lives(int pid, string data)
    {
        if (!OperatingSystem.IsLinux())
        {
            return IsRunning(pid);
        }

        // PostgreSQL works in its data folder. The link of a zombie cannot be read, so a dead child of a careless init counts as dead.
        return WorkingFolder($"/proc/{pid}") == RealPath(data);
    }

    private static bool AnybodyWorksIn(string data)
    {
        var real = RealPath(data);
        return Directory.EnumerateDirectories("/proc").Any(p => char.IsDigit(Path.GetFileName(p)[0]) && WorkingFolder(p) == real);
    }

    private static string? WorkingFolder(string process)
    {
        try
        {
            return File.ResolveLinkTarget(Path.Combine(process, "cwd"), returnFinalTarget: false)?.FullName;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string RealPath(string path)
    {
        var real = "/";
        foreach (var part in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            real = Path.Combine(real, part);
            if (Directory.Exists(real))
            {
                real = Directory.ResolveLinkTarget(real, returnFinalTarget: true)?.FullName ?? real;
            }
        }

        return real;
    }

    private static bool IsRunning(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
