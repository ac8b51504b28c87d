using System.Buffers;
using System.IO.Pipelines;
using Esb.Gateway.Bodies;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Esb.Gateway.Listening;

/// <summary>Reads complete request bodies up to a limit.</summary>
internal static class RequestBody
{
    /// <summary>
    /// Whether the request may have a body. Over HTTP/2 a body needs no length, and may even follow a length of zero;
    /// Kestrel ends the request as soon as it sees such a body.
    /// </summary>
    public static bool IsExpected(HttpRequest request) =>
        request.ContentLength is > 0
        || request.HttpContext.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody == true;

    /// <returns>The bytes, or null when there are more than <paramref name="limit"/>.</returns>
    public static async ValueTask<byte[]?> ReadAsync(
        HttpRequest request,
        int limit,
        CancellationToken cancellationToken) =>
        (await ReadAsync(request, limit, default(BodyBudget.Share?), cancellationToken)).Bytes;

    /// <summary>Reads a body with a share of the memory limit for all bodies.</summary>
    public static async ValueTask<BodyRead> ReadAsync(
        HttpRequest request,
        int limit,
        BodyBudget.Share? share,
        CancellationToken cancellationToken)
    {
        if (!IsExpected(request))
            return new BodyRead([], false);
        if (request.ContentLength > limit)
            return default;
        GatheredBody? gathered = null;
        var reader = request.BodyReader;
        var isWaiting = false;
        var isWhole = false;
        try
        {
            while (true)
            {
                var read = await RequestTrailers.OrRefusedAsync(
                    (Reader: reader, Token: cancellationToken), static from => from.Reader.ReadAsync(from.Token));
                if (share is { IsEnded: true } && read.IsCanceled)
                    throw Late(reader, read);
                if (Take(reader, read, limit, share, ref gathered) is { } body)
                {
                    if (read.IsCompleted && share is not null)
                        RequestTrailers.Check(request);
                    isWhole = body.Bytes is not null;
                    return body;
                }

                if (!isWaiting)
                    share?.Wait(reader.CancelPendingRead);
                isWaiting = true;
            }
        }
        finally
        {
            if (isWaiting)
                share?.EndWait();
            gathered?.Dispose();
            if (!isWhole)
                share?.BreakOff();
        }
    }

    private static BadHttpRequestException Late(PipeReader reader, ReadResult read)
    {
        reader.AdvanceTo(read.Buffer.End);
        return new BadHttpRequestException("the body makes no progress", StatusCodes.Status408RequestTimeout);
    }

    // Returns null while the body is incomplete.
    private static BodyRead? Take(
        PipeReader reader,
        ReadResult read,
        int limit,
        BodyBudget.Share? share,
        ref GatheredBody? gathered)
    {
        var size = (gathered?.Length ?? 0) + read.Buffer.Length;
        var isTooMuch = share?.TryGrow(size) == false;
        BodyRead? result = null;
        if (size > limit || isTooMuch)
        {
            result = new BodyRead(null, isTooMuch);
        }
        else if (read.IsCompleted)
        {
            result = new BodyRead(gathered?.With(read.Buffer) ?? read.Buffer.ToArray(), false);
        }
        else if (size <= GatheredBody.Part)
        {
            // The bytes stay in Kestrel's buffer until the rest arrives, so most bodies are copied only once.
            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            return null;
        }
        else
        {
            // A large body is moved out of Kestrel's buffer, whose memory is never released.
            (gathered ??= new GatheredBody()).Add(read.Buffer);
        }

        reader.AdvanceTo(read.Buffer.End);
        return result;
    }
}

/// <summary>The result of reading a body.</summary>
/// <param name="Bytes">The body; null when it is too large or there is not enough memory.</param>
/// <param name="LacksMemory">Whether there is not enough memory now because of other bodies.</param>
internal readonly record struct BodyRead(byte[]? Bytes, bool LacksMemory);
