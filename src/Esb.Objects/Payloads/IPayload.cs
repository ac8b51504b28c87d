namespace Esb.Objects.Payloads;

/// <summary>
/// Content that is read piece by piece: a request body, plain or aws-chunked, or an object that is being copied.
/// </summary>
internal interface IPayload
{
    /// <summary>Fills a part of <paramref name="destination"/>; zero means the end.</summary>
    ValueTask<int> ReadAsync(Memory<byte> destination, CancellationToken cancellation);
}
