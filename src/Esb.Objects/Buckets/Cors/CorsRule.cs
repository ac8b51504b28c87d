namespace Esb.Objects.Buckets.Cors;

/// <summary>One rule of a bucket's CORS configuration.</summary>
/// <param name="Methods">HTTP methods.</param>
/// <param name="Origins">Allowed origins, each with at most one <c>*</c>.</param>
internal sealed record CorsRule(IReadOnlyList<string> Methods, IReadOnlyList<string> Origins)
{
    /// <summary>Request headers that a page may send, each with at most one <c>*</c>.</summary>
    public IReadOnlyList<string> Headers { get; init; } = [];

    /// <summary>Response headers that a page may read.</summary>
    public IReadOnlyList<string> Exposed { get; init; } = [];

    /// <summary>How long a browser may cache the answer to a preflight; null when the rule has no limit.</summary>
    public int? MaxAgeSeconds { get; init; }

    /// <summary>Whether the rule allows requests with this origin, method and headers.</summary>
    public bool Matches(string origin, string method, IEnumerable<string> headers) =>
        Origins.Any(allowed => IsLike(origin, allowed, StringComparison.Ordinal))
        && Methods.Contains(method, StringComparer.Ordinal)
        && headers.All(header => Headers.Any(allowed => IsLike(header, allowed, StringComparison.OrdinalIgnoreCase)));

    /// <summary>
    /// Whether the rule allows any origin. The answer then contains <c>*</c> and allows no credentials.
    /// </summary>
    public bool IsForAll => Origins.Contains("*");

    private static bool IsLike(string text, string pattern, StringComparison comparison)
    {
        var star = pattern.IndexOf('*', StringComparison.Ordinal);
        return star < 0
            ? text.Equals(pattern, comparison)
            : text.Length >= pattern.Length - 1
                && text.StartsWith(pattern[..star], comparison)
                && text.EndsWith(pattern[(star + 1)..], comparison);
    }
}
