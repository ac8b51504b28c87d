using Esb.ObjectStore.Payloads;
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

/// <summary>A range of the content of a stored object.</summary>
internal sealed class StoredPayload(SafeFileHandle handle, long offset, long length) : IPayload
{
    private readonly long _end = offset + length;
    private long _position = offset;

    public async ValueTask<int> ReadAsync(Memory<byte> destination, CancellationToken cancellation)
    {
        if (_position == _end)
            return 0;
        var wanted = (int)Math.Min(destination.Length, _end - _position);
        var count = await RandomAccess.ReadAsync(handle, destination[..wanted], _position, cancellation);
        _position += count;
        return count > 0 ? count : throw new EndOfStreamException("A stored object is shorter than its metadata says.");
    }
}
