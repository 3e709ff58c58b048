using Lectern.Platform;

namespace Lectern.Grading;

/// <summary>Where a job writes what is stored once it is whole. It goes when it is closed, however that comes about.</summary>
internal static class TemporaryFile
{
    public static FileStream Open(PlatformOptions platform) => new(
        Path.Combine(Directory.CreateDirectory(Path.Combine(platform.DataFolder, "uploads")).FullName, $"{Guid.NewGuid():N}.tmp"),
        FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1 << 16, FileOptions.DeleteOnClose);
}
