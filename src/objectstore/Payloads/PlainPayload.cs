namespace Esb.ObjectStore.Payloads;

/// <summary>The body as it came over HTTP.</summary>
internal sealed class PlainPayload(Stream body) : IPayload
{
    public ValueTask<int> ReadAsync(Memory<byte> destination, CancellationToken cancellation) => body.ReadAsync(destination, cancellation);
}
