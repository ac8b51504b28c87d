using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Esb.Gateway.LambdaApi;

/// <summary>
/// Identifies the event of a request. When an SDK retries a request whose answer it missed, it sends the same id, so it
/// is the same event. A request for another function or with another payload is a different event even if it has the
/// same id, since programs pass on headers that they received.
/// </summary>
internal static class EventIdentity
{
    private const string Header = "amz-sdk-invocation-id";

    /// <summary>The id of the event; null when the request has none.</summary>
    public static string? Of(IHeaderDictionary headers, string function, string? qualifier, ReadOnlySpan<byte> body)
    {
        if (!Guid.TryParse(headers[Header], out var id))
            return null;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(id.ToByteArray());
        hash.AppendData(Encoding.UTF8.GetBytes($"{function}:{qualifier}\n"));
        hash.AppendData(body);
        return new Guid(hash.GetHashAndReset().AsSpan(0, 16)).ToString();
    }
}
