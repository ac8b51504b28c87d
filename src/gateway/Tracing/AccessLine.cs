using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;

namespace Esb.Gateway.Tracing;

/// <summary>A line of the access log.</summary>
internal sealed record AccessLine(
    DateTimeOffset Time,
    string Remote,
    string Method,
    string Path,
    string Protocol,
    int Status,
    long? Bytes,
    double DurationMs,
    string? Function,
    string? RequestId,
    string? TraceId,
    string? UserAgent)
{
    public static AccessLine Of(HttpContext context, AccessNote note, DateTimeOffset at, TimeSpan duration)
    {
        var (request, answer) = (context.Request, context.Response.Headers);
        return new AccessLine(
            at,
            context.Connection.RemoteIpAddress?.ToString() ?? "",
            request.Method,
            ClientText.Cut(request.Path.Value),
            request.Protocol,
            context.Response.StatusCode,
            context.Response.ContentLength,
            Math.Round(duration.TotalMilliseconds, 3),
            note.Function,
            Text(answer["x-amzn-RequestId"].ToString()) ?? Text(answer["Apigw-Requestid"].ToString()),
            Text(answer[TraceHeader.Name].ToString())
                ?? Text(ClientText.Cut(request.Headers["traceparent"].ToString())),
            Text(ClientText.Cut(request.Headers.UserAgent.ToString())));
    }

    private static string? Text(string value) => value.Length == 0 ? null : value;
}

/// <summary>Source-generated; each line is one object.</summary>
[JsonSerializable(typeof(AccessLine))]
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
internal sealed partial class AccessJson : JsonSerializerContext;
