using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Esb.Testing.Servers;

namespace Esb.Stores.Tests.Serving;

/// <summary>Makes requests whose signature stands in the query.</summary>
internal static class Presigner
{
    /// <param name="stores">The stores that are called.</param>
    /// <param name="operation">The operation.</param>
    /// <param name="json">The body, which the signature covers.</param>
    /// <param name="secret">The secret key.</param>
    /// <param name="at">The time of the signature; now if absent.</param>
    public static HttpRequestMessage NewRequest(
        StoresProcess stores, string operation, string json, string secret = StoresProcess.Secret, DateTime? at = null)
    {
        var time = (at ?? DateTime.UtcNow).ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        string[] scope = [time[..8], StoresProcess.Region, "dynamodb", "aws4_request"];
        var credential = Uri.EscapeDataString($"{StoresProcess.AccessKey}/{string.Join('/', scope)}");
        var query = $"X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential={credential}&X-Amz-Date={time}"
            + "&X-Amz-Expires=60&X-Amz-SignedHeaders=host";
        var canonical = $"POST\n/\n{query}\nhost:{stores.Address.Authority}\n\nhost\n{Hash(json)}";
        var text = $"AWS4-HMAC-SHA256\n{time}\n{string.Join('/', scope)}\n{Hash(canonical)}";
        var request = stores.NewRequest(operation, json);
        request.RequestUri = new Uri(
            stores.Address, $"/?{query}&X-Amz-Signature={SigningKey.Sign(secret, text, scope)}");
        return request;
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
