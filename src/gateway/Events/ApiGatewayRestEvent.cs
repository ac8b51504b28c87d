using System.Text.Json;
using Esb.Gateway.Routing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Esb.Gateway.Events;

/// <summary>
/// Payload format 1.0 of a REST API. Source: API Gateway, "Input format of a Lambda function for proxy integration";
/// otherwise AWS's Lambda Test Tool. The path and its parameters stay percent-encoded; query parameters are decoded.
/// </summary>
internal static class ApiGatewayRestEvent
{
    // The identity of an unauthenticated caller.
    private static readonly JsonEncodedText[] Anonymous =
    [
        JsonEncodedText.Encode("accessKey"), JsonEncodedText.Encode("accountId"), JsonEncodedText.Encode("caller"),
        JsonEncodedText.Encode("cognitoAuthenticationProvider"), JsonEncodedText.Encode("cognitoAuthenticationType"),
        JsonEncodedText.Encode("cognitoIdentityId"), JsonEncodedText.Encode("cognitoIdentityPoolId"),
        JsonEncodedText.Encode("principalOrgId"),
        JsonEncodedText.Encode("user"), JsonEncodedText.Encode("userArn"),
    ];

    public static void Write(Utf8JsonWriter json, in IncomingRequest incoming, bool base64)
    {
        json.WriteStartObject();
        WriteRequest(json, incoming, base64);
        BodyEncoding.Write(json, ApiKind.Rest, incoming.Body.Span, base64);
        json.WriteEndObject();
    }

    /// <summary>Writes all fields except the body.</summary>
    public static void WriteRequest(Utf8JsonWriter json, in IncomingRequest incoming, bool base64)
    {
        var context = incoming.Context;
        var target = RequestTarget.Of(context);
        json.WriteString("resource"u8, incoming.Route.Resource);
        json.WriteString("path"u8, target.Path);
        json.WriteString("httpMethod"u8, context.Request.Method);
        WriteHeaders(json, new PassedHeaders(context, incoming.Stamp), base64);
        WriteQuery(json, target.Query);
        WriteContext(json, incoming, target.Path);
        if (incoming.Match.Count == 0)
            json.WriteNull("pathParameters"u8);
        else
            EventFields.WriteParameters(json, incoming.Match, target.Path, decode: false);
        if (incoming.Route.Api.StageVariables is { Count: > 0 } variables)
            EventFields.WriteStageVariables(json, variables);
        else
            json.WriteNull("stageVariables"u8);
    }

    private static void WriteHeaders(Utf8JsonWriter json, PassedHeaders headers, bool base64)
    {
        json.WriteStartObject("headers"u8);
        headers.ForEach((json, base64), static (state, name, values) =>
        {
            if (!IsLengthOfBinary(name, state.base64))
                state.json.WriteString(name, values[^1]);
        });
        json.WriteEndObject();
        json.WriteStartObject("multiValueHeaders"u8);
        headers.ForEach((json, base64), static (state, name, values) =>
        {
            if (IsLengthOfBinary(name, state.base64))
                return;
            state.json.WriteStartArray(name);
            foreach (var value in values)
                state.json.WriteStringValue(value);
            state.json.WriteEndArray();
        });
        json.WriteEndObject();
    }

    // A REST API never passes Content-Length with binary content. Source: AWS's Lambda Test Tool.
    private static bool IsLengthOfBinary(string name, bool base64) =>
        base64 && name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase);

    private static void WriteQuery(Utf8JsonWriter json, ReadOnlySpan<char> query)
    {
        if (query.IsEmpty || QueryParameters.Parse(query.ToString().AsMemory()) is not { } parameters)
        {
            json.WriteNull("queryStringParameters"u8);
            json.WriteNull("multiValueQueryStringParameters"u8);
            return;
        }

        json.WriteStartObject("queryStringParameters"u8);
        foreach (var (name, values) in parameters)
            json.WriteString(name, values[^1]);
        json.WriteEndObject();
        json.WriteStartObject("multiValueQueryStringParameters"u8);
        foreach (var (name, values) in parameters)
        {
            json.WriteStartArray(name);
            foreach (var value in values)
                json.WriteStringValue(value);
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void WriteContext(Utf8JsonWriter json, in IncomingRequest incoming, ReadOnlySpan<char> path)
    {
        var request = incoming.Context.Request;
        json.WriteStartObject("requestContext"u8);
        json.WriteNull("resourceId"u8);
        json.WriteString("resourcePath"u8, incoming.Route.Resource);
        json.WriteString("httpMethod"u8, request.Method);
        json.WriteString("extendedRequestId"u8, incoming.Stamp.ExtendedId);
        EventFields.WriteTime(json, "requestTime"u8, incoming.Stamp.ReceivedAt);
        json.WriteString("path"u8, path);
        json.WriteString("protocol"u8, request.Protocol);
        json.WriteString("stage"u8, ApiIdentity.StageOf(incoming.Route));
        json.WriteNumber("requestTimeEpoch"u8, incoming.Stamp.ReceivedAt.ToUnixTimeMilliseconds());
        json.WriteString("requestId"u8, incoming.Stamp.RequestId);
        WriteIdentity(json, incoming.Context, incoming.Caller?.Key);
        EventFields.WriteApi(json, incoming);
        EventFields.WriteAuthorizer(json, incoming.Caller);
        json.WriteEndObject();
    }

    private static void WriteIdentity(Utf8JsonWriter json, HttpContext context, CallerKey? key)
    {
        json.WriteStartObject("identity"u8);
        foreach (var name in Anonymous)
            json.WriteNull(name);
        if (key is not null)
        {
            json.WriteString("apiKey"u8, key.Value);
            json.WriteString("apiKeyId"u8, key.Id);
        }

        json.WriteString("sourceIp"u8, PassedHeaders.SourceIp(context));
        var agent = context.Request.Headers.UserAgent;
        json.WriteString("userAgent"u8, StringValues.IsNullOrEmpty(agent) ? null : agent.ToString());
        json.WriteEndObject();
    }
}
