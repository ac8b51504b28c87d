using System.Security.Cryptography;
using System.Text;

namespace Esb.Signatures;

/// <summary>A signing key, derived from the secret for one day, region and service.</summary>
public sealed class SigningKey
{
    private readonly byte[] _key;

    private SigningKey(byte[] key) => _key = key;

    /// <summary>Derives the key for a scope from the secret.</summary>
    public static SigningKey Derive(string secret, CredentialScope scope)
    {
        var day = Hmac(Encoding.UTF8.GetBytes("AWS4" + secret), scope.Date);
        return new SigningKey(Hmac(Hmac(Hmac(day, scope.Region), scope.Service), "aws4_request"));
    }

    /// <summary>Signs a text and returns the signature in hexadecimal.</summary>
    public string Sign(string text) => Convert.ToHexStringLower(Hmac(_key, text));

    /// <summary>Signs a request in its canonical form.</summary>
    public string SignRequest(ClaimedSignature claimed, byte[] canonicalRequest)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(canonicalRequest));
        return Sign($"{ClaimedSignature.Algorithm}\n{claimed.TimeText}\n{claimed.Scope.Text}\n{hash}");
    }

    /// <summary>Compares two texts in constant time.</summary>
    public static bool Matches(string expected, string claimed) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(claimed));

    private static byte[] Hmac(byte[] key, string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));
}
