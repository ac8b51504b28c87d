using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Esb.Testing.Servers;

namespace Esb.Objects.Tests.Serving;

/// <summary>Hand-made signatures of URLs that no SDK would sign.</summary>
internal static class Presigner
{
    /// <param name="store">The store whose key pair signs.</param>
    /// <param name="method">The method of the URL.</param>
    /// <param name="path">Bucket and key.</param>
    /// <param name="more">Parameters besides those of the signature.</param>
    /// <param name="service">The service that the key is derived for.</param>
    /// <param name="terminator">The last part of the scope.</param>
    /// <param name="scopeDay">The day of the scope, if it is not today.</param>
    /// <param name="header">A header that the signature covers, besides Host.</param>
    public static Uri Version4(
        Store store,
        string method,
        string path,
        IReadOnlyDictionary<string, string>? more = null,
        string service = "s3",
        string terminator = "aws4_request",
        string? scopeDay = null,
        (string Name, string Value)? header = null)
    {
        var now = DateTime.UtcNow.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        var day = scopeDay ?? now[..8];
        var scope = $"{day}/us-east-1/{service}/{terminator}";
        var parameters = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["X-Amz-Algorithm"] = "AWS4-HMAC-SHA256",
            ["X-Amz-Credential"] = $"{Store.AccessKey}/{scope}",
            ["X-Amz-Date"] = now,
            ["X-Amz-Expires"] = "300",
            ["X-Amz-SignedHeaders"] = header is null ? "host" : $"host;{header.Value.Name}",
        };
        foreach (var (name, value) in more ?? new Dictionary<string, string>())
            parameters[name] = value;
        var query = string.Join(
            '&', parameters.Select(p => $"{Uri.EscapeDataString(p.Key)}={Uri.EscapeDataString(p.Value)}"));
        var hash = more?.GetValueOrDefault("X-Amz-Content-Sha256") ?? "UNSIGNED-PAYLOAD";
        var second = header is { } signed ? $"{signed.Name}:{signed.Value}\n" : "";
        var lines = $"host:{store.Address.Authority}\n{second}";
        var request = $"{method}\n{path}\n{query}\n{lines}\n{parameters["X-Amz-SignedHeaders"]}\n{hash}";
        var digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(request)));
        var text = $"AWS4-HMAC-SHA256\n{now}\n{scope}\n{digest}";
        return new Uri(store.Address, $"{path}?{query}&X-Amz-Signature={Signature(text, day, service, terminator)}");
    }

    /// <summary>The HMAC with the derived key, in lower-case hexadecimal.</summary>
    public static string Signature(
        string text, string day, string service = "s3", string terminator = "aws4_request") =>
        SigningKey.Sign(Store.Secret, text, day, "us-east-1", service, terminator);

    /// <param name="store">The store whose key pair signs.</param>
    /// <param name="method">The method of the URL.</param>
    /// <param name="path">Bucket and key.</param>
    /// <param name="signed">Sub-resources that the signature covers, as in the query.</param>
    /// <param name="header">A header in the query, <c>x-amz-…=…</c>.</param>
    public static Uri Version2(Store store, string method, string path, string signed = "", string header = "")
    {
        var expires = DateTimeOffset.UtcNow.AddMinutes(5).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var headerLine = header.Length == 0 ? "" : header.Replace('=', ':') + "\n";
        var resource = signed.Length == 0 ? path : $"{path}?{signed}";
        var text = $"{method}\n\n\n{expires}\n{headerLine}{resource}";
#pragma warning disable CA5350
        var signature = Convert.ToBase64String(HMACSHA1.HashData(
            Encoding.UTF8.GetBytes(Store.Secret), Encoding.UTF8.GetBytes(text)));
#pragma warning restore CA5350
        var more = string.Concat(new[] { signed, header }.Where(part => part.Length > 0).Select(part => part + "&"));
        var query = $"AWSAccessKeyId={Store.AccessKey}&Expires={expires}&Signature={Uri.EscapeDataString(signature)}";
        return new Uri(store.Address, $"{path}?{more}{query}");
    }
}
