using System.Globalization;
using Esb.Signatures;
using Esb.Stores.Errors;

namespace Esb.Stores.Signing;

/// <summary>Reads the <c>X-Amz-*</c> parameters of a presigned request.</summary>
internal static class ClaimedQuery
{
    private const string Algorithm = "X-Amz-Algorithm";
    private const int DefaultSeconds = 900;

    private static readonly string[] Names =
        [Algorithm, "X-Amz-Credential", "X-Amz-Signature", "X-Amz-SignedHeaders", "X-Amz-Date"];

    public static bool IsIn(HttpRequest request) => request.Query.ContainsKey(Algorithm);

    /// <exception cref="RequestException">A parameter is missing or not valid.</exception>
    public static ClaimedSignature Read(HttpRequest request)
    {
        var missing = Names.Where(name => request.Query[name].ToString().Length == 0)
            .Select(name => $"AWS query-string parameters must include '{name}'. ").ToArray();
        if (missing.Length > 0)
            throw Incomplete(string.Concat(missing) + "Re-examine the query-string parameters.");
        var date = Value("X-Amz-Date");
        var time = ClaimedSignature.ParseTime(date)
            ?? throw Incomplete($"Date must be in ISO-8601 'basic format'. Got '{date}'.");
        var scope = CredentialScope.Parse(Value("X-Amz-Credential").TrimEnd('/'), service: null)
            ?? throw Incomplete(
                "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got "
                + $"'{Value("X-Amz-Credential")}'");
        var seconds = int.TryParse(
            Value("X-Amz-Expires"), NumberStyles.None, CultureInfo.InvariantCulture, out var given)
            ? given
            : DefaultSeconds;
        return new ClaimedSignature(
            scope,
            Value("X-Amz-SignedHeaders").Split(';'),
            Value("X-Amz-Signature"),
            time,
            PayloadHash: "",
            TimeSpan.FromSeconds(seconds));

        string Value(string name) => request.Query[name].ToString();
    }

    private static RequestException Incomplete(string message) => new("IncompleteSignatureException", message);
}
