using Esb.Objects.Payloads;
using Microsoft.Win32.SafeHandles;

namespace Esb.Objects.Storage;

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
