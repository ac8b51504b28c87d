using System.Diagnostics.CodeAnalysis;
using Esb.Schema.Http;

namespace Esb.Gateway.LambdaApi;

/// <summary>
/// The signature in a request. Source: AWS, "Signature Version 4 for API requests", Authorization header.
/// </summary>
internal sealed record SignatureClaim(
    string KeyId,
    string Date,
    string Region,
    string Service,
    IReadOnlyList<string> SignedHeaders,
    string Signature)
{
    private const string Algorithm = "AWS4-HMAC-SHA256 ";

    /// <summary>The scope: <c>date/region/service/aws4_request</c>.</summary>
    public string Scope => $"{Date}/{Region}/{Service}/aws4_request";

    public static bool TryParse(string authorization, [NotNullWhen(true)] out SignatureClaim? claim)
    {
        claim = null;
        if (!authorization.StartsWith(Algorithm, StringComparison.Ordinal))
            return false;
        var parts = OptionalWhitespace.Split(authorization[Algorithm.Length..], ',')
            .Select(p => p.Split('=', 2))
            .Where(p => p.Length == 2)
            .ToLookup(p => p[0], p => p[1]);
        var credential = parts["Credential"].FirstOrDefault();
        var headers = parts["SignedHeaders"].FirstOrDefault();
        var signature = parts["Signature"].FirstOrDefault();
        if (credential?.Split('/') is not [var key, var date, var region, var service, "aws4_request"]
            || headers is null
            || signature is null)
            return false;
        // Each signed header is copied with its value before the signature is verified.
        var signed = headers.Split(';');
        if (signed.Distinct(StringComparer.Ordinal).Count() < signed.Length)
            return false;
        claim = new SignatureClaim(key, date, region, service, signed, signature);
        return true;
    }
}
