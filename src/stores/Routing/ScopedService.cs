using Esb.Signatures;

namespace Esb.Stores.Routing;

/// <summary>The service that the signature of a request is for. Only that service verifies the signature.</summary>
internal static class ScopedService
{
    private const string InHeader = "Credential=";
    private const string InQuery = "X-Amz-Credential";

    /// <summary>The service's name; null without a signature, or with one whose credential cannot be read.</summary>
    public static string? Of(HttpRequest request)
    {
        var credential = Claimed(request.Headers.Authorization.ToString()) ?? request.Query[InQuery].ToString();
        return CredentialScope.Parse(credential.TrimEnd('/'), service: null)?.Service;
    }

    private static string? Claimed(string authorization) =>
        authorization.StartsWith(ClaimedSignature.Algorithm, StringComparison.Ordinal)
            ? authorization.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries)
                .Where(field => field.StartsWith(InHeader, StringComparison.Ordinal))
                .Select(field => field[InHeader.Length..])
                .FirstOrDefault()
            : null;
}
