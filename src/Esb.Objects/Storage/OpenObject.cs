using Microsoft.Win32.SafeHandles;

namespace Esb.Objects.Storage;

/// <summary>
/// One version of an object, held open so that it can be read to its end even if its key is replaced or deleted.
/// </summary>
internal sealed record OpenObject(SafeFileHandle Handle, ObjectMetadata Metadata) : IDisposable
{
    public StoredPayload Content(long offset, long length) => new(Handle, offset, length);

    public void Dispose() => Handle.Dispose();
}
