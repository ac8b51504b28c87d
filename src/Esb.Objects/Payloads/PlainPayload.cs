namespace Esb.Objects.Payloads;

/// <summary>The body as received over HTTP.</summary>
internal sealed class PlainPayload(Stream body) : IPayload
{
    public ValueTask<int> ReadAsync(Memory<byte> destination, CancellationToken cancellation) =>
        body.ReadAsync(destination, cancellation);
}
