using Microsoft.IdentityModel.Tokens;

namespace Esb.Gateway.Authorizers;

/// <summary>An issuer's public key, with the use that its JSON Web Key allows.</summary>
/// <param name="Id">Its <c>kid</c>.</param>
/// <param name="Key">The key itself.</param>
/// <param name="Algorithm">Its <c>alg</c>; null without one.</param>
internal sealed record JwtKey(string Id, SecurityKey Key, string? Algorithm)
{
    /// <summary>RFC 7518, 3.3 and 3.5: a key of 2048 bits or larger must be used.</summary>
    public const int MinRsaBits = 2048;

    // RFC 7518, 3.4: each algorithm has its own curve.
    private static readonly Dictionary<string, int> BitsOfCurves = new(StringComparer.Ordinal)
    {
        [SecurityAlgorithms.EcdsaSha256] = 256,
        [SecurityAlgorithms.EcdsaSha384] = 384,
        [SecurityAlgorithms.EcdsaSha512] = 521,
    };

    /// <summary>Creates a key; null, with the reason, when it cannot check signatures.</summary>
    public static JwtKey? Of(JsonWebKey written, out string? reason)
    {
        reason = null;
        if (string.IsNullOrEmpty(written.Kid))
            reason = "it has no kid";
        else if (written.Use is not (null or "" or "sig")
            || (written.KeyOps.Count > 0 && !written.KeyOps.Contains("verify")))
            reason = "it is not for signatures";
        // A symmetric key in the set would let everyone who can read the set sign tokens.
        else if (written.Kty is not ("RSA" or "EC")
            || !JsonWebKeyConverter.TryConvertToSecurityKey(written, out var key)
            || key is SymmetricSecurityKey)
            reason = "it is neither an RSA key nor one on an elliptic curve, or it is damaged";
        else if (written.Kty == "RSA" && key.KeySize < MinRsaBits)
            reason = $"it has {key.KeySize} bits, fewer than {MinRsaBits}";
        else
            return new JwtKey(written.Kid, key, string.IsNullOrEmpty(written.Alg) ? null : written.Alg);
        return null;
    }

    /// <summary>Whether the key may check a token that was signed with this algorithm.</summary>
    public bool Fits(string algorithm) =>
        (Algorithm is null || Algorithm == algorithm)
        && (BitsOfCurves.TryGetValue(algorithm, out var bits)
            ? Key is ECDsaSecurityKey && Key.KeySize == bits
            : Key is RsaSecurityKey or X509SecurityKey);
}
