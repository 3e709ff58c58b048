using System.Diagnostics;
using System.Globalization;

namespace Lectern.Grading.CodeRuns;

/// <summary>How bubblewrap is called.</summary>
internal static class Sandbox
{
    /// <summary>Told as an error when the sandbox is made and the program begins: what ends before is no fault of the program.</summary>
    public const string Begun = "program-begun";

    // Where a program finds itself and its files.
    private const string Folder = "/answer";
    private const string Nobody = "65534";
    private const string FilterHandle = "9";

    /// <param name="filter">A file of what the program may not ask of the kernel.</param>
    /// <param name="folder">Whose files it finds in its own.</param>
    public static ProcessStartInfo Start(GradingOptions options, string filter, string folder, string command)
    {
        var files = Text((long)options.CodeFilesMegabytes << 20);
        var start = new ProcessStartInfo("/bin/sh")
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false,
        };
        // Nothing but a shell hands on an open file here.
        Add(start, "-c", $"exec \"$@\" {FilterHandle}< \"$0\"", filter);
        // The first process in the sandbox is bubblewrap itself, and what it was started with can be read there: secrets, too.
        start.Environment.Clear();
        start.Environment["PATH"] = "/usr/bin:/bin";
        // The kernel counts processes of everybody but root.
        if (Environment.IsPrivilegedProcess)
            Add(start, "/usr/bin/setpriv", $"--reuid={Nobody}", $"--regid={Nobody}", "--clear-groups");
        Add(start, options.CodeSandbox, "--seccomp", FilterHandle);
        Add(start, "--unshare-all", "--unshare-user", "--die-with-parent", "--new-session", "--clearenv");
        Add(start, "--cap-drop", "ALL", "--disable-userns");
        Add(start, "--uid", Nobody, "--gid", Nobody, "--hostname", "sandbox");
        Add(start, "--setenv", "PATH", "/usr/bin:/bin", "--setenv", "HOME", "/tmp", "--setenv", "LANG", "C.UTF-8");
        Add(start, "--ro-bind", "/usr", "/usr", "--symlink", "usr/bin", "/bin");
        Add(start, "--symlink", "usr/lib", "/lib", "--symlink", "usr/lib64", "/lib64", "--proc", "/proc", "--dev", "/dev");
        foreach (var readable in options.CodeFolders) Add(start, "--ro-bind", readable, readable);
        foreach (var writable in new[] { "/tmp", Folder, "/dev/shm" }) Add(start, "--size", files, "--tmpfs", writable);
        foreach (var file in Directory.EnumerateFiles(folder)) Add(start, "--ro-bind", file, $"{Folder}/{Path.GetFileName(file)}");
        Add(start, "--chdir", Folder, "--remount-ro", "/dev", "--remount-ro", "/");
        Add(start, "/usr/bin/prlimit", "--core=0", "--nofile=64", $"--nproc={options.CodeProcesses}", $"--fsize={files}");
        // A second more, so that it is told by a signal of its own before it is killed.
        Add(start, $"--cpu={options.CodeCpuSeconds}:{options.CodeCpuSeconds + 1}");
        Add(start, $"--data={Text((long)options.CodeMemoryMegabytes << 20)}");
        Add(start, "/bin/sh", "-c", $"echo {Begun} >&2; {command}");
        return start;
    }

    private static void Add(ProcessStartInfo start, params ReadOnlySpan<string> words)
    {
        foreach (var word in words) start.ArgumentList.Add(word);
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
