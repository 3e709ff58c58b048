using System.ComponentModel.DataAnnotations;

namespace Lectern.Grading;

/// <summary>What an installation decides about this service. Configuration section <c>Lectern:Grading</c>, checked at start.</summary>
public sealed class GradingOptions
{
    /// <summary>
    /// Days for which an exported gradebook, or work as a ZIP, can be fetched, and for which a ZIP of feedback waits to be applied; then
    /// they are removed. Default 7: grades should not lie about in files.
    /// </summary>
    [Range(1, 365)]
    public int KeepExportsDays { get; set; } = 7;

    /// <summary>
    /// Where bubblewrap is, which keeps learners' programs apart. Default <c>/usr/bin/bwrap</c>. Empty, or where it does not work: none is
    /// run, and graders mark them.
    /// </summary>
    [Required(AllowEmptyStrings = true)]
    public string CodeSandbox { get; set; } = "/usr/bin/bwrap";

    /// <summary>
    /// Languages learners may write programs in, each with the command that runs the file <c>program</c> in its folder; an empty command
    /// takes a language out. Names are the same in large and small letters. Default: python, javascript (node) and c (gcc), as far as
    /// Debian's packages are installed.
    /// </summary>
    public Dictionary<string, string> CodeLanguages { get; } = new(StringComparer.OrdinalIgnoreCase)
    {
        ["python"] = "python3 -I program",
        ["javascript"] = "node program",
        ["c"] = "gcc -std=c17 -O1 -x c -o /tmp/answer program -lm && exec /tmp/answer",
    };

    /// <summary>Folders beside <c>/usr</c> that programs may read, such as a compiler's under <c>/opt</c>. Default none.</summary>
    public IList<string> CodeFolders { get; } = [];

    /// <summary>Seconds a program may take. Default 10: long enough for a lesson's program, short enough for a class of them.</summary>
    [Range(1, 300)]
    public int CodeSeconds { get; set; } = 10;

    /// <summary>Seconds of a processor that one process of a program may use. Default 5.</summary>
    [Range(1, 300)]
    public int CodeCpuSeconds { get; set; } = 5;

    /// <summary>Memory a program may have, in MiB. Default 256; node needs 128 for itself.</summary>
    [Range(16, 16_384)]
    public int CodeMemoryMegabytes { get; set; } = 256;

    /// <summary>Processes and threads a program may have. Default 32: compilers and node have a dozen.</summary>
    [Range(2, 1024)]
    public int CodeProcesses { get; set; } = 32;

    /// <summary>What a program may write to its output, in KiB. Default 64.</summary>
    [Range(1, 10_240)]
    public int CodeOutputKilobytes { get; set; } = 64;

    /// <summary>
    /// What a program may write to files, in MiB for each of its folders. Default 16; it is memory, and gone afterwards.
    /// </summary>
    [Range(1, 1024)]
    public int CodeFilesMegabytes { get; set; } = 16;

    /// <summary>
    /// Programs that run at once in a process of the product. Default 1: they compete with everything else on its machine.
    /// </summary>
    [Range(1, 64)]
    public int CodeRunsAtOnce { get; set; } = 1;
}
