using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Esb.Schema.Http;
using Esb.Signatures;
using Esb.Stores.Errors;
using Microsoft.AspNetCore.Http.Features;

namespace Esb.Stores.Signing;

/// <summary>
/// Verifies the signatures of a service's requests, either in the header or in the query. Without credentials, all
/// requests are accepted. Source: AWS Signature Version 4; the errors are those of AWS's framework.
/// </summary>
/// <param name="credentials">The pair of keys; null if anybody may call.</param>
/// <param name="service">The service that signatures must be for.</param>
/// <param name="time">The clock.</param>
internal sealed class SignatureCheck(Credentials? credentials, string service, TimeProvider time)
{
    private static readonly TimeSpan MaxSkew = TimeSpan.FromMinutes(15);

    /// <exception cref="RequestException">
    /// The request is not signed, is signed with other keys, or was signed too long ago.
    /// </exception>
    public void Check(HttpRequest request, ReadOnlyMemory<byte> body)
    {
        if (credentials is null)
            return;
        var claimed = Claimed(request);
        if (!SigningKey.Matches(credentials.AccessKeyId, claimed.Scope.AccessKeyId))
        {
            throw new RequestException(
                "UnrecognizedClientException", "The security token included in the request is invalid.");
        }

        RequireTime(claimed);
        var key = SigningKey.Derive(credentials.SecretAccessKey, claimed.Scope);
        var expected = key.SignRequest(claimed, Canonical(request, claimed, body.Span));
        if (!SigningKey.Matches(expected, claimed.Signature))
        {
            throw Invalid(
                "The request signature we calculated does not match the signature you provided. Check your AWS Secret "
                + "Access Key and signing method. Consult the service documentation for details.");
        }
    }

    private ClaimedSignature Claimed(HttpRequest request)
    {
        var isInQuery = ClaimedQuery.IsIn(request);
        if (isInQuery && request.Headers.Authorization.Count > 0)
        {
            throw Invalid(
                "Found both 'X-Amz-Algorithm' as a query-string param and 'Authorization' as HTTP header.");
        }

        var claimed = isInQuery ? ClaimedQuery.Read(request) : ClaimedHeader.Read(request);
        RequireScope(claimed);
        return claimed;
    }

    private void RequireScope(ClaimedSignature claimed)
    {
        var problems = new List<string>();
        if (claimed.Scope.Service != service)
            problems.Add($"Credential should be scoped to correct service: '{service}'. ");
        if (!claimed.TimeText.StartsWith(claimed.Scope.Date, StringComparison.Ordinal))
        {
            problems.Add(
                "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: "
                + $"'{claimed.Scope.Date}' != '{claimed.TimeText[..8]}', from '{claimed.TimeText}'.");
        }

        if (!claimed.SignedHeaders.Contains("host", StringComparer.OrdinalIgnoreCase))
            problems.Add("'Host' must be a 'SignedHeader' in the AWS Authorization.");
        if (claimed.SignedHeaders.Distinct(StringComparer.Ordinal).Count() < claimed.SignedHeaders.Count)
            problems.Add("A signed header is named twice.");
        if (problems.Count > 0)
            throw Invalid(string.Concat(problems));
    }

    private void RequireTime(ClaimedSignature claimed)
    {
        var now = time.GetUtcNow();
        var age = claimed.ValidFor ?? MaxSkew;
        if (now - claimed.Time > age)
        {
            throw Invalid($"Signature expired: {claimed.TimeText} is now earlier than {Text(now - age)} ({Text(now)} - "
                + string.Create(CultureInfo.InvariantCulture, $"{age.TotalMinutes:0.##} min.)"));
        }

        if (claimed.Time - now > MaxSkew)
        {
            throw Invalid($"Signature not yet current: {claimed.TimeText} is still later than {Text(now + MaxSkew)} "
                + $"({Text(now)} + 15 min.)");
        }

        static string Text(DateTimeOffset at) =>
            at.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
    }

    private static byte[] Canonical(HttpRequest request, ClaimedSignature claimed, ReadOnlySpan<byte> body)
    {
        var target = request.HttpContext.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var question = target.IndexOf('?', StringComparison.Ordinal);
        var text = new StringBuilder(512);
        text.Append(request.Method).Append('\n');
        text.Append(question < 0 ? target : target[..question]).Append('\n');
        text.Append(question < 0 ? "" : Query(target[(question + 1)..])).Append('\n');
        foreach (var name in claimed.SignedHeaders)
        {
            text.Append(name).Append(':')
                .AppendJoin(',', request.Headers[name].Select(value => Collapse(value ?? ""))).Append('\n');
        }

        text.Append('\n').AppendJoin(';', claimed.SignedHeaders).Append('\n');
        text.Append(Convert.ToHexStringLower(SHA256.HashData(body)));
        // The listener reads the bytes of headers as Latin 1.
        return Encoding.Latin1.GetBytes(text.ToString());
    }

    private static string Query(string query) => string.Join('&', query.Split('&')
        .Where(part => part.Length > 0 && !part.StartsWith("X-Amz-Signature=", StringComparison.Ordinal))
        .Select(part => part.Contains('=', StringComparison.Ordinal) ? part : part + "=")
        .Order(StringComparer.Ordinal));

    private static string Collapse(string value) =>
        string.Join(' ', OptionalWhitespace.Trim(value).Split(' ', StringSplitOptions.RemoveEmptyEntries));

    private static RequestException Invalid(string message) => new("InvalidSignatureException", message);
}
