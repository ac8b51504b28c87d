using System.Buffers;
using Esb.Gateway.Bodies;
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
        using var gathered = new GatheredBody();
        while (true)
        {
            var read = await request.BodyReader.ReadAsync(cancellationToken);
            var size = gathered.Length + read.Buffer.Length;
            var isTooMuch = share?.TryGrow(size) == false;
            if (size > limit || isTooMuch)
            {
                request.BodyReader.AdvanceTo(read.Buffer.End);
                return new BodyRead(null, isTooMuch);
            }

            if (read.IsCompleted)
            {
                var body = gathered.With(read.Buffer);
                request.BodyReader.AdvanceTo(read.Buffer.End);
                return new BodyRead(body, false);
            }

            // A body that comes with its first read is not copied twice; of a large one Kestrel, which never gives its memory back, keeps nothing.
            if (size <= GatheredBody.Part)
            {
                request.BodyReader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
                continue;
            }

            gathered.Add(read.Buffer);
            request.BodyReader.AdvanceTo(read.Buffer.End);
        }
    }
}

/// <summary>What became of a body.</summary>
/// <param name="Bytes">All of it; null when it is too large, or there is no room.</param>
/// <param name="IsCrowdedOut">True when others' bodies leave no room at this moment.</param>
internal readonly record struct BodyRead(byte[]? Bytes, bool IsCrowdedOut);
