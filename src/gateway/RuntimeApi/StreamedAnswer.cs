using System.Text;
using Esb.Gateway.Listening;
using Esb.Gateway.Streaming;
using Esb.Gateway.Workers;
using Microsoft.AspNetCore.Http;

namespace Esb.Gateway.RuntimeApi;

/// <summary>
/// A streamed answer from a runtime. Source: AWS, "Building a custom runtime", "Response streaming": the header
/// <c>Lambda-Runtime-Function-Response-Mode: streaming</c>, chunks, and trailers for an error in the middle.
/// </summary>
internal static class StreamedAnswer
{
    public const string ModeHeader = "Lambda-Runtime-Function-Response-Mode";

    private const string ErrorType = "Lambda-Runtime-Function-Error-Type";
    private const string ErrorBody = "Lambda-Runtime-Function-Error-Body";

    /// <summary>
    /// Passes the chunks on as they arrive. Returns the result; the stream is completed in every case.
    /// </summary>
    public static async Task<InvocationResult> CopyAsync(HttpContext context, ResponseStream stream)
    {
        try
        {
            return await ReadAsync(context, stream);
        }
        catch (BadHttpRequestException e) when (AreTooLarge(e))
        {
            return TooLargeError();
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            return InvocationResult.Error(
                InvocationOutcome.Failed, "Runtime.TruncatedResponse", "the runtime did not complete its response");
        }
        finally
        {
            stream.End();
        }
    }

    /// <summary>
    /// The error in the trailers of a request that has been read completely; null when the trailers contain none.
    /// </summary>
    public static InvocationResult? TrailingError(HttpRequest request)
    {
        if (!request.CheckTrailersAvailable() || request.GetTrailer(ErrorType).ToString() is not { Length: > 0 } type)
            return null;
        try
        {
            var document = Convert.FromBase64String(request.GetTrailer(ErrorBody).ToString());
            if (document.Length > 0)
                return new InvocationResult(InvocationOutcome.Failed, document);
        }
        catch (FormatException)
        {
            // The error then has only a type.
        }

        return InvocationResult.Error(InvocationOutcome.Failed, type, "");
    }

    /// <summary>Whether the reading of a body has failed because of the size of its trailers.</summary>
    public static bool AreTooLarge(BadHttpRequestException error) =>
        error.StatusCode == StatusCodes.Status431RequestHeaderFieldsTooLarge;

    /// <summary>The result of an invocation whose error does not fit into the trailers.</summary>
    public static InvocationResult TooLargeError() => InvocationResult.Error(
        InvocationOutcome.Failed,
        "Function.ResponseSizeTooLarge",
        $"The error of the streamed response exceeded the maximum size of trailers ({InvocationLimits.FieldBytes} "
            + "bytes).");

    private static async Task<InvocationResult> ReadAsync(HttpContext context, ResponseStream stream)
    {
        var body = context.Request.BodyReader;
        for (var total = 0L; ;)
        {
            // The body is read to its end, even if the connection closes: a runtime may end as soon as it has sent its
            // answer.
            var read = await RequestTrailers.OrRefusedAsync(
                body, static from => from.ReadAsync(CancellationToken.None));
            total += read.Buffer.Length;
            var wanted = total <= InvocationLimits.StreamedResponseBytes
                && (read.Buffer.IsEmpty || await stream.WriteAsync(read.Buffer, CancellationToken.None));
            body.AdvanceTo(read.Buffer.End);
            if (total > InvocationLimits.StreamedResponseBytes)
                return InvocationResult.Error(
                    InvocationOutcome.Failed,
                    "Function.ResponseSizeTooLarge",
                    "Response payload size exceeded maximum allowed payload size "
                        + $"({InvocationLimits.StreamedResponseBytes} bytes).");
            if (!wanted)
                return Unwanted(stream.Refusal);
            if (read.IsCompleted)
                return TrailingError(context.Request) ?? InvocationResult.Success(default);
        }
    }

    private static InvocationResult Unwanted(ResponseStream.Refused? refusal) => refusal is null
        ? InvocationResult.Error(
            InvocationOutcome.Failed,
            "Client.Gone",
            "the client closed the connection before the response was complete")
        : InvocationResult.Error(InvocationOutcome.Failed, refusal.ErrorType, refusal.Message);
}
