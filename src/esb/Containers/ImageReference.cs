namespace Esb.Cli.Containers;

/// <summary>Names of images. Source: the grammar of references in distribution/distribution.</summary>
internal static class ImageReference
{
    private const string Prefix = "esb-";

    /// <param name="registry">The host and port, or null for images that stay in the engine.</param>
    /// <param name="function">The name of the function, which allows more characters than a repository.</param>
    /// <param name="environment">Letters, digits, '.', '-' and '_'.</param>
    /// <param name="key">A hash of the content.</param>
    public static string Of(string? registry, string function, string environment, string key) =>
        $"{(registry is null ? "" : registry + "/")}{Prefix}{Repository(function)}:{environment}-{key}";

    /// <summary>Whether <see cref="Of"/> could have made the name.</summary>
    public static bool IsOurs(string? registry, string reference) =>
        reference.StartsWith($"{(registry is null ? "" : registry + "/")}{Prefix}", StringComparison.Ordinal)
            && reference.LastIndexOf('-') > reference.LastIndexOf(':');

    /// <summary>
    /// Lower-case letters and digits with single '-' between them. Two functions can have the same repository, since
    /// the tag depends on the content.
    /// </summary>
    private static string Repository(string function)
    {
        var words = new string([.. function.Select(c => char.IsAsciiLetterOrDigit(c) ? char.ToLowerInvariant(c) : ' ')])
            .Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words.Length == 0 ? "function" : string.Join('-', words);
    }
}
