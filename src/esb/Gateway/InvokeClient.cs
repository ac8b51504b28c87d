using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Esb.Cli.Admin;

namespace Esb.Cli.Gateway;

/// <summary>The result of an invocation.</summary>
/// <param name="Payload">The answer of the function; empty for an asynchronous invocation.</param>
/// <param name="Failed">Whether the function failed; the payload has the error.</param>
/// <param name="RequestId">The request id, as in the logs.</param>
/// <param name="Revision">The revision of the function that answered, or null.</param>
/// <param name="Log">The last 4 KB of its log, if requested.</param>
/// <param name="Duration">The duration in the function; null when the gateway does not report it.</param>
/// <param name="Elapsed">The duration of the request.</param>
internal sealed record InvokeResult(
    byte[] Payload, bool Failed, string RequestId, string? Revision, string? Log, TimeSpan? Duration, TimeSpan Elapsed);

/// <summary>Calls a function through the gateway's Lambda API. Source: AWS, Lambda API reference, Invoke.</summary>
internal sealed class InvokeClient(HttpClient http, Uri gateway)
{
    /// <returns>Null when there is no such function.</returns>
    /// <exception cref="CommandFailure">Nothing answers, or the gateway refuses.</exception>
    public async Task<InvokeResult?> InvokeAsync(
        string name, byte[] payload, bool isAsync, bool tail, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Post, new Uri(gateway, $"/2015-03-31/functions/{Uri.EscapeDataString(name)}/invocations"));
        request.Content = new ByteArrayContent(payload);
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add("X-Amz-Invocation-Type", isAsync ? "Event" : "RequestResponse");
        if (tail)
            request.Headers.Add("X-Amz-Log-Type", "Tail");
        var since = Stopwatch.GetTimestamp();
        try
        {
            using var response = await http.SendAsync(request, cancellationToken);
            var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
            return response.StatusCode switch
            {
                HttpStatusCode.OK or HttpStatusCode.Accepted => Read(response, body, Stopwatch.GetElapsedTime(since)),
                HttpStatusCode.NotFound when Header(response, "x-amzn-ErrorType")?.StartsWith(
                    "ResourceNotFound", StringComparison.Ordinal) == true => null,
                var status => throw Refused(name, status, body),
            };
        }
        catch (HttpRequestException e) when (e.HttpRequestError == HttpRequestError.ConnectionError)
        {
            throw AdminClient.NotRunning(gateway);
        }
        catch (HttpRequestException)
        {
            throw CommandFailure.Environment(
                $"the gateway ended the connection before '{name}' had answered", "esb status says whether it is back");
        }
    }

    private static InvokeResult Read(HttpResponseMessage response, byte[] body, TimeSpan elapsed) => new(
        body,
        Header(response, "X-Amz-Function-Error") is not null,
        Header(response, "x-amzn-RequestId") ?? "",
        Header(response, "X-Esb-Revision"),
        Header(response, "X-Amz-Log-Result") is { } log ? Encoding.UTF8.GetString(Convert.FromBase64String(log)) : null,
        double.TryParse(Header(response, "X-Esb-Duration-Ms"), CultureInfo.InvariantCulture, out var milliseconds)
            ? TimeSpan.FromMilliseconds(milliseconds)
            : null,
        elapsed);

    private static CommandFailure Refused(string name, HttpStatusCode status, byte[] body)
    {
        try
        {
            if (JsonSerializer.Deserialize(body, LambdaJson.Default.LambdaRefusal)?.Message is { } message)
                return CommandFailure.Environment($"'{name}' was not invoked: {message}");
        }
        catch (JsonException)
        {
            // The answer is not from the Lambda API.
        }

        return CommandFailure.Environment(
            $"'{name}' was not invoked: status {(int)status}", "is something else on the gateway's port?");
    }

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;
}
