namespace Esb.Cli.Staging.Runtimes;

/// <summary>
/// Paths in the form of a URL: <c>file:../lib</c>, <c>file:///srv/lib</c>, <c>file://localhost/srv/lib</c>. Source: RFC
/// 8089.
/// </summary>
internal static class FileUrl
{
    private const string Scheme = "file:";

    public static bool Is(string text) => text.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a text is a URL with any other scheme, which may refer to another machine.</summary>
    public static bool IsRemote(string text) => !Is(text) && text.Contains("://", StringComparison.Ordinal);

    /// <summary>The path in a <c>file:</c> URL; any other text is returned unchanged.</summary>
    public static string PathOf(string text)
    {
        if (!Is(text))
            return text;
        var path = text[Scheme.Length..].Split('#', '?')[0];
        if (path.StartsWith("//", StringComparison.Ordinal))
        {
            var host = path[2..].Split('/')[0];
            path = host is "" or "localhost" or "." or ".." or "~"
                ? path[(2 + (host == "localhost" ? host.Length : 0))..]
                : path;
        }

        return Uri.UnescapeDataString(path);
    }
}
