using System.Text.Json;
using Esb.Gateway.Events;
using Esb.Gateway.Routing;
using Esb.Schema.Routing;

namespace Esb.Gateway.Authorizers;

/// <summary>
/// The event for a Lambda authorizer. Sources: API Gateway, "Input to an API Gateway Lambda authorizer" (TOKEN and
/// REQUEST) and "Working with AWS Lambda authorizers for HTTP APIs" (payload 1.0 and 2.0). It never contains the
/// request's body.
/// </summary>
internal static class AuthorizerEvent
{
    public static byte[] Write(
        LambdaAuthorizer authorizer,
        in IncomingRequest incoming,
        string arn,
        IReadOnlyList<string> identity)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            if (authorizer.TokenOnly)
                WriteToken(json, arn, identity[0]);
            else if (IsVersion2(authorizer, incoming.Route))
                WriteVersion2(json, incoming, arn, identity);
            else
                WriteVersion1(json, incoming, arn, identity);
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    private static bool IsVersion2(LambdaAuthorizer authorizer, Route route) =>
        route.Kind != ApiKind.Rest && authorizer.Payload != "1.0";

    private static void WriteToken(Utf8JsonWriter json, string arn, string token)
    {
        json.WriteString("type", "TOKEN");
        json.WriteString("methodArn", arn);
        json.WriteString("authorizationToken", token);
    }

    private static void WriteVersion1(
        Utf8JsonWriter json,
        in IncomingRequest incoming,
        string arn,
        IReadOnlyList<string> identity)
    {
        // A REST API's event has no version. An HTTP API's event has its version and the identity source.
        if (incoming.Route.Kind != ApiKind.Rest)
        {
            json.WriteString("version", "1.0");
            json.WriteString("identitySource", string.Join(',', identity));
            json.WriteString("authorizationToken", string.Join(',', identity));
        }

        json.WriteString("type", "REQUEST");
        json.WriteString("methodArn", arn);
        ApiGatewayRestEvent.WriteRequest(json, incoming, base64: false);
    }

    private static void WriteVersion2(
        Utf8JsonWriter json,
        in IncomingRequest incoming,
        string arn,
        IReadOnlyList<string> identity)
    {
        json.WriteString("version", "2.0");
        json.WriteString("type", "REQUEST");
        json.WriteString("routeArn", arn);
        json.WriteStartArray("identitySource");
        foreach (var value in identity)
            json.WriteStringValue(value);
        json.WriteEndArray();
        ApiGatewayHttpEvent.WriteRequest(json, incoming);
    }
}
