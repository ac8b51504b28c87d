using System.Text.Json;
using Esb.Gateway.Events;
using Esb.Gateway.Responses;
using Esb.Gateway.Routing;

namespace Esb.Gateway.Authorizers;

/// <summary>
/// The answer of a Lambda authorizer. Sources: API Gateway, "Output from an API Gateway Lambda authorizer" (REST) and
/// "Working with AWS Lambda authorizers for HTTP APIs".
/// </summary>
/// <param name="Caller">The caller, as passed to the function of the route.</param>
/// <param name="IsAuthorized">The simple response; null for a policy.</param>
/// <param name="Policy">The policy; null for a simple response.</param>
internal sealed record AuthorizerAnswer(Caller Caller, bool? IsAuthorized, PolicyDocument? Policy)
{
    /// <summary>
    /// The maximum size in bytes. Source: "Quotas for configuring and running a REST API in API Gateway", result of a
    /// Lambda authorizer: 8 KB.
    /// </summary>
    public const int MaxBytes = 8 * 1024;

    // With a duplicate property, it is unclear which value the function meant.
    private static readonly JsonDocumentOptions NoDuplicates = new() { AllowDuplicateProperties = false };

    /// <summary>The size of the answer as the function wrote it, in bytes.</summary>
    public int Size { get; private init; }

    /// <returns>Null when it is invalid or too large.</returns>
    public static AuthorizerAnswer? Read(ReadOnlyMemory<byte> payload, ApiKind kind, bool simple)
    {
        if (payload.Length > MaxBytes)
            return null;
        try
        {
            using var document = JsonDocument.Parse(payload, NoDuplicates);
            return Read(document.RootElement, kind, simple) is { } answer
                ? answer with { Size = payload.Length }
                : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>The decision for one request.</summary>
    public Admission For(RequestArn arn, ApiKind kind)
    {
        if (IsAuthorized is { } simple)
            return simple
                ? Admission.Granted(Caller)
                : Admission.Refused(GatewayErrors.AccessDenied(kind, explicitly: false));
        var verdict = Policy!.Decide(arn);
        return verdict == PolicyVerdict.Allowed
            ? Admission.Granted(Caller)
            : Admission.Refused(GatewayErrors.AccessDenied(kind, verdict == PolicyVerdict.Denied));
    }

    private static AuthorizerAnswer? Read(JsonElement answer, ApiKind kind, bool simple)
    {
        if (answer.ValueKind != JsonValueKind.Object)
            return null;
        if (answer.TryGetProperty("context", out var context)
            && context.ValueKind is not (JsonValueKind.Object or JsonValueKind.Null))
            return null;
        var hasVerdict = answer.TryGetProperty("isAuthorized", out var authorized);
        // A simple response with a policy would be ambiguous, since one may deny what the other allows.
        if (hasVerdict && answer.TryGetProperty("policyDocument", out _))
            return null;
        if (simple && hasVerdict)
        {
            return authorized.ValueKind is JsonValueKind.True or JsonValueKind.False
                && CallerOf(kind, null, context) is { } known
                ? new AuthorizerAnswer(known, authorized.GetBoolean(), null)
                : null;
        }

        var principal = answer.TryGetProperty("principalId", out var id) && id.ValueKind == JsonValueKind.String
            ? id.GetString()
            : null;
        // A REST API requires the principal.
        if (principal is null && kind == ApiKind.Rest)
            return null;
        return answer.TryGetProperty("policyDocument", out var json)
            && PolicyDocument.Read(json) is { } policy
            && CallerOf(kind, principal, context) is { } caller
            ? new AuthorizerAnswer(caller, null, policy)
            : null;
    }

    private static Caller? CallerOf(ApiKind kind, string? principal, JsonElement context)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            if (kind == ApiKind.Rest ? !TryWriteTexts(json, principal!, context) : !TryWriteValues(json, context))
                return null;
            json.WriteEndObject();
        }

        return new Caller(buffer.ToArray());
    }

    // Every value becomes a string; nested values are not allowed.
    private static bool TryWriteTexts(Utf8JsonWriter json, string principal, JsonElement context)
    {
        json.WriteString("principalId", principal);
        json.WriteNumber("integrationLatency", 0);
        foreach (var entry in context.ValueKind == JsonValueKind.Object ? context.EnumerateObject().ToArray() : [])
        {
            if (entry.Value.ValueKind is JsonValueKind.Object or JsonValueKind.Array)
                return false;
            if (entry.Value.ValueKind == JsonValueKind.String)
                json.WriteString(entry.Name, entry.Value.GetString());
            else if (entry.Value.ValueKind != JsonValueKind.Null)
                json.WriteString(entry.Name, entry.Value.GetRawText());
        }

        return true;
    }

    private static bool TryWriteValues(Utf8JsonWriter json, JsonElement context)
    {
        json.WritePropertyName("lambda");
        if (context.ValueKind == JsonValueKind.Object)
            context.WriteTo(json);
        else
            json.WriteNullValue();
        return true;
    }
}
