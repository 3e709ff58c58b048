using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Lectern.Grading.CodeRuns;

/// <summary>
/// What a program in the sandbox may not ask of the kernel, as the kernel's filters are written (seccomp, classic BPF): memory that nobody
/// counts, sockets that namespaces do not part, and doors that faults were found in most often. Refused calls fail as if they were not
/// there, so that programs which only try go on.
/// </summary>
internal static class CallFilter
{
    private const uint Allow = 0x7fff_0000;
    private const uint KillProcess = 0x8000_0000;
    private const uint Missing = 0x0005_0000 | 38;
    private const uint NoSuchFamily = 0x0005_0000 | 97;
    private const ushort Load = 0x20;
    private const ushort IfEqual = 0x15;
    private const ushort IfAtLeast = 0x35;
    private const ushort Answer = 0x06;
    private const uint CallNumberAt = 0;
    private const uint ArchitectureAt = 4;
    private const uint FirstArgumentAt = 16;
    // Numbers from here up are the calls of x32, which are the same under other names.
    private const uint X32 = 0x4000_0000;

    // Unix and the two of the internet. Others know no namespaces (vsock reaches the machine below) or are seldom looked at.
    private static readonly uint[] Families = [1, 2, 10];

    // Alike everywhere: io_uring_setup, _enter, _register, open_tree, move_mount, fsopen, fsconfig, fsmount, fspick, pidfd_getfd,
    // mount_setattr, memfd_secret.
    private static readonly uint[] Everywhere = [425, 426, 427, 428, 429, 430, 431, 432, 433, 438, 442, 447];

    // memfd_create, shmget, msgget, semget, mq_open, ptrace, process_vm_readv, process_vm_writev, keyctl, add_key, request_key, bpf,
    // perf_event_open, userfaultfd, mount, umount2, pivot_root, unshare, setns, name_to_handle_at, open_by_handle_at, init_module,
    // finit_module, delete_module, kexec_load, kexec_file_load, swapon, swapoff, reboot, acct, quotactl, syslog, lookup_dcookie, vmsplice,
    // fanotify_init, kcmp
    private static readonly uint[] OnX64 =
    [
        319, 29, 68, 64, 240, 101, 310, 311, 250, 248, 249, 321, 298, 323, 165, 166, 155, 272, 308, 303, 304, 175, 313, 176, 246, 320, 167,
        168, 169, 163, 179, 103, 212, 278, 300, 312,
    ];

    private static readonly uint[] OnArm64 =
    [
        279, 194, 186, 190, 180, 117, 270, 271, 219, 217, 218, 280, 241, 282, 40, 39, 41, 97, 268, 264, 265, 105, 273, 106, 104, 294, 224,
        225, 142, 89, 60, 116, 18, 75, 262, 272,
    ];

    /// <summary>For the processor this runs on; null where its calls are not known.</summary>
    public static byte[]? OfThisMachine => RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 => Of(0xc000_003e, 41, OnX64),
        Architecture.Arm64 => Of(0xc000_00b7, 198, OnArm64),
        _ => null,
    };

    private static byte[] Of(uint architecture, uint socket, uint[] refused)
    {
        List<Step> steps =
        [
            // A program of another architecture has other numbers.
            new(Load, ArchitectureAt), new(IfEqual, architecture, Then: 1), new(Answer, KillProcess),
            new(Load, CallNumberAt), new(IfAtLeast, X32, Otherwise: 1), new(Answer, KillProcess),
        ];
        foreach (var call in refused.Concat(Everywhere)) steps.AddRange([new(IfEqual, call, Otherwise: 1), new(Answer, Missing)]);
        steps.Add(new(IfEqual, socket, Otherwise: (byte)(Families.Length + 2)));
        steps.Add(new(Load, FirstArgumentAt));
        for (var left = Families.Length; left > 0; left--) steps.Add(new(IfEqual, Families[^left], Then: (byte)left));
        steps.AddRange([new(Answer, NoSuchFamily), new(Answer, Allow)]);
        return [.. steps.SelectMany(step => step.ToBytes())];
    }

    /// <summary>One instruction: how many of the next are left out, when the comparison holds and when it does not.</summary>
    private readonly record struct Step(ushort Code, uint Number, byte Then = 0, byte Otherwise = 0)
    {
        public byte[] ToBytes()
        {
            var bytes = new byte[8];
            BinaryPrimitives.WriteUInt16LittleEndian(bytes, Code);
            (bytes[2], bytes[3]) = (Then, Otherwise);
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(4), Number);
            return bytes;
        }
    }
}
