using System.Globalization;
using System.Text.Json;
using Esb.Gateway.Routing;
using Esb.Origins;
using Microsoft.AspNetCore.Http;

namespace Esb.Gateway.Events;

/// <summary>Fields that both kinds of event have in the same form.</summary>
internal static class EventFields
{
    private const string CommonLogTime = "dd/MMM/yyyy:HH:mm:ss +0000";

    /// <summary>The time in the common log format, always UTC, such as <c>09/Apr/2015:12:34:56 +0000</c>.</summary>
    public static string TimeOf(DateTimeOffset time) =>
        time.UtcDateTime.ToString(CommonLogTime, CultureInfo.InvariantCulture);

    /// <summary>Writes a time in the same format as a property.</summary>
    public static void WriteTime(Utf8JsonWriter json, ReadOnlySpan<byte> name, DateTimeOffset time)
    {
        Span<char> text = stackalloc char[32];
        time.UtcDateTime.TryFormat(text, out var length, CommonLogTime, CultureInfo.InvariantCulture);
        json.WriteString(name, text[..length]);
    }

    /// <summary>
    /// Writes <c>accountId</c>, <c>apiId</c>, <c>domainName</c> and <c>domainPrefix</c>, the first label of the name.
    /// </summary>
    public static void WriteApi(Utf8JsonWriter json, in IncomingRequest incoming)
    {
        var domain = DomainOf(incoming).AsSpan();
        var isUrl = incoming.Route.Kind == ApiKind.FunctionUrl;
        var dot = domain.IndexOf('.');
        json.WriteString("accountId"u8, isUrl ? ApiIdentity.Anonymous : ApiIdentity.AccountId);
        json.WriteString("apiId"u8, ApiIdentity.IdOf(incoming.Route));
        json.WriteString("domainName"u8, domain);
        json.WriteString("domainPrefix"u8, dot < 0 ? domain : domain[..dot]);
    }

    /// <summary>The host name of the request, without a port.</summary>
    public static string DomainOf(in IncomingRequest incoming) =>
        HostHeader.NameOf(incoming.Context.Request.Headers.Host.ToString());

    /// <summary>Writes the path parameters as an object.</summary>
    public static void WriteParameters(Utf8JsonWriter json, in RouteMatch match, ReadOnlySpan<char> path, bool decode)
    {
        json.WriteStartObject("pathParameters"u8);
        for (var i = 0; i < match.Count; i++)
        {
            var value = match.Value(i, path);
            json.WritePropertyName(match.Route!.ParameterNames[i]);
            if (decode)
                json.WriteStringValue(Decoded(value));
            else
                json.WriteStringValue(value);
        }

        json.WriteEndObject();
    }

    /// <summary>Writes <c>requestContext.authorizer</c>, or nothing when the route has no authorizer.</summary>
    public static void WriteAuthorizer(Utf8JsonWriter json, Caller? caller)
    {
        if (caller is null || caller.Authorizer.IsEmpty)
            return;
        json.WritePropertyName("authorizer"u8);
        json.WriteRawValue(caller.Authorizer.Span, skipInputValidation: true);
    }

    /// <summary>Writes <c>stageVariables</c> as an object.</summary>
    public static void WriteStageVariables(Utf8JsonWriter json, IReadOnlyDictionary<string, string> variables)
    {
        json.WriteStartObject("stageVariables"u8);
        foreach (var (name, value) in variables)
            json.WriteString(name, value);
        json.WriteEndObject();
    }

    /// <summary>
    /// The path for the function. A REST API passes it encoded and as the client sent it, including the base path. An
    /// HTTP API decodes it, removes the base path and prepends a named stage, which routers rely on. Source: API
    /// Gateway, "Create AWS Lambda proxy integrations for HTTP APIs"; otherwise events recorded from the service.
    /// </summary>
    public static ReadOnlySpan<char> PathOf(Route route, ReadOnlySpan<char> path) => route.Kind switch
    {
        ApiKind.Rest => path,
        ApiKind.Http when ApiIdentity.StageOf(route) is var stage && stage != ApiIdentity.HttpStage =>
            $"/{stage}{Decoded(route.OwnPath(path))}",
        // On AWS a function URL has its own host; here it has a path prefix, which its function must not see.
        _ => Decoded(route.OwnPath(path)),
    };

    /// <summary>The text without percent-encoding. Invalid UTF-8 stays encoded, so that nothing is lost.</summary>
    public static ReadOnlySpan<char> Decoded(ReadOnlySpan<char> text) =>
        text.Contains('%') ? Uri.UnescapeDataString(text) : text;
}
