using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Esb.Gateway.LambdaApi;

/// <summary>
/// Computes the signature of a request and compares it with the one that was sent. Source: AWS, "Create a signed AWS
/// API request": canonical request, string to sign, signing key. Every service except S3 encodes the path a second
/// time.
/// </summary>
internal static class SignatureCheck
{
    private const string TimeFormat = "yyyyMMdd'T'HHmmss'Z'";
    private static readonly TimeSpan MaxSkew = TimeSpan.FromMinutes(5);

    /// <summary>The error for a signature that is invalid or too old; null for a valid one.</summary>
    public static string? Problem(
        HttpRequest request,
        SignatureClaim claim,
        byte[] body,
        string secret,
        DateTimeOffset now)
    {
        var stamp = request.Headers["X-Amz-Date"].ToString();
        if (!DateTimeOffset.TryParseExact(
                stamp, TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var signedAt)
            || stamp[..8] != claim.Date)
            return "X-Amz-Date is missing or does not belong to the credential's scope";
        if ((now - signedAt).Duration() > MaxSkew)
            return $"Signature expired: {stamp} is not within {MaxSkew.TotalMinutes:0} minutes of "
                + $"{now.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture)}";
        if (!claim.SignedHeaders.Contains("host"))
            return "Host must be among the signed headers";
        if (request.Headers.Keys.FirstOrDefault(name => IsUnsigned(name, claim)) is { } unsigned)
            return $"{unsigned} must be among the signed headers";
        var bodyHash = Convert.ToHexStringLower(SHA256.HashData(body));
        if (request.Headers["X-Amz-Content-Sha256"].ToString() is { Length: > 0 } declared && declared != bodyHash)
            return "X-Amz-Content-Sha256 is not that of the body";
        var toSign = $"AWS4-HMAC-SHA256\n{stamp}\n{claim.Scope}\n{Hash(CanonicalRequest(request, claim, bodyHash))}";
        var right = Convert.ToHexStringLower(HMACSHA256.HashData(
            SigningKey(secret, claim), Encoding.UTF8.GetBytes(toSign)));
        return CryptographicOperations.FixedTimeEquals(
            Encoding.ASCII.GetBytes(right), Encoding.UTF8.GetBytes(claim.Signature))
            ? null
            : "The request signature we calculated does not match the signature you provided. "
                + "Check your AWS Secret Access Key and signing method. Consult the service documentation for details.";
    }

    // These headers must be signed. Otherwise a proxy could add one and change the request.
    private static bool IsUnsigned(string header, SignatureClaim claim) =>
        header.StartsWith("X-Amz-", StringComparison.OrdinalIgnoreCase)
            && !claim.SignedHeaders.Contains(header, StringComparer.OrdinalIgnoreCase);

    private static string CanonicalRequest(HttpRequest request, SignatureClaim claim, string bodyHash)
    {
        var target = request.HttpContext.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var question = target.IndexOf('?', StringComparison.Ordinal);
        var (path, query) = question < 0 ? (target, "") : (target[..question], target[(question + 1)..]);
        var text = new StringBuilder();
        text.Append(request.Method).Append('\n');
        text.Append(Encode(path, keepSlash: true)).Append('\n');
        text.Append(CanonicalQuery(query)).Append('\n');
        foreach (var name in claim.SignedHeaders)
            text.Append(name).Append(':').Append(string.Join(',', request.Headers[name].Select(Squeeze))).Append('\n');
        return text.Append('\n').Append(string.Join(';', claim.SignedHeaders)).Append('\n').Append(bodyHash).ToString();
    }

    private static string CanonicalQuery(string query) => string.Join('&', query
        .Split('&', StringSplitOptions.RemoveEmptyEntries)
        .Select(pair => pair.Split('=', 2))
        .Select(pair => (Name: EncodeAgain(pair[0]), Value: pair.Length > 1 ? EncodeAgain(pair[1]) : ""))
        .OrderBy(pair => pair.Name, StringComparer.Ordinal).ThenBy(pair => pair.Value, StringComparer.Ordinal)
        .Select(pair => $"{pair.Name}={pair.Value}"));

    private static string EncodeAgain(string encoded) =>
        Encode(Uri.UnescapeDataString(encoded.Replace('+', ' ')), keepSlash: false);

    private static string Encode(string text, bool keepSlash)
    {
        var encoded = new StringBuilder(text.Length);
        foreach (var b in Encoding.UTF8.GetBytes(text))
        {
            if (char.IsAsciiLetterOrDigit((char)b)
                || b is (byte)'-' or (byte)'.' or (byte)'_' or (byte)'~'
                || (keepSlash && b == '/'))
                encoded.Append((char)b);
            else
                encoded.Append(CultureInfo.InvariantCulture, $"%{b:X2}");
        }

        return encoded.ToString();
    }

    private static string Squeeze(string? value) =>
        string.Join(' ', (value ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries));

    private static byte[] SigningKey(string secret, SignatureClaim claim)
    {
        var key = Encoding.UTF8.GetBytes("AWS4" + secret);
        foreach (var part in new[] { claim.Date, claim.Region, claim.Service, "aws4_request" })
            key = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(part));
        return key;
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
