using Esb.Signatures;
using Esb.Stores.Errors;

namespace Esb.Stores.Signing;

/// <summary>Reads <c>Authorization: AWS4-HMAC-SHA256 Credential=…, SignedHeaders=…, Signature=…</c>.</summary>
internal static class ClaimedHeader
{
    /// <exception cref="RequestException">The header is missing or incomplete.</exception>
    public static ClaimedSignature Read(HttpRequest request)
    {
        var text = request.Headers.Authorization.ToString();
        if (!text.StartsWith("AWS4-", StringComparison.Ordinal))
        {
            throw new RequestException(
                "MissingAuthenticationTokenException", "Request is missing Authentication Token");
        }

        var fields = Fields(text);
        var date = request.Headers["x-amz-date"].ToString();
        RequireComplete(fields, date, text);
        if (!text.StartsWith(ClaimedSignature.Algorithm + " ", StringComparison.Ordinal))
        {
            throw Incomplete(
                $"Unsupported AWS 'algorithm': '{text.Split(' ')[0]}' (only {ClaimedSignature.Algorithm} for now).");
        }

        var time = ClaimedSignature.ParseTime(date)
            ?? throw Incomplete($"Date must be in ISO-8601 'basic format'. Got '{date}'.");
        var scope = CredentialScope.Parse(fields["Credential"].TrimEnd('/'), service: null)
            ?? throw Incomplete(
                "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got "
                + $"'{fields["Credential"]}'");
        return new ClaimedSignature(
            scope, fields["SignedHeaders"].Split(';'), fields["Signature"], time, PayloadHash: "");
    }

    private static void RequireComplete(Dictionary<string, string> fields, string date, string text)
    {
        var missing = new[] { "Credential", "Signature", "SignedHeaders" }
            .Where(name => !fields.TryGetValue(name, out var value) || value.Length == 0)
            .Select(name => $"Authorization header requires '{name}' parameter. ").ToList();
        if (date.Length == 0)
        {
            missing.Add(
                "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. ");
        }

        if (missing.Count > 0)
            throw Incomplete(string.Concat(missing) + $"Authorization={text}");
    }

    private static Dictionary<string, string> Fields(string text)
    {
        var space = text.IndexOf(' ', StringComparison.Ordinal);
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var part in (space < 0 ? "" : text[space..]).Split([',', ' '], StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0)
                fields[part[..equals]] = part[(equals + 1)..];
        }

        return fields;
    }

    private static RequestException Incomplete(string message) => new("IncompleteSignatureException", message);
}
