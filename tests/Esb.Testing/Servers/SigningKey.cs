using System.Security.Cryptography;
using System.Text;

namespace Esb.Testing.Servers;

/// <summary>AWS signatures of version 4 without an SDK, including some that no SDK would make.</summary>
public static class SigningKey
{
    /// <summary>The HMAC with the derived key, in lower-case hexadecimal.</summary>
    /// <param name="secret">The secret key.</param>
    /// <param name="text">The text to sign.</param>
    /// <param name="scope">The parts of the scope: day, region, service and terminator.</param>
    public static string Sign(string secret, string text, params string[] scope)
    {
        var key = Encoding.UTF8.GetBytes("AWS4" + secret);
        foreach (var part in scope)
            key = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(part));
        return Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text)));
    }
}
