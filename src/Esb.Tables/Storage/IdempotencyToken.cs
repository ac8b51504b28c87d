using Esb.Tables.Values;

namespace Esb.Tables.Storage;

/// <summary>The token of a transaction that was made; remembered for ten minutes.</summary>
/// <param name="Token">The client's text.</param>
/// <param name="Request">A hash of the request: with the same token another one is an error.</param>
/// <param name="Answer">What was answered.</param>
public sealed record IdempotencyToken(string Token, Bytes Request, Bytes Answer)
{
    /// <summary>How long a token is remembered.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);
}
