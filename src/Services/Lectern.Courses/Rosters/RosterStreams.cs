using Lectern.Platform.Storage;

namespace Lectern.Courses.Rosters;

/// <summary>The upload itself, left open: it belongs to whoever handed it in.</summary>
internal sealed class Unclosed(Stream inner) : ForwardStream
{
    public override int Read(Span<byte> buffer) => inner.Read(buffer);
}
