using Microsoft.Win32.SafeHandles;

namespace Esb.ObjectStore.Storage;

/// <summary>
/// One version of an object, held open so that it can be read to its end whatever happens to its key.
/// </summary>
internal sealed record OpenObject(SafeFileHandle Handle, ObjectMetadata Metadata) : IDisposable
{
    public StoredPayload Content(long offset, long length) => new(Handle, offset, length);

    public void Dispose() => Handle.Dispose();
}
