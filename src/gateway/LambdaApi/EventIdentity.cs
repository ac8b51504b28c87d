using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Esb.Gateway.LambdaApi;

/// <summary>
/// Which event a request brings. SDKs send the same id when they repeat a request whose answer they missed: it is the same event then. What is asked
/// of another function, or with another payload, is no repetition, whatever its id: programs hand on headers that they were given.
/// </summary>
internal static class EventIdentity
{
    private const string Header = "amz-sdk-invocation-id";

    /// <summary>The id of the event; null when the request says none.</summary>
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
