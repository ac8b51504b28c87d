using System.Globalization;
using System.Text;
using System.Text.Json;
using Esb.Gateway.Routing;
using Esb.Schema.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Esb.Gateway.Events;

/// <summary>
/// Payload format 2.0 of an HTTP API. Source: API Gateway, "Create AWS Lambda proxy integrations for HTTP APIs";
/// otherwise events recorded from the service. The path and its parameters are decoded; the raw query string is not.
/// Fields without a value are omitted.
/// </summary>
internal static class ApiGatewayHttpEvent
{
    public static void Write(Utf8JsonWriter json, in IncomingRequest incoming, bool base64)
    {
        json.WriteStartObject();
        json.WriteString("version"u8, "2.0"u8);
        WriteRequest(json, incoming);
        BodyEncoding.Write(json, ApiKind.Http, incoming.Body.Span, base64);
        json.WriteEndObject();
    }

    /// <summary>Writes all fields except the version and the body.</summary>
    public static void WriteRequest(Utf8JsonWriter json, in IncomingRequest incoming)
    {
        var target = RequestTarget.Of(incoming.Context);
        var path = EventFields.PathOf(incoming.Route, target.Path);
        json.WriteString("routeKey"u8, incoming.Route.RouteKey);
        json.WriteString("rawPath"u8, path);
        json.WriteString("rawQueryString"u8, target.Query);
        WriteCookies(json, incoming.Context.Request.Headers.Cookie);
        WriteHeaders(json, incoming);
        WriteQuery(json, target.Query);
        WriteContext(json, incoming, path);
        if (incoming.Match.Count > 0 && incoming.Route.Kind == ApiKind.Http)
            EventFields.WriteParameters(json, incoming.Match, target.Path, decode: true);
        if (incoming.Route.Api.StageVariables is { Count: > 0 } variables)
            EventFields.WriteStageVariables(json, variables);
    }

    private static void WriteCookies(Utf8JsonWriter json, StringValues headers)
    {
        if (StringValues.IsNullOrEmpty(headers))
            return;
        json.WriteStartArray("cookies"u8);
        foreach (var header in headers)
        {
            foreach (var cookie in header.AsSpan().Split(';'))
            {
                if (OptionalWhitespace.Trim(header.AsSpan(cookie)) is { IsEmpty: false } text)
                    json.WriteStringValue(text);
            }
        }

        json.WriteEndArray();
    }

    private static void WriteHeaders(Utf8JsonWriter json, in IncomingRequest incoming)
    {
        json.WriteStartObject("headers"u8);
        new PassedHeaders(incoming.Context, incoming.Stamp).ForEach(json, static (json, name, values) =>
        {
            // Cookies have their own field and are not among the headers; the content length is always written below.
            if (name.Equals("Cookie", StringComparison.OrdinalIgnoreCase)
                || name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase))
                return;
            Span<char> lower = stackalloc char[64];
            if (Ascii.ToLower(name, lower, out var length) == System.Buffers.OperationStatus.Done)
                json.WritePropertyName(lower[..length]);
            else
                json.WritePropertyName(name.ToLowerInvariant());
            json.WriteStringValue(values.Count == 1 ? values[0] : string.Join(',', values.ToArray()));
        });
        json.WriteString("content-length"u8, incoming.Body.Length.ToString(CultureInfo.InvariantCulture));
        json.WriteEndObject();
    }

    private static void WriteQuery(Utf8JsonWriter json, ReadOnlySpan<char> query)
    {
        if (query.IsEmpty || QueryParameters.Parse(query.ToString().AsMemory()) is not { } parameters)
            return;
        json.WriteStartObject("queryStringParameters"u8);
        foreach (var (name, values) in parameters)
            json.WriteString(name, values.Count == 1 ? values[0] : string.Join(',', values));
        json.WriteEndObject();
    }

    private static void WriteContext(Utf8JsonWriter json, in IncomingRequest incoming, ReadOnlySpan<char> path)
    {
        var request = incoming.Context.Request;
        json.WriteStartObject("requestContext"u8);
        EventFields.WriteApi(json, incoming);
        EventFields.WriteAuthorizer(json, incoming.Caller);
        json.WriteStartObject("http"u8);
        json.WriteString("method"u8, request.Method);
        json.WriteString("path"u8, path);
        json.WriteString("protocol"u8, request.Protocol);
        json.WriteString("sourceIp"u8, PassedHeaders.SourceIp(incoming.Context));
        json.WriteString("userAgent"u8, request.Headers.UserAgent.ToString());
        json.WriteEndObject();
        // Function URLs belong to Lambda: their request ids are UUIDs.
        json.WriteString(
            "requestId"u8,
            incoming.Route.Kind == ApiKind.FunctionUrl ? incoming.Stamp.RequestId : incoming.Stamp.ExtendedId);
        json.WriteString("routeKey"u8, incoming.Route.RouteKey);
        json.WriteString("stage"u8, ApiIdentity.StageOf(incoming.Route));
        EventFields.WriteTime(json, "time"u8, incoming.Stamp.ReceivedAt);
        json.WriteNumber("timeEpoch"u8, incoming.Stamp.ReceivedAt.ToUnixTimeMilliseconds());
        json.WriteEndObject();
    }
}
