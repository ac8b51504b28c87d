namespace Esb.ObjectStore.Payloads;

/// <summary>Content that arrives piece by piece: a request's body, plain or aws-chunked, or an object that is being copied.</summary>
internal interface IPayload
{
    /// <summary>Fills some of <paramref name="destination"/>; zero means the end.</summary>
    ValueTask<int> ReadAsync(Memory<byte> destination, CancellationToken cancellation);
}
