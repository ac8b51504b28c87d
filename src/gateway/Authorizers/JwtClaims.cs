using System.Text.Json;
using Esb.Gateway.Events;
using Esb.Gateway.Routing;
using Esb.Schema.Routing;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Esb.Gateway.Authorizers;

/// <summary>Decisions about the content of a token: its form first, its claims once the signature is valid.</summary>
internal static class JwtClaims
{
    public const string WrongAudience = "the token does not have a valid audience";

    /// <summary>
    /// Whether the header and the payload are each a JSON object, and every part that is used later can be read. Throws
    /// the exceptions of the JSON reader and the token library; the library reads some parts only on demand.
    /// </summary>
    public static bool IsWellFormed(JsonWebToken token)
    {
        _ = (token.Alg, token.Kid, token.Issuer, token.Audiences.Count(), token.Claims.Count());
        return IsObject(token.EncodedHeader) && IsObject(token.EncodedPayload);
    }

    /// <summary>Why the token's issuer, audience or times are not accepted; null when they are.</summary>
    public static string? Problem(JsonWebToken token, JwtAuthorizer definition, DateTimeOffset now, TimeSpan skew)
    {
        using var payload = PayloadOf(token);
        var claims = payload.RootElement;
        if (!claims.TryGetProperty("iss", out var issuer) || Text(issuer) != definition.Issuer)
            return "the token's issuer is not the one of the authorizer";
        if (!HasAudience(claims, definition.Audience))
            return WrongAudience;
        var (seconds, grace) = (now.ToUnixTimeMilliseconds() / 1000d, skew.TotalSeconds);
        if (Date(claims, "exp") is not { } expires || expires + grace <= seconds)
            return "the token has expired";
        if (claims.TryGetProperty("nbf", out _) && (Date(claims, "nbf") is not { } begins || begins - grace > seconds))
            return "the token is not valid yet";
        return claims.TryGetProperty("iat", out _)
            && (Date(claims, "iat") is not { } issued || issued - grace > seconds)
            ? "the token was issued in the future"
            : null;
    }

    /// <summary>
    /// Whether the token has critical header extensions, which software must refuse if it does not understand them.
    /// None are understood here; an empty list is not allowed (RFC 7515, 4.1.11).
    /// </summary>
    public static bool HasCriticalHeaders(JsonWebToken token)
    {
        using var header = JsonDocument.Parse(Base64UrlEncoder.DecodeBytes(token.EncodedHeader));
        return header.RootElement.TryGetProperty("crit", out _);
    }

    private static bool IsObject(string encoded)
    {
        // Of two claims with the same name, some readers use the first and others the last (RFC 7519, 4).
        using var document = JsonDocument.Parse(
            Base64UrlEncoder.DecodeBytes(encoded), new JsonDocumentOptions { AllowDuplicateProperties = false });
        if (document.RootElement.ValueKind != JsonValueKind.Object)
            return false;
        // Half of a surrogate pair is valid JSON but not valid text.
        foreach (var member in document.RootElement.EnumerateObject())
            _ = (member.Name, TextOf(member.Value));
        return true;
    }

    // Seconds since 1970, with or without a fraction, for any year: RFC 7519, 2, NumericDate. .NET dates end with the
    // year 9999.
    private static double? Date(JsonElement claims, string name) =>
        claims.TryGetProperty(name, out var value)
            && value.ValueKind == JsonValueKind.Number
            && value.TryGetDouble(out var seconds)
            && double.IsFinite(seconds)
            ? seconds
            : null;

    /// <summary>Whether the token has at least one of the required scopes, or none is required.</summary>
    public static bool HasScope(JsonWebToken token, IReadOnlyList<string> asked) =>
        asked.Count == 0 || Scopes(token).Any(s => asked.Contains(s));

    /// <summary>
    /// The caller as passed to the function: <c>authorizer.jwt</c> for an HTTP API, <c>authorizer.claims</c> for a REST
    /// API with a user pool.
    /// </summary>
    public static Caller CallerOf(JsonWebToken token, ApiKind kind, IReadOnlyList<string> asked)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            if (kind != ApiKind.Rest)
                json.WriteStartObject("jwt");
            WriteClaims(json, token);
            if (kind != ApiKind.Rest)
            {
                WriteScopes(json, token, asked);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        return new Caller(buffer.ToArray());
    }

    /// <summary>The audiences of the token; empty also when <c>aud</c> contains no name.</summary>
    public static string[] AudiencesOf(JsonWebToken token)
    {
        using var payload = PayloadOf(token);
        return [.. Texts(payload.RootElement, "aud")];
    }

    // client_id counts only when aud is missing: an aud that is null, a number or an empty list matches no audience.
    // client_id is a single string (RFC 8693, 4.3).
    private static bool HasAudience(JsonElement claims, IReadOnlyList<string> allowed) =>
        allowed.Count == 0
        || (claims.TryGetProperty("aud", out _) ? Texts(claims, "aud").Any(a => allowed.Contains(a))
            : claims.TryGetProperty("client_id", out var client) && Text(client) is { } id && allowed.Contains(id));

    private static string[] Scopes(JsonWebToken token)
    {
        using var payload = PayloadOf(token);
        return [.. Texts(payload.RootElement, "scope").Concat(Texts(payload.RootElement, "scp"))
            .SelectMany(s => s.Split(' ', StringSplitOptions.RemoveEmptyEntries))];
    }

    // A claim that is a string or a list of strings; anything else has no values (RFC 7519, 4.1.3).
    private static IEnumerable<string> Texts(JsonElement claims, string name)
    {
        if (!claims.TryGetProperty(name, out var value))
            return [];
        string?[] texts =
            value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray().Select(Text)] : [Text(value)];
        return Array.TrueForAll(texts, text => text is not null) ? texts.OfType<string>() : [];
    }

    private static string? Text(JsonElement value) =>
        value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static JsonDocument PayloadOf(JsonWebToken token) =>
        JsonDocument.Parse(Base64UrlEncoder.DecodeBytes(token.EncodedPayload));

    private static void WriteClaims(Utf8JsonWriter json, JsonWebToken token)
    {
        using var payload = PayloadOf(token);
        json.WriteStartObject("claims");
        foreach (var claim in payload.RootElement.EnumerateObject())
            json.WriteString(claim.Name, TextOf(claim.Value));
        json.WriteEndObject();
    }

    // API Gateway passes every claim as a string, and a list as [a b].
    private static string TextOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Array => $"[{string.Join(' ', value.EnumerateArray().Select(TextOf))}]",
        _ => value.GetRawText(),
    };

    private static void WriteScopes(Utf8JsonWriter json, JsonWebToken token, IReadOnlyList<string> asked)
    {
        if (asked.Count == 0)
        {
            json.WriteNull("scopes");
            return;
        }

        json.WriteStartArray("scopes");
        foreach (var scope in Scopes(token).Where(s => asked.Contains(s)).Distinct(StringComparer.Ordinal))
            json.WriteStringValue(scope);
        json.WriteEndArray();
    }
}
