using System.Buffers;
using Esb.Objects.Errors;

namespace Esb.Objects.Payloads;

/// <summary>Copies content from its source to its destination through one buffer, whatever its size.</summary>
internal static class ContentCopy
{
    private const int BufferSize = 128 * 1024;

    /// <exception cref="S3Exception">
    /// EntityTooLarge as soon as more than <paramref name="limit"/> bytes have been read.
    /// </exception>
    public static async Task RunAsync(
        IPayload source,
        Stream destination,
        ContentDigests digests,
        long limit,
        CancellationToken cancellation)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            var total = 0L;
            while (await source.ReadAsync(buffer, cancellation) is > 0 and var count)
            {
                total += count;
                if (total > limit)
                    throw BodyErrors.EntityTooLarge(total, limit);
                digests.Append(buffer.AsSpan(0, count));
                await destination.WriteAsync(buffer.AsMemory(0, count), cancellation);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
