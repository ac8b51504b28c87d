using System.Text.RegularExpressions;

namespace Esb.Schema.Routing;

/// <summary>Paths of the public port that the platform answers itself, before any route.</summary>
public static partial class PlatformPaths
{
    /// <summary>Whether a route would get none of its requests.</summary>
    public static bool Shadow(string pattern)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        return pattern == "/health" || LambdaApi().IsMatch(pattern);
    }

    /// <summary>Why, in words that fit behind the route.</summary>
    public const string Why = "the platform answers this path itself, as its health or as the Lambda API";

    [GeneratedRegex("^/20[0-9]{2}-[0-9]{2}-[0-9]{2}/functions(/|$)", RegexOptions.CultureInvariant)]
    private static partial Regex LambdaApi();
}
