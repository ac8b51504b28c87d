using Esb.Tables.Values;

namespace Esb.Tables.Storage;

/// <summary>The token of a transaction that has been run. It is remembered for ten minutes.</summary>
/// <param name="Token">The text from the client.</param>
/// <param name="Request">A hash of the request. Using the token for another request is an error.</param>
/// <param name="Answer">The answer to the request.</param>
public sealed record IdempotencyToken(string Token, Bytes Request, Bytes Answer)
{
    /// <summary>How long a token is remembered.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);
}
