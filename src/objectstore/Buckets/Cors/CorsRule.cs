namespace Esb.ObjectStore.Buckets.Cors;

/// <summary>One rule of a bucket's CORS configuration.</summary>
/// <param name="Methods">HTTP methods.</param>
/// <param name="Origins">Origins, each with one <c>*</c> at most.</param>
internal sealed record CorsRule(IReadOnlyList<string> Methods, IReadOnlyList<string> Origins)
{
    /// <summary>Request headers that may be asked for, each with one <c>*</c> at most.</summary>
    public IReadOnlyList<string> Headers { get; init; } = [];

    /// <summary>Response headers that a page may read.</summary>
    public IReadOnlyList<string> Exposed { get; init; } = [];

    /// <summary>How long a browser may remember the answer to a preflight; null when the rule does not say.</summary>
    public int? MaxAgeSeconds { get; init; }

    /// <summary>Whether a request of this origin and method, with these headers, is within the rule.</summary>
    public bool Matches(string origin, string method, IEnumerable<string> headers) =>
        Origins.Any(allowed => IsLike(origin, allowed, StringComparison.Ordinal))
        && Methods.Contains(method, StringComparer.Ordinal)
        && headers.All(header => Headers.Any(allowed => IsLike(header, allowed, StringComparison.OrdinalIgnoreCase)));

    /// <summary>Any origin at all, so that the answer says so and allows no credentials.</summary>
    public bool IsForAll => Origins.Contains("*");

    private static bool IsLike(string text, string pattern, StringComparison comparison)
    {
        var star = pattern.IndexOf('*', StringComparison.Ordinal);
        return star < 0
            ? text.Equals(pattern, comparison)
            : text.Length >= pattern.Length - 1 && text.StartsWith(pattern[..star], comparison) && text.EndsWith(pattern[(star + 1)..], comparison);
    }
}
