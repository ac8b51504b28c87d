using System.Buffers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Esb.Gateway.Listening;

/// <summary>Reads whole request bodies up to a limit.</summary>
internal static class RequestBody
{
    /// <summary>Whether there is anything to read. HTTP/2 needs no length to say that something follows.</summary>
    public static bool IsExpected(HttpRequest request) =>
        request.ContentLength is > 0 || (request.ContentLength is null && request.HttpContext.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody == true);

    /// <returns>The bytes, or null when there are more than <paramref name="limit"/>.</returns>
    public static async ValueTask<byte[]?> ReadAsync(HttpRequest request, int limit, CancellationToken cancellationToken) =>
        (await ReadAsync(request, limit, default(BodyBudget.Share?), cancellationToken)).Bytes;

    /// <summary>The same, with a share of what all bodies together may take.</summary>
    public static async ValueTask<BodyRead> ReadAsync(HttpRequest request, int limit, BodyBudget.Share? share, CancellationToken cancellationToken)
    {
        if (!IsExpected(request))
            return new BodyRead([], false);
        if (request.ContentLength > limit)
            return default;
        while (true)
        {
            var read = await request.BodyReader.ReadAsync(cancellationToken);
            var isTooMuch = share?.TryGrow(read.Buffer.Length) == false;
            if (read.Buffer.Length > limit || isTooMuch)
            {
                request.BodyReader.AdvanceTo(read.Buffer.End);
                return new BodyRead(null, isTooMuch);
            }

            if (read.IsCompleted)
            {
                var body = read.Buffer.ToArray();
                request.BodyReader.AdvanceTo(read.Buffer.End);
                return new BodyRead(body, false);
            }

            request.BodyReader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }
}

/// <summary>What became of a body.</summary>
/// <param name="Bytes">All of it; null when it is too large, or there is no room.</param>
/// <param name="IsCrowdedOut">True when others' bodies leave no room at this moment.</param>
internal readonly record struct BodyRead(byte[]? Bytes, bool IsCrowdedOut);
