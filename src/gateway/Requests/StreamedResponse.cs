using System.Buffers;
using Esb.Gateway.Streaming;
using Esb.Gateway.Workers;
using Microsoft.AspNetCore.Http;

namespace Esb.Gateway.Requests;

/// <summary>
/// Sends what a function writes through its URL as it comes. Source: AWS, Lambda developer guide, "Response streaming for Lambda functions":
/// with the content type of the HTTP integration, a prelude says status, headers and cookies; else it is 200 and the bytes as they are.
/// </summary>
internal static class StreamedResponse
{
    /// <summary>Returns when the last byte is sent, or the function or the client has broken off.</summary>
    public static async Task WriteAsync(HttpContext context, ResponseStream stream, Task<InvocationResult> completion)
    {
        var contentType = await stream.Started;
        var response = context.Response;
        var begun = contentType != HttpPrelude.ContentType;
        if (begun)
            response.ContentType = contentType;
        var held = new ArrayBufferWriter<byte>();
        await ResponseChunks.CopyAsync(stream, completion, async bytes =>
        {
            if (!begun)
            {
                held.Write(bytes.ToArray());
                begun = TryBegin(response, held, out bytes);
                if (!begun)
                    return;
            }

            await ResponseChunks.SendAsync(context, bytes);
        });
        await EndAsync(context, begun, await completion);
    }

    // An error in the middle cannot be told any more but by an end that is none: HTTP's own sign that something is missing.
    private static async Task EndAsync(HttpContext context, bool begun, InvocationResult result)
    {
        if (begun && result.Outcome != InvocationOutcome.Succeeded)
            context.Abort();
        else if (begun)
            await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
        else
            await FailAsync(context);
    }

    // A function URL answers a function's failure with 502. Source: "Invoking Lambda function URLs", status codes.
    private static async Task FailAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status502BadGateway;
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync("Internal Server Error", context.RequestAborted);
    }

    private static bool TryBegin(HttpResponse response, ArrayBufferWriter<byte> held, out ReadOnlySequence<byte> body)
    {
        var all = new ReadOnlySequence<byte>(held.WrittenMemory);
        body = all;
        if (HttpPrelude.Read(all) is not var (prelude, start))
            return held.WrittenCount > HttpPrelude.MaxBytes ? throw new InvalidDataException("the prelude of a streamed response has no end") : false;
        body = all.Slice(start);
        if (prelude is null)
            return false;
        response.StatusCode = prelude.Status;
        response.ContentType = "application/octet-stream";
        foreach (var (name, value) in prelude.Headers)
        {
            if (name.Equals("Content-Type", StringComparison.OrdinalIgnoreCase))
                response.ContentType = value;
            else if (!IsOurs(name))
                response.Headers.Append(name, value);
        }

        foreach (var cookie in prelude.Cookies)
            response.Headers.Append("Set-Cookie", cookie);
        return true;
    }

    // The connection and the length of what is sent are not the function's to say.
    private static bool IsOurs(string name) =>
        name.Equals("Transfer-Encoding", StringComparison.OrdinalIgnoreCase) || name.Equals("Connection", StringComparison.OrdinalIgnoreCase)
        || name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase) || name.Equals("Keep-Alive", StringComparison.OrdinalIgnoreCase);
}
